"""What reports are made of and kept in: the log of all cases, the register of reports, their files, their papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.reporting.cells import Figures
    from chalicelib.domain.reporting.fold import Logged
    from chalicelib.domain.reporting.paper import Paper
    from chalicelib.domain.reporting.report import Report
    from chalicelib.domain.reporting.rounds import Round
    from chalicelib.domain.reporting.rules import ReportRules


class EventLog(Protocol):
    """The log of all cases; each event with its hash, without its texts. All raise UnavailableError."""

    def between(self, start: datetime, end: datetime) -> Iterable[Logged]:
        """Events with start <= at < end, in order of time, those of a case in their own order."""

    def of(self, code: str) -> Iterable[Logged]:
        """All events of a case, in order."""

    def open_cases(self) -> Iterable[str]:
        """Codes of the cases that somebody holds now."""


class Reports(Protocol):
    """The register of reports. All raise UnavailableError."""

    def get(self, name: str) -> Report:
        """Return a report; raises NotFoundError."""

    def all(self, *, limit: int, before: str = "") -> tuple[tuple[Report, ...], str]:
        """Reports, the last asked for first, and the cursor of the next page."""

    def add(self, report: Report) -> bool:
        """Put down a new report; False where one of its name is there."""

    def tell(self, name: str, day: date) -> None:
        """Note up to which day a report has been read, for those who wait for it."""

    def replace(self, report: Report, version: int) -> None:
        """Put a report in place of the one with this version; raises StaleVersionError."""


class ReportFiles(Protocol):
    """Files of reports, by the SHA-256 (hex) of what is in them. All raise UnavailableError."""

    def write_rounds(self, rounds: Iterable[Round], to: Path) -> None:
        """Write rounds into a file of this machine, as they come."""

    def keep(self, report: str, name: str, file: Path) -> str:
        """Keep a file of this machine and return its SHA-256; the same again changes nothing."""

    def keep_figures(self, report: str, figures: Figures) -> str:
        """Keep the numbers and return the SHA-256 of the file they are in."""

    def figures(self, report: Report) -> Figures:
        """Return the numbers of a report; raises NotFoundError where the files of a draft are forgotten."""

    def rounds(self, report: Report) -> Iterator[Round]:
        """Read the rounds of a report, one at a time; raises NotFoundError same."""

    def link(self, report: Report, name: str, called: str) -> str:
        """Return where a file of a report can be fetched in the next minutes, under a name for people."""

    def lock(self, report: Report, mode: str, until: datetime) -> None:
        """Copy a draft's files to where nobody can change or remove them until then.

        Raises ConflictError where a file is not what its SHA-256 says, NotFoundError where it is forgotten.
        """


class Papers(Protocol):
    """A report as people read it."""

    def workbook(
        self, paper: Paper, heads: Sequence[str], rounds: Iterable[Sequence[str]], made: datetime, to: Path
    ) -> None:
        """Write an XLSX."""

    def document(self, paper: Paper, to: Path) -> None:
        """Write a PDF."""

    def open_data(self, heads: Sequence[str], lines: Iterable[Mapping[str, str]], table: Path, objects: Path) -> None:
        """Write a CSV and the same as JSON Lines, line by line."""


class Reporting(Protocol):
    """The part of Deps that reports need."""

    @property
    def event_log(self) -> EventLog:
        """The log of all cases."""

    @property
    def reports(self) -> Reports:
        """The register of reports."""

    @property
    def report_files(self) -> ReportFiles:
        """Their files."""

    @property
    def report_rules(self) -> ReportRules:
        """What reports look like and count."""

    @property
    def papers(self) -> Papers:
        """Reports as people read them."""
