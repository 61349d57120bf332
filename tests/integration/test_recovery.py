"""What the stream or the relay loses is found and relayed again; nothing is lost, nothing counts twice."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases import recover_events as recovery
from tests.builders import local
from tests.integration.deliveries import record
from tests.integration.world import ANSWER, LEADER, OPERATOR, World

SETTLED = {"minutes": 3}


def published(world: World) -> str:
    """A case that concerns every queue but the agencies': told, counted, on the board."""
    code = world.answered()
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    return code


def recover(world: World) -> int:
    """Run the recovery and let the workers work; returns how many events it relayed."""
    relayed = recovery.recover_events(world.deps)
    assert world.work() == 0
    return relayed


def effects(world: World) -> tuple[int, int, int]:
    """How many mails there are, how many events are counted, how many answers are on the board."""
    month = world.deps.tallies.month("2026-11")
    counted = sum(count.get("received", 0) + count.get("answered", 0) for count in month.values())
    return len(world.mails()), counted, len(world.call("GET", "/v1/board")[1]["postings"])


class TestLost:
    def test_a_stream_that_never_spoke(self, world: World) -> None:
        published(world)
        world.clock.forward(**SETTLED)
        assert (recover(world), effects(world)) == (4, (2, 2, 1))

    def test_young_events_are_still_on_their_way(self, world: World) -> None:
        published(world)
        world.clock.forward(minutes=1)
        assert (recover(world), effects(world)) == (0, (0, 0, 0))

    def test_what_was_relayed_is_left_alone(self, world: World) -> None:
        published(world)
        world.drain()
        world.clock.forward(**SETTLED)
        assert (recover(world), effects(world)) == (0, (2, 2, 1))

    def test_a_relay_that_comes_late_after_all(self, world: World) -> None:
        published(world)
        records = world.stream()
        world.clock.forward(**SETTLED)
        recover(world)
        world.restream(records)
        assert (world.work(), effects(world)) == (0, (2, 2, 1))

    @pytest.mark.parametrize("concern", ["notices", "tallies", "board"])
    def test_a_queue_that_is_away(self, world: World, monkeypatch: pytest.MonkeyPatch, concern: str) -> None:
        """Given a relay that could reach all queues but one, when recovery runs, then that concern is not forgotten."""
        published(world)
        relay = world.deps.outgoing.relay

        def half(to: str, messages: Any) -> None:
            if to == concern:
                raise UnavailableError("queue_unavailable", "Hệ thống đang bận")
            relay(to, messages)

        with monkeypatch.context() as broken:
            broken.setattr(world.deps.outgoing, "relay", half)
            assert world.relay() == 4
        assert world.work() == 0
        world.clock.forward(**SETTLED)
        recover(world)
        assert effects(world) == (2, 2, 1)


