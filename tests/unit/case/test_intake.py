"""Tier 1: reception at any hour, kinds, classification, requests for details (Điều 3.2, 4, 5, 7, 10.2)."""

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role, Sender
from chalicelib.domain.case import Holder, State
from chalicelib.domain.errors import InvalidError
from tests.builders import (
    CODE,
    HUONG,
    OPERATOR,
    REGULATION,
    given,
    local,
    matter,
    only,
    receive,
    supply,
    to_officer,
    when,
)
from tests.builders import ask as ask_back

DESK = Holder(Role.OPERATOR, "tong_dai")


def test_every_matter_becomes_a_case_with_an_owner_and_a_due_time() -> None:
    """Điều 3.1, 7.1 (R28, R43, R68)."""
    story = receive(at="2026-11-09 09:00")
    case = story.case
    assert (case.code, case.version, case.state, case.holder) == (CODE, 1, State.RECEIVED, DESK)
    assert case.stage is not None
    assert (case.stage.name, case.stage.started_at, case.stage.due_at, case.stage.binding) == (
        "operator",
        local("2026-11-09 09:00"),
        local("2026-11-09 10:00"),
        False,
    )
    received = only(story, ev.Received)
    assert (received.title, received.in_office_hours) == (matter().title, True)
    assert story.last[0].article == "Điều 7.1"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-09 21:40", "2026-11-10 08:30"),
        ("2026-11-14 10:00", "2026-11-16 08:30"),  # a Saturday
        ("2026-02-14 10:00", "2026-02-23 08:30"),  # the eve of Tết
        ("2026-11-09 12:00", "2026-11-09 14:30"),  # lunch
        ("2026-11-09 17:00", "2026-11-10 08:30"),  # the door closes
    ],
)
def test_reception_never_sleeps_and_its_clock_starts_when_the_office_opens(at: str, due: str) -> None:
    """Điều 3.2 (R63)."""
    story = receive(at=at)
    assert only(story, ev.Received).in_office_hours is False
    assert story.due() == local(due)


def test_on_a_make_up_saturday_the_office_is_open() -> None:
    """R63: 22/8/2026 is worked for 31/8/2026."""
    story = receive(at="2026-08-22 09:00")
    assert only(story, ev.Received).in_office_hours is True
    assert story.due() == local("2026-08-22 10:00")


@pytest.mark.parametrize("channel", ["web", "app", "phone", "message", "mail", "counter"])
def test_every_channel_ends_in_the_same_record(channel: str) -> None:
    """Điều 5, 7.1, 8.1.a (R19-R21, R24, R28)."""
    assert receive(channel=channel).case.channel == channel
    assert channel in REGULATION.channels


@pytest.mark.parametrize(
    ("kind", "about"),
    [("question", None), ("report", "regulation"), ("report", "conduct"), ("suggestion", None), ("service", None)],
)
def test_every_kind_of_the_regulation_is_received(kind: str, about: str | None) -> None:
    """Điều 4.1, 4.2, 4.3, 8.2 (R29-R32)."""
    case = receive(kind=kind, about=about).case
    assert (case.kind, case.about) == (kind, about)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"kind": "complaint"}, "unknown_kind"),
        ({"kind": "report"}, "unknown_about"),
        ({"kind": "report", "about": "weather"}, "unknown_about"),
        ({"kind": "question", "about": "conduct"}, "unknown_about"),
        ({"field": "thien_van"}, "unknown_field"),
        ({"channel": "fax"}, "unknown_channel"),
    ],
)
def test_what_the_regulation_does_not_know_is_said_with_what_it_knows(choice: dict[str, str], code: str) -> None:
    """Điều 4 (R30, R36)."""
    with pytest.raises(InvalidError) as refusal:
        receive(**choice)  # type: ignore[arg-type] # keywords of receive
    assert refusal.value.code == code
    assert isinstance(refusal.value.context["allowed"], list)


