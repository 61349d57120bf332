"""The register of reports in one partition of the centre's table; the sort key is the name, a day first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException, UpdateError

from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.reporting.report import Report
from chalicelib.ports import StaleVersionError

REPORTS = "REPORT"
_decode = msgspec.json.Decoder(Report).decode


class DynamoReports:
    """Keeps the port Reports. How far one has come stands beside it, in `at`: it is no change of the report."""

    def get(self, name: str) -> Report:
        """Return a report as it stands now."""
        for item in _query(CentreItem.sk == name, consistent_read=True):
            return _report(item)
        raise NotFoundError("report_not_found", "Không tìm thấy báo cáo này")

    def all(self, *, limit: int, before: str = "") -> tuple[tuple[Report, ...], str]:
        """Return reports by name, the last first; the cursor is the name of the last one seen."""
        earlier = CentreItem.sk < before if before else None
        found = _query(earlier, scan_index_forward=False, limit=limit + 1)
        return tuple(map(_report, found[:limit])), found[limit - 1].sk if len(found) > limit else ""

    def add(self, report: Report) -> bool:
        """Put where nothing is."""
        return _save(report, CentreItem.pk.does_not_exist())

    def replace(self, report: Report, version: int) -> None:
        """Put where this version is."""
        if not _save(report, CentreItem.version == version):
            raise StaleVersionError(version)

    def tell(self, name: str, day: date) -> None:
        """Note a day."""
        try:
            CentreItem(REPORTS, name).update([CentreItem.at.set(f"{day}")], condition=CentreItem.pk.exists())
        except UpdateError as error:
            if not condition_failed(error):
                raise unavailable(error) from error


def _query(condition: Any, **how: Any) -> list[CentreItem]:
    try:
        return list(CentreItem.query(REPORTS, condition, **how))
    except PynamoDBException as error:
        raise unavailable(error) from error


def _save(report: Report, condition: Any) -> bool:
    item = CentreItem(REPORTS, report.name, body=encode(report).decode(), version=report.version)
    try:
        item.save(condition=condition)
    except PutError as error:
        if condition_failed(error):
            return False
        raise unavailable(error) from error
    return True


def _report(item: CentreItem) -> Report:
    return replace(_decode(item.body), progress=item.at or "")
