"""Make a report that was asked for: read the log once, keep what each number is made of, write workbook and document.

Done again, after a crash or by a second message, it makes the same files: nothing depends on when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from chalicelib.domain.reporting import layout
from chalicelib.domain.reporting.cells import Figures
from chalicelib.domain.reporting.fold import Fold
from chalicelib.domain.reporting.open_data import COLUMNS, records
from chalicelib.domain.reporting.period import DAY, Period, month_of
from chalicelib.domain.reporting.report import DOCUMENT, FIGURES, OPEN_CSV, OPEN_JSONL, REPORT, ROUNDS, WORKBOOK, Report
from chalicelib.domain.reporting.rounds import Round
from chalicelib.domain.sums import sums
from chalicelib.ports import Deps, local_day
from chalicelib.ports.directory import listed_name


def make_report(name: str, deps: Deps) -> Report:
    """Return the report with its files; raises NotFoundError, UnavailableError, StaleVersionError."""
    report: Report = deps.reports.get(name)
    if report.made:
        return report
    with TemporaryDirectory() as folder:
        if FIGURES not in report.files:
            report = _counted(report, Path(folder), deps)
        return _written(report, Path(folder), deps)


def _counted(report: Report, folder: Path, deps: Deps) -> Report:
    """Read the log, and keep rounds and figures."""
    figures, file = Figures(), folder / "rounds"
    counting = layout.groups(deps.regulation, deps.report_rules)
    count = 0

    def counted() -> Iterator[Round]:
        nonlocal count
        for one in rounds(report, deps, told=lambda day: deps.reports.tell(report.name, day)):
            figures.add(one, counting)
            count += 1
            yield one

    deps.report_files.write_rounds(counted(), file)
    figures.before = dict(tallied(report.period.before, deps))
    files = {
        ROUNDS: deps.report_files.keep(report.name, ROUNDS, file),
        FIGURES: deps.report_files.keep_figures(report.name, figures),
    }
    return _put(replace(report, rounds=count, progress=""), deps, files)


def rounds(report: Report, deps: Deps, told: Callable[[date], None] = lambda _: None) -> Iterator[Round]:
    """Yield the rounds of a report's period, from the log; `told` hears of each day that is read."""
    rules = deps.regulation
    start, end = report.period.bounds(rules.calendar.zone)
    end = min(end, report.as_of)
    fold = Fold((start, end, report.as_of), rules, deps.event_log.of)
    day: date | None = None
    for logged in deps.event_log.between(start, end):
        fold.add(logged)
        if (today := local_day(logged.recorded.at, rules)) != day:
            day = today
            told(today)
    # First who is open now, then what was written until now: who ends meanwhile is named by the one or the other.
    for code in deps.event_log.open_cases():
        fold.add_silent(code)
    for logged in deps.event_log.between(end, deps.clock.now()):
        fold.add_later(logged)
    yield from fold.rounds()


def tallied(period: Period, deps: Deps) -> dict[str, int]:
    """Return the tallies of a period, by name."""
    found: dict[str, dict[str, int]] = {}
    month = period.first
    while month <= period.last:
        rows = deps.tallies.between(f"{month:%Y-%m}", f"{month}#", f"{period.last}#~")
        found |= {row: dict(counts) for row, counts in rows.items()}
        month = month_of(month).last + DAY
    return dict(sums(found).totals)


def _written(report: Report, folder: Path, deps: Deps) -> Report:
    """Write workbook and document with the words as they are."""
    rules = deps.regulation
    zone, figures = rules.calendar.zone, deps.report_files.figures(report)
    said = layout.words(figures, rules, lambda unit: listed_name(unit, deps, report.period.last))
    paper = layout.paper(report, figures, said, deps.report_rules, zone)
    kept = deps.report_files.rounds(report)
    listed = (layout.cells(one, said, zone) for one in kept)
    deps.papers.workbook(paper, layout.HEADS, listed, report.as_of, folder / WORKBOOK)
    deps.papers.document(paper, folder / DOCUMENT)
    names = [WORKBOOK, DOCUMENT]
    if report.kind == REPORT:
        lines = records(deps.report_files.rounds(report), said, zone)
        deps.papers.open_data(tuple(COLUMNS), lines, folder / OPEN_CSV, folder / OPEN_JSONL)
        names += [OPEN_CSV, OPEN_JSONL]
    files = {name: deps.report_files.keep(report.name, name, folder / name) for name in names}
    return _put(replace(report, written=report.worded), deps, files)


def _put(report: Report, deps: Deps, files: dict[str, str]) -> Report:
    made = replace(report, files={**report.files, **files}, version=report.version + 1)
    deps.reports.replace(made, report.version)
    return made
