"""Write chalicelib/regulations/vietnam.holidays.yaml from PyPI `holidays`, or check that the file is what it says.

Functions read the file: the library takes 62 ms of processor time and 14 MB where the file takes half a millisecond
(docs/adr/0007-holidays-as-a-file.md).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from itertools import groupby

import holidays

from infra.directory import REGULATIONS

FILE = REGULATIONS / "vietnam.holidays.yaml"
YEARS = range(2024, 2041)
LUNAR = ("29 Tết", "Giao thừa", "Tết Nguyên Đán", "Mùng", "Ngày Giỗ Tổ")
HEADING = """\
# Public holidays of Vietnam, the lowest layer of a centre's calendar (`defaults: vietnam`; docs/working-time.md).
# Made by `python -m infra.public_holidays --write` from PyPI holidays {version}; `make check` holds it to that.
# "computed" marks days of the lunar calendar. Which days around Tết are off is announced each year; so is every swap.
holidays:
"""


def text() -> str:
    """Return the file: every day off with its Vietnamese name, and the Saturdays worked that the library knows."""
    days = holidays.country_holidays("VN", years=YEARS, language="vi")
    lines = [_day_off(day, name) for day, name in days.items()]
    lines += [(day, f'# "{day}" is worked, says the library') for day in days.weekend_workdays if day.year in YEARS]
    return HEADING.format(version=version("holidays")) + "".join(_by_year(sorted(lines)))


def _day_off(day: date, name: str) -> tuple[date, str]:
    computed = ", computed" if name.startswith(LUNAR) else ""
    return day, f'- "{day}" # {name}{computed}'


def _by_year(lines: list[tuple[date, str]]) -> Iterator[str]:
    for year, days in groupby(lines, key=lambda line: line[0].year):
        yield f"  # {year}\n"
        yield from (f"  {line}\n" for _, line in days)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file, or exit 1 when it is not what the library says."""
    parser = argparse.ArgumentParser(description="The public holidays of Vietnam as a file")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true")
    choice.add_argument("--check", action="store_true")
    if parser.parse_args(arguments).write:
        FILE.write_text(text(), encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text():
        sys.exit(f"{FILE.name} is not what the holidays library says: python -m infra.public_holidays --write")


if __name__ == "__main__":
    main()
