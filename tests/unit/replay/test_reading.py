"""Reading an export: lazily, whole cases, and a clear word on the line that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from replay.reading import LONGEST_LINE, ReadError, cases
from tests.builders import answer, given, receive, to_agency, to_officer
from tests.unit.replay.exports import written

STORY = given(receive(), to_officer(), to_agency())
FIRST = written(STORY.history, STORY.now, "000000000001")
SECOND = written(STORY.history, STORY.now, "000000000002")
THIRD = written(given(receive(), answer()).history, STORY.now, "000000000003")
WHOLE = [*FIRST, *SECOND, *THIRD]


def changed(raw: bytes, **changes: Any) -> bytes:
    return json.dumps({key: value for key, value in (json.loads(raw) | changes).items() if value is not ...}).encode()


def test_cases_come_whole() -> None:
    found = [[(line.code[-1], line.seq) for line in case] for case in cases(WHOLE)]
    assert found == [[("1", 1), ("1", 2), ("1", 3)], [("2", 1), ("2", 2), ("2", 3)], [("3", 1), ("3", 2)]]


def test_a_case_is_given_before_the_next_but_one_line_is_read() -> None:
    """Given an export without end, then each case comes as soon as the next one begins."""
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for number in range(10**9):
            for raw in written(STORY.history, STORY.now, f"{number:012d}"):
                read += 1
                yield raw

    found = cases(endless())
    for count in range(1, 50):
        assert len(next(found)) == 3
        assert read == 3 * count + 1


def test_empty_lines_are_nothing() -> None:
    assert len(list(cases([b"\n", *FIRST, b"\r\n", b"  \n", *SECOND, b""]))) == 2
    assert list(cases([])) == []


@pytest.mark.parametrize(
    ("broken", "number"),
    [
        (b"{", 2),
        (b"null", 2),
        (b"[1]", 2),
        (b"\xff\xfe", 2),
        (b'{"a":' * 5000, 2),
        (FIRST[1][:-20], 2),
        (changed(FIRST[1], v=2), 2),
        (changed(FIRST[1], at="2026-11-09T02:00:00"), 2),
        (changed(FIRST[1], seq="2"), 2),
        (changed(FIRST[1], code=...), 2),
        (changed(FIRST[1], stage="agency"), 2),
    ],
)
def test_a_line_that_is_not_understood_is_named(broken: bytes, number: int) -> None:
    with pytest.raises(ReadError, match=rf"^line {number}: no event of an export: "):
        list(cases([FIRST[0], broken, FIRST[2]]))


def test_a_case_torn_apart_is_named_with_both_lines() -> None:
    torn = [*FIRST[:2], *SECOND, FIRST[2]]
    with pytest.raises(
        ReadError, match=r"^line 6: case 0+1 begins with event 3; line 5 belongs to case 0+2: .*together"
    ):
        list(cases(torn))


def test_a_case_without_its_beginning_is_named() -> None:
    with pytest.raises(ReadError, match=r"^line 1: case 0+1 begins with event 2: "):
        list(cases(FIRST[1:]))


@pytest.mark.parametrize("lines", [[FIRST[0], FIRST[2]], [FIRST[0], FIRST[0]], [*FIRST[:2], FIRST[1]]])
def test_a_missing_or_repeated_event_is_named(lines: list[bytes]) -> None:
    with pytest.raises(ReadError, match=r"^line [23]: event \d of case 0+1 follows event \d"):
        list(cases(lines))


@pytest.mark.parametrize("lines", [[*FIRST, *SECOND, *FIRST], [*SECOND, *FIRST]])
def test_a_case_told_twice_or_out_of_order_is_named_with_both_lines(lines: list[bytes]) -> None:
    """Two exports of overlapping periods in one file would count their cases twice."""
    with pytest.raises(ReadError, match=re.escape(f"line {len(lines) - 2}: case {'1'.zfill(12)} came in before case ")):
        list(cases(lines))


def test_the_order_is_that_of_the_export_to_the_millisecond() -> None:
    """Two cases of one millisecond stand by their codes, whatever their microseconds."""
    later = given(receive(at=STORY.history[0].at + timedelta(microseconds=900)))
    assert len(list(cases([*written(later.history, later.now, "000000000001"), *SECOND]))) == 2


def test_no_line_of_an_export_is_as_long_as_a_line_may_be() -> None:
    assert max(map(len, WHOLE)) * 100 < LONGEST_LINE
