"""How long a case is kept whole, and what anonymising leaves of it (R99, R100)."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain import commands as cmd
from chalicelib.domain import counting
from chalicelib.domain.case import CONTACT, MATTER, PARTS, State
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.evolve import fold
from chalicelib.domain.keeping import REQUEST, RETENTION, Anonymise, HoldBack, LiftHold, end_of_time, over
from chalicelib.domain.permissions import allowed
from chalicelib.domain.permissions.keeping import AFTERWARDS
from tests.builders import (
    ACTORS,
    LEADER,
    OPERATOR,
    REGULATION,
    Story,
    answer,
    given,
    local,
    receive,
    when,
)
from tests.unit.case.walks import lives

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BEFORE = local("2027-01-01 00:00")
REFUSED = given(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương"))
HOLD = HoldBack(reason="Đang có khiếu nại")
ANSWERED = given(receive(), answer())
CLOSED = when(ANSWERED, cmd.Watch(), at="2026-12-20 09:00")
FORGET = Anonymise(basis=RETENTION, completed_before=BEFORE)


def test_the_years_count_from_the_end_of_the_year_of_completion() -> None:
    assert end_of_time(local("2031-12-31 23:59"), 5, VIETNAM) == local("2026-01-01 00:00")
    assert end_of_time(local("2032-01-01 00:00"), 5, VIETNAM) == local("2027-01-01 00:00")


def test_what_ended_in_the_last_minute_of_the_year_counts_for_it() -> None:
    last, first = local("2026-12-31 23:59"), local("2027-01-01 00:00")
    late = when(given(receive(at=last), answer()), cmd.Watch(), at="2027-02-20 09:00")
    assert over(late.case, first)
    assert not over(late.case, last)


def test_a_case_is_anonymised_once_and_stays_where_it_is() -> None:
    after = when(CLOSED, FORGET)
    assert after.names == ["Anonymised"]
    assert (after.case.state, after.case.erased, after.case.erased_at) == (State.CLOSED, PARTS, after.now)
    assert "anonymise" not in allowed(after.case, LEADER, REGULATION)


def test_one_part_and_then_the_rest() -> None:
    one = when(CLOSED, Anonymise(basis=REQUEST, parts=(CONTACT,)), actor=LEADER)
    assert one.case.erased == (CONTACT,)
    assert when(one, FORGET).case.erased == (CONTACT, MATTER)


@pytest.mark.parametrize(
    ("story", "command"),
    [
        (receive(), FORGET),
        (ANSWERED, FORGET),
        (CLOSED, Anonymise(basis=RETENTION, completed_before=local("2026-01-01 00:00"))),
        (when(CLOSED, HOLD), FORGET),
        (when(CLOSED, HOLD), Anonymise(basis=REQUEST)),
    ],
    ids=["open", "answered", "too early", "held", "held, asked for"],
)
def test_what_is_still_kept_is_not_anonymised(story: Story, command: Anonymise) -> None:
    with pytest.raises(ConflictError):
        when(story, command)


def test_when_the_hold_is_lifted_its_time_counts_again() -> None:
    lifted = given(CLOSED, HOLD, LiftHold(reason="Đã xong"))
    assert when(lifted, FORGET).case.erased == PARTS


def test_nothing_can_be_done_with_what_is_anonymised_but_to_take_it_off_the_board() -> None:
    published = given(ANSWERED, cmd.ProposePublication(question="Hỏi", answer="Đáp"))
    published = given(published, cmd.ApprovePublication(question="Hỏi", answer="Đáp"))
    gone = when(when(published, cmd.Watch(), at="2026-12-20 09:00"), FORGET)
    possible = {action for actor in {*ACTORS.values(), OPERATOR} for action in allowed(gone.case, actor, REGULATION)}
    assert possible == {"withdraw_publication", "watch"} <= AFTERWARDS
    assert when(gone, cmd.WithdrawPublication(reason="Có người nhận ra")).names == ["PublicationWithdrawn"]
    with pytest.raises(ConflictError) as refused:
        when(gone, cmd.Reopen(reason="Chưa rõ"))
    assert refused.value.code == "case_anonymised"


@settings(max_examples=60, deadline=None)
@for_all(begun=st.sampled_from([CLOSED, REFUSED]), life=lives(), parts=st.sampled_from([PARTS, (CONTACT,), (MATTER,)]))
def test_no_count_changes_and_no_other_fact(begun: Story, life: list[Story], parts: tuple[str, ...]) -> None:
    last = life[-1].case
    lived = last.state in (State.CLOSED, State.REFUSED) and not (last.open_actions or last.held or last.erased)
    story = life[-1] if lived else begun
    after = when(story, Anonymise(basis=RETENTION, parts=parts), at=story.now + timedelta(days=3000))
    (recorded,) = after.last
    assert counting.counters_of(recorded, REGULATION) == {}
    assert fold(after.history) == after.case
    kept = {
        name: getattr(after.case, name) for name in ("late", "rating", "units", "agency", "ended_at", "publication")
    }
    assert kept == {name: getattr(story.case, name) for name in kept}
