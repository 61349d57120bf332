"""Calendars changed at run time, as an administrator changes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.domain.centre_calendar import CLOSURE, DAY_OFF, WITHDRAWAL, WORKING_DAY, Change, announce, under
from chalicelib.domain.regulation import Regulation
from tests.builders import REGULATION, local

ANNOUNCED = "2026-11-06 09:00"


def day_off(*days: str, **more: Any) -> dict[str, Any]:
    return {"kind": DAY_OFF, "dates": tuple(map(date.fromisoformat, days)), "reason": "Nghỉ tránh bão"} | more


def working_day(*days: str, **more: Any) -> dict[str, Any]:
    return {"kind": WORKING_DAY, "dates": tuple(map(date.fromisoformat, days)), "reason": "Làm bù"} | more


def closure(day: str, *hours: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"kind": CLOSURE, "dates": (date.fromisoformat(day),), "frames": hours, "reason": "Mất điện"} | more


def withdrawal(number: int, **more: Any) -> dict[str, Any]:
    return {"kind": WITHDRAWAL, "dates": (), "withdraws": number, "reason": "Thông báo nhầm"} | more


def announced(wanted: dict[str, Any], known: tuple[Change, ...] = (), at: str | datetime = ANNOUNCED) -> Change:
    now = local(at) if isinstance(at, str) else at
    change = Change(**{"number": len(known) + 1, "author": "quan_tri", "at": now} | wanted)
    return announce(change, known, REGULATION, now)


def with_changes(*wanted: dict[str, Any], at: str = ANNOUNCED) -> Regulation:
    changes: tuple[Change, ...] = ()
    for one in wanted:
        changes = (*changes, announced(one, changes, at))
    return under(REGULATION, changes)
