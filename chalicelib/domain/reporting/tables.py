"""The tables of a report: the same on the page, in the workbook and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.reporting.cells import CONDUCT as CONDUCT_ROW
from chalicelib.domain.reporting.cells import TOTAL, Figures

Groups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # words above some columns → column → its words
# The columns of form II.06/VPCP/KSTT of Circular 01/2020/TT-VPCP; behind them what that form has no place for.
FLOW: Groups = (
    (
        "Tiếp nhận",
        (
            ("entered", "Tổng số"),
            ("received_online", "Trong kỳ: trực tuyến"),
            ("received_other", "Trong kỳ: kênh khác"),
            ("reopened", "Xem xét lại"),
            ("carried", "Kỳ trước chuyển qua"),
        ),
    ),
    (
        "Đã giải quyết",
        (
            ("answered", "Tổng số"),
            ("answered_early", "Trước hạn"),
            ("answered_on_time", "Đúng hạn"),
            ("answered_late", "Quá hạn"),
        ),
    ),
    ("Đang giải quyết", (("open", "Tổng số"), ("open_in_time", "Trong hạn"), ("open_late", "Quá hạn"))),
    ("Không tiếp nhận", (("refused", "Tổng số"),)),
)
UNIT: Groups = (
    ("Đã giải quyết", (("answered", "Tổng số"), ("answered_late", "Quá hạn"), ("prolonged", "Có hẹn lại"))),
    ("Trễ hạn", (("late_stages", "Lượt"), ("late_stages_corrected", "Đã đính chính"))),
    (
        "Phản ánh về hành vi",
        (
            ("conduct", "Tổng số"),
            ("conduct_founded", "Có cơ sở"),
            ("conduct_unfounded", "Không có cơ sở"),
            ("conduct_unjudged", "Chưa kết luận"),
        ),
    ),
)
CONDUCT: Groups = (UNIT[2],)
DUTIES: Groups = (("", (("opened", "Đã mở"), ("closed", "Đã xong"), ("overdue", "Bị quá hạn"))),)
OTHER: Groups = (
    (
        "",
        (
            ("published", "Công khai"),
            ("led_to_change", "Dẫn đến thay đổi"),
            ("reward_proposed", "Đề xuất khen thưởng"),
            ("reward_granted", "Được khen thưởng"),
            ("prolonged", "Có hẹn lại"),
            ("late_stages", "Lượt trễ hạn của khâu"),
            ("late_stages_corrected", "Trong đó đã đính chính"),
        ),
    ),
)
OFFICER: Groups = (
    (
        "Đã giải quyết",
        (
            ("answered", "Tổng số"),
            ("answered_early", "Trước hạn"),
            ("answered_on_time", "Đúng hạn"),
            ("answered_late", "Quá hạn"),
            ("prolonged", "Có hẹn lại"),
        ),
    ),
)
REFUSED: Groups = (("", (("refused", "Số lượt"),)),)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key in the cells, its words, its numbers by column."""

    key: str
    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `columns` are (key, words), `groups` the words above so many of them; a total stands last."""

    title: str
    of: str  # what the rows are
    groups: tuple[tuple[str, int], ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: Row | None = None

    @property
    def heads(self) -> dict[str, str]:
        """Name each column, by its key, with the words above it: a number far from its head is told by them."""
        above = [words for words, width in self.groups for _ in range(width)]
        named = zip(above, self.columns, strict=True)
        return {key: f"{group}: {words}" if group else words for group, (key, words) in named}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of rows by key, and of the steps of the rating."""

    rows: Mapping[str, str]
    scale: Mapping[str, str]


def tables(figures: Figures, words: Words) -> tuple[Table, ...]:
    """Return the tables of a report."""
    rated = (("", (("rated", "Tổng số"), *((f"rated_{step}", said) for step, said in words.scale.items()))),)
    every = (
        (("total", "Tổng hợp", "Toàn bộ"), FLOW),
        (("kind", "Theo loại nội dung", "Loại nội dung"), FLOW),
        (("channel", "Theo kênh tiếp nhận", "Kênh"), FLOW),
        (("field", "Theo lĩnh vực", "Lĩnh vực"), FLOW),
        (("unit", "Theo cơ quan, đơn vị", "Cơ quan, đơn vị"), FLOW),
        (("reason", "Không tiếp nhận, theo lý do", "Lý do"), REFUSED),
        (("total", "Mức độ hài lòng", "Đánh giá trong kỳ"), rated),
        (("conduct", "Phản ánh về hành vi hành chính", "Nội dung"), CONDUCT),
        (("duty", "Việc phải làm từ phản ánh về hành vi", "Việc"), DUTIES),
        (("total", "Số liệu khác", "Toàn bộ"), OTHER),
    )
    return tuple(_table(named, groups, figures, words) for named, groups in every)


def evaluation(figures: Figures, words: Words) -> tuple[Table, ...]:
    """Return the tables of an evaluation (Điều 14): each agency, and each official who answered."""
    every = (
        (("unit", "Đánh giá cơ quan, đơn vị", "Cơ quan, đơn vị"), UNIT),
        (("officer", "Đánh giá cán bộ chịu trách nhiệm trả lời", "Cán bộ"), OFFICER),
    )
    return tuple(_table(named, groups, figures, words) for named, groups in every)


def _table(named: tuple[str, str, str], groups: Groups, figures: Figures, words: Words) -> Table:
    """Make a table of the rows "<name>" or "<name>:…" that have any number; that of a flow ends with a total."""
    name, title, of = named
    columns = tuple(column for _, keys in groups for column in keys)

    def row(key: str, label: str) -> Row:
        return Row(key, label, tuple(figures.of(key, column) for column, _ in columns))

    single = name in (TOTAL, CONDUCT_ROW)
    found = [row(key, words.rows.get(key, key)) for key in ([name] if single else figures.rows(f"{name}:"))]
    rows = found if single else sorted((one for one in found if any(one.numbers)), key=lambda one: (one.label, one.key))
    total = row(TOTAL, "Tổng cộng") if groups is FLOW and not single else None
    return Table(title, of, tuple((said, len(keys)) for said, keys in groups), columns, tuple(rows), total)
