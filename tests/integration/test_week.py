"""The week past, on its first working day, to the leadership and the Office: numbers that add up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.domain.sms import Price
from chalicelib.domain.weekly import Days
from chalicelib.usecases.send_week import send_week, week_context
from tests.builders import local
from tests.integration.world import ANSWER, OFFICER, OPERATOR, SENDER, World

READERS = ["lanh-dao-trung-tam@tongdai.example", "van-phong-ubnd@tongdai.example"]
LAST_WEEK = Days(date(2026, 11, 16), date(2026, 11, 22))
PRICE = Price(Decimal(640), "VND", "Hợp đồng", date(2026, 1, 1))


def week_at(world: World, at: str) -> list[dict[str, Any]]:
    """Send the report at a moment and return the mails it made."""
    world.drain()
    before = len(world.mails())
    world.clock.set(local(at))
    send_week(world.deps)
    return world.mails()[before:]


@pytest.fixture
def busy(world: World) -> World:
    """Two weeks in which something of each kind happened, and a Monday morning on which more did."""
    world.clock.set(local("2026-11-12 09:00"))
    world.at_officer()  # open all the time, late on Thursday
    old = world.at_officer("so_y_te")
    world.clock.set(local("2026-11-16 09:00"))
    world.sweep()
    world.act(old, "answer", "officer:so_y_te:mc01", ANSWER)  # late
    world.answered(sender=SENDER | {"email": ""})
    world.send(anonymous=True)
    world.drain()  # the SMS are counted when they are sent
    world.clock.set(local("2026-11-18 09:00"))
    passed_on = world.at_agency()
    world.act(passed_on, "decline", "agency:so_tu_phap:cq01", {"reason": "Không thuộc thẩm quyền"})
    world.act(passed_on, "return", OFFICER, {"reason": "Chuyển nhầm"})
    world.clock.set(local("2026-11-23 06:30"))
    world.answered()  # after the week: counts for the next
    world.act(passed_on, "forward", OPERATOR, {"unit": "so_y_te"})
    world.drain()
    return world


def test_the_numbers_add_up(busy: World) -> None:
    context = week_context(LAST_WEEK, busy.deps)
    totals: Any = context["totals"]
    units: Any = {one["holder"]: one for one in context["units"]}  # type: ignore[attr-defined]
    assert totals == {
        "opening": 2,
        "received": 3,
        "reopened": 0,
        "answered": 2,
        "refused": 1,
        "finished": 3,
        "on_time": 1,
        "answered_late": 1,
        "late": 2,
        "open": 2,
    }
    assert totals["opening"] + totals["received"] - totals["finished"] == totals["open"]
    for name in ("opening", "open", "answered", "late"):
        assert sum(unit[name] for unit in units.values()) == totals[name]
    assert sum(unit["came"] - unit["went"] for unit in units.values()) == totals["received"] - totals["finished"]
    flow = ("opening", "came", "went", "open")
    assert [units["Sở Y tế"][name] for name in flow] == [1, 0, 1, 0]
    assert [units["Sở Tư pháp"][name] for name in flow] == [1, 1, 1, 1]


def test_a_unit_in_which_nothing_happened_keeps_its_stock(world: World) -> None:
    """Given a case that lay at a unit all week, when another was answered, then it is in the table and in the sums."""
    world.clock.set(local("2026-11-12 09:00"))
    world.at_officer()
    world.drain()
    world.clock.set(local("2026-11-18 09:00"))
    world.answered()
    world.drain()
    world.clock.set(local("2026-11-23 07:15"))
    context = week_context(LAST_WEEK, world.deps)
    stocks = {one["holder"]: (one["opening"], one["open"]) for one in context["units"]}  # type: ignore[attr-defined]
    assert stocks["Sở Tư pháp"] == (1, 1)
    assert (context["totals"]["opening"], context["totals"]["open"]) == (1, 1)  # type: ignore[index]


def test_both_readers_have_one_mail_on_monday_and_none_on_tuesday(busy: World) -> None:
    told = week_at(busy, "2026-11-23 07:15")
    assert [mail["to"] for mail in told] == [[reader] for reader in READERS]
    [one, _] = told
    assert one["subject"] == "Tình hình tuần đến 22/11/2026: 3 tiếp nhận, 3 xong, 2 trễ hạn"
    assert re.search(r"Đầu kỳ còn: 2 .*Tiếp nhận trong kỳ: 3 .*Đã giải quyết: 3 .*Cuối kỳ còn: 2 ", one["body"])
    assert "Tin nhắn SMS đã gửi: 2 (2 phần)" in one["body"]
    assert [week_at(busy, f"2026-11-{at}") for at in ("23 07:15", "23 07:30", "25 07:15")] == [[], [], []]


@pytest.mark.parametrize("at", ["2026-11-23 07:00", "2026-11-22 09:00"], ids=["too early", "Sunday"])
def test_not_before_its_hour_nor_on_a_day_off(busy: World, at: str) -> None:
    assert week_at(busy, at) == []


def test_an_empty_week_is_not_told(world: World) -> None:
    assert week_at(world, "2026-11-23 07:15") == []


def test_a_month_that_ends_in_the_week_is_no_gap(world: World) -> None:
    for day in ("2026-11-30", "2026-12-02"):
        world.clock.set(local(f"{day} 09:00"))
        world.answered()
    [mail, _] = week_at(world, "2026-12-07 07:15")
    assert "Tiếp nhận trong kỳ: 2" in mail["body"]


@pytest.fixture
def priced(world: World) -> World:
    """A centre that knows what its SMS cost."""
    world.deps.__dict__ |= {"_rules": replace(world.deps.regulation, sms_price=PRICE), "_timed": None}
    return world


class TestSms:
    """Parts are counted when they are sent, each once, and cost what the centre's contract says."""

    def test_in_the_tallies_and_in_the_week(self, priced: World) -> None:
        priced.clock.set(local("2026-11-18 09:00"))
        priced.answered(sender=SENDER | {"email": ""})
        priced.drain()
        status, shown = priced.call("GET", "/v1/desk/tallies?month=2026-11", token=OPERATOR)
        assert status == 200
        assert (shown["totals"]["sms"], shown["totals"]["sms_parts"], shown["sms_cost"]) == (2, 2, "1.280 VND")
        assert len(priced.texts()) == 2
        [mail, _] = week_at(priced, "2026-11-23 07:15")
        assert "Tin nhắn SMS đã gửi: 2 (2 phần, 1.280 VND)" in mail["body"]

    def test_one_of_the_night_is_counted_when_it_goes(self, world: World) -> None:
        world.clock.set(local("2026-11-30 22:00"))
        world.send(sender=SENDER | {"email": ""})
        world.drain()
        world.clock.set(local("2026-12-01 07:01"))
        world.remind()
        november, december = (
            world.call("GET", f"/v1/desk/tallies?month={month}", token=OPERATOR)[1]["totals"]
            for month in ("2026-11", "2026-12")
        )
        assert "sms" not in november
        assert december["sms_parts"] == 1


