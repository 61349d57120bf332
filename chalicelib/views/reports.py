"""Reports as the staff sees them, and the cases that each number of one is made of (Điều 15; R103)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.errors import InvalidError
from chalicelib.domain.reporting import layout
from chalicelib.domain.reporting.cells import Figures, cells_of
from chalicelib.domain.reporting.report import FIGURES, Report
from chalicelib.ports.directory import listed_name

if TYPE_CHECKING:
    from chalicelib.domain.reporting.grids import Grid
    from chalicelib.domain.reporting.tables import Table, Words
    from chalicelib.ports import Deps


class ReportView(Struct, frozen=True):
    """Một báo cáo. `state`: asked (đang lập), made (đã lập), signed (đã ký duyệt, không đổi nữa).

    `files`: tệp → SHA-256. `progress`: đã đọc đến ngày nào. `locked_until`: không ai sửa, xoá được đến lúc ấy.
    """

    name: str
    kind: str
    title: str
    first: date
    last: date
    as_of: datetime
    state: str
    version: int
    asked_by: str
    replaces: str
    progress: str
    rounds: int
    number: str
    remarks: str
    proposals: str
    signed_by: str
    files: Mapping[str, str]
    signed_off_by: str = ""
    signed_off_at: datetime | None = None
    locked_until: datetime | None = None


class Reports(Struct, frozen=True):
    """Một trang danh sách báo cáo, kỳ mới nhất trước; `cursor` trống là hết."""

    reports: tuple[ReportView, ...]
    cursor: str = ""


class Numbers(Struct, frozen=True):
    """Mọi số của một báo cáo: ô (`hàng/cột`) → số; tên của các hàng. Ô nào cũng xem được hồ sơ của nó."""

    cells: Mapping[str, int]
    rows: Mapping[str, str]


class CaseOfCell(Struct, frozen=True):
    """Một lượt hồ sơ được tính trong một ô, đến sự kiện `events` có mã băm `chain`."""

    code: str
    round: int
    began_at: datetime
    kind: str
    field: str
    unit: str
    outcome: str
    timing: str
    events: int
    chain: str
    ended_at: datetime | None = None
    times: int = 1


class CasesOfCell(Struct, frozen=True):
    """Một trang hồ sơ của một ô; `number` là số trong báo cáo."""

    cell: str
    number: int
    cases: tuple[CaseOfCell, ...]
    cursor: str = ""


def report_view(report: Report) -> ReportView:
    """Show a report without its numbers."""
    words, signed = report.words, report.signed
    return ReportView(
        name=report.name,
        kind=report.kind,
        title=f"{report.period}",
        first=report.period.first,
        last=report.period.last,
        as_of=report.as_of,
        state=report.state,
        version=report.version,
        asked_by=report.asked_by,
        replaces=report.replaces,
        progress=report.progress,
        rounds=report.rounds,
        number=words.number,
        remarks=words.remarks,
        proposals=words.proposals,
        signed_by=words.signed_by,
        files=report.files,
        signed_off_by=signed.by if signed else "",
        signed_off_at=signed.at if signed else None,
        locked_until=signed.until if signed else None,
    )


def reports(limit: int, cursor: str, deps: Deps) -> Reports:
    """List reports."""
    found, more = deps.reports.all(limit=limit, before=cursor)
    return Reports(tuple(map(report_view, found)), more)


def numbers(report: Report, deps: Deps) -> Numbers:
    """Return all numbers of a report; none while it is being made."""
    found = figures(report, deps)
    return Numbers(found.counts, words(report, found, deps).rows)


def figures(report: Report, deps: Deps) -> Figures:
    """Return what a report counted; nothing while it is being made."""
    return deps.report_files.figures(report) if FIGURES in report.files else Figures()


def words(report: Report, found: Figures, deps: Deps) -> Words:
    """Return the words of its rows; units are called as they were on the last day of the period."""
    return layout.words(found, deps.regulation, lambda unit: listed_name(unit, deps, report.period.last))


def content(report: Report, deps: Deps) -> tuple[tuple[Table, ...], tuple[Grid, ...]]:
    """Return the tables of a report as they are printed."""
    found = figures(report, deps)
    return layout.content(report, found, words(report, found, deps))


def heading(column: str, tables: Sequence[Table]) -> str:
    """Name a column as the tables do."""
    return next((table.heads[column] for table in tables if column in table.heads), column)


def cases_of(report: Report, cell: str, limit: int, cursor: str, deps: Deps) -> CasesOfCell:
    """Return a page of the rounds that a cell counts, from the kept source; raises InvalidError for a strange cell."""
    number = figures(report, deps).counts.get(cell, 0)
    counting = layout.groups(deps.regulation, deps.report_rules)
    row, _, column = cell.partition("/")
    if not (row and column):
        raise InvalidError("unknown_cell", "Không có ô số liệu này trong báo cáo", cell=cell)

    def counted() -> Iterator[tuple[int, CaseOfCell]]:
        for place, one in enumerate(deps.report_files.rounds(report) if number else (), 1):
            if place > (int(cursor) if cursor.isascii() and cursor.isdigit() else 0):
                times = sum(each == cell for each in cells_of(one, counting))
                if times:
                    shown = (one.code, one.number, one.began_at, one.kind, one.field, one.unit, one.outcome)
                    yield place, CaseOfCell(*shown, one.timing, one.seq, one.chain, one.ended_at, times)

    found = list(islice(counted(), limit + 1))
    more = f"{found[limit - 1][0]}" if len(found) > limit else ""
    return CasesOfCell(cell, number, tuple(case for _, case in found[:limit]), more)
