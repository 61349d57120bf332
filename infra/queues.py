"""A queue is never alone: queue, dead-letter queue and the two alarms are made together."""

from __future__ import annotations

from infra.alarms import Measure, alarm
from infra.functions import MAX_RECEIVES
from infra.names import Json, logical, named

DAY = 24 * 3600
SOURCE_DAYS = 4
LARGEST = 256 * 1024  # bytes; said, for the default is not the same everywhere; a dead letter must fit into an item
DEAD_LETTER_DAYS = 14  # longer than the source's: a message keeps its age when it moves


def _bare(name: str, days: int) -> Json:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "QueueName": name,
            "MessageRetentionPeriod": days * DAY,
            "MaximumMessageSize": LARGEST,
            "SqsManagedSseEnabled": True,
        },
    }


def _measure(queue_name: str, metric: str) -> Measure:
    return Measure("AWS/SQS", metric, {"QueueName": queue_name})


def dead_letters(stage: str, name: str, topic: Json) -> dict[str, Json]:
    """Make a dead-letter queue; `collect` empties it every minute, and the alarm rings where it does not."""
    full = named(stage, name, "dlq")
    says = f"{full} has held a message for 5 minutes: collect does not take it out, nobody sees it at the desk."
    held = Measure("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": full}, "Minimum", period=300)
    return {
        logical(name, "dlq"): _bare(full, DEAD_LETTER_DAYS),
        logical(name, "dlq", "alarm"): alarm(says, held, topic, at_least=1),
    }


def queue(stage: str, name: str, topic: Json, *, visibility: int, oldest: int) -> dict[str, Json]:
    """Make a queue with its dead letters; `visibility` and `oldest` (the age that raises the alarm) in seconds."""
    full = named(stage, name)
    source = _bare(full, SOURCE_DAYS)
    source["Properties"] |= {
        "VisibilityTimeout": visibility,
        "ReceiveMessageWaitTimeSeconds": 20,
        "RedrivePolicy": {
            "deadLetterTargetArn": {"Fn::GetAtt": [logical(name, "dlq"), "Arn"]},
            "maxReceiveCount": MAX_RECEIVES,
        },
    }
    says = f"{full}: a message has waited {oldest} s or more; its reader is slow, stopped or failing."
    age = alarm(says, _measure(full, "ApproximateAgeOfOldestMessage"), topic, at_least=oldest)
    return {
        logical(name, "queue"): source,
        logical(name, "queue", "alarm"): age,
        **dead_letters(stage, name, topic),
    }


def policy_of_topic(name: str, topic: str) -> Json:
    """Let one topic, and nobody else, put messages on a queue."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": ["sqs:SendMessage"],
        "Resource": {"Fn::GetAtt": [logical(name, "queue"), "Arn"]},
        "Condition": {"ArnEquals": {"aws:SourceArn": {"Ref": topic}}},
    }
    return _queue_policy(name, statement)


def policy(name: str, accounts: list[str], actions: list[str]) -> Json:
    """Let other accounts do exactly `actions` on one queue."""
    principals = [{"Fn::Sub": f"arn:${{AWS::Partition}}:iam::{account}:root"} for account in accounts]
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": principals},
        "Action": actions,
        "Resource": {"Fn::GetAtt": [logical(name, "queue"), "Arn"]},
    }
    return _queue_policy(name, statement)


def _queue_policy(name: str, statement: Json) -> Json:
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": logical(name, "queue")}],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        },
    }