class TestLetters:
    def test_every_letter_is_listed_with_its_reader_and_sizes(self, world: World) -> None:
        status, found = world.call("GET", "/v1/desk/letters", token=OFFICER)
        letters = {one["name"]: one for one in found["letters"]}
        assert status == 200
        assert {"answered", "week", "digest.unit"} <= set(letters)
        assert (letters["answered"]["to"], letters["answered"]["sms_parts"]) == ("sender", 1)
        assert (letters["week"]["to"], letters["week"]["sms_parts"]) == ("staff", 0)
        assert all(one["html_bytes"] > one["text_bytes"] > 0 and one["about"] for one in letters.values())

    def test_one_is_shown_as_it_is_sent(self, priced: World) -> None:
        status, shown = priced.call("GET", "/v1/desk/letters/answered", token=OPERATOR)
        assert (status, shown["to"], shown["about"]) == (200, "sender", "Trả lời người gửi")
        assert shown["html"].lstrip().startswith("<!doctype html>")
        assert (shown["sms"]["parts"], shown["sms"]["cost"]) == (1, "640 VND")

    @pytest.mark.parametrize("name", ["khong_co", "answered.khong_co", "..", "answered.html"])
    def test_what_is_no_letter(self, world: World, name: str) -> None:
        assert world.call("GET", f"/v1/desk/letters/{name}", token=OPERATOR)[0] == 404
