"""No SMS from 21:00 to 07:00: it waits, is not lost, and goes once (sms_quiet; setting of the centre)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.notices import SENDER as TO_SENDER
from chalicelib.ports import PermanentDeliveryError
from tests.builders import local
from tests.integration.world import ANSWER, OPERATOR, SENDER, World

BY_SMS = SENDER | {"email": ""}
OTHER = BY_SMS | {"phone": "0987 654 321"}


def send_at(world: World, at: str, **changes: Any) -> dict[str, Any]:
    world.clock.set(local(at))
    made = world.send(**{"sender": BY_SMS} | changes)
    world.drain()
    return made


def remind_at(world: World, at: str) -> int:
    """Run `remind` at a moment; returns how many SMS have been sent by then."""
    world.clock.set(local(at))
    world.remind()
    return len(world.texts())


@pytest.mark.parametrize("at", ["2026-11-23 20:59", "2026-11-23 07:00", "2026-11-28 12:00"])
def test_by_day_an_sms_goes_at_once(world: World, at: str) -> None:
    send_at(world, at)
    assert len(world.texts()) == 1
    assert world.deps.reminders.of(TO_SENDER) == ()


@pytest.mark.parametrize("at", ["2026-11-23 21:00", "2026-11-24 00:30", "2026-11-24 06:59"])
def test_by_night_it_waits_till_seven_whether_the_office_is_open_or_not(world: World, at: str) -> None:
    """Given an SMS due at night before a holiday, then it goes at 07:00 and not again."""
    made = send_at(world, at)
    assert remind_at(world, "2026-11-24 06:59") == 0
    assert remind_at(world, "2026-11-24 07:00") == 1
    assert made["pin"] in world.texts()[0][1]
    assert remind_at(world, "2026-11-24 07:01") == 1
    assert remind_at(world, "2026-11-25 08:00") == 1


def test_a_mail_wakes_nobody(world: World) -> None:
    send_at(world, "2026-11-23 23:00", sender=SENDER)
    assert (len(world.mails(SENDER["email"])), world.texts()) == (1, [])


def test_what_waits_goes_in_the_order_in_which_it_happened(world: World) -> None:
    made = send_at(world, "2026-11-23 23:00")
    world.act(made["code"], "answer", OPERATOR, ANSWER)
    world.drain()
    assert remind_at(world, "2026-11-24 07:00") == 2
    assert ["PIN" in text and made["pin"] in text for _, text in world.texts()] == [True, False]


@pytest.mark.parametrize("again_at", ["2026-11-23 23:05", "2026-11-24 07:00", "2026-11-24 07:05"])
def test_an_event_delivered_again_tells_once(world: World, again_at: str) -> None:
    """By night, at dawn before what waits has been sent, and after it."""
    world.clock.set(local("2026-11-23 23:00"))
    world.send(sender=BY_SMS)
    records = world.stream()
    world.restream(records)
    assert world.work() == 0
    if again_at.endswith("07:05"):
        assert remind_at(world, "2026-11-24 07:00") == 1
    world.clock.set(local(again_at))
    world.restream(records)
    assert world.work() == 0
    assert remind_at(world, "2026-11-24 07:06") == 1
    assert world.deps.reminders.of(TO_SENDER) == ()


def test_sent_in_the_evening_and_delivered_again_at_night(world: World) -> None:
    world.clock.set(local("2026-11-23 20:59"))
    world.send(sender=BY_SMS)
    records = world.stream()
    world.restream(records)
    assert (world.work(), len(world.texts())) == (0, 1)
    world.clock.set(local("2026-11-23 21:01"))
    world.restream(records)
    assert world.work() == 0
    assert remind_at(world, "2026-11-24 07:00") == 1


def test_one_that_fails_waits_and_holds_up_only_its_own_case(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = send_at(world, "2026-11-23 23:00")
    world.act(failing["code"], "answer", OPERATOR, ANSWER)
    send_at(world, "2026-11-23 23:30", sender=OTHER)
    send = world.deps.mailer.sms

    def away(to: str, text: str) -> None:
        if to == "+84912345678":
            raise UnavailableError("delivery_unavailable", "Chưa gửi được tin")
        send(to, text)

    with monkeypatch.context() as broken:
        broken.setattr(world.deps.mailer, "sms", away)
        assert remind_at(world, "2026-11-24 07:00") == 1
    assert [waiting.code for waiting in world.deps.reminders.of(TO_SENDER)] == [failing["code"]] * 2
    assert remind_at(world, "2026-11-24 07:01") == 3


def test_a_number_that_is_refused_for_good_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    send_at(world, "2026-11-23 23:00")

    def refuse(*_: str) -> None:
        raise PermanentDeliveryError("OptedOut")

    monkeypatch.setattr(world.deps.mailer, "sms", refuse)
    assert remind_at(world, "2026-11-24 07:00") == 0
    assert world.deps.reminders.of(TO_SENDER) == ()


def test_removed_too_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a crash after the SMS is confirmed and before its row is gone, then the next run only tidies up."""
    send_at(world, "2026-11-23 23:00")

    def lost(_: object) -> None:
        raise UnavailableError("store_unavailable", "Hệ thống đang bận")

    with monkeypatch.context() as broken:
        broken.setattr(world.deps.reminders, "remove", lost)
        assert remind_at(world, "2026-11-24 07:00") == 1
    assert remind_at(world, "2026-11-24 07:01") == 1
    assert world.deps.reminders.of(TO_SENDER) == ()
