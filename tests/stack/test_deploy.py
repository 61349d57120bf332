"""What was deployed is what the templates say, and roles are held to it."""

import http.client
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra import directory, load_directory
from infra.functions import FUNCTIONS
from infra.local_stack import SENDER, LocalStack
from infra.names import named
from infra.package import Plan, build
from infra.policies import GRANTS
from infra.wheels import host_architecture

from .conftest import Client, Stack

STRANGER = "333333333333"
CODE = {"pk": {"S": "NOBODY"}, "sk": {"S": "HEAD"}}


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
    sqs, dead = aws("sqs"), stack["dead_letters"]["relay"]
    for sort in ("HEAD", "TEXT#00001", "EVENT#00001"):
        item = {"pk": {"S": "TEST"}, "sk": {"S": sort}}
        aws("dynamodb").put_item(TableName=stack["tables"]["cases"], Item=item)
    found = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=20)["Messages"]
    assert [json.loads(each["Body"]) for each in found] == [{"record": "TEST/EVENT#00001"}]
    sqs.purge_queue(QueueUrl=dead)
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


class Role:
    """Somebody with exactly the policy of one function's role."""

    def __init__(self, aws: Client, function: str) -> None:
        iam = aws("iam")
        config = aws("lambda").get_function_configuration(FunctionName=function)
        role = config["Role"].rpartition("/")[2]
        self._aws, self._iam, self.user = aws, iam, f"as-{function}"
        self._names = iam.list_role_policies(RoleName=role)["PolicyNames"]
        iam.create_user(UserName=self.user)
        for name in self._names:
            document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
            iam.put_user_policy(UserName=self.user, PolicyName=name, PolicyDocument=json.dumps(document))
        self.key = iam.create_access_key(UserName=self.user)["AccessKey"]

    def client(self, service: str) -> Any:
        return self._aws(service, self.key["AccessKeyId"], self.key["SecretAccessKey"])

    def close(self) -> None:
        self._iam.delete_access_key(UserName=self.user, AccessKeyId=self.key["AccessKeyId"])
        for name in self._names:
            self._iam.delete_user_policy(UserName=self.user, PolicyName=name)
        self._iam.delete_user(UserName=self.user)


@pytest.fixture(scope="module")
def roles(stack: Stack, aws: Client) -> Iterator[dict[str, Role]]:
    made = {each.name: Role(aws, named(stack["stage"], each.short_name)) for each in FUNCTIONS}
    yield made
    for role in made.values():
        role.close()


