"""Numbers for the public: out of the tallies, adding up, nothing about one person's matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chalicelib.views.statistics import FEWEST, statistics
from tests.integration.browser import open_page
from tests.integration.world import ANSWER, World


def count(world: World, day: str, unit: str, **counts: int) -> None:
    world.deps.tallies.count(f"{day}{unit}", day[:7], {f"{day}#{unit}#question": counts})


def test_what_was_done_is_counted(world: World) -> None:
    world.answered()
    code = world.at_officer("so_tu_phap")
    world.clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))  # past the limit of five working hours
    world.sweep()
    world.act(code, "answer", "officer:so_tu_phap:mc01", ANSWER)
    world.drain()
    about = statistics("", world.deps)
    assert [(one.month, one.received, one.on_time, one.late) for one in about.months[-2:]] == [
        ("2026-11", 2, 1, 0),
        ("2026-12", 0, 0, 1),
    ]
    assert (about.before, about.after, len(about.months)) == ("2026-11", "", 6)


def test_units_add_up_and_those_with_little_have_no_name(world: World) -> None:
    count(world, "2026-11-02", "so_xay_dung", answered=FEWEST, answered_late=2)
    count(world, "2026-11-03", "so_y_te", answered=FEWEST - 1, answered_late=1)
    count(world, "2026-11-04", "so_tu_phap", answered=1)
    count(world, "2026-11-04", "tong_dai", answered=30, received=50)
    count(world, "2026-11-05", "so_noi_vu", refused=1)
    about = statistics("2026-11", world.deps)
    assert [one.answered for one in about.units] == [30, FEWEST, FEWEST]
    assert about.units[-1].name == ""
    assert sum(one.answered for one in about.units) == about.month.answered
    assert sum(one.on_time for one in about.units) == about.month.on_time
    assert sum(one.late for one in about.units) == about.month.late == 3
    page = open_page("/thong-ke")
    assert "Sở Xây dựng" in page.words
    assert "Sở Y tế" not in page.words
    assert "92,5 %" in page.words


def test_ratings_of_few_are_told_together_and_can_not_be_reckoned(world: World) -> None:
    """One unit with two ratings: the next one is told with it, or the total would give the two away."""
    count(world, "2026-11-02", "so_xay_dung", rated_satisfied=6, rated_not_satisfied=2)
    count(world, "2026-11-03", "so_y_te", rated_not_satisfied=2)
    count(world, "2026-11-04", "tong_dai", rated_satisfied=30, rated_accepted=10)
    about = statistics("2026-11", world.deps)
    assert about.scale == ("Hài lòng", "Chấp nhận", "Không hài lòng")
    assert [(one.number, one.percent) for one in about.ratings] == [
        (40, (75.0, 25.0, 0.0)),
        (10, (60.0, 0.0, 40.0)),
        (50, (72.0, 20.0, 8.0)),
    ]
    page = open_page("/thong-ke")
    assert "72,0 % của 50 đánh giá" in page.words
    assert "Các cơ quan khác (ít đánh giá) 10 60,0 %" in page.words
    assert "Sở Xây dựng" not in page.words


@pytest.mark.parametrize(("own", "others", "lines"), [(4, 0, 0), (2, 3, 1), (5, 0, 2), (5, 5, 3), (9, 1, 1)])
def test_ratings_are_told_from_five_on(world: World, own: int, others: int, lines: int) -> None:
    count(world, "2026-11-02", "so_xay_dung", rated_satisfied=own)
    count(world, "2026-11-02", "so_y_te", rated_satisfied=others)
    found = statistics("2026-11", world.deps).ratings
    assert len(found) == lines
    assert all(one.number >= FEWEST for one in found)
    assert [one.number for one in found[-1:]] == [own + others] * bool(lines)


def test_six_months_are_read_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    month = world.deps.tallies.month
    monkeypatch.setattr(world.deps.tallies, "month", lambda name: read.append(name) or month(name), raising=False)
    for _ in range(3):
        assert open_page("/thong-ke").status == 200
    assert len(read) == 6
    world.clock.forward(minutes=1)
    open_page("/thong-ke?thang=2026-10")
    assert read[6:] == ["2026-05"]


def test_a_chart_says_what_its_table_says(world: World) -> None:
    count(world, "2026-11-04", "tong_dai", answered=30, answered_late=4, received=57)
    page = open_page("/thong-ke?thang=2026-11")
    assert page.words.split().count("57") == 3  # headline, chart, table
    assert {"title", "desc"} <= {tag for tag, _ in page.tags}
    assert [given for tag, given in page.tags if tag == "svg" and given.get("role") == "img"]


def test_months_lead_on_and_the_future_is_now(world: World) -> None:
    page = open_page("/thong-ke?thang=2025-12")
    assert {"./thong-ke?thang=2025-11", "./thong-ke?thang=2026-01"} <= set(page.every("a", "href"))
    assert "Chưa có hồ sơ nào được trả lời" in page.words
    assert "Thống kê tháng 11/2026" in open_page("/thong-ke?thang=2031-01").words
    assert open_page("/thong-ke?thang=<b>").status == 422
