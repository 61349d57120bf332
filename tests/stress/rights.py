"""What a call must be granted, as infra/grants.py says it: what is granted can be held against what is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from infra.functions import FUNCTIONS
from infra.grants import CONSUME, GRANTS
from infra.names import named
from infra.policies import SERVICES
from tests.integration.cloud import STAGE

ALIKE = {"signing-keys": "signing-key"}  # that which signs is one of those that are shown
BY_SERVICE = {service: ALIKE.get(kind, kind) for kind, service in SERVICES.items()}  # where one kind is all of it
SEALING = ("GenerateDataKey", "Decrypt")  # those that sign can do neither
SINGLE = {
    "SendMessageBatch": "SendMessage",
    "DeleteMessageBatch": "DeleteMessage",
    "HeadObject": "GetObject",
    "ListObjectsV2": "ListBucket",
}  # one right
IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Right(NamedTuple):
    """An action on a thing: ("PutItem", "table/cases"), ("SendMessage", "agencies")."""

    action: str
    on: str

    @property
    def about(self) -> str:
        """Name the thing in a word."""
        kind, _, name = self.on.partition("/")
        return {"agencies": "agency", "queue": name, "table": name}.get(kind, name.replace("/", " "))


def rights_of(model: Any, asked: Any) -> tuple[Right, ...]:
    """Say what a call needs."""
    service = model.service_model.signing_name
    if service == "dynamodb":
        return tuple(Right(action, on) for action, on in _items(model.name, asked))
    if service == "sqs":
        return (Right(SINGLE.get(model.name, model.name), _queue(asked["QueueUrl"])),)
    if service == "kms":
        return (Right(model.name, "petition-key" if model.name in SEALING else "signing-key"),)
    if service == "s3":
        locks = ("PutObjectRetention",) if "ObjectLockMode" in asked else ()
        return tuple(Right(action, _bucket(asked)) for action in (SINGLE.get(model.name, model.name), *locks))
    return (Right(model.name, BY_SERVICE[service]),)


def granted(function: str) -> set[Right]:
    """Say what a function may do."""
    grants = GRANTS[function].items()
    return {Right(action, thing) for key, actions in grants for action in actions.split() for thing in _each(key)}


def not_called_by_us(function: str) -> set[Right]:
    """Say what Lambda does in a function's name: it reads our queues and our stream."""
    queue = next(one.queue for one in FUNCTIONS if one.name == function)
    polled = {Right(action, f"queue/{queue}") for action in CONSUME.split()} if queue else set()
    return polled | {right for right in granted(function) if right.on in ("stream/cases", "streams")}


def _items(operation: str, asked: Any) -> Iterator[tuple[str, str]]:
    if "TransactItems" in asked:
        for item in asked["TransactItems"]:
            ((what, on),) = item.items()
            yield IN_TRANSACTION.get(what, "GetItem"), _table(on["TableName"])
    elif "RequestItems" in asked:
        for table in asked["RequestItems"]:
            yield operation, _table(table)
    elif "IndexName" in asked:
        yield operation, f"index/{_short(asked['TableName'])}/{asked['IndexName']}"
    else:
        yield operation, _table(asked["TableName"])


def _each(key: str) -> list[str]:
    kind, *rest = key.split("/")
    if not rest:
        return [ALIKE.get(kind, kind)]
    *inside, names = rest
    return ["/".join([kind, *inside, name]) for name in names.split()]


def _table(name: str) -> str:
    return f"table/{_short(name)}"


def _queue(url: str) -> str:
    name = _short(url.rpartition("/")[2])
    if name.startswith("agency-"):
        return "agencies-dlq" if name.endswith("-dlq") else "agencies"
    return f"queue/{name}"


def _bucket(asked: Any) -> str:
    if "Key" not in asked:
        return f"bucket/{_short(asked['Bucket'])}"
    folder = asked["Key"].rpartition("/")[0].partition("/")[0]
    return f"bucket/{_short(asked['Bucket'])}/{folder}"


def _short(name: str) -> str:
    return name.removeprefix(f"{named(STAGE)}-")
