"""Rows of a published set of procedures: what is taken, what is refused and why, and what an import then does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.catalogue_changes import Difference, compare
from chalicelib.domain.procedure_rows import Fault, Row, RowError, read_rows
from chalicelib.domain.procedures import Catalogue, Procedure, standing

FIRST = date(2026, 7, 1)
GOOD = {"code": "1.001193", "name": "Đăng ký khai sinh", "decision": "163/QĐ", "field": "Hộ tịch", "levels": ["Cấp xã"]}


def read(*rows: Any, **usual: Any) -> list[Row | Fault]:
    return list(read_rows(enumerate(rows, 1), {"valid_from": FIRST, **usual}))


def edition(code: str = "1.001193", **more: Any) -> Procedure:
    [row] = read(GOOD | {"code": code} | more)
    assert isinstance(row, Row)
    return row.edition


def held(catalogue: Catalogue, *rows: Any, complete: bool = False, on: date = FIRST) -> Difference:
    return compare(catalogue, read(*rows), complete=complete, effective=on)


class TestRows:
    def test_one_is_read(self) -> None:
        one = edition()
        assert (one.code, one.levels, one.valid_from, one.valid_to) == ("1.001193", ("Cấp xã",), FIRST, None)

    def test_vietnamese_headings_lists_in_a_cell_and_days_as_offices_write_them(self) -> None:
        [row] = read(
            {
                "Mã thủ tục": "1.1.1",
                "TÊN THỦ TỤC ": "Tách hộ",
                "Quyết định công bố": "5/QĐ",
                "Linh vuc": "Cư trú",
                "Cấp thực hiện": "Cấp xã; Cấp tỉnh",
                "Có hiệu lực từ": "01/08/2026",
                "Hết hiệu lực sau ngày": datetime(2027, 1, 1),  # noqa: DTZ001 as spreadsheets have them
            }
        )
        assert isinstance(row, Row)
        one = row.edition
        assert (one.levels, one.valid_from, one.valid_to) == (
            ("Cấp xã", "Cấp tỉnh"),
            date(2026, 8, 1),
            date(2027, 1, 1),
        )

    def test_text_is_kept_composed_and_without_controls(self) -> None:
        assert edition(name="Đăng ky\u0301\u0000  khai sinh").name == "Đăng ký khai sinh"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("x", "không phải là một thủ tục"),
            (RowError("hỏng"), "hỏng"),
            (GOOD | {"name": " "}, "Thiếu mục “Tên thủ tục”"),
            (GOOD | {"levels": []}, "Thiếu mục “Cấp thực hiện”"),
            (GOOD | {"levels": {}}, "phải là một danh sách"),
            (GOOD | {"code": "Đ.1"}, "Mã thủ tục chỉ gồm"),
            (GOOD | {"code": "../x/y"}, "Mã thủ tục chỉ gồm"),
            (GOOD | {"fee": "1"}, "Không có mục nào tên là “fee”"),
            (GOOD | {"steps": ["1"]}, "phải là chữ"),
            (GOOD | {"steps": True}, "phải là chữ"),
            (GOOD | {"steps": "\ud800"}, "ký tự hỏng"),
            (GOOD | {"steps": "x" * 60_001}, "dài quá"),
            (GOOD | {"valid_from": "31/02/2026"}, "phải là ngày"),
            (GOOD | {"valid_from": "1899-01-01"}, "phải là ngày"),
            (GOOD | {"valid_to": "2026-06-30"}, "trước ngày có hiệu lực"),
        ],
    )
    def test_what_cannot_be_taken_is_named_and_stops_nothing(self, row: Any, reason: str) -> None:
        fault, other = read(row, GOOD | {"code": "2.000001"})
        assert isinstance(fault, Fault)
        assert fault.line == 1
        assert reason in fault.reason
        assert isinstance(other, Row)

    def test_of_two_with_one_code_the_second_is_refused(self) -> None:
        _, fault = read(GOOD, GOOD)
        assert fault == Fault(2, "1.001193", "Mã 1.001193 đã có ở dòng 1")

    @given(st.recursive(st.none() | st.booleans() | st.text() | st.floats(), st.lists))
    def test_nothing_breaks_it(self, value: Any) -> None:
        assert len(read(*[GOOD | {name: value} for name in ("code", "levels", "valid_from", "steps")])) == 4


class TestChanges:
    def test_what_is_new_is_added_what_is_the_same_is_not_touched(self) -> None:
        made = held(Catalogue((edition(),)), GOOD, GOOD | {"code": "2.000001"})
        assert ([one.kind for one in made.changes], made.unchanged) == (["added"], 1)

    def test_a_change_begins_a_new_edition_and_ends_the_old_the_day_before(self) -> None:
        made = held(Catalogue((edition(),)), GOOD | {"name": "Tên mới", "valid_from": "2027-01-01"})
        assert [(one.name, one.valid_from, one.valid_to) for one in made.editions] == [
            ("Đăng ký khai sinh", FIRST, date(2026, 12, 31)),
            ("Tên mới", date(2027, 1, 1), None),
        ]

    def test_on_the_same_first_day_it_takes_the_place(self) -> None:
        made = held(Catalogue((edition(),)), GOOD | {"name": "Tên mới"})
        assert [one.name for one in Catalogue((edition(),)).with_editions(made.editions).editions] == ["Tên mới"]

    def test_before_the_edition_that_holds_is_a_fault(self) -> None:
        made = held(Catalogue((edition(),)), GOOD | {"name": "Cũ hơn", "valid_from": "2026-01-01"})
        assert (made.changes, [one.line for one in made.faults]) == ((), [1])

    def test_what_had_ended_may_come_again(self) -> None:
        ended = edition(valid_to="2026-08-31")
        made = held(Catalogue((ended,)), GOOD | {"valid_from": "2027-01-01"})
        assert [(one.kind, one.on) for one in made.changes] == [("added", date(2027, 1, 1))]
        assert len(Catalogue((ended,)).with_editions(made.editions).editions) == 2

    def test_only_a_whole_set_ends_anything(self) -> None:
        catalogue = Catalogue((edition(), edition("2.000001")))
        assert held(catalogue, GOOD).changes == ()
        [change] = held(catalogue, GOOD, complete=True, on=date(2026, 9, 1)).changes
        assert (change.kind, change.code, change.on) == ("ended", "2.000001", date(2026, 8, 31))

    @given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 4), st.integers(0, 2)), max_size=12))
    def test_of_one_procedure_never_two_editions_hold_on_one_day(self, steps: list[tuple[int, int, int]]) -> None:
        catalogue = Catalogue()
        for code, month, name in steps:
            row = GOOD | {"code": f"1.00000{code}", "name": f"Tên {name}", "valid_from": f"2026-0{month + 5}-01"}
            catalogue = catalogue.with_editions(held(catalogue, row).editions)
        for editions in catalogue.by_code.values():
            for day in (date(2026, month, 15) for month in range(4, 12)):
                assert sum(one.holds(day) for one in editions) <= 1

    @given(st.lists(st.integers(1, 5), max_size=6), st.booleans())
    def test_the_same_import_again_does_nothing(self, codes: list[int], complete: bool) -> None:
        rows = [GOOD | {"code": f"1.00000{code}"} for code in codes]
        before = Catalogue((edition("1.000009"),))
        after = before.with_editions(held(before, *rows, complete=complete, on=date(2026, 9, 1)).editions)
        assert held(after, *rows, complete=complete, on=date(2026, 9, 1)).changes == ()


def test_what_is_shown_on_a_day() -> None:
    old, new = edition(valid_to="2026-12-31"), edition(valid_from="2027-02-01")
    days = [date(2026, 1, 1), FIRST, date(2027, 1, 15), date(2027, 3, 1)]
    assert [standing((old, new), day) for day in days] == [old, old, new, new]
    assert standing((old,), date(2028, 1, 1)) == old
    assert standing((), FIRST) is None
