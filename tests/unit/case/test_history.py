"""What holds for every life a case can have (R18, R43, R61)."""

from datetime import datetime
from itertools import pairwise

from hypothesis import given, settings

from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case, Publication, State
from chalicelib.domain.events import EVENT_TYPES, Answered, LateCorrected, MarkedLate, Reappointed
from chalicelib.domain.evolve import fold
from tests.builders import CODE, REGULATION, Story
from tests.unit.case.walks import lives

ENDED = {State.ANSWERED, State.REFUSED, State.CLOSED}
OWNERS = {
    State.RECEIVED: {Role.OPERATOR},
    State.WITH_OFFICER: {Role.OFFICER},
    State.WITH_AGENCY: {Role.AGENCY},
    State.WITH_POST: {Role.AGENCY},
    State.WITH_LEADERSHIP: {Role.LEADERSHIP},
    State.AWAITING_DETAILS: {Role.OPERATOR, Role.OFFICER, Role.AGENCY},
}


@given(lives())
@settings(max_examples=150, deadline=None)
def test_a_case_has_exactly_one_owner_until_it_ends_and_none_after(life: list[Story]) -> None:
    """R18, R43: nothing is left without an owner, nothing that ended keeps one."""
    for story in life:
        case = story.case
        if case.state in ENDED:
            assert (case.holder, case.stage, case.open) == (None, None, False)
            assert case.ended_at is not None
        else:
            assert case.holder is not None
            assert case.holder.role in OWNERS[case.state]
            assert case.holder.unit
            assert case.stage is not None
            assert case.ended_at is None
        assert (case.waiting_from is not None) == (case.state is State.AWAITING_DETAILS)
        assert (case.stage is not None and case.stage.paused) == (case.state is State.AWAITING_DETAILS)


@given(lives())
@settings(max_examples=100, deadline=None)
def test_the_history_folds_to_the_case(life: list[Story]) -> None:
    """The events are the truth: nothing of a case is known from elsewhere."""
    for story in life:
        assert fold(story.history) == story.case


@given(lives())
@settings(max_examples=100, deadline=None)
def test_the_history_is_one_unbroken_chain(life: list[Story]) -> None:
    """R61: versions count by one, each event begins where the one before it ended, time does not go back."""
    story = life[-1]
    assert [recorded.seq for recorded in story.history] == list(range(1, story.case.version + 1))
    assert story.history[0].before is None
    assert story.history[-1].after is story.case.state
    for earlier, recorded in pairwise(story.history):
        assert recorded.before is earlier.after
        assert recorded.at >= earlier.at
    assert len({recorded.id for recorded in story.history}) == len(story.history)


@given(lives())
@settings(max_examples=100, deadline=None)
def test_every_event_says_who_where_and_by_which_article(life: list[Story]) -> None:
    """R68: the timeline is complete, and the counts have what they are grouped by."""
    for recorded in life[-1].history:
        assert recorded.code == CODE
        assert recorded.actor.role
        assert recorded.article
        assert recorded.kind in REGULATION.kinds
        assert recorded.field in REGULATION.fields
        assert recorded.unit


@given(lives())
@settings(max_examples=100, deadline=None)
def test_what_was_said_stays_said(life: list[Story]) -> None:
    """Điều 9.2, 9.3 (R61, R62): late marks only grow, one re-appointment at most, duties are never forgotten."""
    for earlier, story in pairwise(life):
        assert said(story.case)[: len(earlier.case.late)] == said(earlier.case)
        assert len(story.case.actions) >= len(earlier.case.actions)
        assert story.history[: len(earlier.history)] == earlier.history
    events = [recorded.event for recorded in life[-1].history]
    assert sum(isinstance(event, Reappointed) for event in events) <= 1
    marks = [event for event in events if isinstance(event, MarkedLate)]
    assert len(marks) == len(life[-1].case.late)
    if not any(isinstance(event, LateCorrected) for event in events):
        assert [mark.first for mark in marks] == [position == 0 for position in range(len(marks))]
        assert life[-1].case.late_marks == life[-1].case.late


def said(case: Case) -> list[tuple[str, str, datetime]]:
    """A mark learns when its stage ended and whether it was corrected; what it says stays."""
    return [(mark.stage, mark.unit, mark.since) for mark in case.late]


@given(lives())
@settings(max_examples=60, deadline=None)
def test_only_what_was_answered_is_ever_public(life: list[Story]) -> None:
    """Điều 2.2 (R70). What was published stays while the case is open again, until the leadership withdraws it."""
    for story in life:
        if story.case.publication is not Publication.NONE:
            assert any(isinstance(past.event, Answered) for past in story.history)
        if story.case.publication is Publication.PROPOSED:
            assert story.case.state in {State.ANSWERED, State.CLOSED}


def test_random_lives_reach_every_state_and_nearly_every_event() -> None:
    """The properties above would prove little of a case that never moves."""
    states: set[str] = set()
    events: set[str] = set()

    @given(lives(size=25))
    @settings(max_examples=600, deadline=None, derandomize=True, database=None)
    def roam(life: list[Story]) -> None:
        states.update(story.case.state for story in life)
        events.update(type(recorded.event).__name__ for recorded in life[-1].history)

    roam()
    assert states == set(State)
    assert len(set(EVENT_TYPES) - events) <= 3, set(EVENT_TYPES) - events
