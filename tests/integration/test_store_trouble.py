"""Whatever trouble the store has, the use cases see one thing: UnavailableError, worth another try."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from chalicelib.bootstrap import LiveDeps
from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.centre_calendar import Change
from chalicelib.domain.dead_letters import DeadLetter
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.units import Unit
from chalicelib.ports import Alarm, Posting, Receipt, Retiming, Words
from chalicelib.usecases.carry_out import carry_out
from tests.integration.world import MONDAY, World

CODE = "482109375511"
LATER = MONDAY + timedelta(hours=1)
ALARM = Alarm(CODE, MONDAY, f"2026-11-23T02:00:00.000Z#{CODE}")
WHERE = "https://aws.test"
TROUBLES = {
    "closed line": ConnectionClosedError(endpoint_url=WHERE),
    "no answer": ReadTimeoutError(endpoint_url=WHERE),
    "throttled": ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "Any"),
    "denied": ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "Any"),
}

LETTER = DeadLetter("1763863200123-notices-m1", "notices", "m1", "any", MONDAY, MONDAY)
POSTING = Posting("0f3a9c1b2d4e", "question", "ho_tich", "tong_dai", "Hỏi?", "Đáp.", MONDAY, "2026-11")
CHANGE = Change(number=1, kind="day_off", dates=(MONDAY.date(),), reason="Nghỉ", author="qt01", at=MONDAY)
CALLS: dict[str, Callable[[LiveDeps], Any]] = {
    "load": lambda deps: deps.cases.load(CODE),
    "dossier": lambda deps: deps.cases.dossier(CODE),
    "event": lambda deps: deps.cases.event(CODE, 1),
    "of_holder": lambda deps: deps.lists.of_holder("operator", "tong_dai", limit=5, cursor=""),
    "of_sender": lambda deps: deps.lists.of_sender("hash", limit=5),
    "late": lambda deps: deps.lists.late("so_y_te", "2026-11", limit=5),
    "due": lambda deps: list(deps.alarms.due(MONDAY, limit=5)),
    "put off": lambda deps: deps.alarms.put_off(ALARM, LATER),
    "set aside": lambda deps: deps.alarms.set_aside(ALARM, LATER, "any"),
    "aside": lambda deps: deps.alarms.aside(limit=5, cursor=""),
    "count aside": lambda deps: deps.alarms.count_aside(up_to=5),
    "put back": lambda deps: deps.alarms.put_back(CODE, LATER),
    "events": lambda deps: list(deps.lists.events_between(MONDAY, LATER)),
    "set_alarm": lambda deps: deps.cases.set_alarm(CODE, 1, LATER),
    "find": lambda deps: deps.inbox.find("key"),
    "claim": lambda deps: deps.inbox.claim("key", MONDAY, lease_seconds=60),
    "is_done": lambda deps: deps.inbox.is_done("key"),
    "confirm": lambda deps: deps.inbox.confirm("key"),
    "release": lambda deps: deps.inbox.release("key"),
    "missing": lambda deps: deps.inbox.missing(["key"]),
    "count_failure": lambda deps: deps.inbox.count_failure("key", MONDAY, window_seconds=900),
    "note failure": lambda deps: deps.inbox.note_failure("failed#m1", "any", MONDAY),
    "noted": lambda deps: deps.inbox.noted("failed#m1"),
    "find letter": lambda deps: deps.dead_letters.find(LETTER.id),
    "standing": lambda deps: list(deps.dead_letters.standing()),
    "settled": lambda deps: list(deps.dead_letters.settled()),
    "words": lambda deps: deps.dead_letters.words(LETTER.id),
    "record": lambda deps: deps.dead_letters.record(LETTER, Words("{}")),
    "save letter": lambda deps: deps.dead_letters.save(LETTER),
    "settle": lambda deps: deps.dead_letters.settle(LETTER),
    "failures": lambda deps: deps.inbox.failures("key", MONDAY, window_seconds=900),
    "unit": lambda deps: deps.directory.unit("so_khong_co"),
    "put unit": lambda deps: deps.directory.put(Unit("so_moi", "Sở Mới", "department", "so-moi@tongdai.example")),
    "mark": lambda deps: deps.watermarks.get("sweep"),
    "advance": lambda deps: deps.watermarks.advance("sweep", MONDAY),
    "changes": lambda deps: deps.calendar.changes(),
    "announce": lambda deps: deps.calendar.add(CHANGE, Receipt("key", "")),
    "newest retiming": lambda deps: deps.retimings.newest(),
    "all retimings": lambda deps: deps.retimings.all(),
    "save retiming": lambda deps: deps.retimings.save(Retiming(1, MONDAY)),
    "walk": lambda deps: deps.alarms.walk("", limit=5),
    "load_all": lambda deps: deps.cases.load_all([CODE]),
    "put posting": lambda deps: deps.board.put(POSTING),
    "remove posting": lambda deps: deps.board.remove(POSTING.id),
    "get posting": lambda deps: deps.board.get(POSTING.id),
    "page": lambda deps: deps.board.page(month="2026-11", field=None, unit=None, limit=5, cursor=""),
    "count": lambda deps: deps.tallies.count("e#1", "2026-11", {"2026-11-23#a#b": {"received": 1}}),
    "month": lambda deps: deps.tallies.month("2026-11"),
    "between": lambda deps: deps.tallies.between("finished", "2026-11-17#", "2026-11-23#~"),
}


@pytest.fixture
def trouble(world: World) -> Iterator[list[Exception]]:
    """A list: the exception laid into it meets every call of the store."""
    found: list[Exception] = []

    def meet(**_: Any) -> None:
        if found:
            raise found[0]

    client = world.deps._dynamo
    client.meta.events.register("before-call", meet)
    yield found
    client.meta.events.unregister("before-call", meet)


@pytest.mark.parametrize("name", TROUBLES)
def test_every_call_of_the_store(world: World, trouble: list[Exception], name: str) -> None:
    trouble.append(TROUBLES[name])
    for call, do in CALLS.items():
        with pytest.raises(UnavailableError) as refused:
            do(world.deps)
        assert refused.value.code == "store_unavailable", call


@pytest.mark.parametrize("name", TROUBLES)
def test_a_commit(world: World, trouble: list[Exception], name: str) -> None:
    code = world.send()["code"]
    commit = world.deps.cases.commit

    def late(change: Any) -> None:
        trouble.append(TROUBLES[name])
        commit(change)

    world.deps.cases.__dict__["commit"] = late
    answer = cmd.Answer(answer="Đã rõ.", responsible_officer="Trần Văn Bình", approving_leader="Lê Thị Minh")
    with pytest.raises(UnavailableError):
        carry_out(code, answer, actor=Actor(Role.OPERATOR, "tong_dai", "dtv01"), deps=world.deps)
    trouble.clear()
    assert world.case(code).version == 1


def test_a_citizen_is_asked_to_try_again(world: World, trouble: list[Exception]) -> None:
    trouble.append(TROUBLES["closed line"])
    status, refused = world.call("GET", "/v1/board")
    assert (status, refused["code"], refused["retry_after"]) == (503, "store_unavailable", 2)
