"""Forecast and bottlenecks on the made-up months of examples/corpus, where everybody says things as before."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.bottlenecks import Spoken, bottlenecks
from chalicelib.domain.day_kinds import DayKinds
from chalicelib.domain.forecast import AHEAD, foretell, weekly_naive
from chalicelib.domain.heard import syllables
from examples.corpus.cases import DAYS, FIRST, SEED, SURGES, Surge, Told, by_hour, corpus

RULES = regulation("hoa_binh")
ORIGINS = [FIRST + timedelta(days=DAYS - AHEAD - 14 * back) for back in range(21)]
PAST_DAYS, NOTICED = 63, 4  # of bottlenecks: days before the first week looked at; days behind a surge it still shows
Row = tuple[str, ...]


def lines() -> list[Line]:
    """Hold the forecast against the week before again, and what was found against what was planted."""
    off, naive, inside = forecast_errors()
    false, weeks = false_alarms()
    return [
        compared("forecast, four weeks: wMAPE / of the week before again", off * 100, naive * 100, "%", limit=0.8),
        Line("forecast, four weeks: MASE, of the week before again", *(f"{one:.2f}" for one in scaled())),
        Line("forecast: days within the span of 80 %", percent(inside)),
        compared("bottlenecks found / planted", found_planted(), len(SURGES), "", least=0.6),
        Line("bottlenecks: false alarms", f"{false} in {weeks} weeks"),
    ]


def tables() -> list[tuple[str, Row, list[Row]]]:
    """Tell the errors month by month."""
    head = ("month", "wMAPE", "of the week before again")
    return [(f"Forecast by month, errors of days up to 28 ahead (seed {SEED})", head, _by_month())]


@cache
def cases() -> list[Told]:
    return corpus(RULES, held_out=None)


@cache
def _forecasts() -> list[tuple[date, int, float, float, bool]]:
    """Days foretold from each origin: the day, what came, what was foretold, what the week before says, inside."""
    counts = by_hour(cases())
    told = {day: sum(hours.values()) for day, hours in counts.items()}
    kinds, found = DayKinds(lambda day: bool(RULES.calendar.hours_on(day))), []
    for today in ORIGINS:
        known = {day: count for day, count in told.items() if day < today}
        for one in foretell(counts, kinds, today):
            naive = weekly_naive(known, one.day)
            found.append((one.day, told[one.day], one.cases, naive, one.low <= told[one.day] <= one.high))
    return found


def forecast_errors() -> tuple[float, float, float]:
    """Return wMAPE, that of the week before again, and the share of days within the span."""
    found = _forecasts()
    came = sum(count for _, count, *_ in found)
    off = sum(abs(count - cases) for _, count, cases, *_ in found)
    naive = sum(abs(count - before) for _, count, _, before, _ in found)
    return off / came, naive / came, share(inside for *_, inside in found)


def _by_month() -> list[Row]:
    by_month: dict[str, list[tuple[date, int, float, float, bool]]] = {}
    for one in _forecasts():
        by_month.setdefault(f"{one[0]:%Y-%m}", []).append(one)
    rows = []
    for month, found in sorted(by_month.items()):
        came = sum(one[1] for one in found)
        off, naive = (sum(abs(one[1] - one[place]) for one in found) / came for place in (2, 3))
        rows.append((month, percent(off), percent(naive)))
    return rows


def found_planted() -> int:
    """Count the surges of which a weekly look told a case's topic while they lasted."""
    told, topics = _spoken(SURGES), {one.code: one.topic for one in cases()}
    found = 0
    for surge in SURGES:
        looks = [surge.first + timedelta(days=days) for days in range(1, surge.days + NOTICED)]
        found += any(_names(surge.topic, told, today, topics) for today in looks)
    return found


def _names(topic: int, told: list[Spoken], today: date, topics: dict[str, int]) -> bool:
    """Tell whether most cases of a bottleneck of that day are of the topic."""
    return any(
        sum(topics[code] == topic for code in one.codes) > len(one.codes) / 2 for one in bottlenecks(told, today)
    )


def false_alarms() -> tuple[int, int]:
    """Count what is told, looked at once a week, where nothing was planted."""
    told, looks = _spoken(()), range(PAST_DAYS, DAYS, 7)
    return sum(len(bottlenecks(told, FIRST + timedelta(days=days))) for days in looks), len(looks)


def _spoken(surges: Sequence[Surge]) -> list[Spoken]:
    return [
        Spoken(
            one.code,
            one.at.date(),
            one.sender,
            syllables(f"{one.title}\n{one.content}"),
            one.kind,
            one.field,
            one.unit or one.first_unit,
        )
        for one in corpus(RULES, surges=surges, held_out=None)
    ]


def scaled() -> tuple[float, float]:
    """Return the mean absolute scaled error (Hyndman & Koehler 2006) and that of the week before again."""
    counts = {day: sum(hours.values()) for day, hours in by_hour(cases()).items()}
    week = timedelta(days=7)
    scale = statistics.fmean(abs(counts[day] - counts[day - week]) for day in counts if day - week in counts)
    found = _forecasts()
    return tuple(statistics.fmean(abs(one[1] - one[place]) for one in found) / scale for place in (2, 3))


def share(of: Iterable[bool]) -> float:
    held = list(of)
    return statistics.fmean(held) if held else 0.0


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"
