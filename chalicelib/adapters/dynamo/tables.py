"""The tables as PynamoDB models: names, keys, codecs. Every attribute that may be absent makes its index sparse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pynamodb.attributes import NumberAttribute
from pynamodb.models import Model

from chalicelib.adapters import aws
from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.indexes import (
    ByAgency,
    ByAlarm,
    ByCase,
    ByDay,
    ByField,
    ByFollowUp,
    ByHolder,
    ByLate,
    ByMonth,
    BySender,
    BySupervisor,
)
from chalicelib.adapters.dynamo.indexes import text as text  # noqa: PLC0414 the other tables make their keys of it too

HEAD = "HEAD"  # the sort key of the item that is the case as it stands
# Keys of the index of what is to be seen to beside the stages: cases that are, and events that led to a change.
FOLLOW_UP, CHANGES = "open", "changes"
CONNECT_SECONDS, READ_SECONDS, RETRIES = 1, 3, 2


class Meta:
    """Limits far below API Gateway's 29 s, so that a slow neighbour becomes a clear 503."""

    connect_timeout_seconds = CONNECT_SECONDS
    read_timeout_seconds = READ_SECONDS
    max_retry_attempts = RETRIES
    table_name = "unset"


class CaseItem(Model):
    """One item of a case: HEAD, PERSON, EVENT#00001 or TEXT#00001."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")  # the case code
    sk = text(key="range")
    body = text()  # JSON of the domain object
    version = NumberAttribute(null=True)  # HEAD
    chain = text()  # HEAD: hash of the last event; EVENT: hash of this one
    kind = text()  # EVENT: its type
    at = text()  # EVENT: when
    salt = text()  # TEXT: what the digests in the event were salted with
    holder_key = text()
    due_key = text()
    alarm_key = text()
    alarm_at = text()
    sender_key = text()
    received_key = text()
    late_key = text()
    late_at = text()
    follow_key = text()
    follow_at = text()
    supervisor_key = text()
    day_key = text()
    day_sort = text()
    by_holder = ByHolder()
    by_alarm = ByAlarm()
    by_sender = BySender()
    by_late = ByLate()
    by_follow_up = ByFollowUp()
    by_supervisor = BySupervisor()
    by_day = ByDay()


class InboxItem(Model):
    """Something done: an idempotency key, a consumed message, a claimed notice, a count of failures."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")
    fingerprint = text()
    result = text()
    state = text()  # of a claim: "claimed" or "done"
    lease_until = text()
    failures = NumberAttribute(null=True)
    expires = NumberAttribute(null=True)  # TTL, epoch seconds; housekeeping only, never a clock


class CentreItem(Model):
    """A unit (pk UNIT), account, agency's key or rejection, watermark, reminder, address, change, job, dead letter."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")
    sk = text(key="range")
    name = text()
    kind = text()
    mail = text()
    leader_mail = text()
    phone = text()
    exchange = text()
    history = text()  # UNIT: JSON of its days, earlier names and origin
    at = text()
    body = text()  # ACCOUNT, CALENDAR, JOB, AGENCYKEY, DEAD_LETTER, LOOKING: JSON of the object
    version = NumberAttribute(null=True)  # ACCOUNT, JOB, DEAD_LETTER: counts its writes; AGENCYKEY: 2 when revoked
    letter = text()  # DEAD_LETTER: the message itself, until it is settled; it may hold personal data
    letter_attributes = text()  # DEAD_LETTER: JSON of the message's attributes
    expires = NumberAttribute(null=True)  # TTL, of rows that lifetimes.py knows: epoch seconds


class BoardItem(Model):
    """A published answer."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")
    body = text()
    month_key = text()
    field_key = text()
    agency_key = text()
    published_key = text()
    by_month = ByMonth()
    by_field = ByField()
    by_agency = ByAgency()


class TallyItem(Model):
    """Counters of a day, unit and kind (pk month), gauges (now, holders), stages finished a day and unit (finished)."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")
    sk = text(key="range")


class AccessItem(Model):
    """Somebody was shown personal data: pk log-in and day, sk when, which case, by which door."""

    class Meta(Meta):
        """Table."""

    pk = text(key="hash")
    sk = text(key="range")
    code = text()
    seen_at = text()
    role = text()
    unit = text()
    parts = text()
    expires = NumberAttribute(null=True)  # TTL
    by_case = ByCase()


MODELS: dict[str, type[Model]] = {
    "cases": CaseItem,
    "inbox": InboxItem,
    "centre": CentreItem,
    "board": BoardItem,
    "tallies": TallyItem,
    "access": AccessItem,
}


def configure(prefix: str, days: Mapping[str, int]) -> Any:
    """Name the tables, say how long rows live, let all models share one botocore client and return it.

    A client of its own costs each 60–180 ms.
    """
    lifetimes.configure(days)
    client = None
    for name, model in MODELS.items():
        client = connect(model, f"{prefix}-{name}", client)
    return client


def connect(model: type[Model], table: str, client: Any = None) -> Any:
    """Name a model's table and let it use this botocore client, or one of its own, which is returned."""
    model.Meta.table_name = table
    model._connection = None  # noqa: SLF001 PynamoDB has no way to rename a table or share a client
    connection = model._get_connection().connection  # noqa: SLF001 same
    connection._local.session = aws.session()  # noqa: SLF001 same
    connection._client = client or connection.client  # noqa: SLF001 same
    return connection.client
