"""What everything is called; a name is made here and nowhere else."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

APP = "tongdai"
TABLES = ("cases", "inbox", "centre", "board", "tallies", "petitions")
QUEUES = ("notices", "outgoing", "tallies", "board", "replies", "bounces", "mails", "reports")


def prefix(stage: str) -> str:
    """Begin every resource name of a stage."""
    return f"{APP}-{stage}"


def named(stage: str, *parts: str) -> str:
    """Name a resource of a stage: tongdai-dev-notices-dlq."""
    return "-".join((prefix(stage), *parts))


def data_stack(stage: str) -> str:
    """Name the stack that is kept."""
    return named(stage, "data")


def app_stack(stage: str) -> str:
    """Name the stack that is replaced at every release."""
    return named(stage, "app")


def imported(stage: str, key: str) -> Json:
    """Refer from the app stack to an export of the data stack."""
    return {"Fn::ImportValue": named(stage, key)}


def logical(*words: str) -> str:
    """Make a CloudFormation logical id of names: ("agency", "so_tu_phap") -> AgencySoTuPhap."""
    parts = "_".join(words).replace("-", "_").replace(":", "_").split("_")
    return "".join(part[:1].upper() + part[1:] for part in parts)


def arn(service: str, resource: str) -> Json:
    """Give the ARN of a resource of this account and region."""
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"}
