"""Who is told, what goes out, what is counted: every type of event is covered or silent on purpose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import counting, effects, exchange, notices
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import Case, Holder
from chalicelib.domain.evolve import evolve
from chalicelib.domain.exchange import Outward
from chalicelib.domain.keeping import Anonymise, CorrectSender, HoldBack, LiftHold, Restrict
from chalicelib.domain.merits import DecideReward, Judge, NoteChange, ProposeReward
from chalicelib.domain.notices import Notice
from tests.builders import (
    OTHER_AGENCY,
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
    write,
)
from tests.unit.case.calendars import day_off, with_changes
from tests.unit.case.walks import lives

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
RATE = cmd.Rate(rating="not_satisfied", comment="Chưa rõ")
PROPOSE = cmd.ProposePublication(question="Hỏi", answer="Đáp")
APPROVE = cmd.ApprovePublication(question="Hỏi", answer="Đáp")
STORM = with_changes(day_off("2026-11-09"))
UNDELIVERED = cmd.NoteUndelivered(channel="email", reason="bounce", letter="acknowledged")
CORRECT = cmd.CorrectLate(reason="Nghỉ tránh bão", leader="Giám đốc")
CONDUCT = given(receive(kind="report", about="conduct"), to_officer())
SUPERVISED = receive(supervisor=OTHER_AGENCY.unit)
WITH_AGENCY = given(receive(), to_officer(), to_agency())
ASK = cmd.AskInput(units=("so_y_te",), question="Có cần giấy khám sức khỏe không?")
STORIES = (
    receive(matter(anonymous=True)),
    when(when(receive(), to_officer()), cmd.Watch(), at="2026-11-20 10:00"),
    when(WITH_AGENCY, cmd.Watch(), at="2026-11-20 10:00"),
    when(WITH_AGENCY, cmd.Watch(), at="2026-11-10 09:31"),
    when(receive(kind="service"), cmd.Watch(), at="2026-11-20 10:00"),
    given(receive(), cmd.Classify(kind="suggestion", about=None, field="y_te"), ask(), supply()),
    given(receive(), cmd.Refer(reason="Ngoài tỉnh"), cmd.GiveOpinion(opinion="Trả lời", leader="Giám đốc")),
    when(given(SUPERVISED, to_officer()), cmd.Urge(note="Quá lâu"), actor=OTHER_AGENCY),
    when(given(SUPERVISED, to_officer()), cmd.Watch(), at="2026-11-20 10:00"),
    given(receive(), to_officer(), cmd.Appoint(at=local("2026-11-12 10:00")), cmd.ReturnToOperator(reason="Nhầm")),
    given(WITH_AGENCY, cmd.Accept(), reappoint("2026-11-12 10:00"), result(), answer()),
    given(CONDUCT, cmd.TakeBack(reason="Chuyển nhầm")),
    given(WITH_AGENCY, cmd.TakeBack()),
    given(WITH_AGENCY, ask(), supply(), cmd.Decline(reason="Nhầm")),
    when(CONDUCT, cmd.Watch(), at="2026-11-20 10:00"),
    given(CONDUCT, *(cmd.CloseAction(name=name, outcome="Xong") for name in ("notice", "substitution"))),
    given(receive(), ASK, cmd.GiveInput(unit="so_y_te", opinion="Không cần")),
    given(receive(), ASK, cmd.DeclineInput(unit="so_y_te", reason="Không thuộc lĩnh vực")),
    given(receive(), ASK, cmd.WithdrawInput(id=1)),
    given(receive(kind="service"), result()),
    given(receive(kind="service"), cmd.Decline(reason="Nhầm")),
    given(receive(), answer(), PROPOSE, APPROVE, cmd.WithdrawPublication(reason="Sai")),
    when(given(receive(), answer()), cmd.Watch(), at="2026-12-10 10:00"),
    given(receive(), UNDELIVERED, cmd.NotePhoned(reached=True)),
    given(receive(), answer(), HoldBack(reason="Đang khiếu nại"), LiftHold(reason="Đã xong")),
    given(CONDUCT, answer(), Judge(verdict="unfounded", leader="Giám đốc", reason="Đã xác minh")),
    given(
        receive(kind="suggestion"),
        answer(),
        NoteChange(document="12/QĐ-UBND", dated=date(2026, 11, 9), change="Bỏ một giấy tờ"),
        ProposeReward(leader="Giám đốc", reward="Giấy khen"),
        DecideReward(granted=False, leader="Giám đốc", reason="Chưa đủ điều kiện"),
    ),
    given(receive(), CorrectSender(fields=("name",)), Restrict()),
    given(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương"), Anonymise(basis="request")),
    given(receive(), ask(), write(attachments=1), write(), to_officer(), write()),
    given(WITH_AGENCY, write()),
    given(receive(), answer(), write()),
    given(receive(), answer(), RATE, cmd.Reopen(reason="Chưa trả lời đúng câu hỏi")),
    when(replace(WITH_AGENCY, rules=STORM), cmd.Watch(), at="2026-11-09 10:00"),
    when(replace(when(WITH_AGENCY, cmd.Watch(), at="2026-11-10 09:31"), rules=STORM), CORRECT, at="2026-11-10 16:00"),
)
HAPPENED = [recorded for story in STORIES for recorded in story.history]
EVERY_TYPE = pytest.mark.parametrize("name", ev.EVENT_TYPES)

# The notices of each type of event, "{}" being the holder's unit; nobody is told of the rest.
TOLD = {
    "Received": {("acknowledged", "sender")},
    "DetailsRequested": {("details_wanted", "sender")},
    "DetailsSupplied": {("written_back", "sender")},
    "SenderWrote": {("written_back", "sender"), ("sender_wrote", "unit:{}"), ("sender_wrote", "operators")},
    "Refused": {("refused", "sender")},
    "Appointed": {("appointed", "sender")},
    "Reappointed": {("reappointed", "sender")},
    "DeadlineMoved": {("rescheduled", "sender")},
    "LateCorrected": {("rescheduled", "sender")},
    "Answered": {("answered", "sender")},
    "Reopened": {("reopened", "sender")},
    "ForwardedToOfficer": {("assigned", "unit:{}")},
    "DeliveryFailed": {("undelivered", "operators")},
    "ForwardingTakenBack": {("taken_back", "unit:{}")},
    "ReferredToLeadership": {("opinion_wanted", "unit:{}")},
    "InputAsked": {("input_wanted", "unit:so_y_te")},
    "InputGiven": {("input_came", "unit:tong_dai")},
    "InputDeclined": {("input_came", "unit:tong_dai")},
    "InputWithdrawn": {("input_withdrawn", "unit:so_y_te")},
    "Urged": {("urged", "unit:{}")},
    "Escalated": {
        ("reminder", f"unit:{OTHER_AGENCY.unit}"),
        *(("reminder", to) for to in ("unit:{}", "leader:{}", "centre_leadership", "supervisor")),
        *(("overdue", to) for to in ("unit:{}", "leader:{}")),
    },
}
TOLD["ActionOverdue"] = {("reminder", "leader:so_tu_phap"), ("reminder", "centre_leadership")}
SENT_OUT = {
    "ForwardedToAgency": {("case_assigned", True)},
    "SentToPost": {("case_assigned", True)},
    "DetailsSupplied": {("details_added", True)},
    "SenderWrote": {("details_added", True)},
    "MarkedLate": {("reminder", False)},
    "DeadlineMoved": {("deadline_moved", False)},
    "LateCorrected": {("deadline_moved", False)},
    "ActionOpened": {("conduct_notice", True), ("substitution_requested", False)},
    # What the agency's own people do at the desk, or others for it, its software is told to lay down.
    "ResultSubmitted": {("withdrawn", False)},
    "DeclinedByAgency": {("withdrawn", False)},
    "ForwardingTakenBack": {("withdrawn", False)},
    "ReturnedToOperator": {("withdrawn", False)},
    "Answered": {("withdrawn", False)},
    "ActionClosed": {("withdrawn", False)},
}
ON_BOARD = {"Published", "PublicationWithdrawn"}


def of(name: str) -> list[ev.Recorded]:
    return [recorded for recorded in HAPPENED if type(recorded.event).__name__ == name]


def outward(history: Sequence[ev.Recorded]) -> list[tuple[ev.Recorded, Outward | None]]:
    """Each event with the message it makes for an agency."""
    holder, case, found = None, None, []
    for recorded in history:
        found.append((recorded, exchange.outward_of(recorded, holder)))
        case = evolve(case, recorded)
        holder = case.holder
    return found


def messages(story: Story) -> list[Outward]:
    """What the last command made an agency be told."""
    return [message for _, message in outward(story.history)[-len(story.last) :] if message]


@EVERY_TYPE
def test_every_type_of_event_happens_in_the_stories(name: str) -> None:
    assert of(name)


@EVERY_TYPE
def test_people_are_told_of_what_concerns_them(name: str) -> None:
    """Điều 7.2, 8, 9; R39, R69, R111."""
    for recorded in of(name):
        holder = getattr(recorded.event, "taken_from", None) or getattr(recorded.event, "holder", None)
        possible = {Notice(letter, to.format(holder.unit if holder else "")) for letter, to in TOLD.get(name, ())}
        assert set(notices.notices_of(recorded)) <= possible
    told = {notice.letter for recorded in of(name) for notice in notices.notices_of(recorded)}
    assert told == {letter for letter, _ in TOLD.get(name, ())}


@EVERY_TYPE
def test_an_agency_hears_of_what_it_must_do(name: str) -> None:
    """Điều 8.1.c, 8.2.a, 9.2, 11.1.a; R50, R75."""
    happened = [(r, message) for story in STORIES for r, message in outward(story.history) if message]
    sent = {(message.type, message.with_content) for r, message in happened if type(r.event).__name__ == name}
    assert sent == SENT_OUT.get(name, set())


@EVERY_TYPE
def test_an_event_is_relayed_exactly_to_the_queues_that_can_do_something_with_it(name: str) -> None:
    expected = {effects.TALLIES}
    expected |= {effects.NOTICES} if name in TOLD else set()
    expected |= {effects.OUTGOING} if name in SENT_OUT else set()
    expected |= {effects.BOARD} if name in ON_BOARD else set()
    assert set(effects.concerns(name)) == expected <= set(effects.CONCERNS)
    assert len(effects.concerns(name)) == len(expected)


def test_an_unknown_type_is_an_error_not_silence() -> None:
    with pytest.raises(KeyError):
        effects.concerns("Vanished")


def test_a_refused_matter_is_told_once_with_the_reason_not_acknowledged_first() -> None:
    """Điều 7.2 (R39)."""
    letters = [
        notice.letter for recorded in receive(matter(anonymous=True)).last for notice in notices.notices_of(recorded)
    ]
    assert letters == ["refused"]


def test_each_rung_is_told_to_those_it_names() -> None:
    """R111."""
    story = when(given(receive(), to_officer("so_y_te")), cmd.Watch(), at="2026-11-20 10:00")
    reminders = [n for r in story.last if isinstance(r.event, ev.Escalated) for n in notices.notices_of(r)]
    assert [notice.to for notice in reminders] == ["unit:so_y_te", "leader:so_y_te", "centre_leadership", "supervisor"]


def test_details_for_the_desk_or_the_officer_do_not_leave_the_centre() -> None:
    """R99: the agency hears of them only while it has the case."""
    for story in (given(receive(), ask(), supply()), given(receive(), to_officer(), ask(), supply())):
        assert messages(story) == []
    [message] = messages(given(WITH_AGENCY, ask(), supply()))
    assert (message.type, message.unit) == ("details_added", "so_tu_phap")
    assert message.with_content
    assert message.with_sender


def test_the_officials_own_house_does_not_learn_who_reported() -> None:
    """Điều 8.1.c (second), R75, R99."""
    assert [(message.type, message.with_sender) for message in messages(CONDUCT)] == [
        ("conduct_notice", False),
        ("substitution_requested", False),
    ]
    assert CONDUCT.case.protects_sender
    assert not WITH_AGENCY.case.protects_sender


def test_only_an_agencys_lateness_is_sent_to_its_software() -> None:
    """Điều 9.2."""
    late = [(r.event, m) for story in STORIES for r, m in outward(story.history) if isinstance(r.event, ev.MarkedLate)]
    assert {(event.stage, m.type if m else "") for event, m in late} == {("officer", ""), ("agency", "reminder")}


def test_a_message_shows_until_when_the_agency_has_time() -> None:
    """R68."""
    [message] = messages(WITH_AGENCY)
    due = WITH_AGENCY.due()
    assert message.facts == {"due_at": due, "stage": "agency", "assigned_at": WITH_AGENCY.now}
    for story in STORIES:
        for _, told in outward(story.history):
            assert told is None or {"due_at", "late_since", "because"} & set(told.facts)


@for_all(lives())
@settings(max_examples=120, deadline=None)
def test_work_that_leaves_an_agency_not_by_its_softwares_word_is_withdrawn(life: list[Story]) -> None:
    """R50: nobody's software goes on with what is no longer its own, and every event that says so is relayed."""
    holder: Holder | None = None
    case: Case | None = None
    for recorded, message in outward(life[-1].history):
        case = evolve(case, recorded)
        if holder and holder.role == Role.AGENCY and case.holder != holder:
            its_own = (recorded.actor.role, recorded.actor.unit) == (holder.role, holder.unit)
            by = "done_at_desk" if its_own else "taken_back"
            assert message == Outward("withdrawn", holder.unit, {"because": by})
        if message:
            assert effects.OUTGOING in effects.concerns(type(recorded.event).__name__)
        holder = case.holder


