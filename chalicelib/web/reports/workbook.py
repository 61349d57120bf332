"""A report as a workbook (XLSX): its tables, what is reckoned from them, every round, what each number means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.domain.reporting.grids import CHANGE, COUNT, GROWTH, PERCENT, SCORE, Amount, Grid
from chalicelib.domain.reporting.paper import MOTTO, PROPOSALS, REMARKS, STATE, Paper
from chalicelib.domain.reporting.tables import Table
from chalicelib.web.spreadsheets import plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
FORMATS: dict[str, dict[str, Any]] = {
    "plain": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "centred": {"align": "center"},
    "strong": {"bold": True, "align": "center"},
    "motto": {"bold": True, "align": "center", "underline": True},
    "dated": {"italic": True, "align": "center"},
    "section": {"bold": True},
    "to": {"bold": True, "italic": True},
    "head": {"bold": True, "align": "center", "border": 1, "text_wrap": True, "bg_color": "#EDEDED"},
    "label": {"border": 1, "text_wrap": True},
    "number": {"border": 1, "num_format": "#,##0"},
    "total": {"border": 1, "num_format": "#,##0", "bold": True},
    "none": {"border": 1, "align": "right"},
    COUNT: {"border": 1, "num_format": "#,##0"},
    CHANGE: {"border": 1, "num_format": "+#,##0;-#,##0;0"},
    PERCENT: {"border": 1, "num_format": "0.0%"},
    GROWTH: {"border": 1, "num_format": "+0.0%;-0.0%;0.0%"},
    SCORE: {"border": 1, "num_format": "0.0"},
}
WIDTH = 15  # columns of a page of tables: ordinal, label and the thirteen of a flow
HUNDRED = 100  # percent: a workbook keeps shares
LIST = "Danh sách hồ sơ"
MEANING = "Cách tính"


class _Sheet:
    """Writes row after row; what is behind is on disk already."""

    def __init__(self, book: Workbook, name: str, formats: dict[str, Any]) -> None:
        self.at, self._sheet, self._formats = 0, book.add_worksheet(name), formats
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&CTrang &P/&N")

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def freeze(self) -> None:
        """Keep what was written so far in sight, on the screen and on each page."""
        self._sheet.freeze_panes(self.at, 0)
        self._sheet.repeat_rows(self.at - 1)

    def amounts(self, cells: Iterable[Amount], first: int) -> None:
        """Write what was reckoned as numbers, in the way each is written."""
        for column, cell in enumerate(cells, first):
            if cell.value is None:
                self._sheet.write_string(self.at, column, str(cell), self._formats["none"])
            else:
                share = HUNDRED if cell.form in (PERCENT, GROWTH) else 1
                self._sheet.write_number(self.at, column, round(cell.value / share, 3), self._formats[cell.form])
        self.at += 1

    def row(self, *cells: str | int, style: str = "label", stay: bool = False) -> None:
        """Write cells one beside the other; numbers are numbers, words stay words."""
        how = self._formats[style]
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self.at, column, cell, how)
            else:
                self._sheet.write_string(self.at, column, plain(cell), how)
        self.at += not stay

    def across(self, text: str, style: str, first: int = 0, last: int = WIDTH - 1, *, stay: bool = False) -> None:
        """Write over several columns, e.g. a title; with `stay` the next goes beside it."""
        if first == last:
            self._sheet.write_string(self.at, first, text, self._formats[style])
        else:
            self._sheet.merge_range(self.at, first, self.at, last, text, self._formats[style])
        self.at += not stay

    def tall(self, height: float) -> None:
        """Make the next row so many points high: Excel measures no merged cells."""
        self._sheet.set_row(self.at, height)

    def gap(self) -> None:
        """Leave a row empty."""
        self.at += 1


def write_workbook(
    paper: Paper, heads: Sequence[str], rounds: Iterable[Sequence[str]], made: datetime, to: Path
) -> None:
    """Write the file; rounds are written as they come, and none is kept. The same again makes the same bytes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 a worker's only

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(to.parent),
    }
    with Workbook(str(to), options) as book:
        book.set_properties({"title": paper.title, "author": paper.agency[1], "created": made.replace(tzinfo=None)})
        formats = {name: book.add_format(FONT | more) for name, more in FORMATS.items()}
        _report(_Sheet(book, "Báo cáo", formats), paper)
        listed = _Sheet(book, LIST, formats)
        listed.widths(18, *[16] * (len(heads) - 1))
        listed.row(*heads, style="head")
        listed.freeze()
        for one in rounds:
            listed.row(*one)
        _meaning(_Sheet(book, MEANING, formats), paper)


