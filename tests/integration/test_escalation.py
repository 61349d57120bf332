"""What the clock makes true: lateness, the ladder of reminders, closing (Điều 9; R61, R111)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import local
from tests.integration.world import AGENCY, ANSWER, OFFICER, OPERATOR, World

HOLDER, LEADER = "so-tu-phap@tongdai.example", "lanh-dao.so-tu-phap@tongdai.example"
CENTRE, SUPERVISOR = "lanh-dao-trung-tam@tongdai.example", "van-phong-ubnd@tongdai.example"
DUE = "2026-11-23 16:00"  # five working hours after Monday 09:00


def sweep_at(world: World, at: str) -> list[dict[str, Any]]:
    """Sweep at a time of the office, deliver, and return the mails that this made within the next minutes."""
    before = len(world.mails())
    world.clock.set(local(at))
    world.sweep()
    world.drain()
    world.collected()
    return world.mails()[before:]


def addresses(mails: list[dict[str, Any]]) -> list[str]:
    return sorted(mail["to"][0] for mail in mails)


class TestLate:
    def test_at_the_due_time_it_is_not_late(self, world: World) -> None:
        code = world.at_officer()
        sweep_at(world, DUE)
        assert world.case(code).late == ()

    def test_one_minute_later_it_is(self, world: World) -> None:
        """Điều 9.1, 9.2: when the time has ended and it is not done, the case is overdue, since the due time."""
        code = world.at_officer()
        sweep_at(world, "2026-11-23 16:01")
        shown = world.open(code)["case"]
        [mark] = shown["late"]
        assert (mark["stage"], mark["unit"], mark["since"]) == ("officer", "so_tu_phap", "2026-11-23T09:00:00Z")
        assert mark["corrected_at"] is None
        assert world.call("GET", f"/v1/cases/{code}")[1]["late"] is True

    def test_it_stays_late_after_the_answer(self, world: World) -> None:
        """R61: recorded, never erased by a later answer; the supervisor's list keeps it."""
        code = world.at_officer()
        sweep_at(world, "2026-11-23 16:01")
        world.act(code, "answer", OFFICER, ANSWER)
        assert len(world.open(code)["case"]["late"]) == 1
        _, listed = world.call("GET", "/v1/desk/late?unit=so_tu_phap&month=2026-11", token=OPERATOR)
        assert [case["code"] for case in listed["cases"]] == [code]

    def test_nobody_escapes_by_being_quicker_than_the_sweep(self, world: World) -> None:
        code = world.at_officer()
        world.clock.set(local("2026-11-23 16:00:01"))
        world.act(code, "answer", OFFICER, ANSWER)
        types = [event["type"] for event in world.open(code)["timeline"]]
        assert types[-2:] == ["MarkedLate", "Answered"]

    def test_both_tiers_can_be_late(self, world: World) -> None:
        code = world.at_officer()
        sweep_at(world, "2026-11-23 16:01")
        world.act(code, "forward-to-agency", OFFICER)
        sweep_at(world, "2026-11-30 09:00")
        assert [mark["stage"] for mark in world.open(code)["case"]["late"]] == ["officer", "agency"]

    def test_the_operators_stage_is_never_late(self, world: World) -> None:
        """Điều 7.2 says "at once" and gives no hours: its number is a target of the centre, reminded but never late."""
        code = world.send()["code"]
        world.drain()
        reminded = sweep_at(world, "2026-11-30 09:00")
        assert world.case(code).late == ()
        assert "tong-dai@tongdai.example" in addresses(reminded)  # whom a lower rung would have told
        assert len(reminded) == 4

    def test_waiting_for_the_sender_is_not_late(self, world: World) -> None:
        code = world.at_officer()
        world.act(code, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        world.drain()
        assert sweep_at(world, "2026-11-27 09:00") == []
        assert world.case(code).late == ()

    def test_a_new_appointment_moves_the_limit(self, world: World) -> None:
        """Given an agency that appoints anew with a zone of its own, then the sweep keeps to the minute of it."""
        code = world.at_agency()
        body = {"new_due": "2026-11-26T10:00:00+07:00", "reason": "Chờ sổ gốc"}
        world.act(code, "reappointment", AGENCY, body)
        sweep_at(world, "2026-11-26 10:00")
        assert world.case(code).late == ()
        sweep_at(world, "2026-11-26 10:01")
        assert [mark.since for mark in world.case(code).late] == [local("2026-11-26 10:00")]


class TestLadder:
    @pytest.fixture
    def code(self, world: World) -> str:
        code = world.at_officer()
        world.drain()
        return code

    @pytest.mark.parametrize(
        ("at", "to", "subject", "step"),
        [
            ("2026-11-23 14:45", [HOLDER], "(sắp đến hạn)", 1),  # three quarters of five hours
            (DUE, [HOLDER, LEADER], "đã trễ hạn", 0),
            ("2026-11-25 10:30", [CENTRE, LEADER], "(đã quá hạn)", 3),  # four working hours over
            ("2026-11-27 07:30", [CENTRE, LEADER, SUPERVISOR], "(đã quá hạn)", 4),  # sixteen: when the office closes
        ],
    )
    def test_a_rung(self, world: World, code: str, at: str, to: list[str], subject: str, step: int) -> None:
        """Each rung tells its own people, when it is reached and not a minute earlier; here after an outage."""
        a_minute = timedelta(minutes=1)
        before = addresses(sweep_at(world, f"{local(at) + timedelta(hours=7) - a_minute:%Y-%m-%d %H:%M}"))
        told = sweep_at(world, at)
        assert (addresses(told), addresses(told) == before) == (sorted(to), False)
        assert all(subject in mail["subject"] for mail in told)
        assert all((f"Lần đôn đốc {step}" in mail["body"]) == bool(step) for mail in told)

    def test_all_rungs_in_order(self, world: World, code: str) -> None:
        times = ("2026-11-23 14:45", "2026-11-23 16:01", "2026-11-25 10:30", "2026-11-27 07:30", "2026-12-10 09:00")
        assert [len(sweep_at(world, at)) for at in times] == [1, 2, 2, 3, 0]

    def test_a_second_sweep_does_nothing(self, world: World, code: str) -> None:
        assert len(sweep_at(world, "2026-11-25 10:30")) == 3
        version = world.case(code).version
        assert (sweep_at(world, "2026-11-25 10:30"), world.case(code).version) == ([], version)

    def test_no_reminder_at_night(self, world: World) -> None:
        """Given a limit that ends with the day, when the sweep runs at night, then the flag is set, nobody is woken."""
        world.clock.set(local("2026-11-26 11:00"))
        code = world.at_officer()
        world.drain()
        due = world.case(code).stage.due_at  # type: ignore[union-attr] # an open case has a stage
        assert due == local("2026-11-27 08:30")
        before = len(world.mails())
        assert sweep_at(world, "2026-11-27 22:00") == []
        assert len(world.case(code).late) == 1
        world.clock.set(local("2026-11-30 07:30"))
        world.collected()
        assert addresses(world.mails()[before:]) == sorted(
            [CENTRE, LEADER, HOLDER]
        )  # the rung of 13:30 that same day, and those below

    def test_after_an_outage_only_the_highest_rung_is_told(self, world: World, code: str) -> None:
        """Given a sweep that did not run for days, when it runs again, then all is recorded and nobody is flooded."""
        told = sweep_at(world, "2026-12-01 08:00")
        assert addresses(told) == sorted([CENTRE, LEADER, SUPERVISOR, HOLDER])
        assert world.case(code).late[0].since == local(DUE)

    def test_an_agency_with_software_hears_it_in_its_queue(self, world: World) -> None:
        code = world.at_agency()
        world.drain()
        world.agency_inbox("so_tu_phap")
        sweep_at(world, "2026-11-25 09:31")
        [reminder] = world.agency_inbox("so_tu_phap")
        assert (reminder["type"], reminder["case"]["code"]) == ("reminder", code)
        assert reminder["late_since"] == "2026-11-25T02:30:00Z"


class TestTheRest:
    def test_an_answered_case_closes_after_five_working_days(self, world: World) -> None:
        code = world.answered()
        sweep_at(world, "2026-12-01 08:59")
        assert world.case(code).state == "answered"
        sweep_at(world, "2026-12-01 09:01")
        assert world.case(code).state == "closed"

    def test_the_holder_is_told_of_a_silent_sender(self, world: World) -> None:
        code = world.at_officer()
        world.act(code, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        world.drain()
        told = sweep_at(world, "2026-12-01 09:01")
        assert (addresses(told), "(chờ bổ sung)" in told[0]["subject"]) == ([HOLDER], True)
        assert sweep_at(world, "2026-12-20 09:00") == []
        assert world.case(code).state == "awaiting_details"

    def test_one_case_that_cannot_be_read_does_not_stop_the_others(self, world: World) -> None:
        broken, sound = world.at_officer(), world.at_officer()
        world.spoil(broken, "HEAD", body="{}")
        world.clock.set(local("2026-11-23 16:01"))
        world.sweep()
        assert len(world.case(sound).late) == 1
