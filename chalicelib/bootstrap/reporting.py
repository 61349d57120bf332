"""What reports are made of and kept in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.config import Settings
    from chalicelib.ports.reports import EventLog, Papers, ReportFiles, Reports


class Reporting:
    """The log, the register of reports and their files behind their ports. Each part is built when first asked for."""

    settings: Settings
    _dynamo: Any

    @cached_property
    def event_log(self) -> EventLog:
        """The log of all cases."""
        from chalicelib.adapters.dynamo.event_log import DynamoEventLog

        return DynamoEventLog(self._dynamo)

    @cached_property
    def reports(self) -> Reports:
        """The register of reports."""
        from chalicelib.adapters.dynamo.reports import DynamoReports

        assert self._dynamo
        return DynamoReports()

    @cached_property
    def report_files(self) -> ReportFiles:
        """The bucket of reports."""
        from chalicelib.adapters.report_files import S3ReportFiles

        return S3ReportFiles(self.settings.reports_bucket)

    @cached_property
    def papers(self) -> Papers:
        """Workbooks and documents."""
        from chalicelib.adapters.report_papers import WrittenPapers

        return WrittenPapers()
