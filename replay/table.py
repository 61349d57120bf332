"""The result as the leadership reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add

from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_parsing import STAGES
from replay.counting import Count, Totals

Row = tuple[str, ...]
Counts = Mapping[tuple[str, str], Count]  # by stage and unit
TITLES = {
    True: "THỜI HẠN CỦA QUY CHẾ",
    False: "MỤC TIÊU CỦA TỔNG ĐÀI (quá mục tiêu không phải là trễ hạn)",
}
TOTAL = "Tổng cộng"


def report(totals: Totals, rules: Regulation, names: Mapping[str, str]) -> str:
    """Return everything to be printed: what was read, limits and targets apart, what could not be judged."""
    parts = [_heading(totals, rules)]
    for binding, title in TITLES.items():
        counts = {(stage, unit): count for (own, stage, unit), count in totals.counts.items() if own == binding}
        if counts:
            parts += [title, _by_stage(counts, rules, names, binding), _by_unit(counts, names, binding)]
    return "\n\n".join([*parts, *_notes(totals, rules)])


def _heading(totals: Totals, rules: Regulation) -> str:
    said = f"Diễn lại {_number(totals.cases)} hồ sơ, {_number(totals.events)} sự kiện"
    if totals.first and totals.last and totals.as_of:
        zone = rules.calendar.zone
        first, last = (f"{at.astimezone(zone):%d/%m/%Y}" for at in (totals.first, totals.last))
        said += f"; tiếp nhận từ {first} đến {last}, ghi nhận đến {totals.as_of.astimezone(zone):%H:%M ngày %d/%m/%Y}"
    return f"{said}.\n“Thực tế” là như đã diễn ra, “giả định” là nếu theo: {rules.title}."


def _by_stage(counts: Counts, rules: Regulation, names: Mapping[str, str], binding: bool) -> str:
    rows: list[Row] = []
    for stage in STAGES:
        units = {unit: count for (name, unit), count in sorted(counts.items()) if name == stage}
        if units:
            limit = rules.stages[stage]
            rows.append((f"{limit.label} ({limit.minutes} phút)", *_cells(_sum(units.values()))))
            rows += [(f"  {names.get(unit, unit)}", *_cells(count)) for unit, count in units.items()]
    return _render("Theo khâu xử lý", rows, _sum(counts.values()), binding)


def _by_unit(counts: Counts, names: Mapping[str, str], binding: bool) -> str:
    units = sorted({unit for _, unit in counts})
    sums = {unit: _sum(count for (_, own), count in counts.items() if own == unit) for unit in units}
    rows = [(names.get(unit, unit), *_cells(count)) for unit, count in sums.items()]
    return _render("Theo cơ quan, đơn vị", rows, _sum(sums.values()), binding)


def _notes(totals: Totals, rules: Regulation) -> list[str]:
    notes = []
    if running := _sum(totals.counts.values()).running:
        notes.append(f"{_number(running)} lượt còn đang xử lý, được xét đến thời điểm ghi nhận.")
    for stage, runs in sorted(totals.unjudged.items()):
        label = rules.stages[stage].label if stage in rules.stages else stage
        notes.append(f"{_number(runs)} lượt của khâu “{label}” không xét được: theo giả định không tính được hạn.")
    return ["\n".join(notes)] if notes else []


def _cells(count: Count) -> Row:
    was, would = count.was_late, count.would_be_late
    return (
        *map(_number, (count.runs, count.runs - was, was)),
        _share(was, count.runs),
        *map(_number, (count.runs - would, would)),
        _share(would, count.runs),
        f"{would - was:+,d}".replace(",", ".") if would != was else "0",
    )


def _sum(counts: Iterable[Count]) -> Count:
    return reduce(add, counts, Count())


def _number(number: int) -> str:
    return f"{number:,d}".replace(",", ".")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}".replace(".", ",") if whole else ""


def _render(caption: str, rows: Sequence[Row], total: Count, binding: bool) -> str:
    kept, missed = ("đúng hạn", "trễ") if binding else ("đạt", "quá")
    groups = (caption, "", "Thực tế", "", "", "Giả định", "", "", "")
    header = ("", "lượt", kept, missed, f"tỷ lệ {missed}", kept, missed, f"tỷ lệ {missed}", "chênh lệch")
    table = [groups, header, *rows, (TOTAL, *_cells(total))]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in table]
    rule = "─" * max(map(len, lines))
    return "\n".join([*lines[:2], rule, *lines[2:-1], rule, lines[-1]])
