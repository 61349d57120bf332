"""What would have become of a stage: the same rules, the same outcome; other rules, the one they give (R59–R63)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain import commands as cmd
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.replay import Outcome, replayed
from replay.stage_runs import Told, stage_runs
from tests.builders import (
    REGULATION,
    Story,
    answer,
    ask,
    given,
    local,
    matter,
    reappoint,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
)
from tests.unit.case.calendars import day_off, with_changes
from tests.unit.case.walks import Life, lives
from tests.unit.replay.exports import told

AT_AGENCY = given(receive(at="2026-11-09 09:00"), to_officer(), to_agency())  # due Tuesday 09:30


def with_minutes(rules: Regulation = REGULATION, **minutes: int) -> Regulation:
    stages = {name: replace(limit, minutes=minutes.get(name, limit.minutes)) for name, limit in rules.stages.items()}
    return replace(rules, stages=stages)


def run_of(story: Story, name: str, as_of: str | None = None) -> Told:
    found = [run for run in stage_runs(told(story, as_of)) if run.clock.name == name]
    return found[-1]


def outcome(story: Story, rules: Regulation, name: str = "agency") -> Outcome:
    return replayed(run_of(story, name).run, rules)


def unchanged(life: Life) -> Story:
    """The life until the first change of its calendar."""
    return [story for story in life if not story.rules.changes][-1]


@for_all(lives())
@settings(max_examples=300)
def test_the_same_rules_give_exactly_what_was(life: Life) -> None:
    story = unchanged(life)
    for run in stage_runs(told(story)):
        found = replayed(run.run, REGULATION)
        assert (found.late, found.due_at, found.binding) == (run.late, run.clock.due_at, run.clock.binding), run


@for_all(lives())
@settings(max_examples=200)
def test_what_was_late_is_what_was_flagged(life: Life) -> None:
    """Whatever the life and the calendar's changes in it: by limits of the regulation, the log's own marks."""
    case = life[-1].case
    runs = [run for run in stage_runs(told(life[-1])) if run.clock.binding]
    assert [(run.clock.name, run.since) for run in runs if run.since] == [(m.stage, m.since) for m in case.late_marks]
    assert all(run.since or run.running for run in runs if run.late)
    assert [run.running for run in runs].count(True) == (case.stage is not None and case.stage.binding)


@for_all(lives(), st.integers(1, 100), st.integers(1, 100))
@settings(max_examples=200)
def test_shorter_limits_make_more_late_never_fewer(life: Life, some: int, more: int) -> None:
    def shortened(percent: int) -> Regulation:
        return with_minutes(
            **{name: max(1, limit.minutes * percent // 100) for name, limit in REGULATION.stages.items()}
        )

    shorter, longer = shortened(min(some, more)), shortened(max(some, more))
    for run in stage_runs(told(life[-1])):
        assert replayed(run.run, shorter).late >= replayed(run.run, longer).late


def test_another_limit_gives_another_due_time() -> None:
    story = when(AT_AGENCY, result(), at="2026-11-10 09:30")
    assert outcome(story, REGULATION) == Outcome(late=False, due_at=local("2026-11-10 09:30"), binding=True)
    assert outcome(story, with_minutes(agency=479)).late
    assert outcome(when(AT_AGENCY, result(), at="2026-11-11 16:00"), with_minutes(agency=1440)) == Outcome(
        late=False, due_at=local("2026-11-12 10:30"), binding=True
    )


def test_a_day_that_was_no_holiday() -> None:
    """24/11 is a day off since 2026: had the office worked, the stage would have been late."""
    story = given(receive(at="2026-11-23 09:00"), to_officer(), to_agency())
    story = when(story, result(), at="2026-11-25 09:00")
    worked = replace(REGULATION, calendar=REGULATION.calendar.with_changes(date_overrides={"2026-11-24": OFFICE}))
    assert not run_of(story, "agency").late
    assert outcome(story, worked) == Outcome(late=True, due_at=local("2026-11-24 09:30"), binding=True)


OFFICE = [["07:30", "11:30"], ["13:30", "17:00"]]


class TestPromises:
    """Điều 9.3: what was promised to the sender is not unsaid by another rule."""

    story = when(AT_AGENCY, reappoint("2026-11-12 10:00"), at="2026-11-09 10:00")

    def test_a_promise_stays_the_due_time_under_a_shorter_limit(self) -> None:
        in_time = when(self.story, result(), at="2026-11-12 10:00")
        assert outcome(in_time, with_minutes(agency=300)) == Outcome(False, local("2026-11-12 10:00"), True)

    def test_but_whoever_was_late_by_then_stays_late(self) -> None:
        in_time = when(self.story, result(), at="2026-11-12 10:00")
        assert outcome(in_time, with_minutes(agency=30)).late

    def test_under_a_longer_limit_nobody_needs_it(self) -> None:
        after = when(self.story, result(), at="2026-11-13 09:00")
        assert run_of(after, "agency").late
        assert outcome(after, with_minutes(agency=2250)) == Outcome(False, local("2026-11-16 09:00"), True)

    def test_it_moves_with_a_pause(self) -> None:
        asked = when(when(self.story, ask(), at="2026-11-10 09:00"), supply(), at="2026-11-11 09:00")
        assert outcome(asked, with_minutes(agency=300)).due_at == local("2026-11-13 10:00") == asked.due()

    def test_it_moves_with_the_calendar(self) -> None:
        rules = with_changes(day_off("2026-11-11"))
        moved = when(replace(self.story, rules=rules), cmd.Watch(), at="2026-11-09 11:00")
        in_time = when(moved, result(), at="2026-11-13 10:00")
        assert moved.due() == local("2026-11-13 10:00")
        assert outcome(in_time, rules) == Outcome(False, local("2026-11-13 10:00"), True)

    def test_nobody_is_late_by_a_time_that_the_calendar_has_moved(self) -> None:
        """Given a day off announced when its promised hour had passed and nobody had looked."""
        rules = with_changes(day_off("2026-11-12"), at="2026-11-12 15:00")
        moved = when(replace(self.story, rules=rules), cmd.Watch(), at="2026-11-12 15:00")
        in_time = when(moved, result(), at="2026-11-13 10:00")
        assert not run_of(in_time, "agency").late
        assert outcome(in_time, rules) == Outcome(False, local("2026-11-13 10:00"), True)

    def test_it_waits_with_the_clock_though_the_calendar_moves_something_else(self) -> None:
        """Given a conduct report: its duties move while the sender is asked, the stage when it goes on."""
        story = given(receive(kind="report", about="conduct", at="2026-11-09 09:00"), to_officer(), to_agency())
        story = when(when(story, reappoint("2026-11-12 10:00"), at="2026-11-09 10:00"), ask(), at="2026-11-09 11:00")
        rules = with_changes(day_off("2026-11-10"), at="2026-11-09 15:00")
        moved = when(replace(story, rules=rules), cmd.Watch(), at="2026-11-09 15:00")
        assert "DeadlineMoved" in moved.names
        back = when(moved, supply(), at="2026-11-11 11:00")
        assert outcome(back, rules).due_at == local("2026-11-16 10:00") == back.due()
        assert outcome(back, with_minutes(rules, agency=2250)).due_at == local("2026-11-18 09:00")


class TestPauses:
    story = given(AT_AGENCY, ask(), at="2026-11-09 10:00")

    def test_waiting_counts_where_the_regulation_lets_nothing_pause(self) -> None:
        back = when(when(self.story, supply(), at="2026-11-12 09:00"), result(), at="2026-11-12 10:00")
        assert not run_of(back, "agency").late
        assert outcome(back, replace(REGULATION, pauses=())) == Outcome(True, local("2026-11-10 09:30"), True)

    def test_a_stage_that_waits_at_the_export_is_in_time(self) -> None:
        run = run_of(self.story, "agency", as_of="2026-12-09 09:00")
        assert (run.running, run.late, replayed(run.run, REGULATION).late) == (True, False, False)


def test_a_stage_that_runs_is_judged_at_the_moment_of_the_export() -> None:
    for as_of, late in (("2026-11-10 09:30", False), ("2026-11-10 09:31", True)):
        run = run_of(AT_AGENCY, "agency", as_of)
        assert (run.running, run.late, replayed(run.run, REGULATION).late) == (True, late, late)
    assert not run_of(AT_AGENCY, "officer").running


def test_a_target_is_missed_never_late() -> None:
    story = when(receive(at="2026-11-09 09:00"), answer(), at="2026-11-09 10:01")
    assert outcome(story, REGULATION, "operator") == Outcome(late=True, due_at=local("2026-11-09 10:00"), binding=False)
    assert outcome(story, with_minutes(operator=61), "operator").late is False


@pytest.mark.parametrize(("priority", "due"), [("normal", "10:00"), ("urgent", "09:15"), ("unknown", "10:00")])
def test_budgets_follow_the_priority(priority: str, due: str) -> None:
    story = receive(at="2026-11-09 09:00")
    first = replace(story.history[0], event=replace(story.history[0].event, priority=priority))  # type: ignore[type-var]
    story = replace(story, history=(first, *story.history[1:]))
    assert outcome(story, REGULATION, "operator").due_at == local(f"2026-11-09 {due}")


def test_a_corrected_mark_was_none() -> None:
    """Given a day off announced after the stage was flagged, then leadership has taken it back (đính chính)."""
    late = when(when(AT_AGENCY, cmd.Watch(), at="2026-11-10 09:31"), result(), at="2026-11-11 09:00")
    rules = with_changes(day_off("2026-11-10"), at="2026-11-12 09:00")
    assert run_of(late, "agency").late
    corrected = when(replace(late, rules=rules), cmd.CorrectLate(reason="Bão", leader="A"), at="2026-11-12 10:00")
    assert not run_of(corrected, "agency").late
    assert not outcome(corrected, rules).late
    assert outcome(corrected, REGULATION).late  # had there been no such day off


def test_only_the_mark_that_was_wrong_is_taken_back() -> None:
    officer = when(given(receive(at="2026-11-09 09:00"), to_officer()), cmd.Watch(), at="2026-11-12 10:00")
    agency = when(when(officer, to_agency(), at="2026-11-12 10:00"), result(), at="2026-11-13 15:00")
    rules = with_changes(day_off("2026-11-13"), at="2026-11-16 09:00")
    story = when(replace(agency, rules=rules), cmd.CorrectLate(reason="Bão", leader="A"), at="2026-11-16 10:00")
    assert [run_of(story, name).late for name in ("officer", "agency")] == [True, False]


def test_a_stage_begun_anew_is_another_run() -> None:
    """No event of today begins the stage that runs; one of tomorrow may."""
    first, forwarded = told(given(receive(at="2026-11-09 09:00"), to_officer()))
    assert forwarded.stage
    later = timedelta(hours=1)
    clock = msgspec.structs.replace(forwarded.stage, started_at=forwarded.stage.started_at + later)
    again = msgspec.structs.replace(forwarded, at=forwarded.at + later, stage=clock)
    runs = stage_runs([first, forwarded, again])
    assert [(run.clock.name, run.running, run.until) for run in runs][1:] == [
        ("officer", False, again.at),
        ("officer", True, again.as_of),
    ]


@pytest.mark.parametrize("ended_first", [True, False])
def test_a_mark_against_a_promised_hour_that_was_none_is_taken_back(ended_first: bool) -> None:
    """Given a promise for Thursday, flagged and asked back before Thursday was announced to be a day off."""
    story = when(AT_AGENCY, reappoint("2026-11-12 10:00"), at="2026-11-09 10:00")
    asked = when(when(story, cmd.Watch(), at="2026-11-12 10:01"), ask(), at="2026-11-12 10:02")
    story = when(asked, supply(), at="2026-11-12 10:03")
    rules = with_changes(day_off("2026-11-12"), at="2026-11-12 15:00")
    if ended_first:
        story = when(story, result(), at="2026-11-12 14:00")
    story = when(replace(story, rules=rules), cmd.CorrectLate(reason="Bão", leader="A"), at="2026-11-12 16:00")
    if not ended_first:
        story = when(story, result(), at="2026-11-13 10:00")
    assert not run_of(story, "agency").late
    assert outcome(story, rules) == Outcome(False, local("2026-11-13 10:00"), True)


def test_a_running_stage_that_was_corrected_goes_on() -> None:
    late = when(AT_AGENCY, cmd.Watch(), at="2026-11-10 09:31")
    rules = with_changes(day_off("2026-11-10"), at="2026-11-10 10:00")
    corrected = when(replace(late, rules=rules), cmd.CorrectLate(reason="Bão", leader="A"), at="2026-11-10 11:00")
    run = run_of(corrected, "agency")
    assert (run.late, run.clock.due_at, len(stage_runs(told(corrected)))) == (False, local("2026-11-11 09:30"), 3)
    again = when(corrected, cmd.Watch(), at="2026-11-11 09:31")
    assert run_of(again, "agency").late
    assert outcome(again, rules) == Outcome(True, local("2026-11-11 09:30"), True)


def test_a_refusal_ends_a_stage_and_what_comes_after_an_answer_belongs_to_none() -> None:
    refused = when(receive(matter("Hỏi")), cmd.Refuse(reason="A", guidance="B"), at="2026-11-20 09:00")
    [run] = stage_runs(told(refused))
    assert (run.running, run.late, run.until) == (False, False, local("2026-11-20 09:00"))
    closed = when(when(receive(), answer(), at="2026-11-09 09:30"), cmd.Watch(), at="2026-12-09 09:00")
    [run] = stage_runs(told(closed))
    assert (run.until, run.until and run.until - run.clock.started_at) == (
        local("2026-11-09 09:30"),
        timedelta(minutes=30),
    )


@for_all(lives())
@settings(max_examples=200)
def test_a_calendar_known_from_the_start_makes_nobody_late_who_was_not(life: Life) -> None:
    """Changes that take time may be announced late, changes that add some may not (centre_calendar.announce)."""
    for run in stage_runs(told(life[-1])):
        assert run.late >= replayed(run.run, life[-1].rules).late
