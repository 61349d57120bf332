"""The relay: new events of the case table become queue messages, nothing else.

It raises nothing: a stream handler that fails holds up its whole shard. What it cannot read goes to a queue of its own;
what it cannot send, `recover` sends later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint, DynamoDBEvent

from chalicelib import bootstrap, observability
from chalicelib.domain.errors import DomainError
from chalicelib.ports import Message

if TYPE_CHECKING:
    from chalicelib.usecases.relay_events import Happened

workers = Blueprint(__name__)
EVENT = "EVENT#"


@workers.on_dynamodb_record(stream_arn="CasesStream", name="relay")
def relay(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    """Pass new events on."""
    from chalicelib.usecases.relay_events import relay_events

    records: list[Mapping[str, Any]] = event.to_dict()["Records"]
    happened, poison = _read(records)
    outgoing, sent = bootstrap.deps().outgoing, 0
    try:
        if poison:  # first: what is not relayed is found again, this is not
            outgoing.relay("relay_dlq", [Message({"record": name}) for name in poison])
        sent = relay_events(happened, outgoing)
    except DomainError as error:
        observability.log_failure(error, worker="relay")
        observability.metric("RelayFailures", 1)
    observability.log("batch", worker="relay", count=sent, status=len(poison))
    return {"batchItemFailures": []}


def _read(records: Iterable[Mapping[str, Any]]) -> tuple[list[Happened], list[str]]:
    from chalicelib.domain.events import EVENT_TYPES
    from chalicelib.usecases.relay_events import Happened

    happened, poison = [], []
    for record in records:
        keys = record.get("dynamodb", {}).get("Keys", {})
        code, sk = keys.get("pk", {}).get("S", ""), keys.get("sk", {}).get("S", "")
        if record.get("eventName") != "INSERT" or not sk.startswith(EVENT):
            continue
        kind = record["dynamodb"].get("NewImage", {}).get("kind", {}).get("S", "")
        if kind in EVENT_TYPES and sk.removeprefix(EVENT).isdecimal():
            happened.append(Happened(code, int(sk.removeprefix(EVENT)), kind))
        else:
            poison.append(f"{code}/{sk}")
    return happened, poison
