import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.phone import InvalidPhoneError, Phone, canonical, masked, parse


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(0912) 345 678",
        "+84 912 345 678",
        "+84 (0) 912 345 678",
        "0084912345678",
        "84912345678",
        "\u200b0912\u00a0345\u00a0678\u202c",
        "０９１２３４５６７８",
    ],
)
def test_one_mobile_in_many_spellings(written):
    assert parse(written) == Phone("+84912345678", mobile=True)
    assert parse(written).can_receive_sms


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(0218) 3 851 234", "+842183851234"),
        ("+84 218 385 1234", "+842183851234"),
        ("842183851234", "+842183851234"),
        ("024 3936 1234", "+842439361234"),
        ("+44 20 7183 8750", "+442071838750"),
        ("+856 20 5555 1234", "+8562055551234"),
        ("00856 20 5555 1234", "+8562055551234"),
        ("1022", "1022"),
        ("02183.1022", "021831022"),
        ("024.1022", "0241022"),
        ("+84 24 1022", "0241022"),
        ("1900 1234", "19001234"),
        ("1800 599 928", "1800599928"),
        ("113", "113"),
    ],
)
def test_numbers_that_get_no_sms(written, number):
    assert parse(written) == Phone(number, mobile=False)
    assert not parse(written).can_receive_sms


@pytest.mark.parametrize(
    "garbage",
    [
        *("", "abc", "12", "0123456789", "01234567890", "091234567", "09123456789", "3851234", "+84", "+0123456789"),
        *("+84 112 345 678", "0912 345 678 hoặc 0987 654 321", "0912/345/678", "9" * 100, "٠٩١٢٣٤٥٦٧٨", "0000000000"),
    ],
)
def test_garbage_is_refused(garbage):
    with pytest.raises(InvalidPhoneError):
        parse(garbage)


@given(st.text(alphabet="0123456789+ .-()84", max_size=20))
def test_the_canonical_number_reads_back_as_itself(written):
    try:
        number = canonical(written)
    except InvalidPhoneError:
        return
    assert canonical(number) == number


def test_masked_shows_country_and_last_three():
    assert masked("+84912345678") == "+84•••••678"
    assert masked("1022") == "1022"
