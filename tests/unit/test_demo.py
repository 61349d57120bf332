"""The demonstration without a stack: every script under the regulation's own rules, its moments, its bookkeeping."""

import asyncio
import io
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from examples import client as door
from examples import demo_cases, demo_history, demo_ledger, demo_morning, demo_scripts, demo_stack
from examples.demo_agencies import Exchange
from examples.demo_cases import Case, DemoError
from examples.demo_desk import LiveDesk
from examples.demo_progress import ProgressBar
from examples.script_matter import Matter
from infra import directory
from tests.builders import REGULATION, local, regulation
from tests.unit.paper_desk import PaperDesk

CASES = demo_cases.read()
SUNDAY, MONDAY, NIGHT = local("2026-11-22 14:00"), local("2026-11-23 10:00"), local("2026-11-23 23:30")
HOURS = [local("2026-02-10 00:10") + timedelta(hours=hours) for hours in range(0, 24 * 21, 5)]  # over Tết


async def play(*matters: Matter) -> None:
    for matter in matters:
        await demo_scripts.SCRIPTS[matter.case.path](matter)


def played(desk: PaperDesk) -> list[Matter]:
    matters = [Matter(desk, case, number) for number, case in enumerate(CASES)]
    asyncio.run(play(*matters))
    return matters


@pytest.mark.parametrize("now", [SUNDAY, MONDAY, NIGHT])
def test_every_script_of_the_corpus_plays_and_its_ledger_is_the_tallies(now: datetime) -> None:
    desk = PaperDesk(now)
    matters = played(desk)
    desk.sweep()
    lines = demo_ledger.compare(demo_ledger.tally(matters), Counter(), desk.tallies(), REGULATION.states)
    assert [line for line in lines if not line.equal] == []
    totals = {line.name: line.done for line in lines}
    assert totals["received"] == len(CASES) >= 200
    assert all(totals[name] for name in ("answered", "refused", "late", "published"))


@pytest.mark.parametrize("now", [SUNDAY, MONDAY, NIGHT])
def test_the_other_centres_cases_play_by_its_own_rules(now: datetime) -> None:
    rules = regulation("ha_noi")
    desk = PaperDesk(now, rules)
    matters = [Matter(desk, case, number) for number, case in enumerate(demo_cases.read(demo_cases.folder("ha_noi")))]
    asyncio.run(play(*matters))
    lines = demo_ledger.compare(demo_ledger.tally(matters), Counter(), desk.tallies(), rules.states)
    assert [line for line in lines if not line.equal] == []
    totals = {line.name: line.done for line in lines}
    assert all(totals[name] for name in ("answered", "refused", "published"))
    units = {unit.id for unit in directory.units("ha_noi")}
    assert {name for one in matters for name in (one.case.unit, one.case.agency, one.case.suggested)} - {""} <= units


def test_what_is_late_is_so_before_the_sweep_only_by_the_clock() -> None:
    desk = PaperDesk(MONDAY)
    played(desk)
    assert desk.tallies()["late"] == 0
    desk.sweep()
    assert desk.tallies()["late"] == sum(case.path in demo_history.LATE for case in CASES)


@pytest.mark.parametrize("now", HOURS, ids=str)
def test_moments_of_the_past_are_what_they_are_called(now: datetime) -> None:
    calendar, case = REGULATION.calendar, CASES[0]
    for number in (0, 19, 59):
        night, _ = demo_history.moments(replaced(case, arrives="night"), number, now, REGULATION)
        weekend, _ = demo_history.moments(replaced(case, arrives="weekend"), number, now, REGULATION)
        came, forwarded = demo_history.moments(replaced(case, path="left_late_at_agency"), number, now, REGULATION)
        assert night < now
        assert weekend < now
        assert not calendar.is_open(night)
        assert not calendar.is_open(weekend)
        assert (night.hour, weekend.weekday() in (5, 6)) in {(22, True), (23, True)}
        night_late = replaced(case, path="left_late_at_officer", arrives="night")
        assert came < forwarded
        assert demo_history.moments(night_late, number, now, REGULATION)[0] < now - timedelta(hours=5)
        assert calendar.is_open(forwarded)
        assert 500 <= calendar.elapsed_minutes(forwarded, now) < 500 + 60 + 11


