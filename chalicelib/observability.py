"""What the service says of itself: JSON log lines without personal data, and CloudWatch metrics.

A log field is written only if its name is in ALLOWED, so that a careless call loses a field instead of leaking one.
The message must be a constant. Lambda's own log controls (AWS_LAMBDA_LOG_LEVEL) may raise the level.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.domain.errors import DomainError

if TYPE_CHECKING:
    from aws_lambda_powertools.logging import Logger

ALLOWED = frozenset(
    [
        "attempt",
        "case",
        "cause",
        "code",
        "command",
        "count",
        "error",
        "event",
        "frames",
        "kind",
        "method",
        "ms",
        "queue",
        "request_id",
        "role",
        "route",
        "sequence",
        "stage",
        "state",
        "status",
        "unit",
        "worker",
    ]
)
NAMESPACE, SERVICE = "TongDai", "tong-dai"
_LONGEST_VALUE = 200
_DEEPEST_FRAMES = 12

for _chatty in ("botocore", "pynamodb", "urllib3"):  # at DEBUG they print every argument, personal data included
    logging.getLogger(_chatty).setLevel(logging.WARNING)


@cache
def logger() -> Logger:
    """Return the process's logger, made when first used."""
    from aws_lambda_powertools.logging import Logger  # noqa: PLC0415 cold start

    # The level is said: Powertools would else obey any LOG_LEVEL, also the local cloud's own. The name is not Chalice's
    # app_name, whose logger has a handler of its own and would print every line again.
    return Logger(service=SERVICE, level="INFO", location=None)


def log(message: str, **fields: object) -> None:
    """Write one JSON line; fields that are not in ALLOWED, or not plain values, are dropped."""
    logger().info(message, extra=_allowed(fields))


def warn(message: str, **fields: object) -> None:
    """Write one JSON line that an operator should look at."""
    logger().warning(message, extra=_allowed(fields))


def log_failure(error: BaseException, **fields: object) -> None:
    """Write an unexpected error as class names and frames: its text may hold what a citizen wrote."""
    chain = " <- ".join(type(link).__qualname__ for link in _causes(error))
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    refusal = {"code": error.code, "cause": error.context.get("cause", "")} if isinstance(error, DomainError) else {}
    logger().error("failure", extra=_allowed(fields | refusal | {"error": chain}) | {"frames": places})


def metric(name: str, value: float, unit: str = "Count", **dimensions: str) -> None:
    """Write one CloudWatch metric in the embedded format; `unit` is one of CloudWatch's StandardUnit names.

    With a dimension `stage` an alarm hears its own deployment only.
    """
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [["service", *dimensions]],
        "Metrics": [{"Name": name, "Unit": unit}],
    }
    line = {
        "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]},
        "service": SERVICE,
        **dimensions,
        name: value,
    }
    sys.stdout.write(json.dumps(line) + "\n")


def _allowed(fields: dict[str, object]) -> dict[str, object]:
    plain = {name: value for name, value in fields.items() if name in ALLOWED and isinstance(value, str | int | float)}
    return {name: value[:_LONGEST_VALUE] if isinstance(value, str) else value for name, value in plain.items()}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
