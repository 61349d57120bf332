"""Files of reports in S3, by what is in them: `drafts/` is forgotten some day, `signed/` lies under an object lock."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.errors import ConflictError, NotFoundError, UnavailableError
from chalicelib.domain.reporting.cells import Figures
from chalicelib.domain.reporting.report import DOCUMENT, FIGURES, OPEN_CSV, OPEN_JSONL, ROUNDS, SIGNED, WORKBOOK, Report
from chalicelib.domain.reporting.rounds import Round

TO_FETCH: Final = timedelta(minutes=2)
TO_UPLOAD: Final = timedelta(minutes=15)
JSON_LINES: Final = "application/gzip"
TYPES: Final = {
    ROUNDS: ("jsonl.gz", JSON_LINES),
    FIGURES: ("json", "application/json"),
    WORKBOOK: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    DOCUMENT: ("pdf", "application/pdf"),
    OPEN_CSV: ("csv", "text/csv"),
    OPEN_JSONL: ("jsonl", "application/x-ndjson"),
    SIGNED: ("pdf", "application/pdf"),
}
DRAFTS, LOCKED = "drafts", "signed"
FORGOTTEN: Final = "Tệp của bản dự thảo này không còn được giữ; xin lập báo cáo mới"
_encode = msgspec.json.Encoder(order="deterministic").encode
_round = msgspec.json.Decoder(Round).decode
_figures = msgspec.json.Decoder(Figures).decode


class S3ReportFiles:
    """Keeps the port ReportFiles."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def write_rounds(self, rounds: Iterable[Round], to: Path) -> None:
        """Write JSON Lines, packed; the same rounds are the same bytes."""
        with to.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
            for one in rounds:
                packed.write(_encode(one) + b"\n")

    def rounds(self, report: Report) -> Iterator[Round]:
        """Unpack and decode as they are asked for."""
        found = self._ask("get_object", Key=_where(report, ROUNDS))
        with gzip.GzipFile(fileobj=found["Body"]) as lines:
            yield from map(_round, lines)

    def keep(self, report: str, name: str, file: Path) -> str:
        """Put a file under its hash."""
        return self._keep(report, name, file.read_bytes())

    def keep_figures(self, report: str, figures: Figures) -> str:
        """Put the numbers under their hash."""
        return self._keep(report, FIGURES, _encode(figures))

    def figures(self, report: Report) -> Figures:
        """Read them."""
        return _figures(self._read(_where(report, FIGURES), report.files[FIGURES]))

    def link(self, report: Report, name: str, called: str) -> str:
        """Sign a GET."""
        file = quote(f"{called}.{TYPES[name][0]}", safe="")
        params = {
            "Bucket": self._bucket,
            "Key": _where(report, name),
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{file}",
        }
        url: str = client("s3").generate_presigned_url("get_object", Params=params, ExpiresIn=TO_FETCH.seconds)
        return url

    def lock(self, report: Report, mode: str, until: datetime) -> None:
        """Write what was read and found right to where it can only be read."""
        lock = {"ObjectLockMode": mode, "ObjectLockRetainUntilDate": until}
        found = {
            name: self._read(_key(DRAFTS, report.name, name, sha256), sha256) for name, sha256 in report.files.items()
        }
        for name, content in found.items():
            sha256 = report.files[name]
            self._put(_key(LOCKED, report.name, name, sha256), name, content, sha256, **lock)

    def _keep(self, report: str, name: str, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self._put(_key(DRAFTS, report, name, sha256), name, content, sha256)
        return sha256

    def _put(self, key: str, name: str, content: bytes, sha256: str, **more: Any) -> None:
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        sealed = {"ChecksumAlgorithm": "SHA256", "ChecksumSHA256": checksum}
        said = {"ContentType": TYPES[name][1], "CacheControl": "private, no-store"}
        self._ask("put_object", Key=key, Body=content, **sealed, **said, **more)

    def _read(self, key: str, sha256: str) -> bytes:
        found = self._ask("get_object", Key=key)
        try:
            content: bytes = found["Body"].read()
        except (BotoCoreError, OSError) as error:
            raise _unavailable(error) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ConflictError("report_file_changed", "Tệp của báo cáo không còn như khi lập; xin lập báo cáo mới")
        return content

    def _ask(self, operation: str, **arguments: Any) -> Any:
        try:
            return getattr(client("s3"), operation)(Bucket=self._bucket, **arguments)
        except (ClientError, BotoCoreError) as error:
            if _cause(error) == "NoSuchKey":
                raise NotFoundError("report_forgotten", FORGOTTEN) from error
            raise _unavailable(error) from error


def _where(report: Report, name: str) -> str:
    return _key(LOCKED if report.signed else DRAFTS, report.name, name, report.files[name])


def _key(folder: str, report: str, name: str, sha256: str) -> str:
    return f"{folder}/{report}/{name}-{sha256}.{TYPES[name][0]}"


def _unavailable(error: Exception) -> UnavailableError:
    return UnavailableError("files_unavailable", "Kho tệp đang bận, vui lòng thử lại", cause=_cause(error))


def _cause(error: Exception) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__
