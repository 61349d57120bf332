"""How a report is laid out: numbers, the words of rows and a person's own become the parts of a state report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain.case import INPUT
from chalicelib.domain.case_code import display
from chalicelib.domain.reporting.cells import CONDUCT, TOTAL, Figures, Groups
from chalicelib.domain.reporting.definitions import DEFINITIONS
from chalicelib.domain.reporting.grids import Grid, comparison, indices, ratios
from chalicelib.domain.reporting.paper import Paper
from chalicelib.domain.reporting.report import EVALUATION, Report
from chalicelib.domain.reporting.rounds import Round
from chalicelib.domain.reporting.rules import ReportRules
from chalicelib.domain.reporting.tables import Table, Words, evaluation, tables

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation

OF_OTHERS = "Lấy ý kiến đơn vị khác"
BY_A_PERSON = "Điện thoại viên không tiếp nhận"
HEADS = (
    *("Mã hồ sơ", "Lượt", "Bắt đầu", "Vào kỳ", "Loại nội dung", "Lĩnh vực", "Kênh", "Đơn vị", "Kết quả", "Kết thúc"),
    *("Thời hạn", "Hẹn lại", "Đánh giá", "Số sự kiện", "Mã băm sự kiện cuối"),
)
SAID = {
    "received": "Tiếp nhận trong kỳ",
    "reopened": "Xem xét lại",
    "carried": "Kỳ trước chuyển qua",
    "past": "Đã kết thúc trước kỳ",
    "open": "Đang giải quyết",
    "answered": "Đã giải quyết",
    "refused": "Không tiếp nhận",
    "early": "Trước hạn",
    "on_time": "Đúng hạn",
    "late": "Quá hạn",
    "in_time": "Trong hạn",
}


def groups(rules: Regulation, own: ReportRules) -> Groups:
    """Return what counts as what at a centre."""
    return Groups(own.pakn, own.online, rules.satisfaction.reopens)


def words(figures: Figures, rules: Regulation, unit_name: Callable[[str], str]) -> Words:
    """Return the words of the rows that the figures have."""
    labels = {f"kind:{name}": kind.label for name, kind in rules.kinds.items()}
    labels |= {f"channel:{name}": label for name, label in rules.channels.items()}
    labels |= {f"field:{name}": field.label for name, field in rules.fields.items()}
    labels |= {f"duty:{name}": label for name, label in rules.actions.items()} | {f"duty:{INPUT}": OF_OTHERS}
    labels |= {f"reason:{rule.id}": f"{rule.reason} ({rule.article})" for rule in rules.eligibility if rule.reason}
    labels |= {"reason:operator": BY_A_PERSON, TOTAL: "Toàn bộ", CONDUCT: "Phản ánh về hành vi"}
    labels |= {row: unit_name(row.partition(":")[2]) for row in figures.rows("unit:")}
    labels |= {row: f"{name}, {unit_name(unit)}" for row, (unit, name) in figures.officers.items()}
    return Words(labels, rules.satisfaction.scale)


def content(report: Report, figures: Figures, said: Words) -> tuple[tuple[Table, ...], tuple[Grid, ...]]:
    """Return the tables of a report or an evaluation, and what is reckoned from them."""
    if report.kind == EVALUATION:
        return evaluation(figures, said), (ratios(figures), indices(figures, said))
    return tables(figures, said), (comparison(figures, figures.before, f"{report.period.before}"), ratios(figures))


def paper(report: Report, figures: Figures, said: Words, own: ReportRules, zone: ZoneInfo) -> Paper:
    """Lay a report out."""
    drawn, reckoned = content(report, figures, said)
    local = (report.signed.at if report.signed else report.as_of).astimezone(zone)
    return Paper(
        agency=own.head,
        number=report.words.number or f"………/{own.symbol}",
        dated=f"{own.place}, {dated(local)}",
        title=own.title if report.kind != EVALUATION else f"Đánh giá {own.title[0].lower()}{own.title[1:]}",
        period=f"{report.period}",
        basis=own.basis,
        tables=drawn,
        grids=reckoned,
        remarks=report.words.remarks,
        proposals=report.words.proposals,
        recipients=own.recipients,
        signer=own.signer,
        signed_by=report.words.signed_by,
        notes=_notes(report, zone),
        definitions=tuple(DEFINITIONS.items()),
    )


def dated(day: date) -> str:
    """Write a day as state papers do: days below ten and the first two months with a nought before them."""
    month = f"{day.month:02}" if day.month in (1, 2) else f"{day.month}"
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def cells(one: Round, said: Words, zone: ZoneInfo) -> Sequence[str]:
    """Return the cells of a round in the list of cases, as HEADS names them."""
    label = said.rows
    return (
        display(one.code),
        str(one.number),
        _moment(one.began_at, zone),
        SAID[one.origin],
        label.get(f"kind:{one.kind}", one.kind),
        label.get(f"field:{one.field}", one.field),
        label.get(f"channel:{one.channel}", one.channel),
        label.get(f"unit:{one.unit}", one.unit),
        SAID.get(one.outcome, ""),
        _moment(one.ended_at, zone) if one.ended_at else "",
        SAID.get(one.timing, ""),
        "Có" if one.prolonged else "",
        said.scale.get(one.rating, one.rating),
        str(one.seq),
        one.chain,
    )


def _notes(report: Report, zone: ZoneInfo) -> tuple[str, ...]:
    made = f"Báo cáo {report.name}, lập lúc {_moment(report.as_of, zone)}; {report.rounds} lượt hồ sơ."
    return (made, f"Thay cho báo cáo {report.replaces}.") if report.replaces else (made,)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M %d/%m/%Y}"
