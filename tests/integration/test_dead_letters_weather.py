"""Whatever stops `collect` at whatever place: no letter is lost, none is there twice, nobody is told twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.adapters import dead_queues
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.errors import UnavailableError
from tests.builders import local
from tests.integration.deliveries import record
from tests.integration.test_dead_letters import (
    ADMIN,
    HOPELESS,
    LIST,
    UNIT,
    close,
    let_die,
    letters,
    of_notices,
    redrive,
    spoiled,
)
from tests.integration.world import World


class Crash(BaseException):
    """The process is gone: nothing may catch it."""


class Once:
    """Stands before a method and makes its first call crash, before or after it has happened."""

    def __init__(self, method: Any, *, after: bool) -> None:
        self._method, self._after, self._done = method, after, False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._done:
            return self._method(*args, **kwargs)
        self._done = True
        if self._after:
            self._method(*args, **kwargs)
        raise Crash


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was received and not deleted comes again in the next run, not a minute later."""
    monkeypatch.setattr(dead_queues, "HIDDEN_SECONDS", 0)


def crash(world: World, monkeypatch: pytest.MonkeyPatch, port: str, call: str, *, after: bool) -> None:
    """Run `collect` with a crash in one of its calls, then as it should be."""
    target = getattr(world.deps, port)
    with monkeypatch.context() as broken:
        broken.setattr(target, call, Once(getattr(target, call), after=after))
        with pytest.raises(Crash):
            world.collect()
    world.collect()


WHILE_RECORDING = [("dead_queues", "take"), ("inbox", "noted"), ("dead_letters", "record"), ("dead_queues", "remove")]
WHILE_SENDING = [
    ("dead_letters", "words"),
    ("dead_queues", "send_again"),
    ("dead_letters", "save"),
    ("dead_letters", "settle"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("port", "call"), WHILE_RECORDING)
def test_a_crash_while_it_is_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch, port: str, call: str, *, after: bool
) -> None:
    for _ in range(2):
        world.post("notices", HOPELESS)
    for _ in range(6):
        world.work()
    crash(world, monkeypatch, port, call, after=after)
    assert [letter["deaths"] for letter in letters(world)] == [1, 1]
    assert world.dead_letters("notices") == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("port", "call"), WHILE_SENDING)
def test_a_crash_while_it_is_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch, port: str, call: str, *, after: bool
) -> None:
    code, whole = spoiled(world)
    world.spoil(code, "HEAD", body=whole)
    redrive(world, of_notices(world)["id"])
    crash(world, monkeypatch, port, call, after=after)
    assert (world.work(), len(world.mails())) == (0, 1)
    assert letters(world, "?queue=notices") == []
    [settled] = letters(world, "?queue=notices&state=settled")
    assert [step["state"] for step in settled["history"]] == ["redriving", "redriven"]


def test_twins_that_die_again_are_one_letter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given one sent again twice, for the first run died before it noted that, when both die, then one stands."""
    world.post("notices", HOPELESS)
    let_die(world)
    redrive(world, of_notices(world)["id"])
    crash(world, monkeypatch, "dead_queues", "send_again", after=True)
    let_die(world)
    world.clock.forward(minutes=2)
    world.collect()
    [letter] = letters(world)
    assert (letter["state"], letter["deaths"]) == ("open", 3)
    assert len(letters(world, "?state=settled")) <= 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_while_it_is_put_away(world: World, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    world.post("notices", HOPELESS)
    let_die(world)
    close(world, of_notices(world)["id"])
    crash(world, monkeypatch, "dead_letters", "settle", after=after)
    assert letters(world) == []
    assert [letter["state"] for letter in letters(world, "?state=settled")] == ["closed"]


def test_a_copy_that_comes_after_it_was_settled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a message that was recorded and not deleted, when it comes again closed, then it is no new death."""
    world.post("notices", HOPELESS)
    for _ in range(6):
        world.work()
    with monkeypatch.context() as broken:
        broken.setattr(world.deps.dead_queues, "remove", lambda *_: None)
        broken.setattr("chalicelib.usecases.collect_dead_letters.BATCHES", 1)
        world.collect()
        close(world, of_notices(world)["id"])
        world.collect()
    world.collect()
    assert (letters(world), world.dead_letters("notices")) == ([], [])