def refused(call: Callable[..., Any], **arguments: Any) -> bool:
    """Tell whether IAM refuses; any other error is an error of the test."""
    try:
        call(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"] in {"AccessDenied", "AccessDeniedException", "AuthorizationError"}:
            return True
        raise
    return False


@pytest.mark.parametrize("name", [each.name for each in FUNCTIONS])
def test_a_role_reads_cases_only_if_its_work_needs_it(stack: Stack, roles: dict[str, Role], name: str) -> None:
    may = "GetItem" in GRANTS[name].get("table/cases", "").split()
    assert refused(roles[name].client("dynamodb").get_item, TableName=stack["tables"]["cases"], Key=CODE) != may


@pytest.mark.parametrize("name", [each.name for each in FUNCTIONS])
def test_no_role_deletes_or_scans_cases(stack: Stack, roles: dict[str, Role], name: str) -> None:
    dynamodb, table = roles[name].client("dynamodb"), stack["tables"]["cases"]
    assert refused(dynamodb.delete_item, TableName=table, Key=CODE)
    assert refused(dynamodb.scan, TableName=table)


@pytest.mark.parametrize("name", [each.name for each in FUNCTIONS])
def test_a_role_reads_the_keys_only_if_it_derives_from_them(stack: Stack, roles: dict[str, Role], name: str) -> None:
    secrets = roles[name].client("secretsmanager")
    may = "secret" in GRANTS[name]
    assert refused(secrets.get_secret_value, SecretId=named(stack["stage"], "keys")) != may


def test_a_role_sends_to_its_own_queues_only(stack: Stack, aws: Client, roles: dict[str, Role]) -> None:
    relay, outgoing = roles["relay"].client("sqs"), roles["outgoing"].client("sqs")
    own, agency = stack["queues"]["tallies"], stack["agency_queues"]["so_tu_phap"]
    assert not refused(relay.send_message, QueueUrl=own, MessageBody="{}")
    assert refused(relay.send_message, QueueUrl=stack["replies_queue"], MessageBody="{}")
    assert refused(relay.send_message, QueueUrl=agency, MessageBody="{}")
    assert not refused(outgoing.send_message, QueueUrl=agency, MessageBody="{}")
    assert refused(outgoing.send_message, QueueUrl=own, MessageBody="{}")
    for url in (own, agency):
        aws("sqs").purge_queue(QueueUrl=url)


def test_the_secret_is_one_random_key(stack: Stack, aws: Client) -> None:
    secret = aws("secretsmanager").get_secret_value(SecretId=named(stack["stage"], "keys"))["SecretString"]
    assert len(json.loads(secret)["key"]) == 64


def test_notices_may_text_a_telephone_but_not_publish_to_the_alarms(
    stack: Stack, aws: Client, roles: dict[str, Role]
) -> None:
    sns = roles["notices"].client("sns")
    (topic,) = [each["TopicArn"] for each in aws("sns").list_topics()["Topics"]]
    assert not refused(sns.publish, PhoneNumber="+84218000000", Message="thử")
    assert refused(sns.publish, TopicArn=topic, Message="thử")
    assert refused(roles["digest"].client("sns").publish, PhoneNumber="+84218000000", Message="thử")


def test_mail_is_sent_by_the_roles_that_may(roles: dict[str, Role]) -> None:
    """Only whether: MiniStack cannot hold a role to the identity it sends as (infra/mend.py)."""
    content = {"Simple": {"Subject": {"Data": "thử"}, "Body": {"Text": {"Data": "thử"}}}}
    to = {"ToAddresses": ["a@tongdai.example"]}
    for name, role in roles.items():
        send = role.client("sesv2").send_email
        may = "mail" in GRANTS[name]
        assert refused(send, FromEmailAddress=SENDER, Destination=to, Content=content) != may, name


def test_an_agency_in_another_account_has_its_queue_and_replies_only(stack: Stack, aws: Client) -> None:
    (unit,) = [each for each in directory.agencies("hoa_binh") if each.account]
    sqs, stranger = aws("sqs", unit.account), aws("sqs", STRANGER)
    own, replies = stack["agency_queues"][unit.id], stack["replies_queue"]
    other = stack["agency_queues"]["so_tu_phap"]
    assert not refused(sqs.receive_message, QueueUrl=own, WaitTimeSeconds=0)
    assert not refused(sqs.get_queue_attributes, QueueUrl=own, AttributeNames=["QueueArn"])
    assert not refused(sqs.send_message, QueueUrl=replies, MessageBody="{}")
    assert refused(sqs.send_message, QueueUrl=own, MessageBody="{}")
    assert refused(sqs.receive_message, QueueUrl=other, WaitTimeSeconds=0)
    assert refused(sqs.receive_message, QueueUrl=replies, WaitTimeSeconds=0)
    assert refused(stranger.receive_message, QueueUrl=own, WaitTimeSeconds=0)
    assert refused(stranger.send_message, QueueUrl=replies, MessageBody="{}")
    aws("sqs").purge_queue(QueueUrl=replies)


def test_a_second_start_finds_the_data_and_the_same_people(tmp_path: Path) -> None:
    def dynamodb(running: LocalStack) -> Any:
        session = boto3.Session("test", "test", region_name=running.description["region"])
        return session.client("dynamodb", endpoint_url=running.description["endpoint_url"])

    item = {"pk": {"S": "KEPT"}, "sk": {"S": "HEAD"}}
    with LocalStack(tmp_path) as first:
        dynamodb(first).put_item(TableName=first.description["tables"]["cases"], Item=item)
        pool = first.description["user_pool_id"]
    began = time.monotonic()
    with LocalStack(tmp_path, stack_port=first.stack_port) as second:
        assert time.monotonic() - began < 40, "3 s on a quiet machine"
        found = dynamodb(second).get_item(TableName=second.description["tables"]["cases"], Key=item)
        assert found["Item"] == item
        assert second.description["user_pool_id"] == pool
        assert get(f"{second.base_url}/v1/health")[0] == 200
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
