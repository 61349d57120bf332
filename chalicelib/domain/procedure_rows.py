"""Reads the rows of a published set of procedures: each becomes an edition, or a fault with its line and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from chalicelib.domain.procedures import NAMES, Procedure
from chalicelib.domain.text import TextError, fold, normalise

LISTS: Final = ("levels", "applicants")
DAYS: Final = ("decided_on", "valid_from", "valid_to")
REQUIRED: Final = ("code", "name", "decision", "field", "levels")
ONE_LINE: Final = ("code", "name", "decision", "field", "competent_agency")
LONGEST: Final = 60_000  # characters a part; the longest of the national catalogue is under 40,000
LONGEST_NAME: Final = 2_000
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{2,39}")
_VN_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SEPARATOR: Final = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is left out: its line in the file from 1, its code where one can be read, and why in Vietnamese."""

    line: int
    code: str
    reason: str


class RowError(ValueError):
    """Says in Vietnamese what is wrong with a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be read: its line and its edition."""

    line: int
    edition: Procedure


def read_rows(rows: Iterable[tuple[int, Any]], usual: Mapping[str, Any]) -> Iterator[Row | Fault]:
    """Yield what each (line, row) says; `usual` is for rows that do not say it themselves, such as the first day.

    A row is a mapping by the keys of a Procedure or by their Vietnamese names, or a RowError of whoever read it.
    """
    seen: dict[str, int] = {}
    for line, row in rows:
        code = ""
        try:
            if isinstance(row, RowError):
                raise row
            values = _named(row)
            code = str(values.get("code") or "").strip()
            made = _edition({**usual, **values})
            if made.code in seen:
                raise RowError(f"Mã {made.code} đã có ở dòng {seen[made.code]}")
        except RowError as error:
            yield Fault(line, code[:40], str(error))
        else:
            seen[made.code] = line
            yield Row(line, made)


def column(heading: str) -> str:
    """Return the key that a column's heading names; the heading itself where it names none."""
    return _HEADINGS.get(fold(heading), heading.strip())


def _named(row: Any) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise RowError("Dòng này không phải là một thủ tục")
    values = {column(str(name)): value for name, value in row.items() if value not in (None, "")}
    if unknown := sorted(set(values) - set(NAMES)):
        raise RowError(f"Không có mục nào tên là “{unknown[0][:60]}”")
    return values


def _edition(values: Mapping[str, Any]) -> Procedure:
    read: dict[str, Any] = {name: _READERS.get(name, _text)(name, value) for name, value in values.items()}
    for name in REQUIRED:
        if not read.get(name):
            raise RowError(f"Thiếu mục “{NAMES[name]}”")
    if not _CODE.fullmatch(read["code"]):
        raise RowError("Mã thủ tục chỉ gồm chữ cái không dấu, chữ số, dấu chấm và gạch nối, từ 3 đến 40 ký tự")
    made = Procedure(**read)
    if made.valid_to is not None and made.valid_to < made.valid_from:
        raise RowError("Ngày hết hiệu lực trước ngày có hiệu lực")
    return made


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowError(f"Mục “{NAMES[name]}” phải là chữ")
    try:
        text = normalise(str(value), multiline=name not in ONE_LINE)
    except TextError as error:
        raise RowError(f"Mục “{NAMES[name]}” có ký tự hỏng") from error
    most = LONGEST_NAME if name in ONE_LINE else LONGEST
    if len(text) > most:
        raise RowError(f"Mục “{NAMES[name]}” dài quá {most} ký tự")
    return text


def _list(name: str, value: Any) -> tuple[str, ...]:
    parts = _SEPARATOR.split(value) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise RowError(f"Mục “{NAMES[name]}” phải là một danh sách")
    texts = (_text(name, part) for part in parts)
    return tuple(text for text in texts if text)


def _day(name: str, value: Any) -> date:
    if isinstance(value, datetime):
        value = value.date()
    day = value if isinstance(value, date) else _written_day(str(value).strip())
    if day is None or not FIRST <= day <= LAST:
        raise RowError(f"Mục “{NAMES[name]}” phải là ngày, ví dụ 2026-07-01 hoặc 01/07/2026")
    return day


def _written_day(text: str) -> date | None:
    found = _VN_DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return None


_READERS: Final = dict.fromkeys(LISTS, _list) | dict.fromkeys(DAYS, _day)
_HEADINGS: Final = {fold(words): name for name, words in NAMES.items()} | {name: name for name in NAMES}
