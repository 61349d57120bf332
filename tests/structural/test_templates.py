"""What must hold of every queue, table, function and alarm, whoever adds the next."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chalicelib import observability
from chalicelib.config import Settings
from infra import data_stack, directory
from infra.functions import FUNCTIONS
from infra.names import named

from .conftest import STAGE, Built

ROOT = Path(__file__).parents[2]
SQS, TABLE, ALARM = "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::CloudWatch::Alarm"
REGULATIONS = sorted(path.name.split(".")[0] for path in directory.REGULATIONS.glob("*.directory.yaml"))


def dicts(node: Any) -> Iterator[dict[str, Any]]:
    """Walk every dictionary of a template."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from dicts(child)


def test_no_dictionary_has_an_intrinsic_and_anything_else(built: Built) -> None:
    for node in [*dicts(built.data), *dicts(built.app)]:
        intrinsics = [key for key in node if key.startswith("Fn::")]
        assert not intrinsics or len(node) == 1, f"the merge left two values for one property: {node}"


def test_every_import_is_exported(built: Built) -> None:
    exported = {output["Export"]["Name"] for output in built.data["Outputs"].values()}
    imported = {node["Fn::ImportValue"] for node in dicts(built.app) if "Fn::ImportValue" in node}
    assert imported
    assert imported <= exported


def test_the_placeholders_of_the_decorators_are_all_replaced(built: Built) -> None:
    for source in [*built.sources("SQS").values(), *built.sources("DynamoDB").values()]:
        assert "Fn::ImportValue" in source.get("Queue", source.get("Stream")), source


def test_the_table_of_functions_is_what_chalice_packs(built: Built) -> None:
    packed = {name: (each["Timeout"], each["MemorySize"]) for name, each in built.functions.items()}
    assert packed == {each.logical_id: (each.timeout, each.memory) for each in FUNCTIONS}


def test_a_poison_record_cannot_block_the_stream(built: Built) -> None:
    assert list(built.sources("DynamoDB")) == ["Relay"]
    for source in built.sources("DynamoDB").values():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["BisectBatchOnFunctionError"] is True
        assert 0 < source["MaximumRetryAttempts"] <= 100
        assert 60 <= source["MaximumRecordAgeInSeconds"] < 86_400, "shorter than the stream remembers"
        assert source["DestinationConfig"]["OnFailure"]["Destination"] == {
            "Fn::ImportValue": named(STAGE, "RelayDlqArn")
        }
        assert source["StartingPosition"] == "TRIM_HORIZON"


def test_the_relay_sees_new_events_only(built: Built) -> None:
    (pattern,) = built.sources("DynamoDB")["Relay"]["FilterCriteria"]["Filters"]
    assert json.loads(pattern["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}},
    }


def test_every_table_can_be_restored_and_is_not_lost_with_the_stack(built: Built) -> None:
    tables = {key: each for key, each in built.data["Resources"].items() if each["Type"] == TABLE}
    assert len(tables) == 7
    for name, table in tables.items():
        properties = table["Properties"]
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}, name
        assert properties["DeletionProtectionEnabled"] is True, name
        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain"), name
        assert properties["BillingMode"] == "PAY_PER_REQUEST", name


@pytest.mark.parametrize(
    ("name", "forgets"), [("Files", {"waiting/": 1, "drafts/": 7, "learned/": 90}), ("MailsBucket", {"mail/": 30})]
)
def test_a_bucket_is_private_encrypted_and_kept_and_forgets(built: Built, name: str, forgets: dict[str, int]) -> None:
    bucket = built.data["Resources"][name]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")
    properties = bucket["Properties"]
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(properties["PublicAccessBlockConfiguration"]) == 4
    assert "VersioningConfiguration" not in properties, "what is forgotten must be gone"
    (encryption,) = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert encryption["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    *old, half_sent = properties["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in old} == forgets
    assert half_sent["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert {rule["Status"] for rule in (*old, half_sent)} == {"Enabled"}


@pytest.mark.parametrize("name", ["Files", "MailsBucket", "ReportsBucket"])
def test_nobody_reaches_a_bucket_without_tls(built: Built, name: str) -> None:
    (policy,) = [each for each in built.resources("AWS::S3::BucketPolicy").values() if each["Bucket"] == {"Ref": name}]
    (denied,) = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Deny"]
    assert (denied["Action"], denied["Principal"]) == (["s3:*"], "*")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert denied["Resource"] == [{"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": f"${{{name}.Arn}}/*"}]


@pytest.mark.parametrize("name", ["UserPool", "UserPoolClient", "Keys"])
def test_people_and_keys_are_kept(built: Built, name: str) -> None:
    resource = built.data["Resources"][name]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_nothing_of_the_data_stack_lives_in_the_application_stack(built: Built) -> None:
    kinds = {each["Type"] for each in built.app["Resources"].values()}
    assert not kinds & {TABLE, SQS, "AWS::Cognito::UserPool", "AWS::SecretsManager::Secret"}


def test_every_function_has_every_setting_and_no_other(built: Built) -> None:
    shared = built.app["Globals"]["Function"]["Environment"]["Variables"]
    assert set(shared) == {field.name.upper() for field in fields(Settings)}
    for name, function in built.functions.items():
        assert "Environment" not in function, f"{name} would hide the shared settings"


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))
    assert documented == {field.name.upper() for field in fields(Settings)}


