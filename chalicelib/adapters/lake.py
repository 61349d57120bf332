"""The event log in S3 as Parquet: a file a day, `events/day=2026-11-23/events.parquet`, which Athena reads.

One file a day is enough: a centre with 100,000 cases a month has some 30,000 events a day, half a megabyte.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, get_args, get_type_hints

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports.lake import LakeRow

EVENTS: Final = "events/"
COMPRESSION: Final = "zstd(3)"
# What a field's type is in Parquet's schema (arro3) and in the table's (Glue); infra/lake.py makes the table of it.
TYPES: Final[dict[Any, tuple[str, str]]] = {
    str: ("utf8", "string"),
    int: ("int64", "bigint"),
    float: ("float64", "double"),
    bool: ("bool", "boolean"),
    datetime: ("timestamp", "timestamp"),
}


class S3Lake:
    """Keeps the port Lake."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def write(self, day: date, rows: Iterable[LakeRow]) -> int:
        """Write the day's file, whole."""
        lines, count = io.BytesIO(), 0
        for row in rows:
            lines.write(msgspec.json.encode(row) + b"\n")
            count += 1
        lines.seek(0)
        self._ask("put_object", Key=_key(day), Body=parquet(lines), ContentType="application/octet-stream")
        return count

    def days(self, since: date) -> frozenset[date]:
        """List the files from a day on; one page holds near three years."""
        found = self._ask("list_objects_v2", Prefix=EVENTS, StartAfter=f"{EVENTS}day={since:%Y-%m-%d}")
        return frozenset(date.fromisoformat(one["Key"].split("/")[1][4:]) for one in found.get("Contents", ()))

    def _ask(self, action: str, **asked: Any) -> Any:
        try:
            return getattr(client("s3"), action)(Bucket=self._bucket, **asked)
        except (ClientError, BotoCoreError) as error:
            raise UnavailableError("lake_unavailable", "Hệ thống đang bận, vui lòng thử lại") from error


def columns() -> dict[str, Any]:
    """Return the plain types of a row's fields by name."""
    hints = get_type_hints(LakeRow)
    return {name: next(iter(set(get_args(kind)) - {type(None)}), kind) for name, kind in hints.items()}


def parquet(lines: io.BytesIO) -> bytes:
    """Turn JSON Lines into a Parquet file."""
    from arro3.core import DataType, Field, Schema
    from arro3.io import read_json, write_parquet

    made = {name: getattr(DataType, name) for name, _ in TYPES.values() if name != "timestamp"}
    of = {kind: made[name]() if name in made else DataType.timestamp("ms") for kind, (name, _) in TYPES.items()}
    schema = Schema([Field(name, of[plain], nullable=True) for name, plain in columns().items()])
    out = io.BytesIO()
    write_parquet(read_json(lines, schema), out, compression=COMPRESSION)
    return out.getvalue()


def _key(day: date) -> str:
    return f"{EVENTS}day={day:%Y-%m-%d}/events.parquet"
