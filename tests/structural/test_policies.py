"""One role per function, exact resources, and nothing granted that does not exist."""

import json
import re
from typing import Any

import pytest

from infra import directory
from infra.functions import FUNCTIONS
from infra.grants import GRANTS
from infra.names import QUEUES, named
from infra.policies import ANYWHERE, policy
from infra.tables import INDEXES

from .conftest import REGULATION, STAGE, Built

FOLDER = re.compile(  # random names within
    r'"arn:\$\{AWS::Partition\}:s3:::\$\{Bucket\}/(mail|waiting|cases|drafts|catalogue|learned|events|signed)/\*"'
)
NAMES = [function.name for function in FUNCTIONS]
MAY_SAY_ANYWHERE = {"dynamodb:ListStreams", "sns:Publish"}


def role_of(built: Built, logical_id: str) -> dict[str, Any]:
    role: dict[str, Any] = built.app["Resources"][built.functions[logical_id]["Role"]["Fn::GetAtt"][0]]["Properties"]
    return role


def statements(name: str) -> list[dict[str, Any]]:
    function = next(each for each in FUNCTIONS if each.name == name)
    found: list[dict[str, Any]] = policy(function, STAGE, REGULATION)["Statement"]
    return found


def test_every_function_has_its_own_role_and_that_one_policy(built: Built) -> None:
    roles = [function["Role"]["Fn::GetAtt"][0] for function in built.functions.values()]
    assert len(set(roles)) == len(FUNCTIONS)
    for function in FUNCTIONS:
        role = role_of(built, function.logical_id)
        assert [each["PolicyDocument"] for each in role["Policies"]] == [policy(function, STAGE, REGULATION)]
        assert "ManagedPolicyArns" not in role


def test_every_grant_belongs_to_a_function() -> None:
    assert set(GRANTS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_action_is_a_wildcard(name: str) -> None:
    for statement in statements(name):
        for action in statement["Action"]:
            assert "*" not in action


@pytest.mark.parametrize("name", NAMES)
def test_no_resource_is_a_wildcard_but_where_aws_knows_none(name: str) -> None:
    for statement in statements(name):
        if statement["Effect"] == "Deny" or set(statement["Action"]) <= MAY_SAY_ANYWHERE:
            continue
        for resource in map(json.dumps, statement["Resource"]):
            own_log = resource.rstrip('"}').endswith(":*") and "log-group:/aws/lambda/tongdai-proof-" in resource
            own_files = FOLDER.search(resource)
            assert own_log or own_files or "*" not in resource, resource


def test_who_may_send_messages_to_telephones_may_not_publish_to_topics() -> None:
    senders = [name for name in NAMES if "sms" in GRANTS[name]]
    assert senders == ["notices", "remind", "survey"]
    no_topic = {
        "Effect": "Deny",
        "Action": ["sns:Publish"],
        "Resource": [{"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}],
    }
    for name in senders:
        assert [each for each in statements(name) if each["Effect"] == "Deny"] == [no_topic]


def test_every_exception_gives_its_reason() -> None:
    assert {key for grants in GRANTS.values() for key in grants} >= set(ANYWHERE)
    assert all(len(reason) > 20 for reason in ANYWHERE.values())


def granted(kind: str) -> set[str]:
    """Give the names that some function is granted under a kind of resource."""
    keys = {key for grants in GRANTS.values() for key in grants}
    return {name for key in keys if key.startswith(f"{kind}/") for name in key.removeprefix(f"{kind}/").split()}


def test_every_granted_table_exists_and_every_table_is_granted(built: Built) -> None:
    tables = {each["TableName"] for each in built.resources("AWS::DynamoDB::Table").values()}
    assert {named(STAGE, name) for name in granted("table")} == tables


def test_every_granted_index_exists_and_every_index_is_granted() -> None:
    pairs = {
        (table, index)
        for grants in GRANTS.values()
        for key in grants
        if key.startswith("index/")
        for table, indexes in [key.removeprefix("index/").split("/")]
        for index in indexes.split()
    }
    assert pairs == {(table, index) for table, indexes in INDEXES.items() for index in indexes}


def test_every_granted_queue_exists_and_only_its_worker_reads_it() -> None:
    assert granted("queue") == {*QUEUES, "relay-dlq", *(f"{name}-dlq" for name in QUEUES)}
    for name, grants in GRANTS.items():
        for key, actions in grants.items():
            if "ReceiveMessage" in actions and name != "collect":  # which test_queues.py looks at
                assert key == f"queue/{name}"


def test_only_what_works_through_queues_may_send_to_them() -> None:
    """A request writes down what is wanted; it wakes the workers that tell people and make reports, both of them once.

    Whoever broke into the API could forge no agency's reply.
    """
    assert [key for key in GRANTS["api_handler"] if key.startswith(("queue/", "agencies"))] == ["queue/notices reports"]


def test_nobody_may_delete_a_case_or_change_what_is_tallied_but_the_tally() -> None:
    for name, grants in GRANTS.items():
        assert "DeleteItem" not in grants.get("table/cases", "")
        assert ("BatchWriteItem" in grants.get("table/cases", "")) == (name == "forget"), "takes texts and senders away"
        assert "PutItem" not in grants.get("table/tallies", "")
        if "UpdateItem" in grants.get("table/tallies", ""):
            assert name in ("tallies", "notices", "remind", "survey")  # the latter two count the SMS that they send


def test_agencies_are_granted_by_name() -> None:
    queues = {named(STAGE, "agency", unit.id) for unit in directory.agencies(REGULATION)}
    for name in ("outgoing", "replies", "collect"):
        sends = [each for each in statements(name) if each["Action"] == ["sqs:SendMessage"]]
        text = json.dumps(sends)
        assert all(f":{queue}" in text for queue in queues)


def test_only_who_hears_answers_keeps_their_files_and_only_who_forgets_removes_one() -> None:
    holders = {name for name, grants in GRANTS.items() if {"bucket/files/cases", "bucket/files/waiting"} & set(grants)}
    assert holders == {"api_handler", "replies", "forget"}
    assert GRANTS["api_handler"]["bucket/files/learned"] == "GetObject", "what is learned is written by the clock alone"
    for name, grants in GRANTS.items():
        for key, actions in grants.items():
            if key.startswith("bucket/files"):
                removes = {"DeleteObject", "ListBucket"}
                assert set(actions.split()) <= (
                    removes if name == "forget" else {"PutObject", "GetObject", "ListBucket"}
                )
