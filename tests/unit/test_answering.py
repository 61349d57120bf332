"""What a procedure says to a question, and that nothing is said where nobody can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.adapters.regulation_files import everyday_words
from chalicelib.domain.answering import CONFIDENT, NOT_SAID, USUAL, asked_for, meant, passages
from chalicelib.domain.procedure_rows import Row, read_rows
from chalicelib.domain.procedure_search import Hit
from chalicelib.domain.procedure_texts import NONE_GIVEN
from tests import procedures

EVERYDAY = everyday_words()
HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
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
        ("lm cccd hết nhiu tiền", ("fees",)),
        ("dk kết hôn cần j", ("dossier",)),
        ("mất thẻ thì báo ai", ("where",)),
    ],
)
def test_the_parts_that_are_asked_for(question: str, parts: tuple[str, ...]) -> None:
    assert asked_for(question, "", EVERYDAY) == parts


def test_what_the_name_says_asks_for_nothing() -> None:
    name = "Khai lệ phí trước bạ nhà, đất"
    assert asked_for("nộp lệ phí trước bạ nhà đất ở đâu", name, EVERYDAY) == ("where",)
    assert asked_for("nộp lệ phí trước bạ nhà đất hết bao nhiêu", name, EVERYDAY) == ("fees",)


@pytest.mark.parametrize(
    ("how", "fees"),
    [
        ("Trực tiếp7 NgàyKhông có thông tinNộp tại trụ sở Công an cấp xã", NOT_SAID),
        ("Trực tiếp5 Ngày làm việc10 USD(10 USD/người)", "Trực tiếp: 10 USD (10 USD/người)"),
        ("Trực tiếp5 NgàyKhông có thông tinLệ phí: 20.000 đồng", "Trực tiếp: Lệ phí: 20.000 đồng"),
        # time and fee run into each other: nobody can tell, and the whole text stands
        ("Trực tiếp120 VNĐ(20.000 đ/tờ khai)", f"{HEAD}Trực tiếp120 VNĐ(20.000 đ/tờ khai)"),
    ],
)
def test_a_fee_is_only_what_is_said_of_fees(how: str, fees: str) -> None:
    [one] = passages(replace(EDITIONS["9.000001"], how=HEAD + how), ("fees",))
    assert one.text == fees


def test_a_time_is_only_what_is_said_of_time() -> None:
    said = f"{HEAD}Trực tiếp{NONE_GIVEN}Miễn phíNộp tại trụ sở"
    [one] = passages(replace(EDITIONS["9.000001"], how=said), ("time",))
    assert one.text == NOT_SAID


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
    assert meant([Hit(3, 1.0, 1.0, CONFIDENT - 0.01)]).place is None


def test_what_is_nearly_as_good_may_be_meant_as_well() -> None:
    found = meant([Hit(3, 1.0, 1.0, 1.0), Hit(4, 0.95, 0.9, 0.9), Hit(5, 0.5, 0.5, 0.5)])
    assert (found.place, found.others) == (3, (4,))
