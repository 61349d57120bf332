"""What the sender says of an answer, and asking once for another one (R72, R93)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain import commands as cmd
from chalicelib.domain import counting
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Holder, Publication, State
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.satisfaction import window_ends
from tests.builders import (
    REGULATION,
    Story,
    answer,
    given,
    local,
    only,
    reappoint,
    receive,
    result,
    to_agency,
    to_officer,
    when,
)
from tests.unit.case.walks import lives

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SCALE = tuple(REGULATION.satisfaction.scale)
REOPEN = cmd.Reopen(reason="Chưa trả lời đúng câu hỏi")


def rate(step: str = "not_satisfied", comment: str = "") -> cmd.Command:
    return cmd.Rate(rating=step, comment=comment)


def ratings(story: Story) -> Counter[tuple[str, str]]:
    """(row, name) → count of everything counted of ratings; a row stands with its month."""
    found: Counter[tuple[str, str]] = Counter()
    for recorded in story.history:
        month = counting.month_of(recorded, VIETNAM)
        for key, names in counting.counters_of(recorded, REGULATION).items():
            row = key if "|" in key else f"{month}|{key}"
            found.update({(row, name): count for name, count in names.items() if name.startswith("rated_")})
    return +found


ANSWERED = given(receive(), to_officer(), answer())
REOPENED = given(ANSWERED, rate(), REOPEN)


class TestRating:
    @pytest.mark.parametrize("step", SCALE)
    def test_every_step_is_kept_and_counted_for_the_unit_that_answered(self, step: str) -> None:
        story = when(ANSWERED, rate(step, "Cảm ơn"))
        said = only(story, ev.Rated)
        assert (story.case.rating, story.case.state, said.unit) == (step, State.ANSWERED, "so_tu_phap")
        assert ratings(story) == {(f"2026-11|2026-11-09#so_tu_phap#{story.case.kind}", f"rated_{step}"): 1}

    def test_a_step_that_is_none_is_refused_with_those_that_are(self) -> None:
        with pytest.raises(InvalidError, match="unknown_rating") as refused:
            when(ANSWERED, rate("great"))
        assert refused.value.context["allowed"] == list(SCALE)

    def test_another_word_takes_the_place_of_the_first_also_a_month_later(self) -> None:
        """A month that was reported stays what it was reported of: an answer's rating is counted in one row."""
        story = given(receive(at="2026-11-27 09:00"), answer(), rate("satisfied"))
        story = when(story, rate("not_satisfied"), at="2026-12-02 09:00")
        row = f"2026-11|2026-11-27#{story.case.agency}#{story.case.kind}"
        assert ratings(story) == {(row, "rated_not_satisfied"): 1}
        story = when(story, rate("accepted"), at="2026-12-03 09:00")
        assert ratings(story) == {(row, "rated_accepted"): 1}

    def test_the_same_word_again_is_nothing_and_words_alone_are_kept(self) -> None:
        story = when(ANSWERED, rate("satisfied"))
        assert when(story, rate("satisfied")).last == ()
        more = when(story, rate("satisfied", "Rất nhanh"))
        assert only(more, ev.Rated).comment == "Rất nhanh"
        assert ratings(more) == ratings(story)

    def test_at_the_end_of_the_window_one_may_and_a_second_later_not(self) -> None:
        until = window_ends(ANSWERED.case, REGULATION)
        assert when(ANSWERED, rate(), at=until).case.rating == "not_satisfied"
        with pytest.raises(ConflictError, match="rating_over"):
            when(ANSWERED, rate(), at=until + timedelta(seconds=1))

    def test_a_closed_case_is_rated_too(self) -> None:
        closed = when(ANSWERED, cmd.Watch(), at=window_ends(ANSWERED.case, REGULATION))
        assert closed.case.state is State.CLOSED
        assert when(closed, rate()).case.state is State.CLOSED

    @pytest.mark.parametrize("story", [receive(), given(receive(), to_officer())])
    def test_there_must_be_an_answer(self, story: Story) -> None:
        for command in (rate(), REOPEN):
            with pytest.raises(ConflictError, match="wrong_state"):
                when(story, command)


