"""Numbers for the public: out of the tallies, adding up, nothing about one person's matter."""

from __future__ import annotations

from datetime import UTC, datetime

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
    assert "92,5%" in page.words


def test_a_chart_says_what_its_table_says(world: World) -> None:
    count(world, "2026-11-04", "tong_dai", answered=30, answered_late=4, received=57)
    page = open_page("/thong-ke?thang=2026-11")
    assert page.words.count("57") == 3  # headline, chart, table
    assert {"title", "desc"} <= {tag for tag, _ in page.tags}
    assert [given for tag, given in page.tags if tag == "svg" and given.get("role") == "img"]


def test_months_lead_on_and_the_future_is_now(world: World) -> None:
    page = open_page("/thong-ke?thang=2025-12")
    assert {"./thong-ke?thang=2025-11", "./thong-ke?thang=2026-01"} <= set(page.every("a", "href"))
    assert "Chưa có hồ sơ nào được trả lời" in page.words
    assert "Thống kê tháng 11/2026" in open_page("/thong-ke?thang=2031-01").words
    assert open_page("/thong-ke?thang=<b>").status == 422
