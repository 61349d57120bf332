"""Queue workers. The queue of each is set in infra/app_stack.py; the name here is only its key."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

workers = Blueprint(__name__)


@workers.on_sqs_message(queue_arn="Notices", name="notices")
def notices(event: SQSEvent) -> dict[str, Any]:
    """Tell people."""
    print(len(event.to_dict()["Records"]))  # noqa: T201 until the worker stands
    return {"batchItemFailures": []}


@workers.on_sqs_message(queue_arn="Outgoing", name="outgoing")
def outgoing(event: SQSEvent) -> dict[str, Any]:
    """Tell agencies."""
    return {"batchItemFailures": []}


@workers.on_sqs_message(queue_arn="Replies", name="replies")
def replies(event: SQSEvent) -> dict[str, Any]:
    """Hear agencies."""
    return {"batchItemFailures": []}


@workers.on_sqs_message(queue_arn="Tallies", name="tallies")
def tallies(event: SQSEvent) -> dict[str, Any]:
    """Count."""
    return {"batchItemFailures": []}


@workers.on_sqs_message(queue_arn="Board", name="board")
def board(event: SQSEvent) -> dict[str, Any]:
    """Publish."""
    return {"batchItemFailures": []}
