"""Words that come by mail: what was asked for, what was not, and what comes after the end (R28, R40, R43, R102)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Sender
from chalicelib.domain.case import PHONE_THE_SENDER, SENDER_WROTE, Mailed, State
from chalicelib.domain.intake import NOT_KEPT
from tests.builders import (
    HUONG,
    OPERATOR,
    Story,
    answer,
    ask,
    given,
    matter,
    only,
    receive,
    supply,
    to_agency,
    to_officer,
    when,
    write,
)

PLACES = {
    "at the desk": receive(),
    "with the officer": given(receive(), to_officer()),
    "with the agency": given(receive(), to_officer(), to_agency()),
    "with the Post": receive(kind="service"),
    "with the leadership": given(receive(), cmd.Refer(reason="Ngoài tỉnh")),
    "answered": given(receive(), answer()),
    "refused": given(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương")),
    "closed": when(given(receive(), answer()), cmd.Watch(), at="2026-12-10 09:00"),
}


@pytest.mark.parametrize("place", PLACES)
def test_words_nobody_asked_for_change_neither_state_nor_holder_nor_clock(place: str) -> None:
    before = PLACES[place]
    story = when(before, write("Tôi xin nói thêm."), at=before.now + timedelta(minutes=5))
    after = replace(story.case, version=before.case.version, flags=(), written_back_at=None)
    assert after == replace(before.case, flags=())
    event = only(story, ev.SenderWrote)
    assert (event.content, event.holder, event.clock) == ("Tôi xin nói thêm.", before.case.holder, before.case.stage)
    assert SENDER_WROTE in story.case.flags


def test_a_limit_that_had_passed_by_then_is_said_first() -> None:
    story = when(PLACES["with the officer"], write(), at="2026-11-20 10:00")
    assert story.names[0] == "MarkedLate"
    assert story.names[-1] == "SenderWrote"


@pytest.mark.parametrize("tiers", [(), (to_officer(),), (to_officer(), to_agency())])
def test_what_was_asked_for_goes_on_as_on_the_portal(tiers: tuple[cmd.Command, ...]) -> None:
    waiting = given(receive(), *tiers, ask())
    by_mail, portal = when(waiting, write("Số 123")), when(waiting, supply("Số 123"))
    assert by_mail.case == portal.case
    assert only(by_mail, ev.DetailsSupplied) == replace(only(portal, ev.DetailsSupplied), mail=Mailed())


def test_what_a_mail_has_no_field_for_is_not_asked_for_again() -> None:
    nameless = receive(matter(sender=replace(HUONG, address="")))
    assert nameless.case.state is State.AWAITING_DETAILS
    said = cmd.Write(content="Tổ 5", matter=matter(sender=replace(HUONG, address="")), mail=Mailed())
    story = when(nameless, said)
    assert (story.names, story.case.state, story.case.holder) == (
        ["DetailsSupplied"],
        State.RECEIVED,
        nameless.case.holder,
    )


def test_a_rule_that_refuses_refuses_by_mail_too() -> None:
    petition = matter("Đơn tố cáo ông Nguyễn Văn A", title="Đơn tố cáo ông Nguyễn Văn A")
    story = when(given(receive(), ask()), cmd.Write(content="Đơn tố cáo", matter=petition, mail=Mailed()))
    assert story.names == ["DetailsSupplied", "Refused"]


@pytest.mark.parametrize("before", [PLACES["at the desk"], given(receive(), ask())], ids=["unasked", "asked"])
def test_a_text_of_the_state_is_not_kept(before: Story) -> None:
    """Luật Bảo vệ bí mật nhà nước."""
    words = "TỐI MẬT\nKế hoạch của đơn vị"
    story = when(before, cmd.Write(content=words, matter=matter(words), mail=Mailed()))
    kept = [event.content for event in story.events if isinstance(event, ev.LATER_WORDS)]
    assert kept == [NOT_KEPT]


def test_the_flag_stands_until_somebody_of_the_staff_does_something() -> None:
    story = given(receive(), write(), cmd.Watch(), write("Lần nữa"))
    assert story.case.flags.count(SENDER_WROTE) == 1
    assert when(story, cmd.Classify(kind="suggestion", about=None, field="y_te")).case.flags == ()
    assert when(story, write("Do điện thoại viên đưa vào"), actor=OPERATOR).case.flags == (SENDER_WROTE,)


def test_who_writes_is_in_touch_again() -> None:
    undelivered = cmd.NoteUndelivered(channel="email", reason="bounce", letter="acknowledged")
    story = given(receive(), undelivered)
    assert PHONE_THE_SENDER in story.case.flags
    assert PHONE_THE_SENDER not in when(story, write()).case.flags


@pytest.mark.parametrize(
    ("place", "mail", "told"),
    [
        ("at the desk", Mailed(), False),
        ("at the desk", Mailed(attachments=1), True),
        ("at the desk", Mailed(other_address="0f"), False),
        ("answered", Mailed(), True),
        ("refused", Mailed(), True),
        ("closed", Mailed(attachments=2), True),
    ],
)
def test_a_letter_says_what_becomes_of_it_only_where_that_is_not_plain(place: str, mail: Mailed, told: bool) -> None:
    said = cmd.Write(content="Xin hỏi", matter=matter(), mail=mail)
    assert only(when(PLACES[place], said), ev.SenderWrote).written_back is told


def test_and_at_most_once_a_day() -> None:
    story, told = PLACES["answered"], []
    for hours in (0, 1, 22, 1, 23, 1):
        story = when(story, write(f"Sau {hours} giờ"), at=story.now + timedelta(hours=hours))
        told.append(only(story, ev.SenderWrote).written_back)
    assert told == [True, False, False, True, False, True]


def test_a_sender_nobody_knows_may_write_too() -> None:
    """Nothing is lost (R43)."""
    story = receive(matter(sender=Sender()))
    assert only(when(story, write("Tôi là Hoa")), ev.DetailsSupplied).content == "Tôi là Hoa"