def test_what_the_software_did_itself_it_is_not_told() -> None:
    software = Actor(Role.AGENCY, "so_tu_phap", exchange.SOFTWARE)
    for command in (result(), cmd.Decline(reason="Nhầm")):
        assert messages(when(WITH_AGENCY, command, actor=software)) == []
    done = cmd.CloseAction(name="notice", outcome="Xong", unit="so_tu_phap")
    assert messages(when(CONDUCT, done, actor=software)) == []
    [desk] = messages(when(CONDUCT, done))
    assert (desk.type, desk.facts) == ("withdrawn", {"because": "taken_back", "action": "notice"})


@for_all(lives())
@settings(max_examples=120, deadline=None)
def test_the_gauges_of_states_show_each_case_once_where_it_is(life: list[Story]) -> None:
    """Điều 12, 15 (R103, R114): the moves of a whole history leave one case in its present state."""
    for story in life:
        gauge: Counter[str] = Counter()
        for recorded in story.history:
            for key, moved in counting.counters_of(recorded, REGULATION).items():
                if key.startswith("now|states#"):
                    gauge.update(moved)
        assert {state: count for state, count in gauge.items() if count} == {story.case.state: 1}


def tally(story: Story) -> Counter[tuple[str, str]]:
    """(day#unit#kind, name) → count."""
    counted: Counter[tuple[str, str]] = Counter()
    for recorded in story.history:
        for key, names in counting.counters_of(recorded, REGULATION).items():
            if "|" not in key:
                counted.update({(key, name): count for name, count in names.items()})
    return counted