def test_every_function_has_a_log_that_ends_and_alarms(built: Built) -> None:
    logs = {each["LogGroupName"]: each["RetentionInDays"] for each in built.resources("AWS::Logs::LogGroup").values()}
    for function in built.functions.values():
        name = function["FunctionName"]
        assert 30 <= logs[f"/aws/lambda/{name}"] <= 365
        assert name in built.alarmed("Errors") & built.alarmed("Throttles")


def test_every_alarm_tells_the_topic_and_says_what_it_means(built: Built) -> None:
    topics: list[Any] = [{"Ref": "Alarms"}, {"Fn::ImportValue": named(STAGE, "AlarmsArn")}]
    for name, alarm in built.resources(ALARM).items():
        assert alarm["AlarmActions"][0] in topics, name
        assert alarm["AlarmDescription"].endswith("."), name


@pytest.mark.parametrize("name", ["sweep", "remind", "collect"])
def test_a_silent_clock_is_an_alarm(built: Built, name: str) -> None:
    alarm = built.resources(ALARM)[f"{name.capitalize()}SilenceAlarm"]
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": named(STAGE, name)}]
    assert alarm["TreatMissingData"] == "breaching"
    assert (alarm["MetricName"], alarm["Period"]) == ("Invocations", 300)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"


@pytest.mark.parametrize(
    ("metric", "at_least"),
    [
        ("SweepLag", 120),
        ("CasesAside", 1),
        ("DeadLetters", 1),
        ("DeadLettersOverdue", 1),
        ("MailsUnassigned", 1),
        ("ForgetFailures", 1),
    ],
)
def test_what_a_run_says_of_itself_is_heard(
    built: Built, capsys: pytest.CaptureFixture[str], metric: str, at_least: int
) -> None:
    """The alarm names the metric as the program writes it: namespace, name and every dimension."""
    observability.metric(metric, at_least, stage=STAGE)
    written = json.loads(capsys.readouterr().out)
    (directive,) = written["_aws"]["CloudWatchMetrics"]
    alarm = built.resources(ALARM)[f"{metric}Alarm"]
    dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    assert dimensions == {key: written[key] for key in directive["Dimensions"][0]}
    assert (alarm["Namespace"], alarm["MetricName"]) == (directive["Namespace"], metric)
    assert (alarm["Threshold"], alarm["TreatMissingData"]) == (at_least, "notBreaching")


def test_the_gateway_answers_in_our_shape(built: Built) -> None:
    answers = built.app["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    unknown = answers["MISSING_AUTHENTICATION_TOKEN"]
    assert json.loads(unknown["responseTemplates"]["application/json"]) == {
        "type": "about:blank",
        "title": "Không tìm thấy trang",
        "status": 404,
        "code": "not_found",
    }
    assert {"DEFAULT_4XX", "DEFAULT_5XX"} <= set(answers)
    for answer in answers.values():
        headers = answer["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
        assert headers["gatewayresponse.header.X-Content-Type-Options"] == "'nosniff'"


def test_the_access_log_holds_no_path_and_no_query(built: Built) -> None:
    """Paths hold case codes, queries may hold PINs; the route is enough."""
    fields_logged = json.loads(built.app["Resources"]["RestAPI"]["Properties"]["AccessLogSetting"]["Format"])
    assert not {"$context.path", "$context.identity.sourceIp", "$context.authorizer.claims"} & set(
        fields_logged.values()
    )


def test_the_api_is_regional_and_limited(built: Built) -> None:
    api = built.app["Resources"]["RestAPI"]["Properties"]
    assert api["EndpointConfiguration"] == "REGIONAL"
    (limits,) = api["MethodSettings"]
    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(limits)


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_the_data_template_of_every_regulation_fits_cloudformation(regulation: str) -> None:
    """500 resources and one megabyte at most (CloudFormation quotas)."""
    template = data_stack.template(STAGE, regulation)
    assert len(template["Resources"]) <= 500
    assert len(template["Outputs"]) <= 200
    assert len(json.dumps(template)) < 1_000_000


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_every_unit_that_works_has_a_group_and_every_agency_by_queue_its_own(regulation: str) -> None:
    resources = data_stack.template(STAGE, regulation)["Resources"].values()
    groups = {each["Properties"]["GroupName"] for each in resources if each["Type"] == "AWS::Cognito::UserPoolGroup"}
    queues = {each["Properties"]["QueueName"] for each in resources if each["Type"] == SQS}
    for unit in directory.units(regulation):
        assert (f"unit:{unit.id}" in groups) == unit.works
        assert (named(STAGE, "agency", unit.id) in queues) == unit.by_queue


def test_signed_reports_can_be_locked_and_drafts_are_forgotten(built: Built) -> None:
    bucket = built.data["Resources"]["ReportsBucket"]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")
    properties = bucket["Properties"]
    assert properties["ObjectLockEnabled"] is True
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    rules = properties["LifecycleConfiguration"]["Rules"]
    assert [rule["Prefix"] for rule in rules if "Prefix" in rule] == ["drafts/", "drafts/"]