def test_a_queue_that_cannot_be_reached_hides_no_other(world: World) -> None:
    unit = {"name": "Sở Mới", "kind": "department", "mail": "so-moi@tongdai.example", "exchange": "sqs"}
    assert world.call("PUT", "/v1/desk/units/a_so_moi", unit, token=ADMIN)[0] == 200  # no queue was made for it
    world._sqs.delete_queue(QueueUrl=world.url("notices", "notices-dlq"))
    world.post("replies", "không phải JSON")
    let_die(world)
    assert [letter["queue"] for letter in letters(world)] == ["replies"]


def test_a_letter_that_cannot_be_sent_hides_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given one that fails with something nobody foresaw, then the other goes and this one waits, asked for once."""
    for queue in ("board", "notices"):
        world.post(queue, HOPELESS)
    let_die(world)
    for letter in letters(world):
        redrive(world, letter["id"])
    send = world.deps.dead_queues.send_again

    def half(queue: str, *rest: Any) -> None:
        if queue == "board":
            raise ValueError(queue)
        send(queue, *rest)

    with monkeypatch.context() as broken:
        broken.setattr(world.deps.dead_queues, "send_again", half)
        world.collect()
    assert [(letter["queue"], letter["state"]) for letter in letters(world)] == [("board", "redriving")]
    world.collect()
    assert letters(world) == []


def test_a_record_that_nobody_can_read_hides_no_other(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a record of another version, then it stands by its id, is counted, and can be sent again or closed."""
    for queue in ("board", "notices", "tallies"):
        world.post(queue, HOPELESS)
    let_die(world)
    before = {letter["queue"]: letter for letter in letters(world)}
    for queue in ("board", "tallies"):
        row = CentreItem.get("DEAD_LETTER", before[queue]["id"])
        row.body = '{"id": 7}'
        row.save()
    redrive(world, before["notices"]["id"])
    assert told(world, capsys)["DeadLetters"] == 2
    left = {letter["queue"]: letter for letter in letters(world)}
    assert {(one["reason"], one["id"]) for one in left.values()} == {
        ("unreadable_letter", before[queue]["id"]) for queue in ("board", "tallies")
    }
    assert close(world, before["board"]["id"])[0] == 200
    assert redrive(world, before["tallies"]["id"])[0] == 200
    world.collect()
    assert letters(world) == []


