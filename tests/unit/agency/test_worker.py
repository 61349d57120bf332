"""The reference agency's round: wherever it is cut short, nothing is lost and nothing acts twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.exchange.samples import SAMPLES, type_of
from chalicelib.exchange.told import TOLD
from examples.agency.signatures import KeysAwayError, NotTheCentreError
from examples.agency.store import Store
from examples.agency.worker import LARGEST, Message, Worker

UNIT = "so_tu_phap"
SAID: dict[str, dict[str, Any]] = {type_of(sample): msgspec.to_builtins(sample, builtin_types=()) for sample in SAMPLES}
TOLD_TYPES = [type_of(kind) for kind in TOLD.__args__]


class StoppedError(BaseException):
    """The power is cut."""


class Queues:
    """Two queues; a received message stays until it is deleted. `cut` names the step after which the power goes."""

    def __init__(self) -> None:
        self.inbox: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self.cut = ""

    def put(self, body: Any, signature: str = "good") -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        attributes = {"signature": {"StringValue": signature}} if signature else {}
        self.inbox.append({"MessageId": str(len(self.inbox)), "Body": text, "MessageAttributes": attributes})

    def receive(self) -> list[Any]:
        return list(self.inbox)

    def delete(self, received: Any) -> None:
        if self.cut == "delete":
            raise StoppedError
        self.inbox.remove(received)

    def send(self, body: str) -> None:
        self.sent.append(json.loads(body))
        if self.cut == "send":
            raise StoppedError


class Centre:
    """Believes the signature "good"; its keys may be away."""

    away = False

    def verify(self, body: str, signature: str) -> None:
        if self.away:
            raise KeysAwayError
        if signature != "good":
            raise NotTheCentreError("stub")


class Desk:
    """The agency's whole house."""

    def __init__(self, folder: Path) -> None:
        self.store, self.queues, self.centre = Store(folder / "agency.sqlite"), Queues(), Centre()
        self.asked: list[tuple[str, Message | None, Message | None]] = []

    def answer(self, message: Message, assignment: Message | None, rejected: Message | None) -> list[Message]:
        self.asked.append((message["message_id"], assignment, rejected))
        if message["type"] != "case_assigned":
            return []
        return [{"type": kind, "case": message["case"]["code"]} for kind in ("accepted", "result")]

    def round(self, answer: Any = None) -> None:
        """Start the program anew, as after a power cut, and do one round."""
        Worker(UNIT, self.queues, self.centre, json.dumps, self.store, answer or self.answer).round()

    def cut_after(self, step: str) -> None:
        self.queues.cut = step
        with pytest.raises(StoppedError):
            self.round()
        self.queues.cut = ""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def kinds(desk: Desk) -> list[str]:
    return [reply["type"] for reply in desk.queues.sent]


class TestOneRound:
    def test_what_is_asked_is_answered_whole(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])
        desk.round()
        assert (kinds(desk), desk.queues.inbox) == (["accepted", "result"], [])
        for reply in desk.queues.sent:
            assert (reply["version"], reply["unit"], reply["case"]) == ("1", UNIT, "482109375514")
        assert len({reply["message_id"] for reply in desk.queues.sent}) == 2

    def test_a_message_that_comes_again_has_one_effect(self, desk: Desk) -> None:
        for _ in range(3):
            desk.queues.put(SAID["case_assigned"])
            desk.round()
        assert (kinds(desk), len(desk.asked), desk.queues.inbox) == (["accepted", "result"], 1, [])

    @pytest.mark.parametrize("kind", TOLD_TYPES)
    def test_every_message_of_the_centre_is_taken(self, desk: Desk, kind: str) -> None:
        desk.queues.put(SAID[kind] | {"colour": "blue"})
        desk.round()
        assert (desk.queues.inbox, desk.store.new(), len(desk.asked)) == ([], [], 1)

    def test_a_type_nobody_knew_is_kept_and_ignored(self, desk: Desk) -> None:
        desk.queues.put(SAID["reminder"] | {"type": "praised", "case": 7})
        desk.round()
        assert (desk.queues.inbox, desk.queues.sent) == ([], [])
        assert desk.asked == [(SAID["reminder"]["message_id"], None, None)]


