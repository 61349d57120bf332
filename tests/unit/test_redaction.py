import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import case_code
from chalicelib.domain.redaction import redact
from chalicelib.domain.redaction_rules import MARKS

NAMES = ("Nguyễn Văn An", "Trần Thị Hoà")
ADDRESSES = ("Số 12, tổ 5, phường Hữu Nghị",)


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "09 12 34 56 78",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "+84 (0) 912 345 678",
        "0084912345678",
        "84912345678",
        "(0218) 3 851 234",
        "02183851234",
        "024 3936 1234",
        "+44 20 7183 8750",
        "０９１２３４５６７８",
    ],
)
def test_telephone_numbers_go(number):
    assert redact(f"Gọi {number}, xin cảm ơn.").text == "Gọi [số điện thoại], xin cảm ơn."
    assert redact(f"sđt:{number}\n").text == "sđt:[số điện thoại]\n"


@pytest.mark.parametrize(
    ("written", "redacted"),
    [
        ("thư về an.nguyen+1@gmail.com.vn nhé", "thư về [thư điện tử] nhé"),
        ("a@b.vn0912345678", "[thư điện tử]"),
        ("ngày 03-05-2024 09 12 345 678", "ngày 03-05-2024 [số điện thoại]"),
        ("0912345678;0987654321", "[số điện thoại];[số điện thoại]"),
        ("CCCD số 001085012345 của tôi", "CCCD số [số định danh] của tôi"),
        ("CĂN CƯỚC CÔNG DÂN: 001 085 012 345", "CĂN CƯỚC CÔNG DÂN: [số định danh]"),
        ("số định danh cá nhân của tôi là 017085012345.", "số định danh cá nhân của tôi là [số định danh]."),
        ("chung minh nhan dan 113456789 cap nam 2010", "chung minh nhan dan [số định danh] cap nam 2010"),
        ("tôi mang 017085012345 đến", "tôi mang [số định danh] đến"),
        ("hộ chiếu C1234567", "hộ chiếu [số định danh]"),
        ("MST: 5400123456-001", "MST: [mã số thuế]"),
        ("mã số thuế 5400123456", "mã số thuế [mã số thuế]"),
        ("xe 28A-123.45 và 29-B1 234.56", "xe [biển số xe] và [biển số xe]"),
        ("xe 28H1-12345, xe 30F12345, xe 28L-1234", "xe [biển số xe], xe [biển số xe], xe [biển số xe]"),
        ("nhà tôi ở số 12 đường Cù Chính Lan, phường Tân Thịnh bị ngập", "nhà tôi ở [địa chỉ] bị ngập"),
        ("Số nhà 7/12A ngõ 45 phố Trần Duy Hưng, Hà Nội", "[địa chỉ], Hà Nội"),
        ("số 12/A đường Lê Lợi", "[địa chỉ]"),
        ("gia đình ở tổ 5, phường Hữu Nghị không có nước", "gia đình ở [địa chỉ] không có nước"),
        ("thôn Đồng Bưng, xã Mông Hóa, tỉnh Phú Thọ.", "[địa chỉ]."),
    ],
)
def test_personal_data_goes(written, redacted):
    assert redact(written).text == redacted
    assert redact(unicodedata.normalize("NFD", written)).text == redacted


@pytest.mark.parametrize(
    "harmless",
    [
        "Tổng đài 1022, 02183.1022, 0218 3 1022, 024.1022, 1900 1234, 19001234, 1800599928, 113, 114, 115",
        "ngày 03/05/2024, 03-05-2024 12:30, 2024-05-03, 03.05.2024, tháng 5 năm 2024",
        "từ 07:30-11:30 và 13h30 đến 17h00",
        "phí 84.912.345.678 đồng, 500000000 đồng, 1.500.000đ, 84912345678 VNĐ, 20 triệu",
        "Quyết định 2370/QĐ-UBND, Nghị định 12/2023/NĐ-CP, công văn số 12450/VPCP-KGVX, 61/2018/NĐ-CP",
        "thủ tục 1.000253, mẫu 01-TT, điều 9.2, khoản 3",
        "UBND phường Tân Thịnh trả lời về đường Cù Chính Lan, xã Mông Hóa, thành phố Hòa Bình",
        "văn bản số 12, xã Mông Hóa đã nhận",
        "dãy 999085012345 và 001985012345 không phải căn cước",
        "số 123456789 không có lời dẫn",
    ],
)
def test_what_only_looks_alike_stays(harmless):
    assert redact(harmless, NAMES, ADDRESSES).text == harmless
    assert redact(harmless).found == ()


