"""What MiniStack 1.5.33 drops, set by its API or in what it keeps. Not for AWS, where the templates suffice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infra.cloudformation import Cloud
from infra.functions import FUNCTIONS
from infra.gateway import responses
from infra.grants import GRANTS
from infra.names import TABLES, named
from infra.tables import TIME_TO_LIVE


def tables(cloud: Cloud, stage: str) -> None:
    """Switch on point-in-time recovery and expiry."""
    dynamodb = cloud.client("dynamodb")
    restorable = {"PointInTimeRecoveryEnabled": True}
    for name in TABLES:
        dynamodb.update_continuous_backups(TableName=named(stage, name), PointInTimeRecoverySpecification=restorable)
    for name, attribute in TIME_TO_LIVE.items():
        wanted = {"AttributeName": attribute, "Enabled": True}
        dynamodb.update_time_to_live(TableName=named(stage, name), TimeToLiveSpecification=wanted)


def bucket(cloud: Cloud, name: str, forgets: dict[str, int]) -> None:
    """Let a bucket forget what it shall, and let it be reached without TLS, which is not to be had here."""
    s3 = cloud.client("s3")
    s3.delete_bucket_policy(Bucket=name)
    rules = [
        {"ID": folder, "Status": "Enabled", "Filter": {"Prefix": folder}, "Expiration": {"Days": days}}
        for folder, days in forgets.items()
    ]
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})


def streams(state: Path) -> None:
    """Let the readers of streams begin anew: it keeps how far they had read, but not the streams, which begin at 0."""
    file = state / "lambda.json"
    if file.exists():
        kept = json.loads(file.read_text(encoding="utf-8"))
        kept["payload"]["dynamodb_stream_positions"]["data"] = {}
        file.write_text(json.dumps(kept), encoding="utf-8")


def gateway(cloud: Cloud, api: str) -> None:
    """Put the gateway's own answers, which it does not import from the definition, and redeploy the stage."""
    client = cloud.client("apigateway")
    there = {item["responseType"]: item for item in client.get_gateway_responses(restApiId=api)["items"]}
    if all(there.get(name, {}).items() >= answer.items() for name, answer in responses().items()):
        return
    for name, answer in responses().items():
        client.put_gateway_response(restApiId=api, responseType=name, **answer)
    client.create_deployment(restApiId=api, stageName="api")


def mail(cloud: Cloud, stage: str) -> None:
    """Let who may send mail send it: it finds no identity in SendEmail and asks for a grant on "*"."""
    _grant(cloud, stage, "mail", {"mail": "*"}, "ses:SendEmail")


def batches(cloud: Cloud, stage: str) -> None:
    """Let who may send to a queue send batches: it asks for sqs:SendMessageBatch, which IAM does not know."""
    queues = {
        key: [f"arn:aws:sqs:*:*:{named(stage, queue)}" for queue in key.partition("/")[2].split()]
        for grants in GRANTS.values()
        for key, actions in grants.items()
        if key.startswith("queue/") and "SendMessage" in actions.split()
    }
    _grant(cloud, stage, "batches", queues, "sqs:SendMessageBatch")


def _grant(cloud: Cloud, stage: str, name: str, resources: dict[str, Any], action: str) -> None:
    """Add an action to the role of every function that has one of the grants."""
    iam, functions = cloud.client("iam"), cloud.client("lambda")
    for function in FUNCTIONS:
        for key in GRANTS[function.name].keys() & resources.keys():
            statement = {"Effect": "Allow", "Action": action, "Resource": resources[key]}
            found = functions.get_function_configuration(FunctionName=named(stage, function.short_name))
            document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            role = found["Role"].rpartition("/")[2]
            iam.put_role_policy(RoleName=role, PolicyName=f"local-{name}", PolicyDocument=document)
