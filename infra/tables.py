"""The tables as CloudFormation resources. The models in chalicelib/adapters/dynamo bear the same names and keys."""

from __future__ import annotations

from infra.names import Json, logical, named

INDEXES: dict[str, dict[str, tuple[str, str]]] = {
    "cases": {
        "by_holder": ("holder_key", "due_key"),
        "by_alarm": ("alarm_key", "alarm_at"),
        "by_sender": ("sender_key", "received_key"),
        "by_late": ("late_key", "late_at"),
        "by_follow_up": ("follow_key", "follow_at"),
        "by_supervisor": ("supervisor_key", "due_key"),
        "by_day": ("day_key", "day_sort"),
    },
    "access": {
        "by_case": ("code", "seen_at"),
    },
    "board": {
        "by_month": ("month_key", "published_key"),
        "by_field": ("field_key", "published_key"),
        "by_agency": ("agency_key", "published_key"),
    },
    "petitions": {"by_list": ("list_key", "list_at")},
}
OWN_KEY = {"petitions": "PetitionTableKey"}  # the others are encrypted by the key that DynamoDB owns
KEYS_ONLY = {"by_alarm", "by_supervisor"}  # the case itself is read after: a write costs the index nothing else
TIME_TO_LIVE = {"inbox": "expires", "centre": "expires", "access": "expires"}


def _key(names: tuple[str, ...]) -> list[Json]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]


def _index(name: str, key: tuple[str, str]) -> Json:
    projection = "KEYS_ONLY" if name in KEYS_ONLY else "ALL"
    return {"IndexName": name, "KeySchema": _key(key), "Projection": {"ProjectionType": projection}}


def table(stage: str, name: str, key: tuple[str, ...]) -> Json:
    """Make one table: on demand, restorable to any second of 35 days, kept when the stack goes."""
    indexes = INDEXES.get(name, {})
    attributes = sorted({*key, *(attribute for pair in indexes.values() for attribute in pair)})
    properties: Json = {
        "TableName": named(stage, name),
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in attributes],
        "KeySchema": _key(key),
        "DeletionProtectionEnabled": True,
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    if indexes:
        properties["GlobalSecondaryIndexes"] = [_index(name, key) for name, key in indexes.items()]
    if name in TIME_TO_LIVE:
        properties["TimeToLiveSpecification"] = {"AttributeName": TIME_TO_LIVE[name], "Enabled": True}
    if name in OWN_KEY:
        key_id = {"Fn::GetAtt": [OWN_KEY[name], "Arn"]}
        properties["SSESpecification"] = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": key_id}
    if name == "cases":
        properties["StreamSpecification"] = {"StreamViewType": "NEW_IMAGE"}
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": properties,
    }


def tables(stage: str) -> dict[str, Json]:
    """Make all tables, by logical id."""
    keys: dict[str, tuple[str, ...]] = {
        "cases": ("pk", "sk"),
        "inbox": ("pk",),
        "centre": ("pk", "sk"),
        "board": ("pk",),
        "tallies": ("pk", "sk"),
        "petitions": ("pk", "sk"),
        "access": ("pk", "sk"),
    }
    return {logical(name, "table"): table(stage, name, key) for name, key in keys.items()}
