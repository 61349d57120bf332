"""The export: every event of the period's cases, once and in order, however it is paged; nobody's words or name."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest

from chalicelib.adapters.dynamo import shards
from chalicelib.domain.case_code import from_number
from tests.builders import local
from tests.integration import lives
from tests.integration.lives import leaks
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

PERIOD = "from=2026-11-23&to=2026-11-23"


def page(world: World, query: str = PERIOD, token: str = LEADER) -> Any:
    status, found = world.call("GET", f"/v1/desk/export?{query}", token=token)
    assert status == 200, found
    return found


def pages(world: World, query: str = PERIOD) -> list[Any]:
    found = [page(world, query)]
    while cursor := found[-1]["cursor"]:
        found.append(page(world, f"{query}&cursor={cursor}"))
        assert len(found) < 300, "the pages do not end"
    return found


def events(world: World, query: str = PERIOD) -> list[dict[str, Any]]:
    return [event for one in pages(world, query) for event in one["events"]]


def settle(world: World) -> None:
    """Let what was done last become old enough to be told."""
    world.clock.forward(minutes=2)


class Numbered:
    """Codes whose first digits run through all shards, downwards, so that time and code differ in order."""

    def __init__(self) -> None:
        self._number = 900

    def case_code(self) -> str:
        self._number -= 1
        return from_number(self._number * 100_000 + 7)


def test_a_case_is_told_from_its_reception_on(world: World) -> None:
    code = world.at_agency()
    settle(world)
    found = events(world)
    stored = world.deps.cases.dossier(code).history
    assert [(line["code"], line["seq"], line["type"]) for line in found] == [
        (code, recorded.seq, type(recorded.event).__name__) for recorded in stored
    ]
    forwarded = found[-1]
    assert (forwarded["role"], forwarded["before"], forwarded["after"]) == ("officer", "with_officer", "with_agency")
    assert (forwarded["holder"], forwarded["unit"]) == ({"role": "agency", "unit": "so_tu_phap"}, "so_tu_phap")
    assert forwarded["stage"] == {
        "name": "agency",
        "started_at": "2026-11-23T02:00:00Z",
        "minutes": 480,
        "due_at": "2026-11-25T02:30:00Z",
        "first_due_at": "2026-11-25T02:30:00Z",
        "binding": True,
    }


def test_whoever_came_in_on_the_offices_days_and_nobody_else(world: World) -> None:
    """Given cases around local midnight, which is 17:00 UTC of the day before."""
    made = {}
    for at in ("2026-11-22 23:59", "2026-11-23 00:00", "2026-11-23 23:59", "2026-11-24 00:00", "2026-11-24 12:00"):
        world.clock.set(local(at))
        made[at] = world.send()["code"]
    settle(world)
    days = {"from=2026-11-23&to=2026-11-23": 1, "from=2026-11-23&to=2026-11-24": 1, "from=2026-11-22&to=2026-11-22": 0}
    found = [list(dict.fromkeys(line["code"] for line in events(world, query))) for query in days]
    codes = list(made.values())
    assert found == [codes[1:3], codes[1:], codes[:1]]


class TestPaging:
    @pytest.fixture(autouse=True)
    def _many(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Thirty cases over all shards, five in each second, some of them with longer lives."""
        monkeypatch.setitem(world.deps.__dict__, "ids", Numbered())
        codes = []
        for number in range(30):
            world.clock.set(local("2026-11-23 09:00") + timedelta(seconds=number // 5))
            codes.append(world.at_officer() if number % 4 == 0 else world.send()["code"])
        assert {shards.of(code, shards.DAY) for code in codes} == set(range(max(shards.DAY)))
        settle(world)

    def test_no_gap_no_repeat_each_case_together(self, world: World) -> None:
        whole = events(world)
        assert len(whole) == 30 + 8
        for limit in (1, 4, 7, 38, 39):
            assert events(world, f"{PERIOD}&limit={limit}") == whole, limit
        together = [[line["seq"] for line in lines] for _, lines in groupby(whole, lambda line: line["code"])]
        assert len(together) == 30
        assert all(seqs == list(range(1, len(seqs) + 1)) for seqs in together)
        begun = [(line["at"], line["code"]) for line in whole if line["seq"] == 1]
        assert begun == sorted(begun)

    def test_a_cursor_gives_the_same_page_again_whatever_happens_meanwhile(self, world: World) -> None:
        first = pages(world, f"{PERIOD}&limit=5")
        states = {line["code"]: line["after"] for one in first for line in one["events"]}
        for case in [code for code, state in states.items() if state == "received"]:
            world.act(case, "refer", OPERATOR, {"reason": "Ngoài thẩm quyền"})
        world.send()
        world.clock.forward(hours=1)
        cursors = [one["cursor"] for one in first[:-1]]
        assert [page(world, f"{PERIOD}&limit=5&cursor={cursor}") for cursor in cursors] == first[1:]
        assert len(events(world)) > 38

    def test_a_page_ends_where_it_should_though_a_case_has_more(self, world: World) -> None:
        cut = page(world, f"{PERIOD}&limit=1")
        rest = page(world, f"{PERIOD}&cursor={cut['cursor']}")
        assert cut["events"][0]["seq"] == 1
        assert len(rest["events"]) == 37


def test_a_page_of_stages_with_many_pauses_ends_early(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a sender who was asked four times: every event tells the pauses before it, so pages must not only count."""
    code = world.at_officer()
    for _ in range(4):
        world.act(code, "request-details", OFFICER, {"question": "Số nhà?"})
        world.act(code, "details", OPERATOR, {"content": "Số 5"})
    settle(world)
    whole = events(world)
    monkeypatch.setattr("chalicelib.views.export.MOST_PAUSES", 3)
    assert [len(one["events"]) for one in pages(world)] == [5, 2, 1, 1, 1, 0]
    assert events(world) == whole


def test_what_is_just_being_written_is_not_told_yet(world: World) -> None:
    """Given a case of this minute: a page read now and the same page read later must not differ."""
    world.send()
    assert page(world) == {"events": [], "cursor": ""}
    settle(world)
    found = page(world)
    assert [line["as_of"] for line in found["events"]] == ["2026-11-23T02:00:00Z"]


def test_empty_months_are_told_in_bounded_pages(world: World) -> None:
    world.send()
    settle(world)
    found = pages(world, "from=2026-08-01&to=2026-11-23")
    assert [len(one["events"]) for one in found] == [0, 0, 0, 1]


def test_events_of_a_later_version_are_left_to_it(world: World) -> None:
    code = world.at_officer()
    world.spoil(code, "EVENT#00002", kind="Teleported")
    settle(world)
    assert [line["seq"] for line in events(world)] == [1]


@pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY])
def test_only_for_those_who_answer_for_the_centre(world: World, token: str) -> None:
    status, refused = world.call("GET", f"/v1/desk/export?{PERIOD}", token=token)
    assert (status, refused["code"]) == (403, "role_not_allowed")
    assert world.call("GET", f"/v1/desk/export?{PERIOD}")[0] == 401
    assert page(world, token=ADMIN) == {"events": [], "cursor": ""}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "invalid_request"),
        ("from=2026-11-23", "invalid_request"),
        ("from=2026-02-30&to=2026-03-01", "invalid_request"),
        ("from=2026-11-23&to=2026-11-22", "period_invalid"),
        ("from=2025-11-22&to=2026-11-23", "period_invalid"),
        ("from=0001-01-01&to=0001-01-01", "period_invalid"),
        ("from=9999-12-31&to=9999-12-31", "period_invalid"),
        (f"{PERIOD}&limit=501", "invalid_request"),
        (f"{PERIOD}&cursor=x", "cursor_invalid"),
        (f"{PERIOD}&cursor=2026-11-23T02:00:00.000Z_2026-11-22T17:00:00.000Z__x", "cursor_invalid"),
        (f"{PERIOD}&cursor=2026-11-23T02:00:00.000_2026-11-22T17:00:00.000__0", "cursor_invalid"),
        (f"{PERIOD}&cursor=2026-11-23T02:00:00.000Z_2026-11-21T17:00:00.000Z__0", "cursor_invalid"),
        (f"{PERIOD}&cursor=2027-11-23T02:00:00.000Z_2026-11-22T17:00:00.000Z__0", "cursor_invalid"),
    ],
)
def test_what_cannot_be_asked(world: World, query: str, code: str) -> None:
    status, refused = world.call("GET", f"/v1/desk/export?{query}", token=LEADER)
    assert (status, refused["code"]) == (422, code)


def test_no_words_no_names_no_log_ins(world: World) -> None:
    """Given lives that meet every kind of event with every text marked (R99)."""
    codes = lives.everything(world)
    settle(world)
    told = events(world, "from=2026-11-01&to=2026-12-31")
    assert {line["code"] for line in told} == set(codes)
    text = json.dumps(told, ensure_ascii=False)
    assert leaks(text) == []
    people = {name.split(":")[2] for name in (OPERATOR, OFFICER, AGENCY, LEADER, ADMIN)} | set(lives.PEOPLE.values())
    assert [person for person in (*people, "Lê Thị Minh") if person in text] == []
    assert max(datetime.fromisoformat(line["at"]) for line in told) <= world.clock.now().astimezone(UTC)