@pytest.mark.parametrize(
    ("phone", "email", "ways"),
    [
        ("+84912345678", "a@tongdai.example", ("email", "sms")),
        ("+84912345678", "", ("sms",)),
        ("+842183851234", "", ()),  # a fixed line
        ("1022", "a@tongdai.example", ("email",)),
        ("no number", "", ()),
    ],
)
def test_the_case_knows_how_its_sender_can_be_told(phone: str, email: str, ways: tuple[str, ...]) -> None:
    """R37, R69."""
    assert receive(matter(sender=Sender(name="A", address="B", phone=phone, email=email))).case.reachable == ways


def test_the_operator_corrects_kind_and_field() -> None:
    """Điều 7.3, 10.2.b (R48)."""
    story = when(receive(), cmd.Classify(kind="report", about="conduct", field="dat_dai"))
    assert story.names == ["Classified"]
    assert (story.case.kind, story.case.about, story.case.field) == ("report", "conduct", "dat_dai")
    assert (story.case.state, story.case.holder) == (State.RECEIVED, DESK)


def test_the_operator_refuses_with_reason_and_guidance() -> None:
    """Điều 7.2 (R39)."""
    story = when(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Liên hệ Sở Công Thương"))
    refused = only(story, ev.Refused)
    assert (refused.rule, refused.article, story.case.state) == ("operator", "Điều 7.2", State.REFUSED)
    assert story.case.ended_at == story.now


@pytest.mark.parametrize(("reason", "guidance"), [("", "Liên hệ Sở Y tế"), ("Không thuộc phạm vi", ""), ("", "")])
def test_a_refusal_without_reason_or_guidance_is_impossible(reason: str, guidance: str) -> None:
    """Điều 7.2 (R39)."""
    with pytest.raises(InvalidError) as refusal:
        when(receive(), cmd.Refuse(reason=reason, guidance=guidance))
    assert refusal.value.code == "guidance_missing"


def test_details_are_asked_for_and_the_case_goes_on_where_it_was() -> None:
    """Điều 10.2.a (R40)."""
    story = when(receive(at="2026-11-09 09:00"), ask_back(), at="2026-11-09 09:20")
    assert (story.case.state, story.case.holder) == (State.AWAITING_DETAILS, DESK)
    story = when(story, supply(), at="2026-11-10 09:00")
    assert story.names == ["DetailsSupplied"]
    assert (story.case.state, story.case.waiting_from, story.due()) == (
        State.RECEIVED,
        None,
        local("2026-11-10 09:40"),
    )


def test_what_is_still_missing_is_asked_again() -> None:
    """Điều 6.c, 10.2.a (R40)."""
    story = receive(matter(sender=Sender(name="A")))
    assert story.names == ["Received", "DetailsRequested"]
    story = when(story, supply(whole=matter(sender=Sender(name="A", address="B"))))
    assert story.names == ["DetailsSupplied", "DetailsRequested"]
    assert only(story, ev.DetailsRequested).missing == ("phone_or_email",)
    assert when(story, supply()).case.state is State.RECEIVED


def test_details_bring_the_new_ways_to_reach_the_sender() -> None:
    """Điều 6.c (R37)."""
    story = when(receive(matter(sender=Sender(name="A"))), supply(whole=matter(sender=HUONG)))
    assert story.case.reachable == ("email", "sms")


def test_the_desk_may_write_details_down_for_the_sender() -> None:
    """Điều 10.2.a (R40)."""
    story = when(given(receive(), ask_back()), supply(), actor=OPERATOR)
    assert story.last[0].actor == OPERATOR


def test_whoever_never_completes_may_be_refused_by_the_desk_only() -> None:
    """Điều 7.2 (R39): no article lets an office of the second or third tier refuse."""
    refuse = cmd.Refuse(reason="Quá lâu không bổ sung", guidance="Gửi lại khi đủ thông tin")
    assert when(given(receive(), ask_back()), refuse).case.state is State.REFUSED
    with pytest.raises(Exception, match="wrong_state"):
        when(given(receive(), to_officer(), ask_back()), refuse)