def test_two_runs_at_once(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a run that lasts until the next begins, then both do the same, one is too late, and neither has failed."""
    code, whole = spoiled(world)
    world.spoil(code, "HEAD", body=whole)
    redrive(world, of_notices(world)["id"])
    send = world.deps.dead_queues.send_again

    def overtaken(*sent: Any) -> None:
        monkeypatch.setattr(world.deps.dead_queues, "send_again", send)
        world.collect()
        send(*sent)

    monkeypatch.setattr(world.deps.dead_queues, "send_again", overtaken)
    capsys.readouterr()
    world.collect()
    assert '"failure"' not in capsys.readouterr().out
    assert (world.work(), len(world.mails()), letters(world)) == (0, 1, [])


def test_a_store_that_is_away_is_no_second_death(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a record of the stream to be relayed again, when the store does not answer, then the next run does it."""
    code = world.answered()
    world.restream([record(code, "EVENT#00002", "Teleported")])
    world.collect()
    [letter] = letters(world)
    redrive(world, letter["id"])

    def away(*_: Any) -> None:
        raise UnavailableError("store_unavailable", "Hệ thống đang bận")

    with monkeypatch.context() as broken:
        broken.setattr(world.deps.cases, "event", away)
        world.collect()
    assert [(one["state"], one["deaths"]) for one in letters(world)] == [("redriving", 1)]
    world.collect()
    assert (letters(world), world.work(), len(world.mails())) == ([], 0, 1)


def test_a_note_that_cannot_be_written_loses_only_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise UnavailableError("store_unavailable", "Hệ thống đang bận")

    monkeypatch.setattr(world.deps.inbox, "note_failure", away)
    world.post("notices", HOPELESS)
    world.send()
    world.relay()
    let_die(world)
    assert len(world.mails()) == 1
    assert of_notices(world)["reason"] == "no_answer"


def test_a_mark_is_only_the_sender_s_word(world: World) -> None:
    """Given an agency that marks its reply as another's dead letter, then the other's is what it was."""
    world.post("replies", "không phải JSON")
    let_die(world)
    [theirs] = letters(world)
    mark = {"dead_letter": {"DataType": "String", "StringValue": theirs["id"]}}
    world._sqs.send_message(QueueUrl=world.url("replies"), MessageBody="giả", MessageAttributes=mark)
    let_die(world)
    assert [(letter["deaths"], letter["state"]) for letter in letters(world)] == [(1, "open"), (1, "open")]
    words = world.deps.dead_letters.words(theirs["id"])
    assert words
    assert words.body == "không phải JSON"


def test_attributes_and_body_come_back_as_they_were(world: World) -> None:
    url = f"{world.deps.settings.agency_queue_prefix}{UNIT}"
    sent = {f"a{place}": {"DataType": "String", "StringValue": f"Số {place}"} for place in range(3)}
    world._sqs.send_message(QueueUrl=f"{url}-dlq", MessageBody="“Nguyên văn”\n", MessageAttributes=sent)
    world.collect()
    redrive(world, letters(world)[0]["id"])
    world.collect()
    [again] = world._sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    assert again["Body"] == "“Nguyên văn”\n"
    assert {name: value["StringValue"] for name, value in again["MessageAttributes"].items()} == {
        "a0": "Số 0",
        "a1": "Số 1",
        "a2": "Số 2",
        "dead_letter": letters(world, "?state=settled")[0]["id"],
    }


def told(world: World, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    """Run `collect` and return the metrics that have an alarm or a graph."""
    capsys.readouterr()
    world.collect()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"')]
    return {name: value for line in lines for name, value in line.items() if "Dead" in name}


def test_one_that_stands_too_long_is_an_alarm(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """480 working minutes from Monday 09:00, Tuesday a holiday: Wednesday 09:30. Sent in vain it is no younger."""
    world.post("notices", HOPELESS)
    let_die(world)
    letter = of_notices(world)["id"]
    world.clock.set(local("2026-11-25 09:30"))
    assert told(world, capsys) == {"DeadLetters": 1, "DeadLettersOverdue": 0, "OldestDeadLetter": 480 * 60}
    world.clock.forward(minutes=1)
    assert told(world, capsys)["DeadLettersOverdue"] == 1
    assert of_notices(world)["overdue"]
    redrive(world, letter)
    world.collect()
    let_die(world)
    assert told(world, capsys) == {"DeadLetters": 1, "DeadLettersOverdue": 1, "OldestDeadLetter": 481 * 60}
    close(world, letter)
    assert told(world, capsys) == {"DeadLetters": 0, "DeadLettersOverdue": 0, "OldestDeadLetter": 0}


def test_what_is_settled_keeps_no_message(world: World) -> None:
    world.post("notices", HOPELESS)
    let_die(world)
    close(world, of_notices(world)["id"])
    world.collect()
    kept = [item for item in CentreItem.scan() if item.pk.startswith("DEAD_LETTER")]
    assert [(item.pk, item.letter) for item in kept] == [("DEAD_LETTER_SETTLED", None)]
    assert world.call("GET", f"{LIST}/{kept[0].sk}", token=ADMIN)[1]["state"] == "closed"
