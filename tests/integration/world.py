"""A centre to play with: its people at their screens, its clock and what the clock starts."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalice.test import Client

from app import app
from chalicelib import bootstrap
from chalicelib.adapters.dynamo import agency_keys
from chalicelib.adapters.dynamo.tables import CaseItem, CentreItem
from chalicelib.domain.case import Case
from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.entrypoints import petition_workers, schedules
from chalicelib.ports import Claims
from infra.load_directory import attributes
from tests.integration.deliveries import Context, Deliveries
from tests.integration.signers import agency_key


class ClockStub:
    """A clock that stands still until told."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, to: datetime) -> None:
        self._now = to

    def forward(self, **spans: float) -> None:
        self._now += timedelta(**spans)


class LogInStub:
    """Takes "role:unit:name" for a token."""

    def verify(self, token: str, now: datetime) -> Claims:
        role, _, rest = token.partition(":")
        unit, _, name = rest.partition(":")
        if not name:
            raise UnauthenticatedError("token_invalid", "Phiên đăng nhập không hợp lệ")
        return Claims(name, (role, f"unit:{unit}"))


MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OPERATOR = "operator:tong_dai:dtv01"
OFFICER = "officer:so_tu_phap:mc01"
AGENCY = "agency:so_tu_phap:cq01"
LEADER = "leadership:lanh_dao_trung_tam:ld01"
ADMIN = "administrator:tong_dai:qt01"
SENDER = {
    "name": "Bùi Thị Hoa",
    "phone": "0912 345 678",
    "email": "hoa@example.com",
    "address": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
}
CASE = {
    "kind": "question",
    "field": "ho_tich",
    "title": "Đăng ký khai sinh cho con",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?",
    "sender": SENDER,
}
ANSWER = {
    "answer": "Ông/Bà chuẩn bị tờ khai và giấy chứng sinh, nộp tại bộ phận một cửa.",
    "responsible_officer": "Trần Văn Bình",
    "approving_leader": "Lê Thị Minh",
}


