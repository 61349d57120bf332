"""Months of the office's calendar, written YYYY-MM: as text they come in their order."""

from __future__ import annotations


def month_before(month: str) -> str:
    """2026-01 → 2025-12."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def month_after(month: str) -> str:
    """2025-12 → 2026-01."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number + 1:02}" if number < 12 else f"{year + 1}-01"  # noqa: PLR2004 months of a year


def months_until(month: str, count: int) -> list[str]:
    """Return so many months, the earliest first, the last the one given."""
    found = [month]
    while len(found) < count:
        found.append(month_before(found[-1]))
    return found[::-1]
