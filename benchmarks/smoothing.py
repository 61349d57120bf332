"""Our forecast against statsmodels: the damped trend alone, step for step, and the whole against its Holt-Winters.

Runs in .venv-bench. Theirs knows weekdays, not holidays; ours knows the office's calendar.
"""

from __future__ import annotations

import warnings
from datetime import date, timedelta

import numpy
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.day_kinds import DayKinds
from chalicelib.domain.forecast import AHEAD, foretell, smooth
from examples.corpus.cases import DAYS, FIRST, by_hour, corpus

ORIGINS = [FIRST + timedelta(days=DAYS - AHEAD * (back + 1)) for back in range(10)]
PARAMETERS = ((0.05, 0.0025, 0.98), (0.2, 0.01, 0.9), (0.35, 0.0, 0.9))


def lines() -> list[Line]:
    """Compare both ways."""
    ours, theirs = errors()
    return [
        Line("damped trend, 28 steps: ours - statsmodels' ETS(A,Ad,N), most", f"{differences():.1e} cases"),
        compared("forecast, four weeks: wMAPE / statsmodels' ETS(A,Ad,A)", ours * 100, theirs * 100, "%", limit=1),
    ]


def differences() -> float:
    """Return the largest difference of a forecast from the same parameters and beginning."""
    series = [float(sum(hours.values())) for hours in by_hour(corpus(regulation("hoa_binh"))).values()]
    most = 0.0
    for alpha, beta, phi in PARAMETERS:
        ours = smooth(series, alpha, beta, phi)
        known = {"initialization_method": "known", "initial_level": sum(series[:10]) / 10, "initial_trend": 0.0}
        model = ETSModel(numpy.array(series), error="add", trend="add", damped_trend=True, **known)
        theirs = model.smooth([alpha, beta, phi]).forecast(AHEAD)
        most = max(most, *(abs(ours.ahead(step + 1) - theirs[step]) for step in range(AHEAD)))
    return most


def errors() -> tuple[float, float]:
    """Return both wMAPEs over days up to 28 ahead of ten origins."""
    rules = regulation("hoa_binh")
    hours = by_hour(corpus(rules, held_out=None))
    kinds = DayKinds(lambda day: bool(rules.calendar.hours_on(day)))
    counts = {day: sum(of.values()) for day, of in hours.items()}
    ours = theirs = came = 0.0
    for today in ORIGINS:
        other = holt_winters({day: count for day, count in counts.items() if day < today})
        for place, one in enumerate(foretell(hours, kinds, today)):
            came += counts[one.day]
            ours += abs(counts[one.day] - one.cases)
            theirs += abs(counts[one.day] - max(other[place], 0.0))
    return ours / came, theirs / came


def holt_winters(counts: dict[date, int]) -> list[float]:
    """Fit theirs by maximum likelihood and foretell."""
    series = numpy.array(list(counts.values()), dtype=float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ETSModel(series, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=7)
        return [float(one) for one in model.fit(disp=False).forecast(AHEAD)]
