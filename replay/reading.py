"""Reads an export case by case: lazily, one case in memory, and not a line that is not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from chalicelib.views.export import Line

_decode = msgspec.json.Decoder(Line).decode


LONGEST_LINE = 1 << 20  # bytes


class ReadError(Exception):
    """The file is no whole export; the message names the line."""


def cases(lines: Iterable[bytes]) -> Iterator[list[Line]]:
    """Yield the events of each case.

    A case begins with its first event, goes on without gaps, and stands behind the cases received before it: so one
    that is torn apart or told twice is found without remembering any. Raises ReadError.
    """
    case: list[Line] = []
    began = 0
    for number, line in _lines(lines):
        if case and line.code == case[0].code:
            if line.seq != case[-1].seq + 1:
                raise ReadError(f"line {number}: event {line.seq} of case {line.code} follows event {case[-1].seq}")
        else:
            _check_beginning(line, number, case, began)
            if case:
                yield case
            case, began = [], number
        case.append(line)
    if case:
        yield case


def _lines(lines: Iterable[bytes]) -> Iterator[tuple[int, Line]]:
    for number, raw in enumerate(lines, 1):
        try:
            line = _decode(raw)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            if not raw.strip():
                continue
            raise ReadError(f"line {number}: no event of an export: {error}") from error
        yield number, line


def _check_beginning(line: Line, number: int, before: list[Line], began: int) -> None:
    if line.seq != 1:
        where = f"; line {number - 1} belongs to case {before[0].code}" if before else ""
        raise ReadError(
            f"line {number}: case {line.code} begins with event {line.seq}{where}: "
            "the events of a case must stand together, from the first on"
        )
    if before and _place(before[0]) > _place(line):
        raise ReadError(
            f"line {number}: case {line.code} came in before case {before[0].code} of line {began}: "
            "cases must stand in the order of the export, each once"
        )


def _place(line: Line) -> tuple[datetime, str]:
    return line.at.replace(microsecond=line.at.microsecond // 1000 * 1000), line.code
