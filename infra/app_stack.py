"""The stack of a release: what `chalice package` cannot say, merged into what it says.

Chalice merges dictionaries key by key and replaces strings and lists whole. So a value here must be new, or replace a
plain string (the decorators name their queue by a placeholder for that reason), never an intrinsic of Chalice's own.
"""

from __future__ import annotations

import json

from chalicelib.observability import NAMESPACE, SERVICE
from infra import directory, incoming_mail, keeping, signing
from infra.alarms import Measure, alarm, silence
from infra.functions import FUNCTIONS, Function
from infra.gateway import api, api_alarm, api_log
from infra.names import Json, imported, logical, named

ANSWER_MODEL = "Bedrock model that may reword what the catalogue answers; empty: none"
NEW_EVENTS = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
HOUR = 3600


def config(functions: tuple[Function, ...] = FUNCTIONS) -> Json:
    """Give the part of .chalice/config.json that the table of functions decides."""
    return {
        "lambda_functions": {
            function.name: {
                "lambda_timeout": function.timeout,
                "lambda_memory_size": function.memory,
                "iam_policy_file": f"policy-{function.name}.json",
            }
            for function in functions
        }
    }


def settings(stage: str, regulation: str) -> dict[str, str | Json]:
    """Give every function the settings of chalicelib/config.py, by environment variable."""
    pool = {
        "Fn::Sub": [
            "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${Pool}",
            {"Pool": imported(stage, "UserPoolId")},
        ]
    }
    notices = imported(stage, "NoticesQueueUrl")
    base = {"Fn::Select": [0, {"Fn::Split": [named(stage, "notices"), notices]}]}
    return {
        "STAGE": stage,
        "TABLE_PREFIX": named(stage),
        "REGULATION": regulation,
        "NOTICES_QUEUE_URL": notices,
        "OUTGOING_QUEUE_URL": imported(stage, "OutgoingQueueUrl"),
        "TALLIES_QUEUE_URL": imported(stage, "TalliesQueueUrl"),
        "BOARD_QUEUE_URL": imported(stage, "BoardQueueUrl"),
        "REPLIES_QUEUE_URL": imported(stage, "RepliesQueueUrl"),
        "BOUNCES_QUEUE_URL": imported(stage, "BouncesQueueUrl"),
        "MAILS_QUEUE_URL": imported(stage, "MailsQueueUrl"),
        "REPORTS_QUEUE_URL": imported(stage, "ReportsQueueUrl"),
        "RELAY_DLQ_URL": imported(stage, "RelayDlqUrl"),
        "AGENCY_QUEUE_PREFIX": {"Fn::Join": ["", [base, named(stage, "agency", "")]]},
        "FILES_BUCKET": imported(stage, "FilesBucket"),
        "LAKE_BUCKET": imported(stage, "LakeBucket"),
        "MAIL_SENDER": imported(stage, "MailSender"),
        "PETITION_KEY": imported(stage, "PetitionKeyArn"),
        "SIGNING_KEYS": signing.setting(stage, directory.signing_keys(regulation)),
        "MAIL_INBOUND_DOMAIN": {"Ref": "MailInboundDomain"},
        "MAILS_BUCKET": imported(stage, "MailsBucket"),
        "REPORTS_BUCKET": imported(stage, "ReportsBucket"),
        "SECRET_ID": imported(stage, "KeysArn"),
        "ISSUER": pool,
        "JWKS_URL": {"Ref": "JwksUrl"},
        "USER_POOL_ID": imported(stage, "UserPoolId"),
        "CLIENT_ID": imported(stage, "ClientId"),
        "PUBLIC_URL": {"Ref": "PublicUrl"},
        "LIFETIMES": keeping.setting(regulation),
        "ANSWER_MODEL": {"Ref": "AnswerModel"},
    }


def _queue_source(function: Function, stage: str) -> Json:
    return {
        f"{function.logical_id}SqsEventSource": {
            "Properties": {
                "Queue": imported(stage, f"{function.logical_id}QueueArn"),
                "BatchSize": function.batch,
                "ScalingConfig": {"MaximumConcurrency": function.concurrency},
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            }
        }
    }


def _stream_source(stage: str) -> Json:
    return {
        "RelayDynamodbEventSource": {
            "Properties": {
                "Stream": imported(stage, "CasesStreamArn"),
                "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 100,
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "BisectBatchOnFunctionError": True,
                "MaximumRetryAttempts": 10,
                "MaximumRecordAgeInSeconds": HOUR,
                "DestinationConfig": {"OnFailure": {"Destination": imported(stage, "RelayDlqArn")}},
                "FilterCriteria": {"Filters": [{"Pattern": json.dumps(NEW_EVENTS)}]},
            }
        }
    }