class TestWatermark:
    def mark(self, world: World) -> Any:
        return world.deps.watermarks.get("recover")

    def test_it_moves_to_what_has_settled(self, world: World) -> None:
        world.clock.set(local("2026-11-23 10:00"))
        recover(world)
        assert self.mark(world) == local("2026-11-23 09:58")

    def test_each_event_is_looked_at_by_one_run(self, world: World) -> None:
        published(world)
        world.clock.forward(**SETTLED)
        assert [recover(world) for _ in range(2)] == [4, 0]
        world.answered()
        world.clock.forward(**SETTLED)
        assert [recover(world) for _ in range(2)] == [2, 0]

    def test_a_full_run_is_continued(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given more lost events than a run takes, then the following runs take the rest, each once."""
        monkeypatch.setattr(recovery, "EVENTS_A_RUN", 4)
        monkeypatch.setattr(recovery, "BATCH", 2)
        for _ in range(5):
            world.answered()
            world.clock.forward(seconds=1)
        world.clock.forward(**SETTLED)
        relayed = [recover(world) for _ in range(5)]
        assert (sum(relayed), relayed[-1], effects(world)) == (10, 0, (10, 10, 0))

    def test_a_run_cut_short_is_continued(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given queues that fail in the middle of a run, then what was done stays done and the rest comes next."""
        monkeypatch.setattr(recovery, "BATCH", 2)
        for _ in range(3):
            world.answered()
            world.clock.forward(seconds=1)
        world.clock.forward(**SETTLED)
        relay, calls = world.deps.outgoing.relay, []

        def fourth_time_away(to: str, messages: Any) -> None:
            calls.append(to)
            if len(calls) > 3:
                raise UnavailableError("queue_unavailable", "Hệ thống đang bận")
            relay(to, messages)

        with monkeypatch.context() as broken:
            broken.setattr(world.deps.outgoing, "relay", fourth_time_away)
            with pytest.raises(UnavailableError):
                recover(world)
        assert world.work() == 0
        assert effects(world) == (2, 2, 0)
        assert (recover(world), effects(world)) == (4, (6, 6, 0))

    def test_over_midnight_and_a_long_outage(self, world: World) -> None:
        world.clock.set(local("2026-11-23 06:59"))  # one minute before midnight in UTC
        code = world.send()["code"]
        world.clock.forward(minutes=2)
        world.act(code, "answer", OPERATOR, ANSWER)
        world.clock.forward(hours=40)
        assert (recover(world), effects(world)[:2]) == (2, (2, 2))


class TestPoison:
    def test_it_is_set_aside_and_disturbs_nobody(self, world: World) -> None:
        """Given an event of a type nobody knows, then it lies in a queue of its own and the others go their way."""
        world.answered()
        records = world.stream()
        poison = record("482109375514", "EVENT#00001", "Teleported")
        world.restream([records[0], poison, *records[1:]])
        assert (world.work(), effects(world)) == (0, (2, 2, 0))
        assert world.dead_letters("relay") == [{"record": "482109375514/EVENT#00001"}]

    def test_it_is_set_aside_when_others_are_away(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        relay = world.deps.outgoing.relay

        def away(to: str, messages: Any) -> None:
            if to != "relay_dlq":
                raise UnavailableError("queue_unavailable", "Hệ thống đang bận")
            relay(to, messages)

        world.send()
        monkeypatch.setattr(world.deps.outgoing, "relay", away)
        world.restream([*world.stream(), record("482109375514", "EVENT#00001", "Teleported")])
        assert len(world.dead_letters("relay")) == 1

    def test_it_goes_back_to_the_stream_while_it_cannot_be_set_aside(self, world: World, monkeypatch: Any) -> None:
        """Nobody would find it again: no recovery knows its type. What was read goes on meanwhile."""
        relay = world.deps.outgoing.relay

        def away(to: str, messages: Any) -> None:
            if to == "relay_dlq":
                raise UnavailableError("queue_unavailable", "Hệ thống đang bận")
            relay(to, messages)

        world.answered()
        strange = [record("482109375514", f"EVENT#0000{seq}", "Teleported") for seq in (1, 2)]
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.outgoing, "relay", away)
            given_back = world.restream([*world.stream(), *strange])
        assert given_back == {"batchItemFailures": [{"itemIdentifier": "482109375514-EVENT#00001"}]}
        assert (world.work(), effects(world)) == (0, (2, 2, 0))
        assert world.restream(strange) == {"batchItemFailures": []}
        assert len(world.dead_letters("relay")) == 2

    def test_recovery_goes_past_it(self, world: World) -> None:
        """Given an event written by a later version, when this one recovers, then it does not stop there for ever."""
        code = world.answered()
        world.spoil(code, "EVENT#00001", kind="Teleported")
        world.clock.forward(**SETTLED)
        other = world.answered()
        world.clock.forward(**SETTLED)
        recovery.recover_events(world.deps)
        world.work()
        world.clock.forward(**SETTLED)
        assert recovery.recover_events(world.deps) == 0
        assert len([mail for mail in world.mails() if other[:4] in mail["subject"]]) == 2

    @pytest.mark.parametrize(
        "broken",
        [
            {},
            {"eventName": "INSERT"},
            {"eventName": "INSERT", "dynamodb": {}},
            {"eventName": "INSERT", "dynamodb": {"Keys": {}}},
            record("482109375514", "EVENT#", "Received"),
            record("482109375514", "EVENT#x", "Received"),
            record("482109375514", "EVENT#²", "Received"),
            {"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "1"}, "sk": {"S": "EVENT#00001"}}}},
        ],
    )
    def test_the_relay_never_raises(self, world: World, broken: Any) -> None:
        world.answered()
        records = world.stream()
        assert world.restream([broken, *records]) == {"batchItemFailures": []}
        assert (world.work(), effects(world)) == (0, (2, 2, 0))

    def test_other_changes_are_no_events(self, world: World) -> None:
        """Heads, persons and texts come through the stream too, and items that change or go."""
        code = world.answered()
        strangers = [record(code, sk, "") for sk in ("HEAD", "PERSON", "TEXT#00001")]
        gone = [record(code, "EVENT#00001", "Received", name) for name in ("MODIFY", "REMOVE")]
        world.restream(strangers + gone)
        assert (world.work(), effects(world), world.dead_letters("relay")) == (0, (0, 0, 0), [])
