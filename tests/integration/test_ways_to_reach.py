"""By mail, else by SMS, else not at all and without failing; and nobody twice (R37, R69)."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import PermanentDeliveryError
from tests.integration.world import ANSWER, OPERATOR, SENDER, World

WITHOUT_MAIL = SENDER | {"email": ""}


def test_sms_when_there_is_only_a_mobile(world: World) -> None:
    made = world.send(sender=WITHOUT_MAIL)
    world.act(made["code"], "answer", OPERATOR, ANSWER)
    world.drain()
    shown = made["progress"]["display_code"]
    (first_to, first), (to, text) = world.texts()
    assert first_to == to == "+84912345678"
    assert f"Ma ho so {shown}, PIN {made['pin']}" in first
    assert f"ho so {shown} da co tra loi" in text
    assert ANSWER["answer"] not in text
    assert world.mails() == []


def test_mail_goes_before_sms(world: World) -> None:
    world.send()
    world.drain()
    assert (len(world.mails(SENDER["email"])), world.texts()) == (1, [])


@pytest.mark.parametrize("phone", ["(0218) 3 851 234", "1022", "19001234", "+44 20 7183 8750"])
def test_nothing_to_a_number_that_takes_no_sms(world: World, phone: str) -> None:
    """Given a sender with a landline, a service or a foreign number only, then the case goes on and nothing fails."""
    code = world.answered(sender=WITHOUT_MAIL | {"phone": phone})
    world.drain()
    assert (world.mails(), world.texts()) == ([], [])
    assert world.case(code).state == "answered"


def test_a_bad_address_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given an address that SES will never take, when the letter is sent, then it is not tried for ever."""
    tried = []

    def refuse(*mail: str) -> None:
        tried.append(mail[0])
        raise PermanentDeliveryError("MessageRejected")

    monkeypatch.setattr(world.deps.mailer, "mail", refuse)
    world.send()
    world.drain()
    assert tried.count(SENDER["email"]) == 1
    assert world.work() == 0


class TestTwice:
    def test_a_message_delivered_twice_tells_once(self, world: World) -> None:
        world.send()
        records = world.stream()
        for _ in range(3):
            world.restream(records)
        assert world.work() == 0
        assert len(world.mails()) == 1

    def test_a_failed_mail_is_sent_at_the_next_delivery(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a mail server that is away for a moment, when the message comes back, then the letter goes out."""

        def away(*_: str) -> None:
            raise UnavailableError("delivery_unavailable", "Chưa gửi được tin")

        world.send()
        world.relay()
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.mailer, "mail", away)
            assert world.work() == 1
        assert (world.work(), world.work()) == (0, 0)
        assert len(world.mails()) == 1

    def test_sent_but_not_confirmed(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """The one window: a crash between sent and confirmed tells again, after the lease, and then no more."""

        def lost(_: str) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận")

        world.send()
        world.relay()
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.inbox, "confirm", lost)
            assert world.work() == 1
        assert (world.work(), len(world.mails())) == (1, 1)  # held by the one that crashed
        world.clock.forward(seconds=61)
        assert (world.work(), len(world.mails())) == (0, 2)
        world.clock.forward(seconds=61)
        world.recover()
        assert (world.work(), len(world.mails())) == (0, 2)

    def test_a_message_that_always_fails_goes_to_the_dead_letters(self, world: World) -> None:
        world.post("notices", {"code": "000000000000", "seq": 1, "type": "Received"})
        world.send()
        world.relay()
        assert [world.work() for _ in range(6)] == [1] * 5 + [0]
        assert [letter["code"] for letter in world.dead_letters("notices")] == ["000000000000"]
        assert len(world.mails()) == 1
