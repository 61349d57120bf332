"""The track of petitions: its two keys, and the function that alone answers its addresses (ADR 18)."""

from __future__ import annotations

from infra.names import Json, named
from infra.people import KEPT
from infra.signing import MOST_DAYS

FUNCTION = "Petitions"  # logical id
ADDRESSES = (
    "/v1/petitions",
    "/v1/desk/petition",
    "/khieu-nai-to-cao",
    "/ban-lam-viec/khieu-nai-to-cao",
)
BY_TABLE = [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:CreateGrant",
    "kms:DescribeKey",
]


def keys(stage: str) -> dict[str, Json]:
    """Make the key that seals words and identities, and the one that the table is encrypted with, by logical id."""
    by_roles = _statement("root", "kms:*")
    by_roles["Principal"] = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
    through_table = _statement("*", BY_TABLE)
    through_table["Condition"] = {
        "StringEquals": {
            "kms:CallerAccount": {"Ref": "AWS::AccountId"},
            "kms:ViaService": {"Fn::Sub": "dynamodb.${AWS::Region}.${AWS::URLSuffix}"},
        }
    }
    return {
        "PetitionKey": _key(f"{named(stage)}: seals what petitions say and who sent them", [by_roles]),
        "PetitionTableKey": _key(f"{named(stage)}: encrypts the table of petitions", [by_roles, through_table]),
        "PetitionKeyAlias": _alias(stage, "petitions", "PetitionKey"),
        "PetitionTableKeyAlias": _alias(stage, "petition-table", "PetitionTableKey"),
    }


def entrust(template: Json) -> Json:
    """Let the track's own function answer its addresses, in the template that Chalice made, and return it."""
    resources = template["Resources"]
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path, methods in paths.items():
        if path.startswith(ADDRESSES):
            for method in methods.values():
                integration = method["x-amazon-apigateway-integration"]["uri"]
                integration["Fn::Sub"] = integration["Fn::Sub"].replace("APIHandler", FUNCTION)
    permission = resources["APIHandlerInvokePermission"]
    resources["PetitionsInvokePermission"] = {
        **permission,
        "Properties": {**permission["Properties"], "FunctionName": {"Ref": FUNCTION}},
    }
    return template


def _key(description: str, statements: list[Json]) -> Json:
    policy = {"Version": "2012-10-17", "Statement": statements}
    properties = {"Description": description, "EnableKeyRotation": True, "PendingWindowInDays": MOST_DAYS}
    return {"Type": "AWS::KMS::Key", **KEPT, "Properties": {**properties, "KeyPolicy": policy}}


def _statement(principal: str, actions: str | list[str]) -> Json:
    return {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions, "Resource": "*"}


def _alias(stage: str, name: str, key: str) -> Json:
    return {
        "Type": "AWS::KMS::Alias",
        "Properties": {"AliasName": f"alias/{named(stage, name)}", "TargetKeyId": {"Ref": key}},
    }
