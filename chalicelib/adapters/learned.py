"""What was learned: the files in S3 under `learned/`, their versions as rows of the centre's table.

The file is written first, under a name of its number and digest: whoever loses the race for a number leaves a file that
nobody names. The newest is held in the process, decoded.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.aws import client
from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.domain.signals import Findings, Foretold
from chalicelib.domain.sketches import Sketches
from chalicelib.domain.triage import Model
from chalicelib.ports.learned import Facts, Release

LEARNED: Final = "LEARNED"
FOLDER: Final = "learned"
FRESH: Final = timedelta(minutes=5)
T = TypeVar("T")


class _Row(msgspec.Struct):
    file: str
    facts: Facts


_row = msgspec.json.Decoder(_Row).decode


class S3Shelf(Generic[T]):
    """Keeps the port Shelf."""

    def __init__(self, bucket: str, name: str, kind: type[T]) -> None:
        self._bucket, self._name = bucket, name
        self._decode = msgspec.json.Decoder(kind).decode
        self._held: Release[T] | None = None
        self._looked: datetime | None = None

    def newest(self, now: datetime) -> Release[T] | None:
        """Return the newest; its file is read once for each version."""
        if self._looked is None or not timedelta() <= now - self._looked < FRESH:
            self._held = self._read(self._held)
            self._looked = now
        return self._held

    def publish(self, content: T, facts: Facts, now: datetime, *, after: int) -> int:
        """Write the file, then the row, which must not exist."""
        self._looked = None  # whether this one is published or another was meanwhile
        body = gzip.compress(encode(content), mtime=0)
        file = f"{FOLDER}/{self._name}/{after + 1:08d}-{hashlib.sha256(body).hexdigest()[:16]}"
        self._ask("put_object", Key=file, Body=body, ContentType="application/gzip")
        row = CentreItem(f"{LEARNED}#{self._name}", f"{after + 1:08d}", at=instant(now))
        row.body = encode(_Row(file, facts)).decode()
        row.expires = lifetimes.expires("learned", now)
        try:
            row.save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if condition_failed(error):
                raise ConflictError("learned_meanwhile", "Đã có bản mới hơn", version=after + 1) from error
            raise unavailable(error) from error
        return after + 1

    def _read(self, held: Release[T] | None) -> Release[T] | None:
        try:
            query = CentreItem.query(f"{LEARNED}#{self._name}", scan_index_forward=False, limit=1)
            row = next(iter(query), None)
        except PynamoDBException as error:
            raise unavailable(error) from error
        if row is None or (held and held.number == int(row.sk)):
            return held if row else None
        kept = _row(row.body)
        return Release(int(row.sk), datetime.fromisoformat(row.at), kept.facts, self._decode(self._file(kept.file)))

    def _file(self, key: str) -> bytes:
        try:
            return gzip.decompress(self._ask("get_object", Key=key)["Body"].read())
        except (BotoCoreError, OSError, zlib.error) as error:  # the line broke while it was read
            raise _busy(type(error).__name__) from error

    def _ask(self, operation: str, **arguments: Any) -> Any:
        try:
            return getattr(client("s3"), operation)(Bucket=self._bucket, **arguments)
        except ClientError as error:
            raise _busy(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise _busy(type(error).__name__) from error


class S3Learned:
    """Keeps the port Learned."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @cached_property
    def triage(self) -> S3Shelf[Model]:
        """Suggestions."""
        return S3Shelf(self._bucket, "triage", Model)

    @cached_property
    def sketches(self) -> S3Shelf[Sketches]:
        """What was said lately."""
        return S3Shelf(self._bucket, "sketches", Sketches)

    @cached_property
    def findings(self) -> S3Shelf[Findings]:
        """Bottlenecks."""
        return S3Shelf(self._bucket, "findings", Findings)

    @cached_property
    def forecast(self) -> S3Shelf[Foretold]:
        """What will come in."""
        return S3Shelf(self._bucket, "forecast", Foretold)


def _busy(cause: str) -> UnavailableError:
    return UnavailableError("files_unavailable", "Kho tệp đang bận, vui lòng thử lại", cause=cause)
