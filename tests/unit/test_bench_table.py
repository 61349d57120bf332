import pytest

from benchmarks.table import compared


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, ""),
        ({"limit": 3}, "≤ 3"),
        ({"limit": 2}, "≤ 2"),
        ({"limit": 1.5}, "≤ 1.5 BROKEN"),
        ({"least": 2}, "≥ 2"),
        ({"least": 300}, "≥ 300 BROKEN"),
        ({"limit": 2, "least": 0.5}, "≤ 2 ≥ 0.5"),
        ({"limit": 1, "least": 0.5}, "≤ 1 ≥ 0.5 BROKEN"),
    ],
)
def test_a_limit_is_a_most_or_a_least(limits, said):
    line = compared("twice as long", 4, 2, "ms", **limits)
    assert line.cells == ("twice as long", "4 ms", "2 ms", "2.00", said)
    assert line.broken == said.endswith("BROKEN")
