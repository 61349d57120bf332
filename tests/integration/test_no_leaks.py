"""Personal data stays where it belongs: never in logs, subjects, queue messages, keys or events (R99)."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import observability
from chalicelib.adapters.dynamo.tables import BoardItem, CaseItem, CentreItem, InboxItem, TallyItem
from tests.integration import lives
from tests.integration.lives import DIGITS, MARK, leaks
from tests.integration.world import OFFICER, OPERATOR, SENDER, World


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Everything the logger writes, at its most talkative."""
    caplog.set_level(logging.DEBUG)
    for double in ("moto", "werkzeug"):  # they stand for AWS and say what they are sent
        caplog.set_level(logging.WARNING, double)
    handler, stream = observability.logger().registered_handler, io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_nowhere_in_a_whole_life(world: World, log: Any, capfd: Any, caplog: Any, monkeypatch: Any) -> None:
    """Given marked cases that meet every kind of event and handler, then the marks stand only where they may."""
    queued = spy_on_queues(world, monkeypatch)
    codes = lives.everything(world)
    world.call("POST", "/v1/desk/senders", {"contact": f"0{DIGITS}"}, token=OPERATOR)
    written = log.getvalue() + caplog.text + "".join(capfd.readouterr())
    assert len(world.mails()) > 20
    assert [mail["subject"] for mail in world.mails() if leaks(mail["subject"])] == []
    assert len(queued) > 40
    assert [message for message in queued if leaks(message)] == []
    assert written.count('"worker":"notices"') > 2
    assert leaks(written) == []
    told = written + "".join(queued) + json.dumps(world.mails())
    assert "X-Amz-Signature" not in told  # whoever reads it there could fetch the file
    pins = [world.deps.keys.pin(code) for code in codes]
    assert [pin for pin in pins if f'"{pin}"' in written or any(pin in message for message in queued)] == []
    cases = {key: item for key, item in items(CaseItem).items() if not key[1].startswith(("PERSON", "TEXT#"))}
    assert len(cases) > 30 + len(codes)
    kept = cases | items(InboxItem) | items(TallyItem) | items(BoardItem) | items(CentreItem)
    assert [key for key, item in kept.items() if leaks(item)] == []


def test_nor_when_things_fail(world: World, log: Any, capfd: Any, caplog: Any, monkeypatch: Any) -> None:
    """Given neighbours whose errors repeat what they were given, when they fail, then the log names classes."""

    def fail(*given: object, **named: object) -> None:
        raise RuntimeError(f"{given} {named}")

    lives.send(world)
    monkeypatch.setattr(world.deps.mailer, "mail", fail)
    monkeypatch.setattr(world.deps.tallies, "count", fail)
    monkeypatch.setattr(world.deps.cases, "commit", fail)
    world.relay()
    assert world.work() == 2
    status, _ = world.call("POST", "/v1/cases", {"kind": "question", "content": f"{MARK} " * 9}, Idempotency_Key="k")
    world.reply(json.dumps({"version": "1", "unit": MARK, "case": MARK, "type": MARK, "message_id": MARK}))
    world.reply(f"{MARK} không phải JSON")
    assert (status, world.work()) == (500, 4)
    written = log.getvalue() + caplog.text + "".join(capfd.readouterr())
    assert written.count('"error":"RuntimeError"') == 4  # the letter is held by the failed try
    assert leaks(written) == []


def test_a_text_of_the_state_is_kept_nowhere(world: World) -> None:
    """Luật Bảo vệ bí mật nhà nước; R102: what bears the stamp is refused, and its words are not stored at all."""
    made = world.send(title="Gửi tổng đài", content=f"TỐI MẬT\nKế hoạch {MARK} của đơn vị trong năm nay")
    world.drain()
    assert made["refusal"]["article"] == "Luật Bảo vệ bí mật nhà nước"
    kept = items(CaseItem) | items(InboxItem)
    assert (made["code"], "HEAD") in kept
    assert [key for key, item in kept.items() if leaks(item)] == []
    assert [mail for mail in world.mails() if leaks(json.dumps(mail))] == []


def items(model: Any) -> dict[tuple[str, str], str]:
    """Return every item of a table as text."""
    return {(item.pk, getattr(item, "sk", "")): json.dumps(item.serialize()) for item in model.scan()}


def spy_on_queues(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what goes to our own queues, and the attributes of what goes to agencies."""
    queued: list[str] = []
    relay, to_agency = world.deps.outgoing.relay, world.deps.outgoing.to_agency

    def spy_relay(concern: str, messages: Any) -> None:
        queued.extend(str(message) for message in messages)
        relay(concern, messages)

    def spy_agency(unit: str, message: Any) -> None:
        queued.append(str(message.attributes))
        to_agency(unit, message)

    monkeypatch.setattr(world.deps.outgoing, "relay", spy_relay)
    monkeypatch.setattr(world.deps.outgoing, "to_agency", spy_agency)
    return queued


def test_an_officials_own_house_is_not_shown_who_reported_him(world: World) -> None:
    """Điều 8.1: at the desk as by queue and mail; the operators and everybody else's cases are as ever."""
    conduct = world.at_officer(kind="report", about="conduct")
    assert world.open(conduct, OFFICER)["sender"] is None
    assert world.open(conduct, OPERATOR)["sender"]["name"] == SENDER["name"]
    assert world.open(world.at_officer(), OFFICER)["sender"]["name"] == SENDER["name"]
