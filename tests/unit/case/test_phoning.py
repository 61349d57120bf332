"""Where a letter did not arrive somebody telephones, until the sender is reached or given up (R69)."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chalicelib.domain import commands as cmd
from chalicelib.domain.case import PHONE_THE_SENDER
from chalicelib.domain.errors import ConflictError
from tests.builders import REGULATION, given, local, receive, supply, when

UNDELIVERED = cmd.NoteUndelivered(channel="email", reason="bounce", letter="acknowledged")
REACHED, NOT_REACHED = cmd.NotePhoned(reached=True), cmd.NotePhoned(reached=False)


def test_reached_at_last() -> None:
    """Given a sender who does not answer at first, when he does, then nobody need call him any more."""
    story = when(receive(), UNDELIVERED, at="2026-11-09 10:00")
    assert (story.case.phone_since, story.case.phone_tries) == (local("2026-11-09 10:00"), 0)
    assert story.case.follow_up_at == local("2026-11-09 10:00")
    story = given(story, NOT_REACHED)
    assert (story.case.phone_tries, PHONE_THE_SENDER in story.case.flags) == (1, True)
    story = given(story, REACHED)
    assert [(event.outcome, event.attempt) for event in story.events] == [("reached", 2)]
    assert (story.case.phone_since, story.case.phone_tries, story.case.flags) == (None, 0, ())
    with pytest.raises(ConflictError, match="wrong_state"):
        given(story, REACHED)


@for_all(st.lists(st.sampled_from(["letter", "not", "yes", "writes"]), max_size=12))
def test_it_is_to_be_done_until_it_is_done(steps: list[str]) -> None:
    """The flag, the list and what may be done say the same; as many calls as the regulation asks for, and no more."""
    story, calls, open_ = receive(), 0, False
    for step in steps:
        if step == "letter":
            story, calls, open_ = given(story, UNDELIVERED), 0, True
        elif open_:
            story = given(story, {"not": NOT_REACHED, "yes": REACHED}.get(step, NOT_REACHED))
            calls += 1
            open_ = step != "yes" and calls < REGULATION.phone_tries
        case = story.case
        assert (PHONE_THE_SENDER in case.flags) == open_ == (case.phone_since is not None)
        assert case.follow_up_at == case.phone_since
        assert case.phone_tries == (calls if open_ else 0)


def test_who_writes_again_need_not_be_called() -> None:
    from tests.builders import ask

    story = given(receive(), ask(), UNDELIVERED, NOT_REACHED, supply())
    assert (story.case.flags, story.case.phone_since, story.case.phone_tries) == ((), None, 0)