def replaced(case: Case, **changes: Any) -> Case:
    return msgspec.structs.replace(case, **{"path": "officer_answers", "arrives": "office"} | changes)


def test_the_months_of_the_past_are_counted_too() -> None:
    first_of_june = local("2026-06-01 08:00")
    scene = demo_stack.Scene({}, None, REGULATION, None, first_of_june)  # type: ignore[arg-type]
    assert scene.months([replaced(CASES[0], arrives="night")]) == {"2026-05", "2026-06"}
    assert scene.months([replaced(CASES[0])]) == {"2026-06"}
    assert scene.in_office_hours([replaced(CASES[0], arrives="night"), replaced(CASES[0])]) == 1
    assert replace(scene, began=local("2026-06-30 23:55")).months([]) == {"2026-06", "2026-07"}


@pytest.mark.parametrize(("path", "expected"), [("officer_answers", "received"), ("refused_by_rule", "refused")])
def test_a_case_judged_otherwise_than_its_script_stops_it(path: str, expected: str) -> None:
    case = next(case for case in CASES if case.path == "awaiting_details")
    matter = Matter(PaperDesk(MONDAY), replaced(case, path=path), 0)
    with pytest.raises(DemoError, match=f"is awaiting_details, expected {expected}"):
        asyncio.run(play(matter))


def test_an_unknown_path_and_a_bad_line_are_named(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="no script for the path vanished"):
        demo_scripts.check([replaced(CASES[0], path="vanished")])
    with pytest.raises(DemoError, match=r"no cases\*\.jsonl"):
        demo_cases.read(tmp_path)
    (tmp_path / "cases_x.jsonl").write_text('{"id": "k1"}\n')
    with pytest.raises(DemoError, match=r"cases_x\.jsonl, line 1: .*channel"):
        demo_cases.read(tmp_path)


def test_a_line_that_differs_is_marked() -> None:
    before, after = {"received": 5, "now received": 2}, {"received": 8, "now received": 4}
    lines = demo_ledger.compare({"received": 3, "now received": 3}, before, after, {"received": "Mới tiếp nhận"})
    assert {line.name: line.equal for line in lines if line.done} == {"received": True, "now received": False}
    [marked] = [row for row in demo_ledger.table(lines).splitlines() if "differs" in row]
    assert marked.split()[:2] == ["now", "received"]
    assert "Mới tiếp nhận" in marked


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_one_line_in_a_terminal_and_ten_in_a_file() -> None:
    for out, breaks, shown in ((Terminal(), 1, 37), (io.StringIO(), 10, 10)):
        bar = ProgressBar(37, "cases", out)
        for _ in range(37):
            bar.step()
        assert (out.getvalue().count("\n"), out.getvalue().count("cases")) == (breaks, shown)
        assert "37/37 cases 100 %" in out.getvalue()


