"""How letters and pages write times, codes, articles and lengths of work, in Vietnamese. Empty in, empty out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from typing import TYPE_CHECKING, Any

from chalicelib.domain.case_code import display

if TYPE_CHECKING:
    from chalicelib.domain.opening import Opening

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975: needs no time zone data
MEGABYTE = 1024 * 1024
MOBILE = 10  # digits of a mobile number here
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ROLES: Mapping[str, str] = {
    "petition_officer": "Cán bộ xử lý đơn",
    "petition_head": "Lãnh đạo phòng xử lý đơn",
    "operator": "Điện thoại viên",
    "leadership": "Lãnh đạo Trung tâm",
    "administrator": "Quản trị viên",
    "sender": "Người gửi",
    "system": "Hệ thống",
}
_ARTICLE = re.compile(r"Điều (\d+)(?:\.(\d+))?(?:\.([a-zđ]))?")


def vn_time(at: datetime | None) -> str:
    """16:30 ngày 23/11/2026 (thứ Hai)."""
    local = _local(at)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y} ({WEEKDAYS[local.weekday()]})" if local else ""


def short_time(at: datetime | None) -> str:
    """16:30 23/11/2026."""
    local = _local(at)
    return f"{local:%H:%M %d/%m/%Y}" if local else ""


def watching(watchers: Iterable[Any], centre: Mapping[str, str]) -> str:
    """Say who looks at a case: Điện thoại viên dtv02 đang xem hồ sơ này, từ 10:05."""
    return " ".join(
        f"{role_name(one.role, centre)} {one.name} đang xem hồ sơ này, từ {_local(one.since):%H:%M}."
        for one in watchers
    )


def vn_date(at: date | datetime) -> str:
    """23/11/2026, of a moment or of a date of the office's calendar."""
    local = _local(at) if isinstance(at, datetime) else at
    return local.strftime("%d/%m/%Y") if local else ""


def vn_month(month: str) -> str:
    """2026-11 → 11/2026."""
    return f"{month[5:]}/{month[:4]}"


def working_duration(minutes: float | None) -> str:
    """210 → 3 giờ 30 phút làm việc; whole minutes, a started one counts."""
    if minutes is None:
        return ""
    return f"{_duration(minutes)} làm việc"


def time_left(minutes: float | None) -> str:
    """180 → còn 3 giờ làm việc; 0 → đã đến hạn; -45 → đã quá 45 phút làm việc. Working minutes, whole ones."""
    if minutes is None:
        return ""
    whole = round(minutes)
    return f"{'còn' if whole > 0 else 'đã quá'} {working_duration(whole)}" if whole else "đã đến hạn"


def file_size(size: int) -> str:
    """340 KB, 1,2 MB; what was begun counts."""
    if size < MEGABYTE:
        return f"{-(-size // 1024)} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


def case_code(code: str) -> str:
    """482109375514 or 4821-0937-5514 → 4821-0937-5514."""
    return display(code.replace("-", ""))


def article_words(article: str | None) -> str:
    """Điều 8.1.c → điểm c khoản 1 Điều 8 Quy chế; what has another form stays as it is."""
    match = _ARTICLE.fullmatch(article or "")
    if not match:
        return article or ""
    number, clause, point = match.groups()
    return f"{f'điểm {point} ' if point else ''}{f'khoản {clause} ' if clause else ''}Điều {number} Quy chế"


def legal_base(article: str, regulation: str) -> str:
    """Return an article with what it stands in: the regulation, unless it says so itself (Điều 5 Quyết định 1371/…)."""
    words = article_words(article)
    return words if words == article else f"{words} ban hành kèm theo {regulation}"