class TestReopening:
    def test_goes_to_the_operators_with_a_clock_of_its_own(self) -> None:
        """Điều 2.1: one contact point; not to whoever gave the answer."""
        case = REOPENED.case
        assert (case.state, case.holder) == (State.RECEIVED, Holder(Role.OPERATOR, "tong_dai"))
        assert case.stage is not None
        assert (case.stage.name, case.stage.started_at, case.stage.late_since) == ("operator", REOPENED.now, None)
        assert (case.agency, case.has_result, case.ended_at, case.rating) == (None, False, None, "not_satisfied")
        assert only(REOPENED, ev.Reopened).unit == "so_tu_phap"

    @pytest.mark.parametrize("first", [None, "satisfied", "accepted"])
    def test_only_whoever_is_not_satisfied_may_ask(self, first: str | None) -> None:
        story = when(ANSWERED, rate(first)) if first else ANSWERED
        with pytest.raises(ConflictError, match="rating_wanted"):
            when(story, REOPEN)

    def test_once_a_case_and_the_second_answer_is_rated_for_itself(self) -> None:
        story = given(REOPENED, to_officer(), answer())
        assert story.case.rating == ""
        story = when(story, rate())
        assert sum(ratings(story).values()) == 2
        with pytest.raises(ConflictError, match="reopened_already"):
            when(story, REOPEN)

    def test_in_the_window_only(self) -> None:
        story = when(ANSWERED, rate())
        until = window_ends(story.case, REGULATION)
        assert when(story, REOPEN, at=until).case.open
        with pytest.raises(ConflictError, match="rating_over"):
            when(story, REOPEN, at=until + timedelta(seconds=1))

    def test_late_stays_on_the_record_and_the_second_answer_is_judged_by_its_own_time(self) -> None:
        """Điều 9.2: never erased; but what was late before is not counted again."""
        late = given(when(given(receive(), to_officer()), cmd.Watch(), at="2026-11-11 10:00"), answer())
        assert only(late, ev.Answered).late
        again = given(late, rate(), REOPEN, to_officer(), answer())
        assert len(again.case.late_marks) == 1
        assert not only(again, ev.Answered).late
        twice = when(given(late, rate(), REOPEN, to_officer()), answer(), at="2026-11-13 10:00")
        assert only(twice, ev.Answered).late
        assert len(twice.case.late_marks) == 2

    def test_no_second_reappointment_but_a_new_appointment(self) -> None:
        """Điều 9.3: at most once a case; Điều 8.1.c: the sender is told anew when to expect the reply."""
        story = given(receive(), to_officer(), to_agency(), reappoint("2026-11-10 16:00"), result(), answer())
        story = given(story, rate(), REOPEN, to_officer(), cmd.Appoint(at=local("2026-11-11 09:00")), to_agency())
        with pytest.raises(ConflictError, match="reappointed_already"):
            when(story, reappoint("2026-11-12 16:00"))

    def test_a_text_for_the_board_of_the_old_answer_is_not_approved_any_more(self) -> None:
        proposed = when(ANSWERED, cmd.ProposePublication(question="Hỏi", answer="Đáp"))
        assert given(proposed, rate(), REOPEN).case.publication is Publication.NONE
        published = when(proposed, cmd.ApprovePublication(question="Hỏi", answer="Đáp"))
        assert given(published, rate(), REOPEN).case.publication is Publication.PUBLISHED


@for_all(lives(24))
@settings(max_examples=150, deadline=None)
def test_in_every_life_each_answer_counts_once_and_no_case_comes_back_more_often_than_allowed(
    life: list[Story],
) -> None:
    story = life[-1]
    events = [recorded.event for recorded in story.history]
    reopened = sum(isinstance(event, ev.Reopened) for event in events)
    assert reopened == story.case.reopened <= REGULATION.satisfaction.reopenings
    answers = sum(isinstance(event, ev.Answered) for event in events)
    assert all(count > 0 for count in ratings(story).values())
    rated = {place for place, event in enumerate(events) if isinstance(event, ev.Rated) and not event.previous}
    assert sum(ratings(story).values()) == len(rated) <= answers


@for_all(
    st.lists(st.sampled_from(SCALE), min_size=1, max_size=8), st.lists(st.integers(0, 900), min_size=8, max_size=8)
)
def test_of_many_words_the_last_counts(steps: list[str], minutes: list[int]) -> None:
    story = ANSWERED
    until = window_ends(story.case, REGULATION)
    for step, later in zip(steps, minutes, strict=False):
        story = when(story, rate(step), at=min(story.now + timedelta(minutes=later), until))
    assert [name for (_, name), count in ratings(story).items() for _ in range(count)] == [f"rated_{steps[-1]}"]
