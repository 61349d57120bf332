"""Takes sender and texts of an anonymised case away: items that nothing writes again, so it may be done twice."""

from __future__ import annotations

from collections.abc import Collection

from pynamodb.exceptions import PynamoDBException

from chalicelib.adapters.dynamo.cases import PERSON
from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.adapters.dynamo.transaction import unavailable
from chalicelib.domain.case import CONTACT, MATTER


class DynamoTraces:
    """Keeps the port Traces."""

    def clear(self, code: str, parts: Collection[str], until: int) -> int:
        """Look what is there, and delete it, 25 items a call."""
        try:
            gone = _keys(code, parts, until)
            with CaseItem.batch_write() as batch:
                for sk in gone:
                    batch.delete(CaseItem(code, sk))
        except PynamoDBException as error:
            raise unavailable(error) from error
        return len(gone)


def _keys(code: str, parts: Collection[str], until: int) -> list[str]:
    ranges = []
    if CONTACT in parts:
        ranges.append(CaseItem.sk == PERSON)
    if MATTER in parts:
        ranges.append(CaseItem.sk.between("TEXT#", f"TEXT#{until:05d}"))
    keys: list[str] = []
    for wanted in ranges:
        found = CaseItem.query(code, wanted, consistent_read=True, attributes_to_get=["pk", "sk"])
        keys += [item.sk for item in found]
    return keys