@pytest.mark.parametrize("content", [None, "{}", '{"base_url": "http://127.0.0.1:9"}', "["])
def test_no_stack_is_one_clear_line(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "stack.json"
    if content:
        file.write_text(content)
    with pytest.raises(DemoError, match="start it with make run"):
        demo_stack.find(file)


async def aside(call: Any, *arguments: Any, **named: Any) -> Any:
    return call(*arguments, **named)


class Racing:
    """A door behind which somebody else is quicker, `races` times."""

    def __init__(self, races: int, code: str = "stale_version") -> None:
        self.races, self.code = races, code

    def door(self, role: str, unit: str) -> "Racing":
        return self

    def act(self, code: str, action: str, **body: Any) -> dict[str, Any]:
        self.races -= 1
        if self.races >= 0:
            raise door.RefusedError(409, {"code": self.code, "title": ""})
        return {"state": "answered", **body}


def live(staff: Any, agencies: Any) -> LiveDesk:
    return LiveDesk(staff, Exchange(agencies, aside), REGULATION, {}, aside)


def test_an_action_that_met_another_change_is_done_on_the_newer_case() -> None:
    made = asyncio.run(live(Racing(2), {}).act("operator", "tong_dai", "1", "forward", unit="so_y_te"))
    assert made == {"state": "answered", "unit": "so_y_te"}
    with pytest.raises(DemoError, match="another change 5 times"):
        asyncio.run(live(Racing(9), {}).act("operator", "tong_dai", "1", "answer"))
    with pytest.raises(door.RefusedError, match="wrong_state"):
        asyncio.run(live(Racing(1, "wrong_state"), {}).act("operator", "tong_dai", "1", "answer"))


class Queue:
    """An agency's queue with what is given in it."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.inbox, self.said = messages, list[dict[str, Any]]()

    def messages(self, *, wait: int) -> list[dict[str, Any]]:
        taken, self.inbox = self.inbox, []
        return taken

    def reply(self, kind: str, code: str, **body: Any) -> None:
        self.said.append({"kind": kind, "code": code, **body})


def test_an_agency_says_the_very_same_thing_twice_and_hears_what_was_refused() -> None:
    queue = Queue([{"type": "case_assigned", "case": {"code": "1"}}])
    spoken = Exchange({"so_tu_phap": queue}, aside)  # type: ignore[dict-item]

    async def talk() -> None:
        listening = asyncio.create_task(spoken.listen())
        await spoken.told("so_tu_phap", "1", "case_assigned")
        await spoken.tell("so_tu_phap", "1", "accepted", times=2)
        queue.inbox = [{"rejected_message_id": queue.said[0]["message_id"], "code": "not_holder"}]
        async with asyncio.timeout(5):
            while not spoken.rejected:  # noqa: ASYNC110 - what is waited for is a list
                await asyncio.sleep(0.01)
        listening.cancel()

    asyncio.run(talk())
    assert queue.said[0] == queue.said[1]
    assert spoken.rejected[0].endswith("not_holder")


def test_who_has_no_software_acts_at_the_desk() -> None:
    seen = []

    class Desk(Racing):
        def act(self, code: str, action: str, **body: Any) -> dict[str, Any]:
            seen.append((action, body))
            return {"state": ""}

    desk = live(Desk(0), {})
    asyncio.run(desk.tell("so_y_te", "1", "not_ours", reason="…"))
    asyncio.run(desk.tell("so_y_te", "1", "action_done", action="notice", outcome="…"))
    assert seen == [("decline", {"reason": "…"}), ("actions/notice/close", {"outcome": "…"})]


def test_a_failed_matter_does_not_stop_the_others() -> None:
    good, bad = (case for case in CASES if case.path == "answered_at_once"), replaced(CASES[0], kind="service")
    desk, steps = PaperDesk(MONDAY), list[int]()
    matters = [Matter(desk, bad, 1), Matter(desk, next(good), 2)]
    failures = asyncio.run(demo_morning.play(matters, Exchange({}, aside), lambda: steps.append(1)))
    assert len(failures) == 1
    assert (matters[1].state, len(steps)) == ("answered", 2)


def test_an_effect_that_came_twice_is_found() -> None:
    class Files:
        def open(self, code: str) -> dict[str, Any]:
            names = ["Received", "ResultSubmitted", *(["ResultSubmitted"] if code == "2" else [])]
            return {"timeline": [{"type": name} for name in names]}

    matters = [
        Matter(PaperDesk(MONDAY), CASES[0], 0, code=code, done=Counter({"repeated replies": 1})) for code in "12"
    ]
    assert demo_morning.heard_twice(matters, Files()) == ["2"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("staff", "refused"), [(Racing(1), True), (Racing(1, "wrong_state"), False), (Racing(0), False)]
)
def test_a_stale_version_must_be_refused_as_such(staff: Any, refused: bool) -> None:
    matter = Matter(PaperDesk(MONDAY), CASES[0], 0, code="1", state="answered")
    assert demo_morning.refuses_stale([matter], staff) is refused
