"""Load the units of a regulation's directory into the centre table; what was edited since stays as it is."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.types import TypeSerializer

from infra import directory
from infra.names import named

PARTITION = "UNIT"


def load(dynamodb: Any, stage: str, regulation: str) -> int:
    """Put every unit that is not there yet (pk UNIT, sk its id); gives how many were new."""
    serialize = TypeSerializer().serialize
    new = 0
    for unit in directory.units(regulation):
        item = {"pk": PARTITION, "sk": unit.id, **unit.attributes}
        try:
            dynamodb.put_item(
                TableName=named(stage, "centre"),
                Item={name: serialize(value) for name, value in item.items() if value is not None},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            continue
        new += 1
    return new
