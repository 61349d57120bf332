"""Each working morning one mail a holder: what is new, due today, late, waiting (R111: early warning)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from tests.builders import local
from tests.integration.world import OFFICER, OPERATOR, World

DESK, JUSTICE = "tong-dai@tongdai.example", "so-tu-phap@tongdai.example"


def digest_at(world: World, at: str) -> list[dict[str, Any]]:
    """Run the digest at a time of the office and return the mails of the day it made, without those of the week."""
    world.drain()
    before = len(world.mails())
    world.clock.set(local(at))
    world.digest()
    return [mail for mail in world.mails()[before:] if not mail["subject"].startswith("Tình hình tuần")]


def counts(mail: dict[str, Any]) -> dict[str, int]:
    names = {
        "new": "Hồ sơ mới",
        "due_today": "Đến hạn trong ngày",
        "late": "Đang trễ hạn",
        "waiting": "bổ sung thông tin",
    }
    return {key: int(mail["body"].split(f"{name}: ")[1].split()[0]) for key, name in names.items()}


class TestDays:
    @pytest.fixture(autouse=True)
    def _case(self, world: World) -> None:
        world.clock.set(local("2026-01-05 09:00"))
        world.send()

    @pytest.mark.parametrize(
        "morning",
        ["2026-11-29", "2026-11-28", "2026-11-24", "2026-02-17", "2026-08-31"],
        ids=["Sunday", "Saturday", "culture day", "Tết", "swapped day off"],
    )
    def test_none_on_a_day_off(self, world: World, morning: str) -> None:
        assert digest_at(world, f"{morning} 07:15") == []

    @pytest.mark.parametrize("morning", ["2026-01-06", "2026-01-10"], ids=["Tuesday", "Saturday that is worked"])
    def test_one_on_a_working_day(self, world: World, morning: str) -> None:
        [mail] = digest_at(world, f"{morning} 07:15")
        assert mail["to"] == [DESK]

    def test_one_a_day_however_often_it_is_started(self, world: World) -> None:
        assert [len(digest_at(world, f"2026-01-06 {at}")) for at in ("07:15", "07:15", "07:20")] == [1, 0, 0]
        assert len(digest_at(world, "2026-01-07 07:15")) == 1

    def test_one_that_failed_is_sent_at_the_next_start(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*_: str) -> None:
            raise UnavailableError("delivery_unavailable", "Chưa gửi được tin")

        world.drain()
        world.clock.set(local("2026-01-06 07:15"))
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.mailer, "mail", away)
            with pytest.raises(UnavailableError):
                world.digest()
        assert len(digest_at(world, "2026-01-06 07:17")) == 1


class TestLinks:
    def test_the_staff_are_led_to_their_pages(self, world: World) -> None:
        """A digest to the worklist, a letter about a case to its page at the desk; senders to where they follow it."""
        code = world.send()["code"]
        world.act(code, "refer", OPERATOR, {"reason": "Ngoài thẩm quyền."})
        [digest, *_] = digest_at(world, "2026-11-25 07:15")
        assert "https://1022.test/ban-lam-viec/ho-so" in digest["links"]
        [acknowledged, wanted, *_] = world.mails()
        assert f"https://1022.test/theo-doi/{code}" in acknowledged["links"]
        assert f"https://1022.test/ban-lam-viec/ho-so/{code}" in wanted["links"]


class TestHolders:
    def test_one_mail_a_holder_with_open_cases(self, world: World) -> None:
        """Officer and focal officer of one unit are two holders; who holds nothing hears nothing."""
        world.send()
        world.at_officer()
        world.at_agency()
        world.answered()
        told = digest_at(world, "2026-11-25 07:15")
        assert sorted(mail["to"][0] for mail in told) == [JUSTICE, JUSTICE, DESK]

    def test_counts(self, world: World) -> None:
        """Given cases of each sort at one officer, then each is counted where it belongs."""
        world.clock.set(local("2026-11-19 09:00"))
        world.at_officer()  # due that Thursday at 16:00
        world.clock.set(local("2026-11-20 16:30"))
        asked = world.at_officer()
        world.act(asked, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        due = world.at_officer()
        named = world.open(due)["case"]["code"]
        [mail] = [mail for mail in digest_at(world, "2026-11-23 07:15") if mail["to"] == [JUSTICE]]
        assert counts(mail) == {"new": 1, "due_today": 1, "late": 1, "waiting": 1}
        assert mail["subject"] == "Tình hình hồ sơ ngày 23/11/2026: 1 trễ hạn, 1 đến hạn"
        assert f"{named[:4]}-{named[4:8]}-{named[8:]}" in mail["body"]
        assert "Sở Tư pháp 3 1 1" in mail["body"]  # open, due, late

    def test_a_target_is_never_late(self, world: World) -> None:
        """The operator's hour is a target of the centre (ADR 6): passed, it is for today, and nobody is called late."""
        world.clock.set(local("2026-11-20 09:00"))
        world.send()
        [mail] = digest_at(world, "2026-11-23 07:15")
        assert counts(mail) == {"new": 1, "due_today": 1, "late": 0, "waiting": 0}

    @pytest.mark.parametrize(
        ("sent", "new"),
        [("2026-11-20 07:10", 0), ("2026-11-20 07:20", 1), ("2026-11-21 10:00", 1), ("2026-11-22 23:00", 1)],
    )
    def test_new_is_what_came_since_the_last_working_morning(self, world: World, sent: str, new: int) -> None:
        """Given a case sent on Friday or over the weekend, then Monday's digest calls it new."""
        world.clock.set(local(sent))
        world.send()
        [mail] = digest_at(world, "2026-11-23 07:15")
        assert counts(mail)["new"] == new

    def test_new_over_tet(self, world: World) -> None:
        world.clock.set(local("2026-02-14 10:00"))  # Saturday before nine days off
        world.send()
        [mail] = digest_at(world, "2026-02-23 07:15")
        assert counts(mail)["new"] == 1

    def test_many_cases_are_counted_and_the_first_twenty_named(self, world: World) -> None:
        codes = [world.send()["code"] for _ in range(23)]
        [mail] = digest_at(world, "2026-11-25 07:15")
        named = sum(f"{code[:4]}-{code[4:8]}-{code[8:]}" in mail["body"] for code in codes)
        assert (counts(mail)["new"], named) == (23, 20)
        assert OPERATOR.split(":")[2] not in mail["body"]


