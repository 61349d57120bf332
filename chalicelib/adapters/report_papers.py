"""Reports as people read them; how they look is web/reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from chalicelib.domain.reporting.paper import Paper


class WrittenPapers:
    """Keeps the port Papers."""

    def workbook(
        self, paper: Paper, heads: Sequence[str], rounds: Iterable[Sequence[str]], made: datetime, to: Path
    ) -> None:
        """Write an XLSX."""
        from chalicelib.web.reports.workbook import write_workbook

        write_workbook(paper, heads, rounds, made, to)

    def document(self, paper: Paper, to: Path) -> None:
        """Write a PDF."""
        from chalicelib.web.reports.document import write_document

        write_document(paper, to)

    def open_data(self, heads: Sequence[str], lines: Iterable[Mapping[str, str]], table: Path, objects: Path) -> None:
        """Write a CSV and JSON Lines."""
        from chalicelib.web.reports.open_data import write_open_data

        write_open_data(heads, lines, table, objects)
