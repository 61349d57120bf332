"""What is reckoned from the numbers, in rows: the comparison, the ratios of 766, the indices of TT 01/2018."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.reporting.cells import PAKN, TOTAL, Figures
from chalicelib.domain.reporting.indices import (
    Index,
    Ratio,
    attitude,
    explaining,
    on_time,
    on_time_of_due,
    satisfaction,
)
from chalicelib.domain.reporting.tables import Words

COMPARED = {
    "received": "Tiếp nhận trong kỳ",
    "reopened": "Xem xét lại",
    "answered": "Đã giải quyết",
    "told_late": "Trong đó quá hạn khi trả lời",
    "refused": "Không tiếp nhận",
    "published": "Công khai",
}
TALLIED = {
    "told_late": "answered_late"
}  # a column of ours → its counter in the tallies, where they are not called alike


COUNT, CHANGE, PERCENT, GROWTH, SCORE = (
    ",d",
    "+,d",
    ",.1f",
    "+,.1f",
    ".1f",
)  # how amounts are written; growth is a percentage


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or none where there is nothing to reckon with, and how it is written: 1.234, +5, 12,5 %."""

    value: float | None
    form: str = COUNT

    def __str__(self) -> str:
        """Write it as Vietnamese does."""
        if self.value is None:
            return "–"
        form = self.form if self.value else self.form.lstrip("+")
        return _vietnamese(f"{self.value:{form}}") + (" %" if self.form in (PERCENT, GROWTH) else "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of what was reckoned: heads, and rows of as many cells, the first a label."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Amount, ...], ...]


def comparison(figures: Figures, before: Mapping[str, int], named: str) -> Grid:
    """Hold the period against the tallies of the one before it, whose name is given."""
    rows: list[tuple[str | Amount, ...]] = []
    for column, label in COMPARED.items():
        now, then = figures.of(TOTAL, column), before.get(TALLIED.get(column, column), 0)
        growth = Amount(Ratio(now - then, then).percent, GROWTH)
        rows.append((label, Amount(then), Amount(now), Amount(now - then, CHANGE), growth))
    return Grid("So sánh với kỳ trước", ("Nội dung", named, "Kỳ này", "Tăng, giảm", "Tỷ lệ"), tuple(rows))


def ratios(figures: Figures) -> Grid:
    """Return the two ratios of Decision 766, each with part and whole."""
    rows = (
        ("Tỷ lệ xử lý đúng hạn (766/QĐ-TTg)", *_ratio(on_time(figures))),
        ("Tỷ lệ đúng hạn trên số đã đến hạn", *_ratio(on_time_of_due(figures))),
        ("Mức độ hài lòng xử lý phản ánh, kiến nghị (766/QĐ-TTg)", *_ratio(satisfaction(figures))),
    )
    return Grid("Phản ánh, kiến nghị theo Quyết định 766/QĐ-TTg", ("Chỉ số", "Tử số", "Mẫu số", "Tỷ lệ"), rows)


def indices(figures: Figures, words: Words) -> Grid:
    """Return the indices 7 and 8 of each unit that had anything to do."""
    units = [row.partition(":")[2] for row in figures.rows("unit:")]
    named = sorted((words.rows.get(f"unit:{unit}", unit), unit) for unit in units)
    rows = [_indices(label, f"unit:{unit}", f"{PAKN}:{unit}", figures) for label, unit in named]
    heads = (
        "Cơ quan, đơn vị",
        "Phản ánh hành vi được tính",
        "Chỉ số 7",
        "Phản ánh, kiến nghị đúng hạn",
        "Đến hạn",
        "Hẹn lại",
        "Tỷ lệ",
        "Chỉ số 8",
    )
    return Grid("Chỉ số 7 và 8 theo Thông tư 01/2018/TT-VPCP", heads, tuple(rows))


def number(value: int) -> str:
    """Write a number as Vietnamese does: 1.234."""
    return str(Amount(value))


def _indices(label: str, unit: str, pakn: str, figures: Figures) -> tuple[str | Amount, ...]:
    seven, eight = attitude(figures, unit), explaining(figures, pakn)
    part, whole, percent = _ratio(eight.basis)
    prolonged = Amount(figures.of(pakn, "prolonged"))
    return (label, Amount(seven.basis.part), _score(seven), part, whole, prolonged, percent, _score(eight))


def _score(index: Index) -> Amount:
    return Amount(index.score, SCORE)


def _ratio(ratio: Ratio) -> tuple[Amount, Amount, Amount]:
    return Amount(ratio.part), Amount(ratio.whole), Amount(ratio.percent, PERCENT)


def _vietnamese(text: str) -> str:
    return text.translate({ord(","): ".", ord("."): ","})
