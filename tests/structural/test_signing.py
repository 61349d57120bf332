"""The centre's own keys: kept, named once, used by those who tell agencies and by nobody else."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.config import Settings, from_mapping
from infra import directory, signing
from infra.directory import SigningKey
from infra.grants import GRANTS
from infra.names import imported, named

from .conftest import REGULATION, STAGE, Built

KMS_KEY = "AWS::KMS::Key"
KEYS = (SigningKey("2027"), SigningKey("2026", date(2027, 3, 31)), SigningKey("2025", date(2026, 3, 31)))
REGULATIONS = sorted(path.name.split(".")[0] for path in directory.REGULATIONS.glob("*.directory.yaml"))


def filled(node: Any) -> str:
    """Do what CloudFormation does with a setting's intrinsics."""
    if isinstance(node, str):
        return node
    if "Fn::ImportValue" in node:
        return f"arn:aws:kms:r:a:key/{node['Fn::ImportValue']}"
    glue, parts = node["Fn::Join"]
    return str(glue).join(map(filled, parts))


def test_what_the_templates_say_the_settings_read() -> None:
    said = {field.name.upper(): "x" for field in fields(Settings)}
    settings = from_mapping(said | {"SIGNING_KEYS": filled(signing.setting(STAGE, KEYS))})
    arn = f"arn:aws:kms:r:a:key/{named(STAGE, 'SigningKey')}"
    assert settings.centre_keys == (
        (f"{arn}2027Arn", None),
        (f"{arn}2026Arn", datetime(2027, 3, 31, tzinfo=UTC)),
        (f"{arn}2025Arn", datetime(2026, 3, 31, tzinfo=UTC)),
    )


def test_every_key_is_made_kept_exported_and_can_only_sign(built: Built) -> None:
    keys = {
        name: each
        for name, each in built.data["Resources"].items()
        if each["Type"] == KMS_KEY and "Petition" not in name
    }
    listed = directory.signing_keys(REGULATION)
    assert [f"{name}Arn" for name in keys] == list(signing.arns(listed))
    for key in keys.values():
        assert (key["DeletionPolicy"], key["UpdateReplacePolicy"]) == ("Retain", "Retain")
        assert (key["Properties"]["KeySpec"], key["Properties"]["KeyUsage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    for export, value in signing.arns(listed).items():
        assert built.data["Outputs"][export]["Value"] == value
    aliases = {
        each["AliasName"] for name, each in built.resources("AWS::KMS::Alias").items() if name.startswith("SigningKey")
    }
    assert aliases == {f"alias/{named(STAGE, 'signing', key.name)}" for key in listed}


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_the_key_that_signs_has_no_end_and_no_name_comes_twice(regulation: str) -> None:
    keys = directory.signing_keys(regulation)
    assert keys[0].until is None
    assert len({key.name for key in keys}) == len(keys)


def test_who_tells_agencies_signs_and_nobody_else() -> None:
    """`collect` sends again what was signed before: a role that signs whatever lies in a queue would be an oracle."""
    tells = {name for name, grants in GRANTS.items() if "agencies" in grants} - {"collect"}
    assert tells == {name for name, grants in GRANTS.items() if "Sign" in grants.get("signing-key", "").split()}
    assert {name: grants["signing-keys"] for name, grants in GRANTS.items() if "signing-keys" in grants} == {
        "api_handler": "GetPublicKey"
    }


def test_a_role_signs_by_exactly_the_first_key(built: Built) -> None:
    first = imported(STAGE, next(iter(signing.arns(directory.signing_keys(REGULATION)))))
    signs = [
        statement
        for role in built.resources("AWS::IAM::Role").values()
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if "kms:Sign" in statement["Action"]
    ]
    assert len(signs) == 2
    assert all(statement["Resource"] == [first] for statement in signs)