class World(Deliveries):
    """Everything a test does goes through here."""

    def __init__(self, deps: bootstrap.LiveDeps, cloud: Any, clock: ClockStub) -> None:
        super().__init__(deps, cloud)
        self.clock, self.store = clock, "moto"
        self._keys = itertools.count()

    def load_directory(self, units: Any) -> None:
        """Put the directory's units, and the keys of those with software, in one call."""
        with CentreItem.batch_write() as batch:
            for unit in units:
                kept = attributes(unit)
                known = {
                    name: kept[name] for name in ("name", "kind", "mail", "leader_mail", "history") if name in kept
                }
                batch.save(CentreItem("UNIT", unit.id, **known, exchange="sqs" if unit.by_queue else "mail"))
                if unit.by_queue:
                    batch.save(agency_keys.item(agency_key(unit.id)))

    def call(self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str) -> Any:
        """Call a route and return (status, JSON)."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"Content-Type": "application/json"} if body is not None else {}
        sent |= {"Authorization": f"Bearer {token}"} if token else {}
        with Client(app) as client:
            raw = json.dumps(body).encode() if body is not None else b""
            answer = client.http.request(method, path, headers=sent, body=raw)
        return answer.status_code, json.loads(answer.body) if answer.body else None

    def send(self, **changes: Any) -> dict[str, Any]:
        """Send a citizen's case and return what came back."""
        status, made = self.call("POST", "/v1/cases", CASE | changes, Idempotency_Key=f"k{next(self._keys)}")
        assert status in (200, 201), made  # 200: the machine stood still and botocore asked moto twice
        return made  # type: ignore[no-any-return]

    def act(self, code: str, action: str, token: str, body: Any = None, *, expect: int = 200) -> Any:
        """Do a desk action on the case as it stands now."""
        version = self.case(code).version
        status, made = self.call(
            "POST", f"/v1/desk/cases/{code}/{action}", {"version": version, **(body or {})}, token=token
        )
        assert status == expect, made
        return made

    def at_officer(self, unit: str = "so_tu_phap", **changes: Any) -> str:
        """Send a case and forward it to a unit's one-stop officer; returns its code."""
        code: str = self.send(**changes)["code"]
        self.act(code, "forward", OPERATOR, {"unit": unit})
        return code

    def at_agency(self, unit: str = "so_tu_phap", **changes: Any) -> str:
        """Send a case and forward it to a unit's focal officer; returns its code."""
        code = self.at_officer(unit, **changes)
        self.act(code, "forward-to-agency", f"officer:{unit}:mc01")
        return code

    def answered(self, **changes: Any) -> str:
        """Send a case that the operator answers; returns its code."""
        code: str = self.send(**changes)["code"]
        self.act(code, "answer", OPERATOR, ANSWER)
        return code

    def meanwhile(self, other: Callable[[], Any]) -> None:
        """Let somebody else be quicker, once: `other` happens between the next decision and its commit."""
        commit = self.deps.cases.commit

        def late(change: Any) -> None:
            self.deps.cases.__dict__.pop("commit", None)
            other()
            commit(change)

        self.deps.cases.__dict__["commit"] = late

    def spoil(self, code: str, sk: str, **attributes: Any) -> None:
        """Change an item of a case behind the program's back."""
        CaseItem(code, sk).update([getattr(CaseItem, name).set(value) for name, value in attributes.items()])

    def case(self, code: str) -> Case:
        """Return a case as it is stored."""
        return self.deps.cases.load(code).case

    def open(self, code: str, token: str = OPERATOR) -> Any:
        """Return the case file."""
        status, made = self.call("GET", f"/v1/desk/cases/{code}", token=token)
        assert status == 200, made
        return made

    def sweep(self) -> None:
        """Run the minute's sweep."""
        schedules.sweep(self._tick(), Context())

    def remind(self) -> None:
        """Run the minute's reminders."""
        schedules.remind(self._tick(), Context())

    def lake(self) -> None:
        """Run the night's lake."""
        schedules.lake(self._tick(), Context())

    def survey(self) -> None:
        """Run the minutes' surveys."""
        schedules.survey(self._tick(), Context())

    def collected(self) -> None:
        """Let the minutes pass after which whatever waits in office hours has been sent."""
        rules = self.deps.regulation.notices
        for _ in range(rules.gather + rules.every + 1):
            self.clock.forward(minutes=1)
            self.remind()

    def announce(self, kind: str = "day_off", *dates: str, expect: int = 201, **more: Any) -> Any:
        """Announce a change of the calendar, as the administrator does."""
        body = {"kind": kind, "dates": dates, "reason": "Nghỉ tránh bão số 12"} | more
        status, made = self.call(
            "POST", "/v1/desk/calendar/changes", body, token=ADMIN, Idempotency_Key=f"c{next(self._keys)}"
        )
        assert status == expect, made
        return made

    def withdraw(self, number: int) -> Any:
        """Withdraw a change of the calendar."""
        path = f"/v1/desk/calendar/changes/{number}/withdraw"
        status, made = self.call(
            "POST", path, {"reason": "Bão tan"}, token=ADMIN, Idempotency_Key=f"c{next(self._keys)}"
        )
        assert status == 201, made
        return made

    def retime(self) -> None:
        """Run the minute's retiming."""
        schedules.retime(self._tick(), Context())

    def recover(self) -> None:
        """Run the recovery of lost events."""
        schedules.recover(self._tick(), Context())

    def collect(self) -> None:
        """Run the minute's look at what died."""
        schedules.collect(self._tick(), Context())

    def urge(self) -> None:
        """Run the look at what is due of petitions."""
        petition_workers.urge(self._tick(), Context())

    def shred(self) -> None:
        """Run the hour's look at which petitions are past their time."""
        petition_workers.shred(self._tick(), Context())

    def learn(self) -> None:
        """Let the clock start the learning."""
        schedules.learn(self._tick(), Context())

    def digest(self) -> None:
        """Run the morning's digest."""
        schedules.digest(self._tick(), Context())

    def forget(self) -> None:
        """Run the hour's look at whose time is over."""
        schedules.forget(self._tick(), Context())

    def month(self) -> None:
        """Run the hour's look whether a monthly report is due."""
        schedules.month(self._tick(), Context())

    @staticmethod
    def _tick() -> dict[str, Any]:
        return {
            "version": "0",
            "account": "123456789012",
            "region": "ap-southeast-1",
            "detail": {},
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "time": "2026-11-23T02:00:00Z",
            "id": "1",
            "resources": [],
        }
