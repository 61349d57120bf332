"""What a procedure says to a question, and that nothing is said where nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.domain.answering import CONFIDENT, NOT_SAID, USUAL, asked_for, meant, passages
from chalicelib.domain.procedure_rows import Row, read_rows
from chalicelib.domain.procedure_search import Hit
from tests import procedures

ROWS = list(read_rows(enumerate(procedures.rows(), 1), {"valid_from": date(2026, 7, 1)}))
EDITIONS = {row.edition.code: row.edition for row in ROWS if isinstance(row, Row)}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("khai sinh cho con cần giấy tờ gì", ("dossier",)),
        ("khai sinh can giay to gi, nop o dau", ("dossier", "where")),
        ("làm lại căn cước bao lâu, hết bao nhiêu tiền", ("fees", "time")),
        ("kết hôn cần điều kiện gì", ("conditions",)),
        ("làm lại sổ đỏ", USUAL),
    ],
)
def test_the_parts_that_are_asked_for(question: str, parts: tuple[str, ...]) -> None:
    assert asked_for(question) == parts


def test_they_are_given_as_published() -> None:
    said = {one.part: one.text for one in passages(EDITIONS["9.000004"], ("dossier", "fees", "time", "where"))}
    assert said == {
        "dossier": "- Tờ khai cấp bản sao trích lục. (1 bản chính)",
        "fees": "Trực tuyến: 8,000 Việt Nam Đồng (mỗi bản sao)\nTrực tiếp: 8,000 Việt Nam Đồng (mỗi bản sao)",
        "time": "Trực tuyến: 1 Ngày làm việc\nTrực tiếp: 1 Ngày làm việc",
        "where": "Cấp xã; Cấp tỉnh. Cách nộp: Trực tuyến, Trực tiếp.",
    }


def test_what_is_not_said_is_said_not_to_be() -> None:
    [one] = passages(EDITIONS["9.000001"], ("conditions",))
    assert one.text == NOT_SAID


def test_nothing_is_meant_where_too_little_is_said() -> None:
    assert meant([]).place is None
    assert meant([Hit(3, 1.0, CONFIDENT - 0.01)]).place is None


def test_what_is_nearly_as_good_may_be_meant_as_well() -> None:
    found = meant([Hit(3, 1.0, 1.0), Hit(4, 0.95, 0.9), Hit(5, 0.5, 0.5)])
    assert (found.place, found.others) == (3, (4,))
