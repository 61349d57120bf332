"""The relay: new events of the case table become queue messages, nothing else.

It raises nothing: a stream handler that fails holds up its whole shard. What it cannot send, `recover` sends later.
What it cannot read nobody finds again: it goes to a queue of its own, and while that takes nothing, back to the stream.
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
    outgoing, sent, back = bootstrap.deps().outgoing, 0, ""
    try:
        sent = relay_events(happened, outgoing)
    except DomainError as error:
        _failed(error)
    try:
        if poison:
            outgoing.relay("relay_dlq", [Message({"record": name}) for name in poison])
    except DomainError as error:
        _failed(error)
        back = next(iter(poison.values()))
    observability.log("batch", worker="relay", count=sent, status=len(poison))
    return {"batchItemFailures": [{"itemIdentifier": back}] if back else []}


def _failed(error: DomainError) -> None:
    observability.log_failure(error, worker="relay")
    observability.metric("RelayFailures", 1)


def _read(records: Iterable[Mapping[str, Any]]) -> tuple[list[Happened], dict[str, str]]:
    """Return what happened, and the names of records that say nothing, with their sequence numbers."""
    from chalicelib.domain.events import EVENT_TYPES
    from chalicelib.usecases.relay_events import Happened

    happened, poison = [], {}
    for record in records:
        keys = record.get("dynamodb", {}).get("Keys", {})
        code, sk = keys.get("pk", {}).get("S", ""), keys.get("sk", {}).get("S", "")
        if record.get("eventName") != "INSERT" or not sk.startswith(EVENT):
            continue
        kind = record["dynamodb"].get("NewImage", {}).get("kind", {}).get("S", "")
        if kind in EVENT_TYPES and sk.removeprefix(EVENT).isdecimal():
            happened.append(Happened(code, int(sk.removeprefix(EVENT)), kind))
        else:
            poison[f"{code}/{sk}"] = str(record["dynamodb"].get("SequenceNumber", ""))
    return happened, poison
