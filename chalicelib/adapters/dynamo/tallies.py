"""Counters: each event counts once, because its inbox row is in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.dynamo import inbox
from chalicelib.adapters.dynamo.tables import TallyItem
from chalicelib.adapters.dynamo.transaction import Transaction, unavailable
from chalicelib.domain.errors import ConflictError
from chalicelib.ports import AlreadyDoneError, Receipt


class DynamoTallies:
    """Keeps the port Tallies."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def count(self, event_id: str, month: str, counters: Mapping[str, Mapping[str, int]]) -> bool:
        """Add to counters; keys are "<pk>|<sk>", a key without a bar belongs to the month."""
        transaction = Transaction(self._client)
        row = inbox.receipt_item(Receipt(f"tally#{event_id}", "", ""), datetime.now(UTC))
        transaction.create(row, inbox.already_done)
        for key, amounts in counters.items():
            pk, _, sk = key.rpartition("|")
            transaction.add(TallyItem.Meta.table_name, {"pk": {"S": pk or month}, "sk": {"S": sk}}, amounts)
        try:
            transaction.run()
        except AlreadyDoneError:
            return False
        return True

    def correct(self, month: str, row: str, name: str, *, was: int, to: int) -> None:
        """Set a counter where it is as it was; one that is not there was nothing."""
        unchanged = "#n = :was OR attribute_not_exists(#n)" if was == 0 else "#n = :was"
        try:
            self._client.update_item(
                TableName=TallyItem.Meta.table_name,
                Key={"pk": {"S": month}, "sk": {"S": row}},
                UpdateExpression="SET #n = :to",
                ConditionExpression=unchanged,
                ExpressionAttributeNames={"#n": name},
                ExpressionAttributeValues={":was": {"N": str(was)}, ":to": {"N": str(to)}},
            )
        except (ClientError, BotoCoreError) as error:
            if isinstance(error, ClientError) and error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise ConflictError("counted_meanwhile", "Số liệu vừa thay đổi, xin đếm lại", row=row) from error
            raise unavailable(error) from error

    def month(self, month: str) -> Mapping[str, Mapping[str, int]]:
        """Return all counters of a partition."""
        return self._read("pk = :pk", {":pk": month})

    def between(self, partition: str, first: str, last: str) -> Mapping[str, Mapping[str, int]]:
        """Return the counters of a partition whose sort keys lie between two, both included."""
        return self._read("pk = :pk AND sk BETWEEN :a AND :z", {":pk": partition, ":a": first, ":z": last})

    def _read(self, condition: str, values: Mapping[str, str]) -> Mapping[str, Mapping[str, int]]:
        query: dict[str, Any] = {
            "TableName": TallyItem.Meta.table_name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
        }
        found: dict[str, dict[str, int]] = {}
        try:
            while True:
                answer = self._client.query(**query)
                for item in answer["Items"]:
                    found[item["sk"]["S"]] = {name: int(value["N"]) for name, value in item.items() if "N" in value}
                if "LastEvaluatedKey" not in answer:
                    return found
                query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        except (ClientError, BotoCoreError) as error:
            raise unavailable(error) from error
