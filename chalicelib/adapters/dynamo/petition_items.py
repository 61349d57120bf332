"""The items of the table of petitions, and how they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import DoesNotExist, PynamoDBException
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.adapters.dynamo.tables import Meta as TableMeta
from chalicelib.adapters.dynamo.tables import text
from chalicelib.adapters.dynamo.transaction import unavailable


class ByList(GlobalSecondaryIndex[Any]):
    """Open petitions, those closed in a month, openings of a month, those whose time runs: by time."""

    class Meta:
        """Index."""

        index_name = "by_list"
        projection = AllProjection()

    list_key = text(key="hash")
    list_at = text(key="range")


class PetitionItem(Model):
    """One item of a petition."""

    class Meta(TableMeta):
        """Table."""

    pk = text(key="hash")  # its code
    sk = text(key="range")
    body = text()  # HEAD, EVENT: facts as JSON; DONE: the fingerprint
    sealed = text()  # TEXT, IDENTITY
    kind = text()  # EVENT: its type
    chain = text()  # HEAD: hash of the last event; EVENT: hash of this one
    version = NumberAttribute(null=True)  # HEAD
    list_key = text()
    list_at = text()
    by_list = ByList()


def get(code: str, sk: str) -> PetitionItem | None:
    """Read one; None where there is none. Raises UnavailableError."""
    try:
        return PetitionItem.get(code, sk, consistent_read=True)
    except DoesNotExist:
        return None
    except PynamoDBException as error:
        raise unavailable(error) from error


def query(code: str, beginning: str) -> Iterator[PetitionItem]:
    """Read those of a petition whose sort key begins so; raises UnavailableError."""
    try:
        yield from PetitionItem.query(code, PetitionItem.sk.startswith(beginning), consistent_read=True)
    except PynamoDBException as error:
        raise unavailable(error) from error


def listed(key: str, until: Any = None) -> Iterator[PetitionItem]:
    """Read a list of the index; raises UnavailableError."""
    try:
        yield from PetitionItem.by_list.query(key, until)
    except PynamoDBException as error:
        raise unavailable(error) from error


def delete(code: str, sort_keys: Collection[str]) -> None:
    """Delete items of a petition; raises UnavailableError."""
    try:
        with PetitionItem.batch_write() as batch:
            for sk in sort_keys:
                batch.delete(PetitionItem(code, sk))
    except PynamoDBException as error:
        raise unavailable(error) from error
