"""Reminders keep office hours and go together: nobody gets forty mails at half past seven (Điều 3.2; R64)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import observability
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import PermanentDeliveryError
from chalicelib.usecases import send_reminders
from chalicelib.usecases.tell_people import PUT_DOWN, tell_people
from tests.builders import local
from tests.integration.world import ADMIN, ANSWER, OFFICER, OPERATOR, World

HOLDER, LEADER = "so-tu-phap@tongdai.example", "lanh-dao.so-tu-phap@tongdai.example"
CENTRE, SUPERVISOR = "lanh-dao-trung-tam@tongdai.example", "van-phong-ubnd@tongdai.example"
CODE = re.compile(r"\d{4}-\d{4}-\d{4}")
MANY, ROWS = 40, 4


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what is logged."""
    handler, stream = observability.logger().registered_handler, io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def overdue(world: World, count: int, at: str = "2026-11-23 16:01") -> list[str]:
    """Forward cases at a time of the office, sweep when they are late, deliver; returns their codes."""
    world.clock.set(local("2026-11-23 09:00"))
    codes = [world.at_officer() for _ in range(count)]
    world.clock.set(local(at))
    world.sweep()
    world.drain()
    return codes


def sweep(world: World, codes: list[str]) -> None:
    """Sweep, and put down the last event of each case as the queue would: many at once, in the time of a few."""
    world.sweep()
    for code in codes:
        assert set(tell_people(code, world.case(code).version, world.deps)) == {PUT_DOWN}


def minutes(world: World, start: str, end: str) -> list[tuple[str, int]]:
    """Run each minute's reminders from start to end of a day, end included; returns when how many mails went out."""
    sent, moment = [], local(start)
    while moment <= local(end):
        world.clock.set(moment)
        before = len(world.mails())
        world.remind()
        if more := len(world.mails()) - before:
            sent.append((f"{moment + timedelta(hours=7):%H:%M}", more))
        moment += timedelta(minutes=1)
    return sent