class TestRisk:
    """R111: what will be late at the present pace is told to the leadership, and to nobody else."""

    LEADERS = "lanh-dao-trung-tam@tongdai.example"

    def test_the_leadership_hears_of_the_worst(self, world: World) -> None:
        """Given seven cases at one agency on Monday afternoon, then on Wednesday six of them cannot be in time."""
        world.clock.set(local("2026-11-23 16:00"))
        codes = [world.at_agency() for _ in range(7)]
        [mail] = [mail for mail in digest_at(world, "2026-11-25 07:15") if mail["to"] == [self.LEADERS]]
        assert "Nguy cơ trễ hạn (6)" in mail["body"]
        named = [code for code in codes if f"{code[:4]}-{code[4:8]}-{code[8:]}" in mail["body"]]
        assert len(named) == 5
        assert "16:30 25/11/2026" in mail["body"]

    def test_nothing_is_said_when_nothing_is_to_be_feared(self, world: World) -> None:
        """One case at its agency is in time; two at the operators would miss a target only (ADR 6)."""
        world.clock.set(local("2026-11-23 16:30"))
        world.at_agency()
        world.send()
        world.send()
        told = digest_at(world, "2026-11-25 07:15")
        assert sorted(mail["to"][0] for mail in told) == [JUSTICE, DESK]
        assert not any("Nguy cơ" in mail["body"] for mail in told)

    def test_their_own_cases_and_the_risk_are_one_mail(self, world: World) -> None:
        world.clock.set(local("2026-11-23 16:00"))
        world.act(world.send()["code"], "refer", OPERATOR, {"reason": "Ngoài thẩm quyền"})
        for _ in range(2):
            world.at_agency()
        for expected in (1, 0):
            mails = [mail for mail in digest_at(world, "2026-11-25 07:15") if mail["to"] == [self.LEADERS]]
            assert len(mails) == expected
            assert all("Nguy cơ trễ hạn (1)" in mail["body"] for mail in mails)
            assert all(counts(mail)["new"] == 1 for mail in mails)
