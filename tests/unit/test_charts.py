"""Bars are as high as what they count, stay in the drawing, and are told by a number each or by a scale."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.charts import FOOT, HEIGHT, WIDTH, Chart, Group, bars

COUNTS = st.integers(0, 100_000)
PAIRS = st.builds(lambda a, b, c: ([("came", a)], [("good", b), ("bad", c)]), COUNTS, COUNTS, COUNTS)
GROUPS = st.lists(st.builds(Group, st.sampled_from(["7", "02/11", "11/2026"]), PAIRS), max_size=24)


def drawn(*counts: tuple[int, int, int]) -> Chart:
    return bars([Group("11/2026", ([("came", a)], [("good", b), ("bad", c)])) for a, b, c in counts])


@given(GROUPS)
def test_everything_stays_in_the_drawing(groups: list[Group]) -> None:
    chart = bars(groups)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT - FOOT
        assert bar.y + bar.height <= HEIGHT - FOOT + 0.2
    assert all(label.x - len(label.words) * 3.5 >= 0 and 0 < label.y <= HEIGHT for label in chart.labels)
    assert all(0 < y < HEIGHT for y in chart.lines)


@given(GROUPS.filter(bool))
def test_labels_of_a_row_do_not_touch(groups: list[Group]) -> None:
    """Seven units a letter, at the size of the stylesheet."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for label in bars(groups).labels:
        half = len(label.words) * 7 / 2
        rows.setdefault(label.y, []).append((label.x - half, label.x + half))
    for row in rows.values():
        ordered = sorted(row)
        assert all(left[1] <= right[0] for left, right in pairwise(ordered))


def test_a_bar_is_as_high_as_what_it_counts() -> None:
    came, good, bad = drawn((10, 6, 2)).bars
    assert (came.kind, good.kind, bad.kind) == ("came", "good", "bad")
    assert good.height == pytest.approx(0.6 * came.height, abs=0.2)
    assert bad.height == pytest.approx(0.2 * came.height, abs=0.2)
    assert bad.y + bad.height == pytest.approx(good.y, abs=0.2)  # on top of it
    assert came.x + came.width < good.x


def test_nothing_has_no_bar() -> None:
    chart = drawn((0, 0, 0))
    assert chart.bars == ()
    assert {label.words for label in chart.labels} == {"11/2026", "0"}
    assert bars([]).bars == ()


@pytest.mark.parametrize(
    ("most", "top"), [(1, "2"), (7, "8"), (13, "16"), (57, "60"), (2621, "3.000"), (99_999, "100.000")]
)
def test_many_bars_have_a_scale_whose_half_is_whole(most: int, top: str) -> None:
    chart = drawn(*[(most, most, 0)] * 24)
    scale = [label.words for label in chart.labels if label.words != "11/2026"]
    assert (scale[0], scale[2], len(chart.lines)) == ("0", top, 3)
    assert float(scale[1]) * 2 == float(scale[2]) if most < 100 else "." in scale[1]
    assert max(bar.height for bar in chart.bars) <= HEIGHT - FOOT
