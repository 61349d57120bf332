"""The open data as anybody sees them: which periods there are, and what the columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.reporting.open_data import COLUMNS, opened
from chalicelib.domain.reporting.report import OPEN_CSV, OPEN_JSONL, Report

if TYPE_CHECKING:
    from chalicelib.ports import Deps

MOST = 200  # of the newest reports are looked at: eight years of months, and as many others
FILES = {"csv": OPEN_CSV, "jsonl": OPEN_JSONL}


class Dataset(Struct, frozen=True):
    """Một tập dữ liệu: kỳ, ngày ký báo cáo, số dòng; tải tại /du-lieu-mo/<name>/csv hoặc /jsonl."""

    name: str
    first: date
    last: date
    signed_at: datetime
    rounds: int
    sha256: Mapping[str, str]


class OpenData(Struct, frozen=True):
    """Các tập dữ liệu mở, kỳ mới nhất trước, và ý nghĩa các cột."""

    datasets: tuple[Dataset, ...]
    columns: Mapping[str, str]


def open_data(deps: Deps) -> OpenData:
    """List what there is."""
    return OpenData(tuple(_dataset(report) for report in _opened(deps)), COLUMNS)


def link(name: str, file: str, deps: Deps) -> str:
    """Return where a file can be fetched in the next minutes; raises NotFoundError."""
    report = next((one for one in _opened(deps) if one.name == name), None)
    if report is None or file not in FILES:
        raise NotFoundError("no_such_data", "Không có tập dữ liệu này")
    url: str = deps.report_files.link(report, FILES[file], f"du-lieu-{report.period.first}-{report.period.last}")
    return url


def _opened(deps: Deps) -> tuple[Report, ...]:
    found, _ = deps.reports.all(limit=MOST)
    return tuple(report for report in opened(found) if OPEN_CSV in report.files)


def _dataset(report: Report) -> Dataset:
    assert report.signed is not None
    sums = {file: report.files[name] for file, name in FILES.items()}
    return Dataset(report.name, report.period.first, report.period.last, report.signed.at, report.rounds, sums)
