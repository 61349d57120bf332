"""A breach of personal data: what is known of it, and the clock until the authority is told (Luật 91/2025/QH15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.access import Access, check_period
from chalicelib.domain.actors import Sender
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.retention import Breach as Rule


@dataclass(frozen=True, slots=True)
class Breach:
    """Whose log-ins were misused, on which days; `due_at` is by the clock, not by working time."""

    id: str
    discovered_at: datetime
    due_at: datetime
    happened: str
    logins: tuple[str, ...]
    first: date
    last: date
    by: str  # log-in of whoever wrote it down
    recorded_at: datetime
    measures: str = ""
    notified_at: datetime | None = None
    notified_by: str = ""
    version: int = 1

    @property
    def open(self) -> bool:
        """True until the authority has been told."""
        return self.notified_at is None

    def notified(self, at: datetime, measures: str, by: str, now: datetime) -> Breach:
        """Note that the authority was told; said again it changes nothing. Raises InvalidError, ConflictError."""
        if not self.open:
            if at == self.notified_at:
                return self
            raise ConflictError("breach_notified", "Việc này đã được ghi là đã báo cơ quan có thẩm quyền")
        if not self.discovered_at <= at <= now:
            raise InvalidError(
                "notice_time", "Thời điểm báo phải sau khi phát hiện và không ở tương lai", pointer="/at"
            )
        return replace(self, notified_at=at, measures=measures, notified_by=by, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Touch:
    """A case that was opened: which parts, how often, from when to when, and whom to tell."""

    code: str
    parts: tuple[str, ...]
    times: int
    first_at: datetime
    last_at: datetime
    sender: Sender = field(default=Sender(), repr=False)
    anonymised: bool = False

    def and_(self, one: Access) -> Touch:
        """Count once more."""
        parts = tuple(dict.fromkeys((*self.parts, *one.parts)))
        first, last = min(self.first_at, one.at), max(self.last_at, one.at)
        return replace(self, parts=parts, times=self.times + 1, first_at=first, last_at=last)


def touches(accesses: Iterable[Access]) -> dict[str, Touch]:
    """Add up by case, in the order in which they were first opened."""
    found: dict[str, Touch] = {}
    for one in accesses:
        found[one.code] = found.get(one.code, Touch(one.code, (), 0, one.at, one.at)).and_(one)
    return found


def check(breach: Breach, now: datetime) -> Breach:
    """Return it; raises InvalidError for what cannot be."""
    check_period(breach.first, breach.last)
    if breach.discovered_at > now:
        raise InvalidError("discovery_time", "Thời điểm phát hiện không ở tương lai", pointer="/discovered_at")
    if not breach.logins:
        raise InvalidError("logins_missing", "Cần ít nhất một tài khoản", pointer="/logins")
    return breach


def end(discovered_at: datetime, rule: Rule) -> datetime:
    """Return when the authority must have been told."""
    return discovered_at + timedelta(hours=rule.hours)


def reminder(breach: Breach, rule: Rule, now: datetime) -> int | None:
    """Return the last of the hours before its end that has come; None while none has, or once it is told.

    After an outage only the last is told. 0: the time is over.
    """
    left = [hours for hours in (*rule.remind_before, 0) if now >= breach.due_at - timedelta(hours=hours)]
    return left[-1] if left and breach.open else None
