"""The centre's calendar at the desk: what administrators announce, and what everybody reads (docs/calendar.md)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from chalicelib.adapters.dynamo import calendar
from chalicelib.bootstrap import LiveDeps
from chalicelib.domain.centre_calendar import KINDS
from chalicelib.domain.errors import UnavailableError
from chalicelib.views.calendar import LABELS
from tests.builders import local
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

CHANGES = "/v1/desk/calendar/changes"
STORM = {"kind": "day_off", "dates": ["2026-11-25"], "reason": "Nghỉ tránh bão", "document": "Công điện 15/CĐ-UBND"}
MORNING, AFTERNOON = ["07:30", "11:30"], ["13:30", "17:00"]


def announce(world: World, body: Any = STORM, key: str = "one", token: str = ADMIN) -> tuple[int, Any]:
    return world.call("POST", CHANGES, body, token=token, Idempotency_Key=key)  # type: ignore[no-any-return]


def listed(world: World) -> Any:
    status, made = world.call("GET", CHANGES, token=AGENCY)
    assert status == 200, made
    return made["changes"]


def days(world: World, first: str, last: str) -> Any:
    status, made = world.call("GET", f"/v1/desk/calendar?from={first}&to={last}", token=OPERATOR)
    assert status == 200, made
    return made["days"]


def test_every_kind_has_a_name() -> None:
    assert set(LABELS) == set(KINDS)


class TestAnnouncing:
    def test_everybody_on_the_staff_reads_it(self, world: World) -> None:
        status, made = announce(world)
        assert (status, made["number"], made["author"]) == (201, 1, "qt01")
        [change] = listed(world)
        assert change == made
        assert (change["kind_label"], change["dates"]) == ("Ngày nghỉ", ["2026-11-25"])
        assert change["retiming"]["state"] == "waiting"

    @pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY, LEADER])
    def test_only_administrators_announce_and_withdraw(self, world: World, token: str) -> None:
        announce(world)
        for path, body in ((CHANGES, STORM), (f"{CHANGES}/1/withdraw", {"reason": "Bão tan"})):
            status, refused = world.call("POST", path, body, token=token, Idempotency_Key="two")
            assert (status, refused["code"]) == (403, "role_not_allowed")
        assert len(listed(world)) == 1

    def test_a_stranger_reads_nothing(self, world: World) -> None:
        assert world.call("GET", CHANGES)[0] == 401
        assert world.call("GET", "/v1/desk/calendar")[0] == 401

    def test_the_same_again_is_the_same_change(self, world: World) -> None:
        _, first = announce(world)
        status, again = announce(world)
        assert (status, again) == (200, first)
        assert len(listed(world)) == 1

    def test_a_key_used_for_something_else(self, world: World) -> None:
        announce(world)
        status, refused = announce(world, STORM | {"dates": ["2026-11-26"]})
        assert (status, refused["code"]) == (409, "idempotency_key_reused")

    def test_without_a_key_nothing_is_announced(self, world: World) -> None:
        status, refused = world.call("POST", CHANGES, STORM, token=ADMIN)
        assert (status, refused["code"]) == (400, "idempotency_key_missing")

    def test_two_administrators_at_once(self, world: World) -> None:
        """Given two who announce at once, then both want the next number, one gets it, and the other is told."""
        add = world.deps.calendar.add

        def slower(*arguments: Any) -> None:
            world.deps.calendar.__dict__.pop("add")
            assert announce(world, STORM | {"dates": ["2026-11-26"]}, "other", "administrator:tong_dai:qt02")[0] == 201
            add(*arguments)

        world.deps.calendar.__dict__["add"] = slower
        status, refused = announce(world)
        assert (status, refused["code"]) == (409, "calendar_changed")
        assert [change["author"] for change in listed(world)] == ["qt02"]
        assert announce(world)[1]["number"] == 2  # the key was not used up

    def test_a_twin_of_the_same_request_is_no_conflict(self, world: World) -> None:
        add = world.deps.calendar.add

        def slower(*arguments: Any) -> None:
            world.deps.calendar.__dict__.pop("add")
            assert announce(world)[0] == 201
            add(*arguments)

        world.deps.calendar.__dict__["add"] = slower
        status, made = announce(world)
        assert (status, made["number"], len(listed(world))) == (200, 1, 1)

    def test_withdrawn_once(self, world: World) -> None:
        announce(world)
        path, body = f"{CHANGES}/1/withdraw", {"reason": "Bão tan"}
        status, made = world.call("POST", path, body, token=ADMIN, Idempotency_Key="w1")
        assert (status, made["number"], made["withdraws"]) == (201, 2, 1)
        assert [change["withdrawn_by"] for change in listed(world)] == [None, 2]
        assert world.call("POST", path, body, token=ADMIN, Idempotency_Key="w1") == (200, made)
        status, refused = world.call("POST", path, body, token=ADMIN, Idempotency_Key="w2")
        assert (status, refused["code"]) == (409, "withdrawn_already")

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (STORM | {"dates": []}, "invalid_request"),
            (STORM | {"dates": ["2026-02-30"]}, "invalid_request"),
            (STORM | {"kind": "withdrawal"}, "invalid_request"),
            (STORM | {"reason": "  "}, "empty_text"),
            (STORM | {"dates": ["2026-09-01"]}, "day_too_far"),
            (STORM | {"kind": "working_day", "dates": ["2026-11-23"]}, "day_passed"),
            (STORM | {"kind": "closure"}, "hours_missing"),
            (STORM | {"kind": "closure", "frames": [["7:30", "9:00"]]}, "invalid_request"),
            (STORM | {"kind": "working_day", "frames": [["07:30", "11:30"], ["11:00", "12:00"]]}, "invalid_hours"),
        ],
    )
    def test_what_is_wrong_changes_nothing(self, world: World, body: Any, code: str) -> None:
        status, refused = announce(world, body)
        assert (status, refused["code"]) == (422, code)
        assert listed(world) == []


class TestReading:
    def test_each_day_says_why(self, world: World) -> None:
        announce(world)
        closure = {"kind": "closure", "dates": ["2026-11-27"], "frames": [["10:00", "14:00"]], "reason": "Mất điện"}
        announce(world, closure, "two")
        monday, tuesday, wednesday, _, friday, saturday = days(world, "2026-11-23", "2026-11-28")
        assert (monday["hours"], monday["why"]) == ([MORNING, AFTERNOON], "weekly")
        assert (tuesday["hours"], tuesday["why"]) == ([], "regulation")  # 24/11
        assert (wednesday["hours"], wednesday["why"], wednesday["changes"]) == ([], "change", [1])
        assert wednesday["reason"] == "Nghỉ tránh bão (Công điện 15/CĐ-UBND)"
        assert (friday["hours"], friday["changes"]) == ([["07:30", "10:00"], ["14:00", "17:00"]], [2])
        assert (saturday["hours"], saturday["why"]) == ([], "weekly")

    def test_a_make_up_day_has_the_usual_hours(self, world: World) -> None:
        world.announce("working_day", "2026-11-28", reason="Làm bù")
        [saturday] = days(world, "2026-11-28", "2026-11-28")
        assert (saturday["hours"], saturday["why"]) == ([MORNING, AFTERNOON], "change")

    def test_what_was_withdrawn_is_gone(self, world: World) -> None:
        world.announce("day_off", "2026-11-25")
        world.withdraw(1)
        [wednesday] = days(world, "2026-11-25", "2026-11-25")
        assert (wednesday["hours"], wednesday["why"]) == ([MORNING, AFTERNOON], "weekly")

    def test_a_month_from_today_unless_told(self, world: World) -> None:
        _, made = world.call("GET", "/v1/desk/calendar", token=OPERATOR)
        assert (made["days"][0]["date"], len(made["days"])) == ("2026-11-23", 31)

    @pytest.mark.parametrize(
        "query",
        [
            *("from=2026-11-23&to=2026-11-22", "from=2026-01-01&to=2027-02-05", "from=1999-01-01"),
            *("from=9999-12-31", "from=2026-11-23&to=9999-12-31", "from=today"),
        ],
    )
    def test_a_span_that_cannot_be_shown(self, world: World, query: str) -> None:
        status, refused = world.call("GET", f"/v1/desk/calendar?{query}", token=OPERATOR)
        assert (status, refused["code"]) == (422, "invalid_request")
        assert refused["errors"][0]["parameter"] in ("from", "to")

    def test_the_longest_span(self, world: World) -> None:
        assert len(days(world, "2026-01-01", "2027-02-04")) == 400

    def test_citizens_see_the_office_closed(self, world: World) -> None:
        announce(world)
        world.clock.set(local("2026-11-25 09:00"))
        _, centre = world.call("GET", "/v1/centre")
        assert (centre["open_now"], centre["next_open"]) == (False, "2026-11-26T07:30:00+07:00")


class TestKnowing:
    """What a process knows of the calendar: half a minute old, a minute in trouble, never nothing."""

    @pytest.fixture
    def later(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        passed = [0.0]
        steady = time.monotonic
        monkeypatch.setattr(calendar, "monotonic", lambda: steady() + passed[0])
        return lambda seconds: passed.__setitem__(0, passed[0] + seconds)

    @pytest.fixture
    def other(self, world: World) -> LiveDeps:
        """Another process of the same centre, that has read the calendar."""
        made = LiveDeps(world.deps.settings)
        made.__dict__ |= {name: world.deps.__dict__[name] for name in ("clock", "tokens", "_dynamo")}
        assert made.regulation.calendar_version == 0
        return made

    def test_another_process_learns_within_half_a_minute(self, world: World, other: LiveDeps, later: Any) -> None:
        announce(world)
        assert (world.deps.regulation.calendar_version, other.regulation.calendar_version) == (1, 0)
        later(29)
        assert other.regulation.calendar_version == 0
        later(2)
        assert other.regulation.calendar_version == 1

    def test_a_regulation_is_made_once_for_each_change(self, world: World, other: LiveDeps, later: Any) -> None:
        first = other.regulation
        later(31)
        assert other.regulation is first
        announce(world)
        later(31)
        assert other.regulation is not first
        assert other.regulation is other.regulation

    def test_trouble_is_borne_for_a_minute(self, world: World, other: LiveDeps, later: Any) -> None:
        def broken() -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận")

        other.calendar.__dict__["_read"] = broken
        later(59)
        assert other.regulation.calendar_version == 0
        later(2)
        with pytest.raises(UnavailableError):
            assert other.regulation
