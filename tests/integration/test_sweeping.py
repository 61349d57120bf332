"""The minute's sweep: everything that is due, in order, whatever one case is like, and what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamo import alarms, cases, shards
from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from chalicelib.domain.case_code import from_number
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints import schedules
from chalicelib.usecases import sweep_due as sweeping
from chalicelib.usecases import watch_case as watching
from chalicelib.usecases.sweep_due import Swept, sweep_due
from tests.builders import local
from tests.integration.world import World

LATE = local("2026-11-23 16:30")


def late_cases(world: World, count: int, *, apart: float = 0) -> list[str]:
    """Cases at their officers, so many seconds apart, all past their due time now."""
    codes = []
    for _ in range(count):
        codes.append(world.at_officer())
        world.clock.forward(seconds=apart)
    world.clock.set(LATE)
    return codes


def flagged(world: World, codes: list[str]) -> list[bool]:
    return [bool(world.case(code).late) for code in codes]


def sweep(world: World, **how: Any) -> Swept:
    return sweep_due(world.deps, **({"limit": 100} | how))


def mark(world: World) -> datetime | None:
    return world.deps.watermarks.get("sweep")


def spoilt_heads(world: World, count: int, *, ring: datetime = LATE - timedelta(days=1)) -> list[str]:
    """Put heads that nobody can read; they ring before all others."""
    codes = [from_number(number * 777_777 + 10**9) for number in range(count)]
    with CaseItem.batch_write() as batch:
        for code in codes:
            key, at = f"alarm#{shards.of(code, shards.ALARM)}", f"{ring.isoformat()[:19]}.000Z#{code}"
            batch.save(CaseItem(code, HEAD, body="{", version=1, chain="", alarm_key=key, alarm_at=at))
    return codes


def aside(world: World) -> list[tuple[str, str]]:
    return [(case.code, case.error) for case in world.deps.alarms.aside(limit=1000, cursor="")[0]]


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    """Return the metrics written since."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"')]
    return {name: line[name] for line in lines for name in ("SweepLag", "CasesAside", "SweepFailures") if name in line}