def vn_dates(days: Iterable[date]) -> str:
    """25/11/2026; 15/02/2027 đến 19/02/2027: days in order, those that follow each other as one."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1][1:] = [day]
        else:
            spans.append([day])
    return "; ".join(" đến ".join(vn_date(day) for day in span) for span in spans)


def office_hours(hours: Iterable[tuple[str, str]]) -> str:
    """07:30–11:30, 13:30–17:00; nghỉ where there are none."""
    return ", ".join(f"{start}–{end}" for start, end in hours) or "nghỉ"


def whole(number: float) -> str:
    """1815 → 1.815."""
    return f"{number:,.0f}".replace(",", ".")


def weekday(day: date) -> str:
    """Thứ Hai: at the beginning of a sentence."""
    name = WEEKDAYS[day.weekday()]
    return name[:1].upper() + name[1:]


def opening_words(opening: Opening, now: datetime) -> str:
    """Đang mở cửa, đến 11:30; Đang đóng cửa, mở lại lúc 07:30 ngày mai (thứ Hai). What is today has no date."""
    at = opening.changes_at
    when = f" {_seen_from(at, now)}" if at else ""
    if opening.open:
        return f"Đang mở cửa, đến{when}" if at else "Đang mở cửa"
    return f"Đang đóng cửa, mở lại lúc{when}" if at else "Đang đóng cửa"


def dial(phone: str) -> str:
    """0218.1022 → 02181022: what a telephone dials."""
    return "".join(char for char in phone if char.isdigit() or char == "+")


def vn_phone(number: str | None) -> str:
    """+84912345678 → 0912 345 678, as people here write and read it; a number of another country stays as it is."""
    if not number or not number.startswith("+84"):
        return number or ""
    own = f"0{number[3:]}"
    return f"{own[:4]} {own[4:7]} {own[7:]}" if len(own) == MOBILE else own


def one_line(text: object) -> str:
    """Return the text on one line; what is marked safe stays so."""
    return " ".join(text.split()) if type(text) is str else str(text)


def lines(text: str | None) -> list[str]:
    """Return the lines that have words."""
    return [one_line(line) for line in (text or "").splitlines() if line.strip()]


def role_name(role: str, centre: Mapping[str, str]) -> str:
    """operator → Điện thoại viên; what officers and agencies are called is the centre's own."""
    return ROLES.get(role) or centre[role]


def cells(rows: Iterable[Mapping[str, Any]], *keys: str) -> list[list[str]]:
    """Return the rows of a table: the values of `keys`, codes, times, letters … as people read them."""
    return [[_cell(key, row[key]) for key in keys] for row in rows]


def grouped(choices: Iterable[tuple[str, ...]]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return what can be chosen by the group that stands third; pairs without one are of none."""
    return [(group, list(some)) for group, some in groupby(choices, lambda one: one[2] if len(one) > 2 else "")]  # noqa: PLR2004


def moment(text: str) -> datetime:
    """Return the time that a fact of an event tells, in RFC 3339."""
    return datetime.fromisoformat(text)


FILTERS: dict[str, Callable[..., Any]] = {
    "article_words": article_words,
    "case_code": case_code,
    "cells": cells,
    "dial": dial,
    "file_size": file_size,
    "grouped": grouped,
    "legal_base": legal_base,
    "lines": lines,
    "moment": moment,
    "office_hours": office_hours,
    "one_line": one_line,
    "opening_words": opening_words,
    "role_name": role_name,
    "short_time": short_time,
    "time_left": time_left,
    "vn_date": vn_date,
    "vn_dates": vn_dates,
    "vn_month": vn_month,
    "vn_phone": vn_phone,
    "vn_time": vn_time,
    "watching": watching,
    "weekday": weekday,
    "whole": whole,
    "working_duration": working_duration,
}


def _duration(minutes: float) -> str:
    hours, rest = divmod(-(-max(minutes, -minutes) // 1), 60)
    return " ".join([f"{hours:.0f} giờ"] * bool(hours) + [f"{rest:.0f} phút"] * bool(rest or not hours))


def _seen_from(at: datetime, now: datetime) -> str:
    ahead = (at.date() - now.astimezone(at.tzinfo).date()).days
    if ahead == 0:
        return f"{at:%H:%M} hôm nay"
    day = f"{WEEKDAYS[at.weekday()]}, {at:%d/%m/%Y}"
    return f"{at:%H:%M} ngày mai ({day})" if ahead == 1 else f"{at:%H:%M} {day}"


def _local(at: datetime | None) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise ValueError("a time that people read must be aware")
    return at.astimezone(VIETNAM) if at else None


def _cell(key: str, value: Any) -> str:
    if isinstance(value, datetime):
        return short_time(value)
    return _CELLS.get(key, str)(value)


_LETTERS = {"reminder": "Đôn đốc", "overdue": "Báo trễ hạn"}
_CELLS: dict[str, Callable[[Any], str]] = {"code": case_code, "minutes": _duration, "letter": _LETTERS.__getitem__}