def shown(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def waiting() -> list[str]:
    return [item.sk for item in CentreItem.query("REMINDER")]


class TestTogether:
    def test_forty_cases_that_end_overnight(self, world: World) -> None:
        """Given forty limits that end with the day, then nobody is woken, and soon after the opening one mail goes to
        each.
        """
        world.clock.set(local("2026-11-25 09:30"))
        codes = [world.at_officer() for _ in range(MANY)]
        world.clock.set(local("2026-11-25 22:00"))
        for _ in range(3):  # a slow machine does not manage forty in the minute
            world.sweep()
        assert minutes(world, "2026-11-25 22:00", "2026-11-25 22:20") == []
        assert all(world.case(code).late for code in codes)
        world.clock.set(local("2026-11-26 07:30"))
        sweep(world, codes)
        assert minutes(world, "2026-11-26 07:20", "2026-11-26 07:50") == [("07:32", 2)]
        assert sorted(mail["to"][0] for mail in world.mails()) == [LEADER, HOLDER]
        for mail in world.mails():
            assert mail["subject"] == f"Đôn đốc xử lý: {MANY} hồ sơ ({MANY} đã quá hạn)"
            assert sorted(CODE.findall(mail["body"])) == sorted(map(shown, codes))
        assert waiting() == []

    def test_what_trickles_in_is_told_every_quarter_of_an_hour(self, world: World) -> None:
        """Given a case that ends each minute, then at most one mail goes out in fifteen minutes, and all are told."""
        start = local("2026-11-23 09:00")
        codes = []
        for minute in range(20):
            world.clock.set(start + timedelta(minutes=minute))
            codes.append(world.at_officer())
        told: list[int] = []
        for minute in range(36):
            world.clock.set(local("2026-11-23 14:45") + timedelta(minutes=minute))  # three quarters of five hours
            sweep(world, codes[minute : minute + 1])
            world.remind()
            told += [minute] * (len(world.mails()) - len(told))
        assert told == [2, 18, 34]  # the pause of fifteen minutes ends within the sixteenth
        bodies = " ".join(mail["body"] for mail in world.mails(HOLDER))
        assert sorted(CODE.findall(bodies)) == sorted(map(shown, codes))

    def test_one_alone_is_a_letter_of_its_own(self, world: World) -> None:
        overdue(world, 1, "2026-11-23 16:01")
        before = len(world.mails())
        assert minutes(world, "2026-11-23 16:01", "2026-11-23 16:20") == [("16:03", 2)]
        assert all("đã trễ hạn" in mail["subject"] and CODE.search(mail["subject"]) for mail in world.mails()[before:])

    def test_leader_and_supervisor_get_theirs(self, world: World) -> None:
        """Given cases on different rungs, then each mail lists those that its reader is to hear of."""
        far = world.at_officer()
        world.clock.set(local("2026-11-26 10:00"))
        near = world.at_officer()
        world.drain()
        before = len(world.mails())
        world.clock.set(local("2026-11-27 07:30"))
        world.sweep()
        world.drain()
        world.collected()
        told = {mail["to"][0]: CODE.findall(mail["body"]) for mail in world.mails()[before:]}
        assert {to: set(codes) for to, codes in told.items()} == {
            HOLDER: {shown(far), shown(near)},
            LEADER: {shown(far), shown(near)},
            CENTRE: {shown(far)},
            SUPERVISOR: {shown(far)},
        }

    def test_the_worst_comes_first_and_the_rest_is_counted(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(send_reminders, "ROWS", ROWS)
        codes = []
        for minute in range(ROWS + 3):
            world.clock.set(local("2026-11-23 09:00") + timedelta(minutes=minute))
            codes.append(world.at_officer())
        world.clock.set(local("2026-11-27 08:30"))
        sweep(world, codes)
        world.collected()
        [mail] = world.mails(SUPERVISOR)
        assert CODE.findall(mail["body"]) == list(map(shown, codes[:ROWS]))
        assert f"Đôn đốc xử lý: {ROWS + 3} hồ sơ" in mail["subject"]
        assert "còn 3 hồ sơ khác" in mail["body"]

    def test_a_case_that_is_reminded_of_twice_is_listed_once(self, world: World) -> None:
        """Given two rungs that were reached before anybody could be told, then the last one speaks for both."""
        overdue(world, 2, "2026-11-25 10:30")
        world.clock.set(local("2026-11-27 07:30"))
        world.sweep()
        world.drain()
        world.collected()
        [mail] = world.mails(LEADER)
        assert mail["subject"] == "Đôn đốc xử lý: 2 hồ sơ (2 đã quá hạn)"
        assert len(CODE.findall(mail["body"])) == 2

    def test_silent_senders_are_listed_apart(self, world: World) -> None:
        """Given cases whose clock stands still for the sender, then their holder reads so and of no limit."""
        codes = [world.at_officer(), world.at_officer()]
        for code in codes:
            world.act(code, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        world.clock.set(local("2026-12-01 09:01"))
        sweep(world, codes)
        world.collected()
        [mail] = world.mails()
        assert (mail["to"], mail["subject"]) == ([HOLDER], "Đôn đốc xử lý: 2 hồ sơ (2 chờ bổ sung)")
        assert "Chờ người gửi bổ sung (2)" in mail["body"]
        assert "quá hạn" not in mail["body"]

    def test_one_mailbox_has_one_name(self, world: World) -> None:
        """Given a unit whose leader has no address of its own, then holder and leader are told in one mail."""
        unit = {"name": "Sở Tư pháp", "kind": "department", "mail": HOLDER, "exchange": "sqs"}
        assert world.call("PUT", "/v1/desk/units/so_tu_phap", unit, token=ADMIN)[0] == 200
        overdue(world, 2, "2026-11-23 16:01")
        before = len(world.mails(HOLDER))
        assert minutes(world, "2026-11-23 16:01", "2026-11-23 16:30") == [("16:03", 1)]
        assert world.mails(HOLDER)[before]["subject"] == "Đôn đốc xử lý: 2 hồ sơ (2 đã quá hạn)"


class TestOfficeHours:
    @pytest.mark.parametrize(
        ("sent", "off", "opens"),
        [
            ("2026-11-20", "2026-11-24", "2026-11-25"),
            ("2026-11-23", "2026-11-28", "2026-11-30"),
            ("2026-02-11", "2026-02-17", "2026-02-23"),
            ("2026-08-26", "2026-08-31", "2026-09-03"),
        ],
        ids=["culture day", "Saturday", "Tết", "swapped day off"],
    )
    def test_nothing_on_a_day_off(self, world: World, sent: str, off: str, opens: str) -> None:
        world.clock.set(local(f"{sent} 09:00"))
        codes = [world.at_officer(), world.at_officer()]
        world.clock.set(local(f"{off} 00:10"))
        sweep(world, codes)
        assert len(waiting()) >= 4
        assert minutes(world, f"{off} 07:30", f"{off} 08:00") == []
        assert minutes(world, f"{off} 16:00", f"{off} 16:30") == []
        readers = len({row.partition("#")[0] for row in waiting()})
        assert minutes(world, f"{opens} 07:29", f"{opens} 07:40") == [("07:32", readers)]

    def test_what_came_at_closing_time_waits_for_its_company_in_the_morning(self, world: World) -> None:
        """Given one put down a minute before closing, then it does not go alone at the very opening."""
        overdue(world, 1, "2026-11-23 16:59")
        assert minutes(world, "2026-11-23 16:59", "2026-11-23 17:30") == []
        assert minutes(world, "2026-11-25 07:30", "2026-11-25 07:40") == [("07:31", 2)]

    def test_a_day_off_announced_in_the_night_is_kept(self, world: World) -> None:
        """Given reminders that wait for the morning, when the day is taken off, then they wait for the next one."""
        overdue(world, 2, "2026-11-25 18:00")
        world.announce("day_off", "2026-11-26")
        assert minutes(world, "2026-11-26 07:30", "2026-11-26 08:00") == []
        assert minutes(world, "2026-11-27 07:30", "2026-11-27 07:33") != []

    def test_by_night_only_the_calendar_is_asked_for_and_while_nothing_waits_two_lists(self, world: World) -> None:
        asked: list[str] = []
        client = world.deps.__dict__["_dynamo"]

        def count(model: Any, params: Any, **_: Any) -> None:
            asked.append(model.name if "REMINDER" not in str(params["body"]) else "reminders")

        world.deps.regulation.calendar.is_open(world.clock.now())  # known for half a minute
        client.meta.events.register("before-call.dynamodb", count)
        try:
            minutes(world, "2026-11-23 03:00", "2026-11-23 03:05")
            assert set(asked) <= {"Query"}
            assert len(asked) <= 1
            asked.clear()
            minutes(world, "2026-11-23 09:00", "2026-11-23 09:02")
            assert asked.count("reminders") == 3 * 2  # reminders, and SMS that waited for the morning
            assert len(asked) <= 7
        finally:
            client.meta.events.unregister("before-call.dynamodb", count)


class TestNoLongerSo:
    def after(self, world: World, change: Any) -> list[str]:
        """Let one of two late cases change before the mails go out; returns the codes they name."""
        gone, stays = overdue(world, 2, "2026-11-23 16:01")
        before = len(world.mails())
        change(gone)
        world.drain()
        subject_of_change = len(world.mails())
        world.collected()
        assert waiting() == []
        told = world.mails()[max(before, subject_of_change) :]
        assert {shown(stays)} == {code for mail in told for code in CODE.findall(mail["body"])}
        return [mail["to"][0] for mail in told]

    def test_answered_meanwhile(self, world: World) -> None:
        assert sorted(self.after(world, lambda code: world.act(code, "answer", OFFICER, ANSWER))) == [LEADER, HOLDER]

    def test_handed_over_meanwhile(self, world: World) -> None:
        self.after(world, lambda code: world.act(code, "forward-to-agency", OFFICER))

    def test_all_answered_and_the_pause_is_not_used_up(self, world: World) -> None:
        """Given nobody who was told, then the next reminder does not wait a quarter of an hour."""
        [code] = overdue(world, 1, "2026-11-23 16:01")
        world.clock.set(local("2026-11-23 15:45"))
        late = world.at_officer()
        world.drain()
        world.act(code, "answer", OFFICER, ANSWER)
        world.drain()
        before = len(world.mails())
        assert minutes(world, "2026-11-23 16:03", "2026-11-23 16:06") == []
        assert waiting() == []
        due = world.case(late).stage.due_at  # type: ignore[union-attr] # an open case has a stage
        world.clock.set(due + timedelta(minutes=1))
        world.sweep()
        world.drain()
        world.collected()
        assert len(world.mails()) == before + 2

    def test_a_duty_done_meanwhile(self, world: World) -> None:
        code = world.at_officer(kind="report", about="conduct")
        world.drain()
        world.act(code, "forward-to-agency", OFFICER)
        world.drain()
        world.clock.set(local("2026-11-25 09:31"))
        world.sweep()
        world.drain()
        assert sum("#reminder" in row and "lanh_dao" in row for row in waiting()) == 2
        for action in ("notice", "substitution"):
            world.act(code, f"actions/{action}/close", OPERATOR, {"outcome": "Đã xong."})
        before = len(world.mails(CENTRE))
        world.collected()
        assert (len(world.mails(CENTRE)), waiting()) == (before, [])


class TestOnce:
    def test_two_runs_at_once(self, world: World) -> None:
        overdue(world, 3)
        before = len(world.mails())
        world.clock.set(local("2026-11-23 16:04"))
        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(world.remind) for _ in range(8)]:
                done.result()
        assert sorted(mail["to"][0] for mail in world.mails()[before:]) == [LEADER, HOLDER]
        assert waiting() == []

    def test_a_run_that_looked_before_another_had_sent(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Given a run that stands still between looking and claiming, when it wakes after the pause, then it sends
        nothing that was sent meanwhile.
        """
        overdue(world, 2)
        world.clock.set(local("2026-11-23 16:04"))
        before, seen = len(world.mails()), world.deps.reminders.pending()
        world.remind()
        world.clock.forward(minutes=20)
        monkeypatch.setattr(world.deps.reminders, "pending", lambda: seen)
        world.remind()
        assert len(world.mails()) - before == 2

    def test_an_event_delivered_again_after_its_mail_makes_no_other(self, world: World) -> None:
        world.at_officer()
        world.drain()
        world.clock.set(local("2026-11-23 16:01"))
        world.sweep()
        records = world.stream()
        for _ in range(2):
            world.restream(records)
            assert world.work() == 0
        assert len(waiting()) == 2
        world.collected()
        before = len(world.mails())
        world.restream(records)
        assert world.work() == 0
        world.collected()
        assert (waiting(), len(world.mails())) == ([], before)

    def test_a_crash_between_sent_and_removed_tells_again_and_then_no_more(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The one window (docs/exactly-once.md)."""

        class DiedError(BaseException):
            pass

        def die(_: object) -> None:
            raise DiedError

        overdue(world, 2)
        before = len(world.mails(HOLDER))
        world.clock.set(local("2026-11-23 16:04"))
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.reminders, "remove", die)
            with pytest.raises(DiedError):
                world.remind()
        told = [len(world.mails(HOLDER)) + len(world.mails(LEADER))]
        assert minutes(world, "2026-11-23 16:05", "2026-11-23 16:18") == [("16:05", 1)]  # the one that was not its turn
        assert minutes(world, "2026-11-23 16:19", "2026-11-23 16:44") == [("16:20", 1)]
        assert (waiting(), told[0] - before) == ([], 1)

    def test_one_put_down_during_the_sending_goes_with_the_next(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = overdue(world, 2)
        world.clock.set(local("2026-11-23 16:04"))
        send, before = world.deps.mailer.mail, len(world.mails())

        def meanwhile(*mail: str) -> None:
            broken.undo()
            [more] = overdue(world, 1, "2026-11-23 16:04")
            first.append(more)
            send(*mail)

        with monkeypatch.context() as broken:
            broken.setattr(world.deps.mailer, "mail", meanwhile)
            world.remind()
        assert len(waiting()) == 1  # the leader's; the holder's turn came after it was put down
        assert minutes(world, "2026-11-23 16:05", "2026-11-23 16:24") == [("16:20", 1)]
        told = " ".join(mail["body"] for mail in world.mails()[before:] if mail["to"] == [LEADER])
        assert sorted(set(CODE.findall(told))) == sorted(map(shown, first))


class TestTrouble:
    def test_what_cannot_be_sent_now_waits(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*_: str) -> None:
            raise UnavailableError("delivery_unavailable", "Chưa gửi được tin")

        overdue(world, 2)
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.mailer, "mail", away)
            assert minutes(world, "2026-11-23 16:04", "2026-11-23 16:06") == []
        assert minutes(world, "2026-11-23 16:07", "2026-11-23 16:34") == [("16:07", 2)]

    @pytest.mark.parametrize("count", [1, 2])
    def test_a_bad_address_is_given_up_with_a_line_in_the_log(
        self, world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, count: int
    ) -> None:
        tried, send = [], world.deps.mailer.mail

        def refuse(to: str, *mail: str) -> None:
            tried.append(to)
            if to == LEADER:
                raise PermanentDeliveryError("MessageRejected")
            send(to, *mail)

        overdue(world, count)
        monkeypatch.setattr(world.deps.mailer, "mail", refuse)
        assert minutes(world, "2026-11-23 16:03", "2026-11-23 16:34") == [("16:03", 1)]
        assert (sorted(tried), waiting()) == ([LEADER, HOLDER], [])
        assert '"unit":"leader:so_tu_phap","state":"undeliverable"' in log.getvalue().replace(" ", "")

    def test_one_case_that_cannot_be_read_does_not_hide_the_others(self, world: World, log: io.StringIO) -> None:
        broken, *sound = overdue(world, 3)
        world.spoil(broken, "HEAD", body="{}")
        before = len(world.mails())
        assert minutes(world, "2026-11-23 16:03", "2026-11-23 16:09") == [("16:03", 2)]
        assert {len(CODE.findall(mail["body"])) for mail in world.mails()[before:]} == {len(sound)}
        assert len(waiting()) == 2  # it waits on, and is told when it can be read
        assert broken in log.getvalue()

    def test_one_recipient_with_trouble_does_not_stop_the_others(
        self, world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
    ) -> None:
        overdue(world, 2)
        send, before = world.deps.mailer.mail, len(world.mails())

        def fail(to: str, *mail: str) -> None:
            if to == LEADER:
                raise RuntimeError("a bug")
            send(to, *mail)

        monkeypatch.setattr(world.deps.mailer, "mail", fail)
        minutes(world, "2026-11-23 16:03", "2026-11-23 16:04")
        assert [mail["to"] for mail in world.mails()[before:]] == [[HOLDER]]
        assert "RuntimeError" in log.getvalue()
        assert len(waiting()) == 2