class TestCatchingUp:
    def test_a_full_run_is_continued_by_the_next_in_order(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given an outage with more due than a run takes, then run after run the earliest are next, none is left."""
        codes = late_cases(world, 7, apart=60)
        looked: list[str] = []
        look = watching.watch_case
        monkeypatch.setattr(sweeping, "watch_case", lambda code, deps: looked.append(code) or look(code, deps))
        runs = [sweep(world, limit=3) for _ in range(4)]
        assert [run.looked_at for run in runs] == [3, 3, 1, 0]
        assert [run.more for run in runs] == [True, True, False, False]
        assert looked == codes
        assert all(flagged(world, codes))

    def test_time_ends_a_run_and_nothing_is_lost(self, world: World) -> None:
        codes = late_cases(world, 5, apart=60)
        answers = iter([True, True, False])
        cut = sweep(world, go_on=lambda: next(answers, False))
        assert (cut.looked_at, cut.more) == (2, True)
        assert flagged(world, codes) == [True, True, False, False, False]
        assert sweep(world).looked_at == 3

    def test_the_watermark_and_the_lag_say_how_far_it_has_come(self, world: World) -> None:
        """Given a run that is cut short, then the mark stands at the oldest alarm left, and its age is the lag."""
        late_cases(world, 3, apart=60)
        alarms = [alarm.at for alarm in world.deps.alarms.due(LATE, limit=5)]
        cut = sweep(world, limit=2)
        assert (mark(world), cut.lag) == (alarms[2], LATE - alarms[2])
        done = sweep(world)
        assert (mark(world), done.lag) == (LATE, timedelta())

    def test_a_store_that_fails_once_holds_the_mark_but_not_the_others(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given trouble with one case's store, then it stays first on the list, and is not set aside for it."""
        codes = late_cases(world, 3, apart=60)
        with monkeypatch.context() as broken:
            broken.setattr(sweeping, "watch_case", failing(codes[0], UnavailableError("store_unavailable", "Bận")))
            for _ in range(5):
                run = sweep(world)
                assert [code for code, _ in run.failed] == [codes[0]]
                assert run.lag > timedelta()
        assert flagged(world, codes) == [False, True, True]
        assert (aside(world), sweep(world).looked_at) == ([], 1)

    def test_the_run_tells_its_lag(
        self, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given cases past their alarm, then what is left of them tells how late the sweep is; at rest that is 0."""
        late_cases(world, 2)
        oldest_left = list(world.deps.alarms.due(LATE, limit=2))[1].at
        with monkeypatch.context() as small:
            small.setattr(schedules, "CASES_A_SWEEP", 1)
            world.sweep()
        assert told(capsys) == {
            "SweepFailures": 0,
            "SweepLag": (LATE - oldest_left).total_seconds(),
            "CasesAside": 0,
        }
        world.sweep()
        assert told(capsys)["SweepLag"] == 0

    def test_several_at_once(self, world: World) -> None:
        """Given a pool of threads, then each case is flagged once and the failures are those of the cases."""
        codes = late_cases(world, 20)
        [broken] = spoilt_heads(world, 1)
        with ThreadPoolExecutor(8) as pool:
            run = sweep(world, each=pool.map)
        assert (run.looked_at, [code for code, _ in run.failed]) == (21, [broken])
        assert [len(world.case(code).late) for code in codes] == [1] * 20

    def test_the_deployed_sweep_uses_its_pool(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schedules, "SWEEPERS", 8)
        codes = late_cases(world, 3)
        world.sweep()
        assert all(flagged(world, codes))

    def test_no_more_is_read_than_is_taken(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a long list after an outage, then a run reads what it takes and at most a page of each shard more."""
        monkeypatch.setattr(alarms, "PAGE", 2)
        spoilt_heads(world, 80)
        read: list[int] = []

        def count(parsed: Any, **_: Any) -> None:
            read.append(len(parsed["Items"]))

        events = world.deps._dynamo.meta.events
        events.register("after-call.dynamodb.Query", count)
        taken = list(world.deps.alarms.due(LATE, limit=10))
        events.unregister("after-call.dynamodb.Query", count)
        assert (len(taken), sorted(taken, key=lambda alarm: alarm.line)) == (10, taken)
        assert 10 <= sum(read) <= 10 + 2 * max(shards.ALARM)


class TestPoison:
    def test_it_is_set_aside_after_three_looks(self, world: World) -> None:
        [broken] = spoilt_heads(world, 1)
        [sound] = late_cases(world, 1)
        runs = []
        for _ in range(4):
            runs.append(sweep(world))
            world.clock.forward(minutes=1)
        assert flagged(world, [sound]) == [True]
        assert [[code for code, _ in run.failed] for run in runs] == [[broken]] * 3 + [[]]
        assert aside(world) == [(broken, "DecodeError")]

    def test_six_hundred_in_front_of_one(self, world: World) -> None:
        """Given more poison in front than a run takes, then the sound one waits for one run more and no longer."""
        spoilt_heads(world, 600)
        [sound] = late_cases(world, 1)
        with ThreadPoolExecutor(8) as pool:
            assert sweep(world, limit=500, each=pool.map).looked_at == 500
            assert flagged(world, [sound]) == [False]
            world.clock.forward(minutes=1)
            sweep(world, limit=101, each=pool.map)
        assert flagged(world, [sound]) == [True]

    def test_many_are_all_set_aside(self, world: World) -> None:
        """Given a run that takes 10 and 25 that fail, then all are set aside, each after three looks."""
        spoilt = spoilt_heads(world, 25)
        world.clock.set(LATE)
        looks = 0
        while run := sweep(world, limit=10).looked_at:
            looks += run
            world.clock.forward(minutes=1)
        assert looks == 3 * 25
        assert {code for code, _ in aside(world)} == set(spoilt)
        assert world.deps.alarms.count_aside(up_to=1000) == 25

    def test_a_case_that_is_changed_comes_back_by_itself(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a case the rules failed on, when somebody acts on it, then the sweep finds it again."""
        [code] = late_cases(world, 1)
        with monkeypatch.context() as broken:
            broken.setattr(sweeping, "watch_case", failing(code, KeyError("ladder")))
            for _ in range(3):
                sweep(world)
                world.clock.forward(minutes=1)
        assert aside(world) == [(code, "KeyError")]
        assert world.deps.cases.load(code).alarm_at is None
        world.act(code, "forward-to-agency", "officer:so_tu_phap:mc01")
        assert aside(world) == []
        world.clock.set(local("2026-12-01 09:00"))
        assert sweep(world).looked_at == 1

    def test_looking_at_a_case_set_aside_brings_it_back(self, world: World) -> None:
        """Given a job that looks at cases of its own, then a case that can be looked at again has its alarm again."""
        code = world.at_officer()
        alarm = world.deps.cases.load(code).alarm_at
        world.deps.alarms.set_aside(next(iter(world.deps.alarms.due(LATE, limit=1))), LATE, "any")
        assert aside(world) == [(code, "any")]
        watching.watch_case(code, world.deps)
        assert (aside(world), world.deps.cases.load(code).alarm_at) == ([], alarm)

    def test_what_moved_meanwhile_is_left_alone(self, world: World) -> None:
        """Given a case that somebody changed while the sweep failed on it, then it is neither put off nor set aside."""
        [code] = late_cases(world, 1)
        [alarm] = world.deps.alarms.due(LATE, limit=1)
        world.act(code, "forward-to-agency", "officer:so_tu_phap:mc01")
        moved = world.deps.cases.load(code).alarm_at
        world.deps.alarms.put_off(alarm, LATE)
        world.deps.alarms.set_aside(alarm, LATE, "any")
        assert (aside(world), world.deps.cases.load(code).alarm_at) == ([], moved)

    def test_a_line_without_a_time_stops_nobody(self, world: World) -> None:
        [broken, sound] = late_cases(world, 2)
        world.spoil(broken, "HEAD", alarm_at="0")
        sweep(world)
        assert flagged(world, [broken, sound]) == [True, True]

    def test_the_run_tells_how_many_are_aside(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        spoilt_heads(world, 2)
        world.clock.set(LATE)
        for _ in range(3):
            world.sweep()
            world.clock.forward(minutes=1)
        assert told(capsys)["CasesAside"] == 2


def test_a_case_that_the_store_never_takes_is_set_aside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item over 400 KB is no trouble that passes: it must not look like an outage of the store for ever."""
    big, good = late_cases(world, 2)
    words = CaseItem.get(big, HEAD).body
    original = cases.codec.case_to_body
    swollen = lambda case: original(case) + " " * (410_000 if case.code == big else 0)  # noqa: E731 JSON may end in spaces
    monkeypatch.setattr(cases.codec, "case_to_body", swollen)
    for minute in range(4):
        world.clock.set(LATE + timedelta(minutes=2 * minute))
        sweep(world)
    assert flagged(world, [big, good]) == [False, True]
    assert aside(world) == [(big, "NeverStoredError")]
    assert CaseItem.get(big, HEAD).body == words


class TestShards:
    @pytest.mark.parametrize("counts", [(8, 16), (8, 3), (8, 16, 4)])
    def test_their_number_may_change(
        self, world: World, monkeypatch: pytest.MonkeyPatch, counts: shards.Counts
    ) -> None:
        """Given cases written under each number of shards there was, then every one of them is found."""
        codes = []
        for reached in range(1, len(counts) + 1):
            monkeypatch.setattr(shards, "ALARM", counts[:reached])
            monkeypatch.setattr(shards, "HOLDER", counts[:reached])
            codes += [world.at_officer() for _ in range(8)]
        world.clock.set(LATE)
        _, listed = world.call("GET", "/v1/desk/cases?limit=100", token="officer:so_tu_phap:mc01")
        assert {case["code"] for case in listed["cases"]} == set(codes)
        assert sweep(world).looked_at == len(codes)
        assert all(flagged(world, codes))


def failing(code: str, error: Exception) -> Callable[..., Any]:
    def look(seen: str, deps: Any) -> bool:
        if seen == code:
            raise error
        return watching.watch_case(seen, deps)

    return look


@pytest.fixture(autouse=True)
def _few_log_lines(world: World) -> Iterator[None]:
    """600 failures are 600 log lines; pytest keeps them all."""
    import logging

    logging.getLogger("tong-dai").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("tong-dai").setLevel(logging.INFO)
