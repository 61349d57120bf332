"""Load the units of a regulation's directory into the centre table; what was edited since stays as it is."""

from __future__ import annotations

import json
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from infra import directory
from infra.names import named

PARTITION = "UNIT"
HISTORY = ("from", "to", "earlier", "formed_from", "area")  # of a unit; kept together, as JSON


def load(dynamodb: Any, stage: str, regulation: str) -> int:
    """Put every unit that is not there yet (pk UNIT, sk its id); gives how many were new."""
    serialize = TypeSerializer().serialize
    new = 0
    for unit in directory.units(regulation):
        item = {"pk": PARTITION, "sk": unit.id, **attributes(unit)}
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


def attributes(unit: directory.Unit) -> dict[str, str]:
    """Return what the table keeps of a unit; its days, names and origin in one attribute."""
    plain = {name: value for name, value in unit.attributes.items() if isinstance(value, str) and name not in HISTORY}
    history = {name: unit.attributes[name] for name in HISTORY if name in unit.attributes}
    return plain | {"history": json.dumps(history, ensure_ascii=False)}
