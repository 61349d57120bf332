"""Counters added up: three ways to the same total, hours apart from the rest; held for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.adapters.dynamo.held_sums import FRESH, SETTLED, HeldSums
from chalicelib.domain.counting import counters_of
from chalicelib.domain.sums import Counts, ratings, sums
from tests.builders import REGULATION, Story
from tests.unit.case.walks import lives

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@for_all(lives())
@settings(max_examples=60, deadline=None)
def test_each_cut_adds_up_to_the_totals_and_the_hours_to_what_was_received(life: list[Story]) -> None:
    rows: dict[str, Counter[str]] = {}
    for story in life:
        for recorded in story.history:
            for key, names in counters_of(recorded, REGULATION).items():
                if "|" not in key:
                    rows.setdefault(key, Counter()).update(names)
    found = sums(rows)
    for cut in (found.by_day, found.by_unit, found.by_kind):
        together: Counter[str] = Counter()
        for counts in cut.values():
            together.update(counts)
        assert together == found.totals
    received = {day: counts["received"] for day, counts in found.by_day.items() if "received" in counts}
    assert {day: sum(hours.values()) for day, hours in found.by_hour.items()} == received
    assert not any("hour" in name for name in found.totals)


def test_an_hour_is_of_the_offices_day() -> None:
    found = sums({"2026-11-09#tong_dai#question": {"received": 3, "hour_00": 1, "hour_17": 2}})
    assert found.by_hour == {"2026-11-09": {"00": 1, "17": 2}}
    assert found.totals == {"received": 3}


def test_ratings_are_told_by_the_steps_of_the_scale() -> None:
    assert ratings({"rated_satisfied": 2, "rated_accepted": 0, "answered": 5}) == {"satisfied": 2}


@dataclass
class TalliesStub:
    """One counter, and which months were read."""

    number: int = 1
    read: list[str] = field(default_factory=list)

    def month(self, month: str) -> Mapping[str, Counts]:
        self.read.append(month)
        return {f"{month}-02#tong_dai#question": {"received": self.number}}


class TestHeld:
    def test_the_present_month_is_at_most_a_minute_old(self) -> None:
        tallies = TalliesStub()
        held = HeldSums(tallies)  # type: ignore[arg-type] # reads months only
        held.of("2026-11", NOON)
        tallies.number = 2
        assert held.of("2026-11", NOON + FRESH - timedelta(seconds=1)).totals == {"received": 1}
        assert held.of("2026-11", NOON + FRESH).totals == {"received": 2}
        assert tallies.read == ["2026-11"] * 2

    def test_a_month_that_is_over_is_read_less_often(self) -> None:
        tallies = TalliesStub()
        held = HeldSums(tallies)  # type: ignore[arg-type] # reads months only
        for at in (NOON, NOON + FRESH, NOON + SETTLED - timedelta(seconds=1), NOON + SETTLED):
            held.of("2026-10", at)
        assert tallies.read == ["2026-10"] * 2

    def test_a_month_is_not_over_while_somewhere_its_last_day_goes_on(self) -> None:
        tallies = TalliesStub()
        held = HeldSums(tallies)  # type: ignore[arg-type] # reads months only
        for at in (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), datetime(2026, 12, 1, 3, 1, tzinfo=UTC)):
            held.of("2026-11", at)
        assert tallies.read == ["2026-11"] * 2
