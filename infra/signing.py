"""The centre's own signing keys in KMS: none leaves it, none is deleted with the stack (ADR 10)."""

from __future__ import annotations

from infra.directory import SigningKey
from infra.names import Json, imported, logical, named
from infra.people import KEPT

KEY_SPEC, KEY_USAGE = "ECC_NIST_P256", "SIGN_VERIFY"
MOST_DAYS = 30  # between asking KMS to delete a key and its deletion: time to find that it is still needed


def _id(key: SigningKey) -> str:
    return logical("signing_key", key.name)


def _resource(stage: str) -> Json:
    """Make a key; who may use it is said by the roles, as everywhere."""
    ours = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
    by_roles = {"Effect": "Allow", "Principal": ours, "Action": "kms:*", "Resource": "*"}
    return {
        "Type": "AWS::KMS::Key",
        **KEPT,
        "Properties": {
            "Description": f"{named(stage)}: signs what agencies are told",
            "KeySpec": KEY_SPEC,
            "KeyUsage": KEY_USAGE,
            "KeyPolicy": {"Version": "2012-10-17", "Statement": [by_roles]},
            "PendingWindowInDays": MOST_DAYS,
        },
    }


def resources(stage: str, keys: tuple[SigningKey, ...]) -> dict[str, Json]:
    """Make each key and, for people, its alias, by logical id."""
    made = {_id(key): _resource(stage) for key in keys}
    for key in keys:
        alias = {"AliasName": f"alias/{named(stage, 'signing', key.name)}", "TargetKeyId": {"Ref": _id(key)}}
        made[f"{_id(key)}Alias"] = {"Type": "AWS::KMS::Alias", "Properties": alias}
    return made


def arns(keys: tuple[SigningKey, ...]) -> dict[str, Json]:
    """Give the ARN of each key by the name it is exported under, in their order."""
    return {f"{_id(key)}Arn": {"Fn::GetAtt": [_id(key), "Arn"]} for key in keys}


def setting(stage: str, keys: tuple[SigningKey, ...]) -> Json:
    """Say them as the application's setting does: "<ARN>, <ARN> until 2027-03-31"."""
    said: list[Json | str] = []
    for key, export in zip(keys, arns(keys), strict=True):
        found = imported(stage, export)
        said.append({"Fn::Join": [" until ", [found, key.until.isoformat()]]} if key.until else found)
    return {"Fn::Join": [", ", said]}
