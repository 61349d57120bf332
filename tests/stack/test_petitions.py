"""Petitions have a function of their own: it alone answers their addresses, touches their table, uses their key."""

from __future__ import annotations

import pytest

from examples.client import Centre, RefusedError
from infra.functions import FUNCTIONS
from infra.grants import GRANTS
from infra.names import named

from .conftest import Client, Stack
from .test_logs import lines
from .test_roles import CODE, Role, refused, roles

__all__ = ["roles"]  # the fixture
ROUTE = "GET /v1/petitions/{code}"


@pytest.mark.parametrize("name", [each.name for each in FUNCTIONS])
def test_every_other_role_is_refused_on_table_and_key(stack: Stack, roles: dict[str, Role], name: str) -> None:
    dynamodb, table = roles[name].client("dynamodb"), stack["tables"]["petitions"]
    assert refused(dynamodb.get_item, TableName=table, Key=CODE) != (name in ("petitions", "shred"))
    assert refused(dynamodb.delete_item, TableName=table, Key=CODE)
    assert refused(dynamodb.scan, TableName=table)
    about = {"EncryptionContext": {"petition": "NOBODY", "part": "content"}, "KeySpec": "AES_256"}
    kms, key = roles[name].client("kms"), f"alias/{named(stack['stage'], 'petitions')}"
    arn = stack_key(roles["petitions"]._aws, key)
    assert refused(kms.generate_data_key, KeyId=arn, **about) != ("petition-key" in GRANTS[name])


def stack_key(aws: Client, alias: str) -> str:
    """Return the ARN of a key by its alias, as the stack's owner."""
    kms = aws("kms")
    found = next(one["TargetKeyId"] for one in kms.list_aliases()["Aliases"] if one["AliasName"] == alias)
    return str(kms.describe_key(KeyId=found)["KeyMetadata"]["Arn"])


def test_its_own_function_answers_and_the_api_does_not(stack: Stack, aws: Client) -> None:
    centre = Centre(stack["base_url"])
    with pytest.raises(RefusedError, match="not_found"):  # Hoà Bình takes none
        centre.call("GET", "/v1/petitions/482109375514", headers={"X-Case-Pin": "123456"})
    centre.close()
    assert [line["status"] for line in lines(aws, named(stack["stage"], "petitions")) if line.get("route") == ROUTE]
    assert not [line for line in lines(aws, named(stack["stage"], "api")) if line.get("route") == ROUTE]
