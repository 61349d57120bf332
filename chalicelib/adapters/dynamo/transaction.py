"""The one place of multi-item writes: conditions, what a broken condition means, and retry of pure conflicts."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.models import Model

from chalicelib.domain.errors import UnavailableError

Item = Mapping[str, Any]
Refusal = Callable[[Item | None], Exception]
CONFLICTS = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
NEVER = frozenset({"ValidationException", "ValidationError"})
ATTEMPTS = 4
UNAVAILABLE_TITLE = "Hệ thống đang bận, vui lòng thử lại sau ít phút"


class NeverStoredError(Exception):
    """The store will not take this however often it is asked (an item over 400 KB): no trouble that passes."""


def unavailable(error: Exception) -> Exception:
    """Translate trouble with the store: worth another try, unless the store says that it can never be."""
    told = error.response["Error"]["Code"] if isinstance(error, ClientError) else None
    cause = told or _answer(error) or type(error).__name__
    if cause in NEVER:
        return NeverStoredError(cause)
    return UnavailableError("store_unavailable", UNAVAILABLE_TITLE, retry_after=2, cause=cause)


def condition_failed(error: Exception) -> bool:
    """Tell PynamoDB's error of a broken condition from trouble with the store."""
    return _answer(error) == "ConditionalCheckFailedException"


def _answer(error: Exception) -> str | None:
    # With getattr: where the line broke and nothing answered, PynamoDB's property raises AttributeError itself.
    return getattr(error, "cause_response_code", None)


class Transaction:
    """Collects writes; `run` makes them all or none. A write's `refusal` makes the error of its broken condition."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._operations: list[dict[str, Any]] = []
        self._refusals: list[Refusal | None] = []

    def create(self, item: Model, refusal: Refusal | None = None) -> None:
        """Put an item that must not exist."""
        self._put(item, "attribute_not_exists(pk)", {}, refusal)

    def replace(self, item: Model, version: int, refusal: Refusal) -> None:
        """Put an item whose stored `version` must be the given one."""
        self._put(item, "version = :v", {":v": {"N": str(version)}}, refusal)

    def put(self, item: Model) -> None:
        """Put an item whatever was there."""
        self._operations.append({"Put": {"TableName": item.Meta.table_name, "Item": _raw(item)}})
        self._refusals.append(None)

    def add(self, table: str, key: Item, counters: Mapping[str, int]) -> None:
        """Add to counters of an item, made when absent."""
        names = {f"#c{i}": name for i, name in enumerate(counters)}
        values = {f":c{i}": {"N": str(value)} for i, value in enumerate(counters.values())}
        expression = "ADD " + ", ".join(f"#c{i} :c{i}" for i in range(len(counters)))
        update = {
            "TableName": table,
            "Key": key,
            "UpdateExpression": expression,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
        self._operations.append({"Update": update})
        self._refusals.append(None)

    def run(self) -> None:
        """Write; raises the refusal of the first broken condition, or UnavailableError."""
        for attempt in range(ATTEMPTS):
            try:
                self._client.transact_write_items(TransactItems=self._operations)
            except ClientError as error:
                self._refuse(error)
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 jitter, not a secret
            except BotoCoreError as error:
                raise unavailable(error) from error
            else:
                return
        raise UnavailableError("store_busy", UNAVAILABLE_TITLE, retry_after=1)

    def _put(self, item: Model, condition: str, values: Item, refusal: Refusal | None) -> None:
        put = {"TableName": item.Meta.table_name, "Item": _raw(item), "ConditionExpression": condition}
        if values:
            put["ExpressionAttributeValues"] = values
        if refusal:
            put["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        self._operations.append({"Put": put})
        self._refusals.append(refusal)

    def _refuse(self, error: ClientError) -> None:
        """Raise what the store's answer means; return only when the whole of it may be tried again."""
        if error.response["Error"]["Code"] != "TransactionCanceledException":
            raise unavailable(error) from error
        reasons = error.response.get("CancellationReasons", [])
        for reason, refusal in zip(reasons, self._refusals, strict=False):
            if reason.get("Code") == "ConditionalCheckFailed":
                raise (refusal(reason.get("Item")) if refusal else unavailable(error)) from error
        told = {reason.get("Code", "None") for reason in reasons}
        if told & NEVER:
            raise NeverStoredError(*told & NEVER) from error
        if not told <= CONFLICTS | {"None"}:
            raise unavailable(error) from error


def _raw(item: Model) -> dict[str, Any]:
    raw: dict[str, Any] = item.serialize()
    return raw
