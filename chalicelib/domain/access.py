"""Who of the staff was shown whose personal data: what is written down before it is shown (R99, R124)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.permissions import may_know_sender

CONTACT, CONTENT, FILE, COPY = "contact", "content", "file", "copy"
BY_LINK: Final = "link:"  # with the unit behind it: who has no log-in and opens a link in a mail
LONGEST_PERIOD: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody was shown these parts of a case; `door` names the page or interface."""

    at: datetime
    name: str  # log-in
    role: str
    unit: str
    code: str
    parts: tuple[str, ...]
    door: str


def seen(case: Case, actor: Actor, door: str, now: datetime, parts: tuple[str, ...] = ()) -> Access:
    """Return what is to be written down: content, and the sender where this person is told of one."""
    whole = (CONTACT, CONTENT) if may_know_sender(case, actor) else (CONTENT,)
    name = actor.name if actor.name and actor.role else f"{BY_LINK}{actor.unit}"
    return Access(now, name, actor.role, actor.unit, case.code, parts or whole, door)


def period(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment of these local days and the one behind them; raises InvalidError."""
    check_period(first, last)
    midnight, after = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    return midnight.astimezone(UTC), after.astimezone(UTC)


def check_period(first: date, last: date) -> None:
    """Raise InvalidError for days that cannot be looked at in one go."""
    if not (first <= last and last - first < LONGEST_PERIOD):
        title = "Khoảng ngày không hợp lệ: ngày đầu không được sau ngày cuối, dài nhất ba tháng"
        raise InvalidError("period_invalid", title, longest_days=LONGEST_PERIOD.days)