def test_the_tallies_name_day_unit_and_kind() -> None:
    """Điều 12.1, 14, 15 (R103, R105)."""
    story = when(given(receive(at="2026-11-09 08:30"), to_officer("so_y_te")), to_agency(), at="2026-11-10 10:00")
    story = when(when(story, result(), at="2026-11-12 10:00"), answer(), at="2026-11-13 00:10")
    assert tally(story) == {
        ("2026-11-09#tong_dai#question", "received"): 1,
        ("2026-11-09#tong_dai#question", "hour_08"): 1,
        ("2026-11-09#so_y_te#question", "forwarded_to_officer"): 1,
        ("2026-11-10#so_y_te#question", "late_stages"): 1,
        ("2026-11-10#so_y_te#question", "late"): 1,
        ("2026-11-10#so_y_te#question", "forwarded_to_agency"): 1,
        ("2026-11-12#so_y_te#question", "late_stages"): 1,
        ("2026-11-13#so_y_te#question", "answered"): 1,
        ("2026-11-13#so_y_te#question", "answered_late"): 1,
    }


def test_a_late_case_counts_for_the_unit_that_was_late() -> None:
    """Điều 14 (R105): not for the one it was handed on to in the same breath."""
    story = when(
        given(receive(at="2026-11-09 08:30"), to_officer("so_y_te")),
        cmd.ReturnToOperator(reason="Nhầm"),
        at="2026-11-10 10:00",
    )
    assert tally(story)["2026-11-10#so_y_te#question", "late"] == 1


def test_a_refusal_after_a_unit_handed_back_counts_for_the_desk() -> None:
    """Điều 14 (R105)."""
    story = given(receive(), to_officer("so_y_te"), cmd.ReturnToOperator(reason="Không rõ"))
    story = when(story, cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương"))
    assert tally(story)["2026-11-09#tong_dai#question", "refused"] == 1


def test_a_month_is_the_offices_month() -> None:
    """Điều 15 (R103): the last hours of a month belong to it in Vietnam, not in Greenwich."""
    for at, month in (("2026-12-01 00:00", "2026-12"), ("2026-11-30 23:59", "2026-11")):
        assert counting.month_of(receive(at=at).last[0], VIETNAM) == month
