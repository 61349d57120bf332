"""What a spreadsheet makes of our CSV: the words themselves, and never a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.spreadsheets import written


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_words_come_back_as_they_were() -> None:
    rows = [["4821-0937-5514", 'Sở "Tư pháp", phòng 3'], ["", "hai\ndòng; một | ô"]]
    assert read(written(["Mã hồ sơ", "Đơn vị"], rows)) == [["Mã hồ sơ", "Đơn vị"], *rows]


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x","y")', "+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1"]
)
def test_a_formula_is_words(cell: str) -> None:
    assert read(written([cell], [])) == [[f"'{cell}"]]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_no_cell_begins_as_a_formula_does(row: list[str]) -> None:
    [cells] = read(written(row, []))
    assert len(cells) == len(row)
    assert not [cell for cell in cells if cell.lstrip(" ")[:1] in {*"=+-@\t\r\n"} - {""}]
    assert [cell.removeprefix("'") for cell in cells] == [cell.removeprefix("'") for cell in row]