class TestNotBelieved:
    @pytest.mark.parametrize(
        ("body", "signature"),
        [
            (SAID["case_assigned"], "forged"),
            (SAID["case_assigned"], ""),
            (SAID["case_assigned"] | {"unit": "so_y_te"}, "good"),
            (SAID["case_assigned"] | {"version": "2"}, "good"),
        ],
    )
    def test_stays_in_the_queue_and_in_nobodys_way(self, desk: Desk, body: Any, signature: str) -> None:
        desk.queues.put(body, signature)
        desk.queues.put(SAID["reminder"])
        desk.round()
        assert [json.loads(left["Body"]) for left in desk.queues.inbox] == [body]
        assert [asked[0] for asked in desk.asked] == [SAID["reminder"]["message_id"]]

    def test_while_the_keys_are_away_everything_waits(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])
        desk.centre.away = True
        desk.round()
        assert (len(desk.queues.inbox), desk.asked) == (1, [])
        desk.centre.away = False
        desk.round()
        assert (desk.queues.inbox, len(desk.asked)) == ([], 1)


class TestCutShort:
    def test_between_keeping_and_deleting(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])
        desk.cut_after("delete")
        desk.round()
        assert (kinds(desk), desk.queues.inbox) == (["accepted", "result"], [])

    def test_between_keeping_and_answering(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])

        def stopped(*_: Any) -> Any:
            raise StoppedError

        with pytest.raises(StoppedError):
            desk.round(stopped)
        desk.round()
        assert kinds(desk) == ["accepted", "result"]

    def test_between_sending_and_marking_the_very_same_is_sent_again(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])
        desk.cut_after("send")
        desk.round()
        assert kinds(desk) == ["accepted", "accepted", "result"]
        assert desk.queues.sent[0] == desk.queues.sent[1]
        assert desk.store.waiting() == []


class TestTrouble:
    def test_one_that_we_fail_on_is_put_aside(self, desk: Desk) -> None:
        def fails(message: Message, *rest: Any) -> list[Message]:
            if message["type"] == "reminder":
                raise ValueError
            return desk.answer(message, *rest)

        desk.queues.put(SAID["reminder"])
        desk.queues.put(SAID["case_assigned"])
        desk.round(fails)
        assert (kinds(desk), desk.store.new()) == (["accepted", "result"], [])

    def test_a_reply_that_no_queue_takes_is_not_in_the_way(self, desk: Desk) -> None:
        def long(message: Message, *_: Any) -> list[Message]:
            return [{"type": kind, "case": "1", "result": "a" * size} for kind, size in (("result", LARGEST), ("x", 1))]

        desk.queues.put(SAID["case_assigned"])
        desk.round(long)
        assert kinds(desk) == ["x"]

    def test_what_had_no_effect_is_noted_and_told_to_the_officer(self, desk: Desk) -> None:
        desk.queues.put(SAID["case_assigned"])
        desk.round()
        said = desk.queues.sent[0]
        desk.queues.put(SAID["message_rejected"] | {"rejected_message_id": said["message_id"]})
        desk.round()
        assert desk.asked[-1][1:] == (SAID["case_assigned"], said)

    def test_a_rejection_of_what_we_never_said_is_heard_too(self, desk: Desk) -> None:
        """Somebody uses our name (docs/agency-keys.md)."""
        desk.queues.put(SAID["message_rejected"])
        desk.round()
        assert desk.asked[-1][1:] == (None, None)

    def test_of_a_case_that_is_withdrawn_nothing_more_is_said(self, desk: Desk) -> None:
        """Its duties stay, unless it is one of them that is withdrawn."""
        code = SAID["case_assigned"]["case"]["code"]
        for kind, more in (("result", {}), ("action_done", {"action": "notice"})):
            desk.store.say({"message_id": kind, "type": kind, "case": code, **more})
        desk.queues.put(SAID["withdrawn"])
        desk.round()
        assert kinds(desk) == ["action_done"]
        desk.store.say({"message_id": "2", "type": "action_done", "case": code, "action": "notice"})
        desk.queues.put(SAID["withdrawn"] | {"message_id": "w2", "action": "notice"})
        desk.round()
        assert kinds(desk) == ["action_done"]

    def test_people_may_say_and_say_again(self, desk: Desk) -> None:
        reply = {"version": "1", "message_id": "m1", "unit": UNIT, "type": "accepted", "case": "482109375514"}
        desk.store.say(reply)
        desk.store.say(reply)
        for _ in range(3):
            desk.round()
        assert desk.queues.sent == [reply] * 2
        assert (desk.store.again("m1"), desk.store.again("m2")) == (True, False)
        desk.round()
        assert desk.queues.sent == [reply] * 3


def test_words_are_erased_after_90_days_and_ids_stay(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.queues.put(SAID["case_assigned"])
    desk.round()
    desk.store.forget()
    assert desk.store.assignment("482109375514")
    monkeypatch.setattr("examples.agency.store.KEEP_SECONDS", -1)
    desk.store.forget()
    assert desk.store.assignment("482109375514") is None
    assert not desk.store.hear(SAID["case_assigned"])
