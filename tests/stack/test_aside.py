"""A case that the deployed sweep cannot look at: set aside, shown to the administrator, and looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.case_code import from_number
from infra.names import named

from .conftest import Client, Stack
from .test_main_job import citizen, staff

__all__ = ["citizen", "staff"]
TICK = (Path(__file__).parents[1] / "events" / "scheduled.json").read_bytes()
CODE = from_number(31_415_926_535)
KEY = {"pk": {"S": CODE}, "sk": {"S": "HEAD"}}
LOOKS = 4  # three, and one for a sweep of the stack's own clock between


@pytest.fixture
def unreadable(stack: Stack, aws: Client) -> Iterator[None]:
    """A head that nobody can read stands in the table."""
    dynamodb, table = aws("dynamodb"), stack["tables"]["cases"]
    dynamodb.put_item(TableName=table, Item=KEY | {"body": {"S": "{"}, "version": {"N": "1"}, "chain": {"S": ""}})
    yield
    dynamodb.delete_item(TableName=table, Key=KEY)


def sweep(stack: Stack, aws: Client) -> None:
    """Do what the clock does each minute."""
    answer = aws("lambda").invoke(FunctionName=named(stack["stage"], "sweep"), Payload=TICK)
    assert "FunctionError" not in answer, answer["Payload"].read()


def ring(stack: Stack, aws: Client) -> None:
    """Let the case's alarm be due, unless the case is set aside."""
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    dynamodb = aws("dynamodb")
    with suppress(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.update_item(
            TableName=stack["tables"]["cases"],
            Key=KEY,
            UpdateExpression="SET alarm_key = :k, alarm_at = :a",
            ConditionExpression="attribute_not_exists(alarm_key) OR alarm_key <> :aside",
            ExpressionAttributeValues={
                ":k": {"S": "alarm#0"},
                ":a": {"S": f"{past}#{CODE}"},
                ":aside": {"S": "aside"},
            },
        )


def test_it_is_set_aside_shown_and_looked_at_again(stack: Stack, aws: Client, unreadable: None, staff: Any) -> None:
    admin = staff("administrator")

    def listed() -> list[dict[str, Any]]:
        return [case for case in admin.call("GET", "/v1/desk/aside")["cases"] if case["code"] == CODE]

    for _ in range(LOOKS):
        ring(stack, aws)
        sweep(stack, aws)
    [shown] = listed()
    assert shown["error"] == "DecodeError"
    admin.call("POST", f"/v1/desk/aside/{CODE}/retry")
    assert listed() == []
    sweep(stack, aws)
    assert len(listed()) == 1
