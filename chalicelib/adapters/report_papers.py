"""Reports as people read them; how they look is web/reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