@given(st.integers(0, case_code.NUMBERS - 1))
def test_case_codes_stay(number):
    text = f"Mã phản ánh: {case_code.display(case_code.from_number(number))}."
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("written", "redacted"),
    [
        ("Tôi là Nguyễn Văn An.", "Tôi là [họ tên]."),
        ("toi la nguyen van an", "toi la [họ tên]"),
        ("NGUYỄN  VĂN\nAN kính gửi", "[họ tên] kính gửi"),
        ("Kính gửi Ông An, chị Hòa và bà Thị Hoà", "Kính gửi Ông [họ tên], chị [họ tên] và bà [họ tên]"),
        ("001085012345nguyen van an", "[số định danh][họ tên]"),
        ("gap anh Van An roi", "gap anh [họ tên] roi"),
        ("An toàn, chỉ ăn cơm, chỉ an toàn, hoà bình, Ông Ân", "An toàn, chỉ ăn cơm, chỉ an toàn, hoà bình, Ông Ân"),
        ("Nguyễn Văn Anh và nguyễn văn ang", "Nguyễn Văn Anh và nguyễn văn ang"),
        ("ở so 12 - To 5 phuong huu nghi đó", "ở [địa chỉ] đó"),
    ],
)
def test_the_senders_own_name_and_address_go(written, redacted):
    assert redact(written, NAMES, ADDRESSES).text == redacted


def test_found_names_kind_and_place():
    text = "Ông An, 0912345678"
    hits = [(hit.kind, text[hit.start : hit.end]) for hit in redact(text, NAMES).found]
    assert hits == [("name", "An"), ("phone", "0912345678")]


def test_a_place_given_as_address_does_not_blot_out_the_province():
    assert redact("tỉnh Hoà Bình", addresses=("Hòa Bình",)).found == ()


PIECES = [
    *("0912345678", "0", "84", "+", "(", ")", "-", ".", " ", "\n", "@", "a@b.vn", "gmail.com", "CCCD ", "001085012345"),
    *(
        "123456789",
        "số ",
        "12",
        " đường Lê Lợi",
        ", ",
        "tổ 5",
        ", phường Tân Thịnh",
        "Ông ",
        "An",
        "nguyen van an",
        "[",
        "]",
    ),
    *(
        "họ tên",
        "28A-123.45",
        "MST ",
        "5400123456",
        "-001",
        "03/05/2024",
        " đồng",
        "1022",
        "e\u0301",
        "\u0301",
        *MARKS.values(),
    ),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


@given(texts, st.sampled_from([(), NAMES, ("Số Điện",), ("Họ Tên", "An")]))
def test_redacting_twice_is_redacting_once(text, names):
    once = redact(text, names, ADDRESSES)
    assert redact(once.text, names, ADDRESSES) == type(once)(once.text, (), once.text)


@given(texts)
def test_what_was_found_is_what_was_replaced(text):
    composed, result = unicodedata.normalize("NFC", text), redact(text)
    for hit in reversed(result.found):
        composed = composed[: hit.start] + MARKS[hit.kind] + composed[hit.end :]
    assert composed == result.text


@given(texts, st.sampled_from([(), NAMES]))
def test_the_pieces_are_the_source_and_with_marks_the_result(text, names):
    result = redact(text, names)
    pieces = list(result.pieces())
    assert "".join(MARKS[one.kind] if one.kind else one.words for one in pieces) == result.text
    assert "".join(one.words or (MARKS[one.kind] if one.kind else "") for one in pieces) == result.source
    assert [one.kind for one in pieces if one.kind and one.words] == [hit.kind for hit in result.found]


@pytest.mark.parametrize(
    "unit", ["0", "a", "09 ", "(", "số 1 ", "Tổ A ", "a.", "1.", "@a.", "0912345678 ", "cccd so la "]
)
def test_long_input_ends(unit):
    once = redact(unit * (100_000 // len(unit)), NAMES, ADDRESSES)
    assert redact(once.text, NAMES, ADDRESSES).found == ()
