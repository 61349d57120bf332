"""A change of the calendar and the open cases: which deadlines move, who is told, and that no case is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.adapters.dynamo import shards
from chalicelib.bootstrap import LiveDeps
from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case_code import from_number
from chalicelib.domain.events import DeadlineMoved
from chalicelib.usecases import retime_cases as job
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.retime_cases import retime_cases
from chalicelib.usecases.verify_log import verify_log
from tests.builders import local
from tests.integration import cloud as sky
from tests.integration.world import CASE, LEADER, OFFICER, OPERATOR, World

BEFORE, AFTER = "2026-11-25 09:30", "2026-11-26 09:30"  # eight working hours after Monday 09:00; 24/11 is a holiday
STORM = {"reason": "Nghỉ tránh bão", "document": "Công điện 15/CĐ-UBND"}


def moves(world: World, code: str) -> list[DeadlineMoved]:
    history = world.deps.cases.dossier(code).history
    return [recorded.event for recorded in history if isinstance(recorded.event, DeadlineMoved)]


def due(world: World, code: str) -> Any:
    stage = world.case(code).stage
    assert stage is not None
    return stage.due_at


def finish(world: World) -> None:
    """Let the minutes pass until nothing is left to do."""
    for _ in range(4):
        world.retime()
        world.clock.forward(minutes=1)
    newest = world.deps.retimings.newest()
    assert newest is not None
    assert newest.finished_at, newest


def announce_storm(world: World) -> None:
    world.announce("day_off", "2026-11-25", **STORM)


class TestWhatMoves:
    def test_the_working_time_is_kept_and_the_move_is_on_the_record(self, world: World) -> None:
        code = world.at_agency()
        assert due(world, code) == local(BEFORE)
        announce_storm(world)
        finish(world)
        [event] = moves(world, code)
        assert (event.old_due, event.new_due) == (local(BEFORE), local(AFTER)) == (event.old_due, due(world, code))
        assert (event.reason, event.author, event.changes) == ("Nghỉ tránh bão (Công điện 15/CĐ-UBND)", "qt01", (1,))
        recorded = world.deps.cases.dossier(code).history[-1]
        assert (recorded.actor.role, verify_log(code, world.deps)) == ("system", ())

    def test_the_sender_is_told_once_with_both_times_and_the_reason(self, world: World) -> None:
        code = world.at_agency()
        world.drain()
        before = len(world.mails("hoa@example.com"))
        announce_storm(world)
        finish(world)
        world.drain()
        world.recover()
        world.drain()
        [mail] = world.mails("hoa@example.com")[before:]
        assert mail["subject"].startswith("Thay đổi thời hạn xử lý hồ sơ")
        for words in (
            "09:30 ngày 25/11/2026",
            "09:30 ngày 26/11/2026",
            "Nghỉ tránh bão (Công điện 15/CĐ-UBND)",
            "xin lỗi",
        ):
            assert words in mail["body"]
        assert code == world.case(code).code

    def test_who_has_only_a_telephone_gets_a_text(self, world: World) -> None:
        world.at_agency(sender=CASE["sender"] | {"email": ""})  # type: ignore[operator] # a dictionary
        world.drain()
        announce_storm(world)
        finish(world)
        world.drain()
        assert "xin loi Ong/Ba: do thay doi lich lam viec" in world.texts()[-1][1]

    def test_an_agency_with_software_is_told(self, world: World) -> None:
        code = world.at_agency()
        world.drain()
        world.agency_inbox("so_tu_phap")
        announce_storm(world)
        finish(world)
        world.drain()
        [told] = world.agency_inbox("so_tu_phap")
        assert (told["type"], told["case"]["code"], told["stage"]) == ("deadline_moved", code, "agency")
        assert (told["old_due"], told["due_at"]) == ("2026-11-25T02:30:00Z", "2026-11-26T02:30:00Z")
        assert "sender" not in told

    def test_a_case_that_is_not_touched_has_no_event(self, world: World) -> None:
        code = world.at_officer()  # due on Monday
        version = world.case(code).version
        announce_storm(world)
        finish(world)
        assert world.case(code).version == version

    def test_a_make_up_day_moves_it_nearer(self, world: World) -> None:
        world.clock.set(local("2026-11-27 09:00"))
        code = world.at_agency()
        assert due(world, code) == local("2026-11-30 09:30")
        world.drain()
        world.announce("working_day", "2026-11-28", reason="Làm bù")
        finish(world)
        world.drain()
        assert due(world, code) == local("2026-11-28 09:30")
        assert "sớm hơn thời hạn đã báo" in world.mails("hoa@example.com")[-1]["body"]

    def test_a_closure_moves_it_by_the_hours_it_takes(self, world: World) -> None:
        code = world.at_agency()
        world.announce("closure", "2026-11-25", frames=[["07:30", "09:00"]])
        finish(world)
        assert due(world, code) == local("2026-11-25 11:00")

    def test_a_withdrawal_moves_it_back_and_tells(self, world: World) -> None:
        code = world.at_agency()
        announce_storm(world)
        finish(world)
        world.withdraw(1)
        finish(world)
        world.drain()
        assert [event.new_due for event in moves(world, code)] == [local(AFTER), local(BEFORE)]
        assert moves(world, code)[-1].changes == (2,)
        assert len([m for m in world.mails("hoa@example.com") if m["subject"].startswith("Thay đổi")]) == 2

    def test_an_appointment_on_a_day_off_is_for_the_next_opening(self, world: World) -> None:
        code = world.at_officer()
        world.act(code, "appointment", OFFICER, {"at": "2026-11-25T15:00:00+07:00"})
        world.act(code, "forward-to-agency", OFFICER)
        announce_storm(world)
        finish(world)
        world.drain()
        assert world.case(code).appointment == local("2026-11-26 07:30")
        told = world.mails("hoa@example.com")[-1]["body"]
        assert "Thời hạn đã báo 15:00 ngày 25/11/2026" in told
        assert "Thời hạn mới 07:30 ngày 26/11/2026" in told

    def test_what_waits_for_its_sender_is_set_when_it_goes_on(self, world: World) -> None:
        code = world.at_agency()
        world.act(code, "request-details", "agency:so_tu_phap:cq01", {"question": "Số giấy chứng sinh?"})
        announce_storm(world)
        finish(world)
        assert moves(world, code) == []
        world.clock.set(local("2026-11-23 10:00"))
        body = {"version": world.case(code).version, "content": "Số 123."}
        assert world.call("POST", f"/v1/desk/cases/{code}/details", body, token=OPERATOR)[0] == 200
        assert due(world, code) == local("2026-11-26 10:30")

    def test_the_duties_of_a_conduct_report_follow(self, world: World) -> None:
        code = world.at_officer(kind="report", about="conduct")
        assert {action.due_at for action in world.case(code).actions} == {local(BEFORE)}
        announce_storm(world)
        finish(world)
        assert {action.due_at for action in world.case(code).actions} == {local(AFTER)}
        world.clock.set(local("2026-11-25 10:00"))
        world.sweep()
        assert not any(action.overdue for action in world.case(code).actions)
        world.clock.set(local(AFTER))
        world.sweep()
        assert all(action.overdue for action in world.case(code).actions)


class TestAlarms:
    def test_it_is_late_by_the_new_time_only(self, world: World) -> None:
        code = world.at_agency()
        announce_storm(world)
        finish(world)
        for at, late in ((BEFORE, 0), ("2026-11-26 09:30", 0), ("2026-11-26 09:31", 1)):
            world.clock.set(local(at))
            world.clock.forward(seconds=1) if at == BEFORE else None
            world.sweep()
            assert len(world.case(code).late) == late, at

    def test_the_alarm_of_a_case_that_does_not_move_is_put_right(self, world: World) -> None:
        """Given an answered case that closes after five working days, when one is off, then it closes later."""
        code = world.answered()
        before = world.deps.cases.load(code).alarm_at
        announce_storm(world)
        finish(world)
        stored = world.deps.cases.load(code)
        assert before is not None
        assert stored.alarm_at is not None
        assert (stored.alarm_at - before).days == 1
        assert moves(world, code) == []

    def test_what_is_late_stays_late(self, world: World) -> None:
        """Given a case flagged on a day declared off afterwards, then the flag stays until leadership takes it."""
        code = world.at_officer()
        world.clock.set(local("2026-11-23 16:01"))
        world.sweep()
        world.clock.set(local("2026-11-25 08:00"))
        world.announce("day_off", "2026-11-23", reason="Nghỉ bù, thông báo muộn")
        finish(world)
        assert len(world.case(code).late_marks) == 1
        assert moves(world, code) == []
        shown = world.act(code, "correct-late", LEADER, {"reason": "Ngày 23/11 là ngày nghỉ", "leader": "Lê Thị Minh"})
        assert shown["late"][0]["corrected_at"]
        assert world.case(code).late_marks == ()
        world.drain()
        told = world.mails("hoa@example.com")[-1]["body"]
        assert "16:00 ngày 23/11/2026" in told
        assert "14:30 ngày 25/11/2026" in told

    def test_only_leadership_corrects_and_only_what_the_calendar_proves(self, world: World) -> None:
        code = world.at_officer()
        world.clock.set(local("2026-11-23 16:01"))
        world.sweep()
        body = {"reason": "Xin đính chính", "leader": "Lê Thị Minh"}
        assert world.act(code, "correct-late", OFFICER, body, expect=403)["code"] == "role_not_allowed"
        assert world.act(code, "correct-late", LEADER, body, expect=409)["code"] == "late_stands"


class TestTheJob:
    def test_it_is_seen_going_on(self, world: World) -> None:
        world.at_agency()
        world.at_officer()
        announce_storm(world)

        def shown() -> Any:
            _, made = world.call("GET", "/v1/desk/calendar/changes", token=OPERATOR)
            return made["changes"][0]["retiming"]

        assert shown()["state"] == "waiting"
        world.retime()
        assert (shown()["state"], shown()["round"], shown()["moved"]) == ("running", 2, 1)
        finish(world)
        assert (shown()["state"], shown()["looked_at"], shown()["moved"]) == ("done", 2, 1)
        assert shown()["finished_at"]

    def test_the_last_round_begins_when_everybody_knows(self, world: World) -> None:
        announce_storm(world)
        world.retime()
        world.clock.forward(seconds=119)
        world.retime()
        newest = world.deps.retimings.newest()
        assert newest is not None
        assert (newest.round, newest.finished_at) == (2, None)
        world.clock.forward(seconds=1)
        world.retime()
        newest = world.deps.retimings.newest()
        assert newest is not None
        assert newest.finished_at == world.clock.now()

    def test_without_a_change_it_reads_once(self, world: World) -> None:
        counted: list[str] = []
        client = world.deps._dynamo
        client.meta.events.register("before-call", lambda model, **_: counted.append(model.name), unique_id="count")
        retime_cases(world.deps)
        announce_storm(world)
        finish(world)
        counted.clear()
        retime_cases(world.deps)
        client.meta.events.unregister("before-call", unique_id="count")
        assert counted == ["Query"]

    def test_two_changes_pending_are_one_move(self, world: World) -> None:
        code = world.at_agency()
        announce_storm(world)
        world.announce("day_off", "2026-11-26", reason="Nghỉ tránh bão thêm một ngày")
        finish(world)
        [event] = moves(world, code)
        assert (event.new_due, event.changes) == (local("2026-11-27 09:30"), (1, 2))
        _, made = world.call("GET", "/v1/desk/calendar/changes", token=OPERATOR)
        assert [change["retiming"]["state"] for change in made["changes"]] == ["done", "done"]

    def test_a_change_while_another_is_under_way(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(job, "PAGE", 1)
        codes = [world.at_agency() for _ in range(3)]
        announce_storm(world)
        retime_cases(world.deps, go_on=pages(9))
        world.announce("day_off", "2026-11-26", reason="Nghỉ tránh bão thêm một ngày")
        finish(world)
        assert {due(world, code) for code in codes} == {local("2026-11-27 09:30")}

    def test_one_bad_case_does_not_hold_up_the_others(self, world: World) -> None:
        good, bad = world.at_agency(), world.at_agency()
        chain = world.deps.cases.load(bad).chain
        commit = world.deps.cases.commit

        def spoiled(change: Any) -> None:
            if change.case.code == bad:
                raise ValueError("spoiled")
            commit(change)

        world.deps.cases.__dict__["commit"] = spoiled
        announce_storm(world)
        finish(world)
        assert (due(world, good), due(world, bad)) == (local(AFTER), local(BEFORE))
        assert world.deps.cases.load(bad).chain == chain
        assert [job.failed for job in world.deps.retimings.all()] == [1]

    def test_a_case_that_cannot_be_read_does_not_either(self, world: World) -> None:
        good, bad = world.at_agency(), world.at_agency()
        world.spoil(bad, "HEAD", body="{")
        announce_storm(world)
        finish(world)
        assert due(world, good) == local(AFTER)
        assert [job.failed for job in world.deps.retimings.all()] == [1]

    def test_a_stale_process_is_caught_by_the_last_round(self, world: World) -> None:
        """Given a process that still knows the calendar as it was, when it moves a case behind the first round, then
        the last round finds it.
        """
        stale, code = another_process(world), world.at_officer()
        announce_storm(world)
        world.retime()
        officer = Actor(Role.OFFICER, "so_tu_phap", "mc01")
        carry_out(code, cmd.ForwardToAgency(note=""), actor=officer, deps=stale)
        assert due(world, code) == local(BEFORE)
        finish(world)
        assert due(world, code) == local(AFTER)

    def test_the_job_reads_the_calendar_afresh(self, world: World) -> None:
        runner, code = another_process(world), world.at_agency()
        announce_storm(world)
        retime_cases(runner)
        assert due(world, code) == local(AFTER)

    def test_a_command_does_not_wait_for_the_job(self, world: World) -> None:
        code = world.at_agency()
        announce_storm(world)
        world.act(code, "accept", "agency:so_tu_phap:cq01")
        assert due(world, code) == local(AFTER)
        finish(world)
        assert len(moves(world, code)) == 1


def another_process(world: World) -> LiveDeps:
    """Make another process of the same centre, that has just read the calendar."""
    made = LiveDeps(world.deps.settings)
    made.__dict__ |= {name: world.deps.__dict__[name] for name in ("clock", "tokens", "_dynamo")}
    assert made.regulation.calendar_version == 0
    return made


def pages(number: int) -> Callable[[], bool]:
    """Let a run do so many pages."""
    left = iter([True] * number)
    return lambda: next(left, False)


CENTRE = Callable[[], World]


@pytest.fixture
def new_world(endpoint: str, cloud: sky.Client, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> CENTRE:
    """A function that makes the centre anew, with one shard and pages of two cases, so that there are few places."""
    monkeypatch.setattr(shards, "ALARM", (1,))
    monkeypatch.setattr(job, "PAGE", 2)

    def make() -> World:
        sky.empty(endpoint)
        return sky.open_centre(cloud, clients["tables"], monkeypatch)

    return make


def full(world: World) -> list[str]:
    """Three cases that move, one that waits, one that does not move; returns their codes."""
    numbers = iter(range(5))
    world.deps.__dict__["ids"] = type(
        "Ids", (), {"case_code": lambda _: from_number(next(numbers) * 123_456 + 10**9)}
    )()
    codes = [world.at_agency(), world.at_agency(), world.at_officer(), world.at_agency(), world.at_agency()]
    world.act(codes[3], "request-details", "agency:so_tu_phap:cq01", {"question": "Số giấy chứng sinh?"})
    announce_storm(world)
    return codes


def outcome(world: World, codes: list[str]) -> Any:
    assert all(verify_log(code, world.deps) == () for code in codes)
    cases = [(world.deps.cases.load(code).alarm_at, world.deps.cases.dossier(code).case) for code in codes]
    return cases, [len(moves(world, code)) for code in codes]


class TestInterrupted:
    def test_after_each_page(self, new_world: CENTRE) -> None:
        world = new_world()
        codes = full(world)
        finish(world)
        undisturbed = outcome(world, codes)
        assert undisturbed[1] == [1, 1, 0, 0, 1]
        world = new_world()
        codes = full(world)
        for _ in range(12):
            retime_cases(world.deps, go_on=pages(1))
            world.clock.forward(minutes=1)
        assert outcome(world, codes) == undisturbed

    def test_two_at_once(self, new_world: CENTRE) -> None:
        """Given a run that is overtaken in the middle of a page by another, then it stops and nothing is lost."""
        world = new_world()
        codes = full(world)
        finish(world)
        undisturbed = outcome(world, codes)
        world = new_world()
        codes = full(world)
        save = world.deps.retimings.save
        overtaken = []

        def slower(retiming: Any) -> Any:
            if not overtaken:
                overtaken.append(1)
                world.deps.retimings.__dict__.pop("save")
                retime_cases(world.deps, go_on=pages(1))
                world.deps.retimings.__dict__["save"] = slower
            return save(retiming)

        world.deps.retimings.__dict__["save"] = slower
        did = retime_cases(world.deps)
        assert did.looked_at == 0  # the other one is at work
        finish(world)
        assert outcome(world, codes) == undisturbed
