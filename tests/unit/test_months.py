"""Months follow each other over the years."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.months import month_after, month_before, months_until

MONTHS = st.dates(min_value=date(1900, 1, 1)).map(lambda day: f"{day.year}-{day.month:02}")


def test_a_year_ends() -> None:
    assert (month_before("2026-01"), month_after("2025-12")) == ("2025-12", "2026-01")
    assert months_until("2026-02", 4) == ["2025-11", "2025-12", "2026-01", "2026-02"]


@given(MONTHS)
def test_forth_and_back_is_where_one_was_and_text_keeps_the_order(month: str) -> None:
    assert month_before(month_after(month)) == month_after(month_before(month)) == month
    assert all(one < other for one, other in pairwise(months_until(month, 30)))
