"""Days off, make-up days and closures announced at run time (R63)."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.centre_calendar import foreseen, standing, under
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError
from tests.builders import REGULATION, local
from tests.unit.case.calendars import announced, closure, day_off, with_changes, withdrawal, working_day


def hours(rules: object, day: str) -> list[str]:
    """The open hours of a date as people write them."""
    start = local(f"{day} 00:00")
    found = rules.calendar.open_intervals(start)  # type: ignore[attr-defined]
    return [f"{a:%H:%M}-{b:%H:%M}" for a, b in (next(found) for _ in range(4)) if f"{a:%Y-%m-%d}" == day]


USUAL = ["07:30-11:30", "13:30-17:00"]


def test_a_day_off_closes_a_working_day() -> None:
    assert hours(REGULATION, "2026-11-10") == USUAL
    assert hours(with_changes(day_off("2026-11-10")), "2026-11-10") == []


def test_a_make_up_saturday_works_the_usual_hours_unless_told() -> None:
    assert hours(with_changes(working_day("2026-11-14")), "2026-11-14") == USUAL
    morning = working_day("2026-11-14", frames=(("08:00", "12:00"),))
    assert hours(with_changes(morning), "2026-11-14") == ["08:00-12:00"]


def test_a_working_day_wins_over_the_regulations_own_day_off() -> None:
    """A swap announced late: the upper layer has the last word (2026-11-24 is a day off in the file)."""
    assert hours(REGULATION, "2026-11-24") == []
    assert hours(with_changes(working_day("2026-11-24")), "2026-11-24") == USUAL


def test_a_closure_cuts_hours_and_closures_add_up() -> None:
    rules = with_changes(closure("2026-11-10", ("09:00", "10:00")), closure("2026-11-10", ("15:00", "17:00")))
    assert hours(rules, "2026-11-10") == ["07:30-09:00", "10:00-11:30", "13:30-15:00"]


def test_the_last_word_on_a_date_counts() -> None:
    off_then_on = with_changes(day_off("2026-11-13"), working_day("2026-11-13"))
    assert hours(off_then_on, "2026-11-13") == USUAL
    assert hours(with_changes(working_day("2026-11-14"), day_off("2026-11-14")), "2026-11-14") == []


def test_a_withdrawal_restores_what_was_there() -> None:
    rules = with_changes(day_off("2026-11-10"), withdrawal(1))
    assert hours(rules, "2026-11-10") == USUAL
    assert (rules.calendar_version, len(rules.changes), standing(rules.changes)) == (2, 2, ())
    assert rules.changes[1].dates == rules.changes[0].dates


ONE_DAY = [
    day_off("2026-11-10"),
    working_day("2026-11-10", frames=(("08:00", "12:00"),)),
    closure("2026-11-10", ("09:00", "10:00")),
    closure("2026-11-10", ("15:00", "17:00")),
]


@pytest.mark.parametrize("before", list(itertools.permutations(ONE_DAY, 2)))
@pytest.mark.parametrize("last", ONE_DAY)
def test_what_is_foreseen_comes_true_whatever_was_announced_before(before: Any, last: dict[str, Any]) -> None:
    known, then = with_changes(*before), with_changes(*before, last)
    [day] = foreseen(announced(last, known.changes), known)
    assert day.before == known.calendar.hours_on(day.day)
    assert day.after == then.calendar.hours_on(day.day)


def test_without_changes_the_regulation_is_itself() -> None:
    assert under(REGULATION, ()) is REGULATION
    assert REGULATION.calendar_version == 0


@pytest.mark.parametrize(
    ("wanted", "code", "kind"),
    [
        (working_day("2026-11-06"), "day_passed", InvalidError),  # today: whoever would be late for it already is
        (working_day("2026-11-05"), "day_passed", InvalidError),
        (day_off("2026-10-05"), "day_too_far", InvalidError),
        (day_off("2028-11-10"), "day_too_far", InvalidError),
        (day_off(), "invalid_dates", InvalidError),
        (day_off("2026-11-10", "2026-11-10"), "invalid_dates", InvalidError),
        (day_off("2026-11-10", frames=(("09:00", "10:00"),)), "hours_not_wanted", InvalidError),
        (closure("2026-11-10"), "hours_missing", InvalidError),
        (closure("2026-11-10", ("10:00", "09:00")), "invalid_hours", InvalidError),
        (working_day("2026-11-14", frames=(("08:00", "12:00"), ("11:00", "13:00"))), "invalid_hours", InvalidError),
        (working_day("2026-11-14", frames=(("8 giờ", "12:00"),)), "invalid_hours", InvalidError),
        (withdrawal(1), "unknown_change", InvalidError),
    ],
)
def test_what_cannot_be_announced_is_refused_with_a_reason(wanted: dict[str, object], code: str, kind: type) -> None:
    with pytest.raises(DomainError) as refused:
        announced(wanted)
    assert (type(refused.value), refused.value.code) == (kind, code)


def test_a_day_off_may_be_announced_after_the_fact() -> None:
    """A storm closed the office before anybody could write it down."""
    assert announced(day_off("2026-11-05")).number == 1
    assert announced(day_off("2026-10-06")).number == 1


def test_what_is_withdrawn_cannot_be_withdrawn_again_nor_a_withdrawal() -> None:
    known = (first := announced(day_off("2026-11-10")), announced(withdrawal(1), (first,)))
    with pytest.raises(ConflictError, match="withdrawn_already"):
        announced(withdrawal(1), known)
    with pytest.raises(InvalidError, match="unknown_change"):
        announced(withdrawal(2), known)


def test_a_day_off_that_began_cannot_be_withdrawn_but_a_working_day_can() -> None:
    """Taking a day off back adds working time, and nobody may be late for a time that was not there."""
    known = (announced(day_off("2026-11-10")),)
    with pytest.raises(InvalidError, match="day_passed"):
        announced(withdrawal(1), known, at="2026-11-10 07:00")
    extra = (announced(working_day("2026-11-14")),)
    assert announced(withdrawal(1), extra, at="2026-11-14 09:00").dates == extra[0].dates


def test_the_hours_of_a_make_up_day_stay_what_they_were_when_it_was_announced() -> None:
    change = announced(working_day("2026-11-14"))
    assert change.frames == (("07:30", "11:30"), ("13:30", "17:00"))
    assert change.at == local("2026-11-06 09:00")
    assert change.dates[0] - change.at.date() == timedelta(days=8)  # swaps are announced as late as that
