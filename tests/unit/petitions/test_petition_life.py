"""What can be done with a petition, by whom the law lets, and by when it is due (R82, R83, R85)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import ConflictError, DomainError, InvalidError
from chalicelib.domain.petitions import commands as cmd
from chalicelib.domain.petitions.decide import ACTIONS, allowed
from chalicelib.domain.petitions.due import Due, due_of
from chalicelib.domain.petitions.evolve import evolve
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition, State
from tests.unit.petitions.desk import CALENDAR, RULES, Life, accepted, at, classified, received, settled

NOON = "2026-11-27 12:00"


def due(petition: Petition) -> Due:
    found = due_of(petition, RULES, CALENDAR)
    assert found is not None
    return found


def test_until_a_person_has_classified_it_the_shortest_limit_of_all_kinds_holds() -> None:
    life = received("2026-12-01 09:00")
    assert due(life.petition) == Due("accept", date(2026, 12, 10), "Luật Tố cáo 2018, Điều 24")


@pytest.mark.parametrize(
    ("kind", "on", "article"),
    [
        ("complaint", date(2026, 12, 3), "Luật Khiếu nại 2011, Điều 27"),
        ("denunciation", date(2026, 12, 3), "Luật Tố cáo 2018, Điều 24"),
    ],
)
def test_once_it_is_classified_the_limit_of_its_kind_holds_from_the_receipt(kind: str, on: date, article: str) -> None:
    assert due(classified(kind).petition) == Due("accept", on, article)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_it_is_settled_within_thirty_days_of_the_acceptance(kind: str) -> None:
    # 26 November and 30 days: Saturday 26 December, so Monday.
    assert due(accepted(kind).petition).on == date(2026, 12, 28)


def test_a_complaint_is_extended_once_to_forty_five_days() -> None:
    life = accepted("complaint")
    life.do(cmd.Extend(grade="complex", reason="Phức tạp"), NOON)
    assert due(life.petition).on == date(2027, 1, 11)  # 45 days: Sunday 10 January
    with pytest.raises(ConflictError, match="wrong_state"):
        life.do(cmd.Extend(grade="complex", reason="Nữa"), NOON)
    with pytest.raises(InvalidError, match="unknown_grade"):
        accepted("complaint").do(cmd.Extend(grade="very_complex", reason="Phức tạp"), NOON)


def test_a_denunciation_is_extended_once_if_complex_and_twice_if_very_complex() -> None:
    life = accepted()
    life.do(cmd.Extend(grade="complex", reason="Phức tạp"), NOON)
    with pytest.raises(ConflictError, match="extended_enough"):
        life.do(cmd.Extend(grade="complex", reason="Nữa"), NOON)
    life.do(cmd.Extend(grade="very_complex", reason="Đặc biệt phức tạp"), NOON)
    assert life.petition is not None
    assert life.petition.granted == (30, 30)
    assert due(life.petition).on == date(2027, 2, 24)  # 90 days
    with pytest.raises(ConflictError, match="wrong_state"):
        life.do(cmd.Extend(grade="very_complex", reason="Nữa"), NOON)


def test_a_withdrawn_complaint_is_over_and_a_denunciation_may_go_on() -> None:
    with pytest.raises(InvalidError, match="withdrawn_is_over"):
        accepted("complaint").do(cmd.Withdraw(goes_on=True, reason="Đơn rút"), NOON)
    over = accepted("complaint").do(cmd.Withdraw(goes_on=False, reason="Đơn rút"), NOON)
    assert (over.state, over.outcome) == (State.CLOSED, "withdrawn")
    goes_on = accepted().do(cmd.Withdraw(goes_on=True, reason="Có dấu hiệu vi phạm"), NOON)
    assert (goes_on.state, goes_on.withdrawn) == (State.ACCEPTED, True)
    assert "withdraw" not in allowed(goes_on, RULES)


def test_what_was_decided_is_followed_until_it_is_done() -> None:
    life = settled()
    assert due(life.petition) == Due("follow", date(2026, 12, 25), RULES.basis, binding=False)
    life.do(cmd.Follow(how="urged", note="Văn bản 5"), "2026-12-24 09:00")
    assert due(life.petition).on == date(2027, 1, 8)
    done = life.do(cmd.Execute(note="Đã thi hành"), "2026-12-28 09:00")
    assert (done.urged, done.checked, done.outcome) == (1, 0, "executed")
    assert due_of(done, RULES, CALENDAR) is None


@pytest.mark.parametrize("on", ["2026-11-22", "2026-11-28"])
def test_an_acceptance_lies_between_the_receipt_and_today(on: str) -> None:
    with pytest.raises(InvalidError, match="day_out_of_order"):
        classified().do(cmd.Accept(body="UBND", on=date.fromisoformat(on)), NOON)


def test_whoever_sent_it_is_shown_only_for_a_reason() -> None:
    life = received()
    with pytest.raises(InvalidError, match="reason_missing"):
        life.do(cmd.Open(part="identity"), NOON)
    assert life.do(cmd.Open(part="identity", reason="Mời làm việc"), NOON).opened == 1


def test_a_limit_is_kept_through_its_last_day_and_late_on_the_next() -> None:
    one = Due("accept", date(2026, 12, 2), "")
    assert one.standing(date(2026, 11, 28), 3) == "in_time"
    assert one.standing(date(2026, 11, 29), 3) == "soon"
    assert one.standing(date(2026, 12, 2), 3) == "soon"
    assert one.standing(date(2026, 12, 3), 3) == "late"


commands = st.sampled_from(
    [
        cmd.Supplement(content="Thêm"),
        cmd.Classify(kind="complaint"),
        cmd.Classify(kind="denunciation"),
        cmd.Accept(body="UBND", on=date(2026, 11, 27)),
        cmd.Refuse(reason="Không đủ"),
        cmd.Transfer(body="Sở"),
        cmd.Guide(body="Tòa án"),
        cmd.Move(case="482109375514", reason="Là phản ánh"),
        cmd.Extend(grade="complex", reason="Phức tạp"),
        cmd.Extend(grade="very_complex", reason="Phức tạp"),
        cmd.Settle(document="decision", number="1/QĐ", on=date(2026, 11, 27)),
        cmd.Settle(document="conclusion", number="1/KL", on=date(2026, 11, 27)),
        cmd.Follow(how="checked", note="Đã xem"),
        cmd.Execute(note="Xong"),
        cmd.Withdraw(goes_on=False, reason="Rút"),
        cmd.Withdraw(goes_on=True, reason="Rút"),
        cmd.Open(part="content"),
        cmd.HoldBack(reason="Nghiêm trọng"),
        cmd.LiftHold(reason="Hết lý do"),
        cmd.Erase(closed_before=date(2026, 11, 28), article="TT"),
    ]
)


@given(st.lists(commands, max_size=12))
def test_whatever_is_tried_the_log_makes_the_petition_and_an_open_one_is_due_by_some_day(
    wishes: list[cmd.Command],
) -> None:
    life: Life = received()
    for wish in wishes:
        before = life.petition
        assert before is not None
        possible = wish.action in allowed(before, RULES)
        try:
            life.do(wish, NOON)
        except DomainError:
            assert life.petition == before
        else:
            assert possible or isinstance(wish, cmd.Erase)  # the clock asks nobody
    petition = None
    for recorded in life.log:
        petition = evolve(petition, recorded, local_date(recorded.at, CALENDAR))
    assert petition == life.petition
    assert petition is not None
    assert (due_of(petition, RULES, CALENDAR) is None) == (not petition.open)
    assert bool(petition.outcome) == (petition.closed_on is not None) == (not petition.open)
    assert sum(petition.granted) <= 60


def test_every_action_has_its_states_and_a_decider() -> None:
    actions = {kind.action for kind in cmd.Command.__subclasses__()}
    assert actions == set(ACTIONS) | {"receive", "erase"}  # asked by nobody: the sender begins, the clock ends
    assert at("2026-11-23 09:00").utcoffset() is not None


ERASE = cmd.Erase(closed_before=date(2042, 1, 1), article="TT")


def test_past_its_time_words_and_identity_go_and_nothing_can_be_done_any_more() -> None:
    life = settled()
    with pytest.raises(ConflictError, match="still_kept"):
        life.do(ERASE, NOON)
    life.do(cmd.Execute(note="Xong"), "2026-12-28 09:00")
    early = cmd.Erase(closed_before=date(2026, 12, 28), article="TT")
    with pytest.raises(ConflictError, match="still_kept"):
        life.do(early, "2042-01-01 09:00")
    gone = life.do(ERASE, "2042-01-01 09:00")
    assert (gone.erased_on, gone.outcome, gone.closed_on) == (date(2042, 1, 1), "executed", date(2026, 12, 28))
    assert allowed(gone, RULES) == ()
    for command in (ERASE, cmd.Open(part="content"), cmd.HoldBack(reason="Muộn")):
        with pytest.raises(ConflictError):
            life.do(command, "2042-01-02 09:00")


def test_what_is_held_back_is_kept_until_the_hold_is_lifted() -> None:
    life = settled()
    life.do(cmd.HoldBack(reason="Nghiêm trọng"), NOON)
    with pytest.raises(ConflictError, match="wrong_state"):
        life.do(cmd.HoldBack(reason="Nữa"), NOON)
    life.do(cmd.Execute(note="Xong"), "2026-12-28 09:00")
    with pytest.raises(ConflictError, match="still_kept"):
        life.do(ERASE, "2042-01-01 09:00")
    life.do(cmd.LiftHold(reason="Hết lý do"), "2042-01-01 10:00")
    assert life.do(ERASE, "2042-01-01 11:00").erased_on
