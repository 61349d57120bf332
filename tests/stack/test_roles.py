"""Roles and queue policies are held to: MiniStack enforces IAM, so a grant too few or too many fails here."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra import directory
from infra.functions import FUNCTIONS
from infra.grants import GRANTS
from infra.local_stack import SENDER
from infra.names import named

from .conftest import Client, Stack

STRANGER = "333333333333"
CODE = {"pk": {"S": "NOBODY"}, "sk": {"S": "HEAD"}}


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
def test_a_role_keeps_files_only_if_answers_pass_through_it(stack: Stack, roles: dict[str, Role], name: str) -> None:
    s3, bucket = roles[name].client("s3"), stack["files"]
    may = GRANTS[name].get("bucket/files/cases", "").split()
    assert refused(s3.put_object, Bucket=bucket, Key="cases/NOBODY/probe", Body=b"") != ("PutObject" in may)
    assert refused(s3.put_object, Bucket=bucket, Key="waiting/probe", Body=b"") != (name == "api_handler")
    assert refused(s3.put_object, Bucket=bucket, Key="elsewhere/probe", Body=b"")
    assert refused(s3.delete_object, Bucket=bucket, Key="cases/NOBODY/probe") != ("DeleteObject" in may)


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


def test_notices_may_text_a_telephone_but_not_publish_to_the_alarms(
    stack: Stack, aws: Client, roles: dict[str, Role]
) -> None:
    sns = roles["notices"].client("sns")
    (topic,) = [each["TopicArn"] for each in aws("sns").list_topics()["Topics"] if each["TopicArn"].endswith("alarms")]
    assert not refused(sns.publish, PhoneNumber="+84218000000", Message="thử")
    assert refused(sns.publish, TopicArn=topic, Message="thử")
    assert refused(roles["digest"].client("sns").publish, PhoneNumber="+84218000000", Message="thử")


def test_only_who_tells_agencies_signs_and_the_api_shows_the_key(
    stack: Stack, aws: Client, roles: dict[str, Role]
) -> None:
    alias = f"alias/{named(stack['stage'], 'signing', directory.signing_keys('hoa_binh')[0].name)}"
    key = aws("kms").describe_key(KeyId=alias)["KeyMetadata"]["Arn"]
    what = {"Message": bytes(32), "MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_256"}
    for name, role in roles.items():
        kms = role.client("kms")
        signs, shows = "signing-key" in GRANTS[name], "signing-keys" in GRANTS[name]
        assert refused(kms.sign, KeyId=key, **what) != signs, name
        assert refused(kms.get_public_key, KeyId=key) != (signs or shows), name
        assert refused(kms.schedule_key_deletion, KeyId=key), name


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
