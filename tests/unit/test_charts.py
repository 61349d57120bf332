"""Bars are as high as what they count, and stay in the drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.charts import FOOT, HEIGHT, WIDTH, bars

COUNTS = st.integers(0, 100_000)


@given(st.lists(st.tuples(st.just("2026-11"), COUNTS, COUNTS, COUNTS), max_size=12))
def test_everything_stays_in_the_drawing(groups: list[tuple[str, int, int, int]]) -> None:
    chart = bars(groups)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT - FOOT
        assert bar.y + bar.height <= HEIGHT - FOOT + 0.2
    assert all(0 < label.y <= HEIGHT for label in chart.labels)


def test_a_bar_is_as_high_as_what_it_counts() -> None:
    came, good, bad = bars([("2026-11", 10, 6, 2)]).bars
    assert (came.kind, good.kind, bad.kind) == ("came", "good", "bad")
    assert good.height == pytest.approx(0.6 * came.height, abs=0.2)
    assert bad.height == pytest.approx(0.2 * came.height, abs=0.2)
    assert bad.y + bad.height == pytest.approx(good.y, abs=0.2)  # on top of it
    assert came.x + came.width < good.x


def test_nothing_has_no_bar() -> None:
    chart = bars([("2026-11", 0, 0, 0)])
    assert chart.bars == ()
    assert [label.words for label in chart.labels] == ["11/2026", "0", "0"]
