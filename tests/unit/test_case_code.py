import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import case_code

DOCS = Path(__file__).parents[2] / "docs"
numbers = st.integers(0, case_code.NUMBERS - 1)


@given(numbers)
def test_a_code_round_trips_through_its_display(number):
    code = case_code.from_number(number)
    assert len(code) == 12
    assert int(code[:-1]) == number
    assert case_code.parse(case_code.display(code)) == code


@given(numbers)
def test_every_single_slip_is_caught(number):
    code = case_code.from_number(number)
    for place in range(12):
        for digit in set("0123456789") - {code[place]}:
            with pytest.raises(case_code.InvalidCodeError, match="check digit"):
                case_code.parse(code[:place] + digit + code[place + 1 :])


@given(numbers)
def test_every_swap_of_neighbours_is_caught(number):
    code = case_code.from_number(number)
    for place in range(11):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(case_code.InvalidCodeError, match="check digit"):
                case_code.parse(swapped)


def test_known_damm_number():
    # 572 has the check digit 4 in Damm's own example.
    assert case_code.from_number(572) == "000000005724"
    assert case_code.display("482109375514") == "4821-0937-5514"


@pytest.mark.parametrize(
    "heard",
    [
        "0000-0000-5724",
        " 0000 0000 5724\n",
        "0000.0000.5724",
        "0000–0000—5724",
        "００００-００００-５７２４",
        unicodedata.normalize("NFD", "0000\u0301 0000 5724"),
        "\u200b0000\u00a00000\u20605724\ufeff",
    ],
)
def test_forgives_how_a_code_is_written(heard):
    assert case_code.parse(heard) == "000000005724"


@pytest.mark.parametrize(
    "wrong", ["", "   ", "0000-0000-572", "0000-0000-57244", "mã 000000005724", "٠" * 12, "0" * 99]
)
def test_refuses_what_is_no_code(wrong):
    with pytest.raises(case_code.InvalidCodeError):
        case_code.parse(wrong)


@pytest.mark.parametrize("number", [-1, case_code.NUMBERS])
def test_refuses_numbers_out_of_range(number):
    with pytest.raises(ValueError, match="case number"):
        case_code.from_number(number)


@pytest.mark.parametrize("name", ["openapi.json", "asyncapi.json", "agency-exchange.md"])
def test_every_code_that_a_document_shows_is_one(name):
    """Whoever tries an example must not be told of a slip of the finger."""
    shown = re.findall(r"(?<![\w-])(?:[0-9]{12}|[0-9]{4}-[0-9]{4}-[0-9]{4})(?![\w-])", (DOCS / name).read_text("utf-8"))
    assert shown
    for code in set(shown):
        assert case_code.parse(code) == code.replace("-", "")