def _function(function: Function, stage: str) -> Json:
    properties: Json = {"FunctionName": named(stage, function.short_name)}
    if function.queue:
        properties["Events"] = _queue_source(function, stage)
    if function.name == "relay":
        properties["Events"] = _stream_source(stage)
    return {"Properties": properties}


def _log_group(function: Function, stage: str, days: int) -> Json:
    name = f"/aws/lambda/{named(stage, function.short_name)}"
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": name, "RetentionInDays": days}}


def _function_alarms(function: Function, stage: str) -> dict[str, Json]:
    name = named(stage, function.short_name)
    made = {}
    for metric in ("Errors", "Throttles"):
        measure = Measure("AWS/Lambda", metric, {"FunctionName": name}, statistic="Sum")
        made[logical(function.short_name, metric, "alarm")] = alarm(
            f"{name}: {metric.lower()} in the last minute.", measure, imported(stage, "AlarmsArn"), at_least=1
        )
    return made


def _watch(stage: str) -> dict[str, Json]:
    topic = imported(stage, "AlarmsArn")
    sweeps, reminds, collects = (
        Measure("AWS/Lambda", "Invocations", {"FunctionName": named(stage, name)}, "Sum", period=300)
        for name in ("sweep", "remind", "collect")
    )
    age = Measure("AWS/Lambda", "IteratorAge", {"FunctionName": named(stage, "relay")})
    ours: dict[str, Json | str] = {"service": SERVICE, "stage": stage}
    metrics = (
        *("SweepLag", "CasesAside", "RetimeAge", "DeadLetters", "DeadLettersOverdue", "MailsUnassigned"),
        "ForgetFailures",
    )
    lag, aside, behind, dead, overdue, unassigned, unforgotten = (Measure(NAMESPACE, name, ours) for name in metrics)
    return {
        "RetimeAgeAlarm": alarm(
            "A change of the calendar was announced an hour ago and not all open cases have their new deadlines.",
            behind,
            topic,
            at_least=HOUR,
        ),
        "SweepSilenceAlarm": silence("The sweep has not run for 5 minutes: nothing is flagged late.", sweeps, topic),
        "RemindSilenceAlarm": silence("Remind has not run for 5 minutes: reminders are not sent.", reminds, topic),
        "CollectSilenceAlarm": silence(
            "Collect has not run for 5 minutes: dead letters are not seen.", collects, topic
        ),
        "DeadLettersAlarm": alarm(
            "A message did not arrive: GET /v1/desk/dead-letters says which and why.", dead, topic, at_least=1
        ),
        "DeadLettersOverdueAlarm": alarm(
            "A message that did not arrive has waited longer than the regulation allows.", overdue, topic, at_least=1
        ),
        "MailsUnassignedAlarm": alarm(
            "A mail of a citizen waits for an operator: GET /v1/desk/mails says why.", unassigned, topic, at_least=1
        ),
        "ForgetFailuresAlarm": alarm(
            "A case whose time is over could not be read and is kept: python -m infra.retention --since looks again.",
            unforgotten,
            topic,
            at_least=1,
        ),
        "SweepLagAlarm": alarm("The sweep is more than 2 minutes behind the clock.", lag, topic, at_least=120),
        "CasesAsideAlarm": alarm(
            "The sweep cannot look at some cases and has set them aside: their clocks stand still.",
            aside,
            topic,
            at_least=1,
        ),
        "RelayAgeAlarm": alarm("The relay is 5 minutes behind the case table.", age, topic, at_least=300_000),
        "ApiFailuresAlarm": api_alarm(stage, topic),
    }


def merge_template(stage: str, regulation: str) -> Json:
    """Make the merge template of a stage."""
    resources: dict[str, Json] = {"RestAPI": api(stage), "ApiAccessLog": api_log(stage, regulation), **_watch(stage)}
    days = keeping.days_kept(regulation)["logs"]
    for function in FUNCTIONS:
        resources[function.logical_id] = _function(function, stage)
        resources[logical(function.short_name, "log")] = _log_group(function, stage, days)
        resources |= _function_alarms(function, stage)
    return {
        "Description": f"Tong Dai {stage}: a release",
        "Parameters": {
            "PublicUrl": {"Type": "String", "Description": "Base of the links in mails, without a slash at the end"},
            "JwksUrl": {"Type": "String", "Description": "Where the keys of the user pool are"},
            "MailInboundDomain": incoming_mail.DOMAIN,
            "AnswerModel": {"Type": "String", "Default": "", "Description": ANSWER_MODEL},
            "RateLimit": {"Type": "Number", "Default": 200, "Description": "Requests a second of the whole API"},
            "BurstLimit": {"Type": "Number", "Default": 400, "Description": "Requests at once beyond the rate"},
        },
        "Globals": {"Function": {"Environment": {"Variables": settings(stage, regulation)}}},
        "Resources": resources,
    }