def _report(sheet: _Sheet, paper: Paper) -> None:
    sheet.widths(5, 34, *[11] * (WIDTH - 2))
    _head(sheet, paper)
    for text in paper.basis:
        sheet.tall(36)
        sheet.across(text, "plain")
    for number, table in enumerate(paper.tables, 1):
        sheet.gap()
        sheet.across(f"{number}. {table.title}", "section")
        _table(sheet, table)
    for number, grid in enumerate(paper.grids, len(paper.tables) + 1):
        sheet.gap()
        sheet.across(f"{number}. {grid.title}", "section")
        _grid(sheet, grid)
    _words(sheet, paper)


def _head(sheet: _Sheet, paper: Paper) -> None:
    for left, how, right, beside in (
        (paper.agency[0], "centred", STATE, "strong"),
        (paper.agency[1], "strong", MOTTO, "motto"),
        (f"Số: {paper.number}", "centred", paper.dated, "dated"),
    ):
        sheet.across(left, how, last=5, stay=True)
        sheet.across(right, beside, first=7)
    sheet.gap()
    sheet.across("BÁO CÁO", "title")
    sheet.tall(36)
    sheet.across(paper.title, "title")
    sheet.across(paper.period, "strong")
    sheet.gap()


def _table(sheet: _Sheet, table: Table) -> None:
    if any(said for said, _ in table.groups):
        sheet.row("", "", style="head", stay=True)
        column = 2
        for said, span in table.groups:
            sheet.across(said, "head", column, column + span - 1, stay=True)
            column += span
        sheet.gap()
    sheet.row("STT", table.of, *(said for _, said in table.columns), style="head")
    for number, row in enumerate(table.rows, 1):
        sheet.row(number, row.label, *row.numbers, style="number")
    if table.total:
        sheet.row("", table.total.label, *table.total.numbers, style="total")
    if not table.rows:
        sheet.row("", "Không có trong kỳ", *("" for _ in table.columns))


def _grid(sheet: _Sheet, grid: Grid) -> None:
    sheet.row("STT", *grid.heads, style="head")
    for number, cells in enumerate(grid.rows, 1):
        sheet.row(number, str(cells[0]), stay=True)
        sheet.amounts([cell for cell in cells if isinstance(cell, Amount)], first=2)


def _words(sheet: _Sheet, paper: Paper) -> None:
    for title, text in ((REMARKS, paper.remarks), (PROPOSALS, paper.proposals)):
        sheet.gap()
        sheet.across(title, "section")
        for line in text.splitlines() or ["…"]:
            sheet.tall(18 * (1 + len(line) // 150))
            sheet.across(line, "plain")
    sheet.gap()
    sheet.across("Nơi nhận:", "to", last=5, stay=True)
    sheet.across(paper.signer, "strong", first=7)
    for place, to in enumerate(paper.recipients):
        sheet.across(f"- {to};" if place + 1 < len(paper.recipients) else f"- {to}.", "plain", last=5)
    sheet.across(paper.signed_by, "strong", first=7)


def _meaning(sheet: _Sheet, paper: Paper) -> None:
    sheet.widths(34, 120)
    sheet.row("Mục", "Cách tính", style="head")
    for term, meaning in paper.definitions:
        sheet.row(term, meaning)
    for note in paper.notes:
        sheet.row("Ghi chú", note)
