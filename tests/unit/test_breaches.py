"""The 72 hours of a breach of personal data, by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import retention
from chalicelib.domain.access import Access
from chalicelib.domain.breaches import Breach, check, end, reminder, touches
from chalicelib.domain.errors import ConflictError, InvalidError

RULE = retention("hoa_binh").breach
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BREACH = Breach(
    "1-a", FRIDAY, end(FRIDAY, RULE), "Mất máy", ("dtv01",), date(2026, 11, 1), date(2026, 11, 20), "qt01", FRIDAY
)


def test_the_weekend_counts() -> None:
    assert BREACH.due_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "told"), [(0, None), (23.9, None), (24, 48), (47, 48), (48, 24), (66, 6), (71.9, 6), (72, 0), (900, 0)]
)
def test_the_last_reminder_that_has_come_is_the_one(hours: float, told: int | None) -> None:
    assert reminder(BREACH, RULE, FRIDAY + timedelta(hours=hours)) == told


def test_once_told_nobody_is_reminded_and_it_is_not_told_again() -> None:
    at = FRIDAY + timedelta(hours=5)
    told = BREACH.notified(at, "Đã khóa tài khoản", "ld01", at)
    assert reminder(told, RULE, FRIDAY + timedelta(hours=80)) is None
    assert told.notified(at, "", "ld02", at) is told
    with pytest.raises(ConflictError):
        told.notified(at + timedelta(hours=1), "", "ld02", at + timedelta(hours=2))


@pytest.mark.parametrize("hours", [-1, 2])
def test_nobody_was_told_before_it_was_found_or_will_be_told(hours: int) -> None:
    with pytest.raises(InvalidError):
        BREACH.notified(FRIDAY + timedelta(hours=hours), "", "ld01", FRIDAY + timedelta(hours=1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"discovered_at": FRIDAY + timedelta(minutes=1)},
        {"logins": ()},
        {"first": date(2026, 11, 21)},
        {"first": date(2026, 1, 1)},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        check(replace(BREACH, **wrong), FRIDAY)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 99), st.sampled_from(["contact", "file"]))))
def test_every_access_counts_once_for_its_case(looks: list[tuple[str, int, str]]) -> None:
    seen = [
        Access(FRIDAY + timedelta(minutes=at), "dtv01", "operator", "tong_dai", code, (part,), "page")
        for code, at, part in looks
    ]
    found = touches(seen)
    assert sum(one.times for one in found.values()) == len(looks)
    for code, one in found.items():
        own = [each for each in seen if each.code == code]
        assert (one.first_at, one.last_at) == (min(each.at for each in own), max(each.at for each in own))
        assert set(one.parts) == {part for each in own for part in each.parts}
