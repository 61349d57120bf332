"""What was deployed is what the templates say, starts again where it stopped, and packs what it needs."""

import http.client
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

from examples.client import Centre
from infra import directory, load_directory
from infra.local_stack import LocalStack
from infra.names import named
from infra.package import Plan, build
from infra.wheels import host_architecture

from .conftest import Client, Stack
from .test_main_job import CASE, SENDER, mails


def get(url: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def eventually(found: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.1)
    return False


def invocations(logs: Any, function: str) -> int:
    group = f"/aws/lambda/{function}"
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
    names = [stream["logStreamName"] for stream in streams]
    events = [logs.get_log_events(logGroupName=group, logStreamName=name)["events"] for name in names]
    return sum(event["message"].startswith("START") for each in events for event in each)


def test_the_door_leads_to_the_deployed_api(stack: Stack) -> None:
    status, _, body = get(f"{stack['base_url']}/v1/health")
    assert (status, json.loads(body)["status"]) == (200, "ok")


def test_an_unknown_page_is_a_problem_in_our_shape(stack: Stack) -> None:
    status, headers, body = get(f"{stack['base_url']}/khong-co-trang-nay")
    assert (status, headers["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(body)["title"] == "Không tìm thấy trang"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("queue", ["notices", "outgoing", "replies", "tallies", "board"])
def test_a_message_wakes_the_worker_of_its_queue(stack: Stack, aws: Client, queue: str) -> None:
    sqs, worker = aws("sqs"), named(stack["stage"], queue)
    before = invocations(aws("logs"), worker)
    sqs.send_message(QueueUrl=stack["queues"][queue], MessageBody="not for us")
    assert eventually(lambda: invocations(aws("logs"), worker) > before)
    sqs.purge_queue(QueueUrl=stack["queues"][queue])


def test_an_event_nobody_can_read_goes_to_the_dead_letters_and_nothing_else_does(stack: Stack, aws: Client) -> None:
    def found() -> list[dict[str, Any]]:
        letters = aws("dynamodb").query(
            TableName=stack["tables"]["centre"],
            KeyConditionExpression="pk = :p",
            FilterExpression="contains(sk, :relay)",
            ExpressionAttributeValues={":p": {"S": "DEAD_LETTER"}, ":relay": {"S": "-relay-"}},
        )
        items: list[dict[str, Any]] = letters["Items"]
        return items

    for sort in ("HEAD", "TEXT#00001", "EVENT#00001"):
        item = {"pk": {"S": "TEST"}, "sk": {"S": sort}}
        aws("dynamodb").put_item(TableName=stack["tables"]["cases"], Item=item)
    assert eventually(found, seconds=90), "collect takes them out of the queue every minute"
    assert [json.loads(each["letter"]["S"]) for each in found()] == [{"record": "TEST/EVENT#00001"}]
    for each in found():
        aws("dynamodb").delete_item(TableName=stack["tables"]["centre"], Key={"pk": each["pk"], "sk": each["sk"]})
    for sort in ("HEAD", "TEXT#00001", "EVENT#00001"):
        key = {"pk": {"S": "TEST"}, "sk": {"S": sort}}
        aws("dynamodb").delete_item(TableName=stack["tables"]["cases"], Key=key)


def test_tables_expire_and_can_be_restored(stack: Stack, aws: Client) -> None:
    dynamodb = aws("dynamodb")
    for table in stack["tables"].values():
        backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
        assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
        assert dynamodb.describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"] is True
    expiry = dynamodb.describe_time_to_live(TableName=stack["tables"]["inbox"])["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires")


def test_the_directory_is_loaded_once_and_edits_stay(stack: Stack, aws: Client) -> None:
    dynamodb, table = aws("dynamodb"), stack["tables"]["centre"]
    key = {"pk": {"S": "UNIT"}, "sk": {"S": "so_noi_vu"}}
    edit = {
        "UpdateExpression": "SET mail = :mail",
        "ExpressionAttributeValues": {":mail": {"S": "moi@tongdai.example"}},
    }
    dynamodb.update_item(TableName=table, Key=key, **edit)
    assert load_directory.load(dynamodb, stack["stage"], "hoa_binh") == 0
    assert dynamodb.get_item(TableName=table, Key=key)["Item"]["mail"] == {"S": "moi@tongdai.example"}
    found = dynamodb.query(
        TableName=table, KeyConditionExpression="pk = :unit", ExpressionAttributeValues={":unit": {"S": "UNIT"}}
    )
    assert {item["sk"]["S"] for item in found["Items"]} == {unit.id for unit in directory.units("hoa_binh")}


def test_the_secret_is_one_random_key(stack: Stack, aws: Client) -> None:
    secret = aws("secretsmanager").get_secret_value(SecretId=named(stack["stage"], "keys"))["SecretString"]
    assert len(json.loads(secret)["key"]) == 64


def test_everyone_can_sign_in_with_role_and_unit(stack: Stack, aws: Client) -> None:
    cognito = aws("cognito-idp")
    assert {user["role"] for user in stack["users"]} == {"operator", "officer", "agency", "leadership", "administrator"}
    for user in stack["users"]:
        password = {"USERNAME": user["username"], "PASSWORD": user["password"]}
        answer = cognito.initiate_auth(
            ClientId=stack["client_id"], AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password
        )
        assert answer["AuthenticationResult"]["ExpiresIn"] == 3600
        groups = cognito.admin_list_groups_for_user(UserPoolId=stack["user_pool_id"], Username=user["username"])
        assert {group["GroupName"] for group in groups["Groups"]} == {user["role"], f"unit:{user['unit']}"}


def test_a_second_start_finds_the_data_and_the_same_people(tmp_path: Path) -> None:
    def dynamodb(running: LocalStack) -> Any:
        session = boto3.Session("test", "test", region_name=running.description["region"])
        return session.client("dynamodb", endpoint_url=running.description["endpoint_url"])

    def tells(running: LocalStack) -> bool:
        door = Centre(running.base_url)
        door.send(CASE)
        door.close()
        return eventually(lambda: bool(mails(running.description, SENDER["email"])))

    item = {"pk": {"S": "KEPT"}, "sk": {"S": "HEAD"}}
    with LocalStack(tmp_path) as first:
        assert tells(first)
        dynamodb(first).put_item(TableName=first.description["tables"]["cases"], Item=item)
        pool = first.description["user_pool_id"]
    began = time.monotonic()
    with LocalStack(tmp_path, stack_port=first.stack_port) as second:
        assert time.monotonic() - began < 40, "3 s on a quiet machine"
        found = dynamodb(second).get_item(TableName=second.description["tables"]["cases"], Key=item)
        assert found["Item"] == item
        assert second.description["user_pool_id"] == pool
        assert get(f"{second.base_url}/v1/health")[0] == 200
        assert tells(second), "its stream goes on; captured mails are not kept"
    assert not (tmp_path / "tmp").exists(), "MiniStack's litter"


def test_the_whole_zip_needs_nothing_but_python(tmp_path: Path) -> None:
    """On this machine site-packages hide what the zip lacks; on AWS they do not."""
    release = build(Plan("dev", "hoa_binh", host_architecture(), tmp_path / "build"))
    with zipfile.ZipFile(release.zip) as archive:
        archive.extractall(tmp_path / "task")
        assert not [name for name in archive.namelist() if "__pycache__" in name]
        assert sum(entry.file_size for entry in archive.infolist()) < 250 * 2**20, "Lambda's limit"
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'task')!r}); import app, boto3; print(boto3.__file__)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))


def test_a_build_of_the_same_sources_is_the_same_bytes(tmp_path: Path) -> None:
    one, two = (build(Plan("dev", "hoa_binh", host_architecture(), tmp_path / name)).zip for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
