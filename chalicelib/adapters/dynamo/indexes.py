"""The indexes of the tables: names, keys, what they hold. infra/tables.py bears the same."""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection


def text(*, key: str = "") -> Any:
    """Make a string attribute: "hash" or "range" for a key, else optional."""
    return UnicodeAttribute(hash_key=key == "hash", range_key=key == "range", null=not key)


class ByHolder(GlobalSecondaryIndex[Any]):
    """Open cases of a holder by due time."""

    class Meta:
        """Index."""

        index_name = "by_holder"
        projection = AllProjection()

    holder_key = text(key="hash")
    due_key = text(key="range")


class ByAlarm(GlobalSecondaryIndex[Any]):
    """Cases the sweep must look at, by time."""

    class Meta:
        """Index."""

        index_name = "by_alarm"
        projection = KeysOnlyProjection()

    alarm_key = text(key="hash")
    alarm_at = text(key="range")


class BySender(GlobalSecondaryIndex[Any]):
    """Cases of a sender by time of receipt: the head under the telephone, PERSON under the mail address beside it."""

    class Meta:
        """Index."""

        index_name = "by_sender"
        projection = AllProjection()

    sender_key = text(key="hash")
    received_key = text(key="range")


class ByLate(GlobalSecondaryIndex[Any]):
    """Cases that became late, by unit and month."""

    class Meta:
        """Index."""

        index_name = "by_late"
        projection = AllProjection()

    late_key = text(key="hash")
    late_at = text(key="range")


class ByFollowUp(GlobalSecondaryIndex[Any]):
    """Cases with a sender to telephone or a duty that is open; apart, the events by which a case led to a change."""

    class Meta:
        """Index."""

        index_name = "by_follow_up"
        projection = AllProjection()

    follow_key = text(key="hash")
    follow_at = text(key="range")


class BySupervisor(GlobalSecondaryIndex[Any]):
    """Open cases that a unit supervises, by due time."""

    class Meta:
        """Index."""

        index_name = "by_supervisor"
        projection = KeysOnlyProjection()

    supervisor_key = text(key="hash")
    due_key = text(key="range")


class ByDay(GlobalSecondaryIndex[Any]):
    """Events of a day."""

    class Meta:
        """Index."""

        index_name = "by_day"
        projection = AllProjection()

    day_key = text(key="hash")
    day_sort = text(key="range")


class ByMonth(GlobalSecondaryIndex[Any]):
    """Published answers of a month."""

    class Meta:
        """Index."""

        index_name = "by_month"
        projection = AllProjection()

    month_key = text(key="hash")
    published_key = text(key="range")


class ByField(GlobalSecondaryIndex[Any]):
    """Published answers of a field and month."""

    class Meta:
        """Index."""

        index_name = "by_field"
        projection = AllProjection()

    field_key = text(key="hash")
    published_key = text(key="range")


class ByAgency(GlobalSecondaryIndex[Any]):
    """Published answers of an agency and month."""

    class Meta:
        """Index."""

        index_name = "by_agency"
        projection = AllProjection()

    agency_key = text(key="hash")
    published_key = text(key="range")


class ByCase(GlobalSecondaryIndex[Any]):
    """Who was shown a case, in order of time."""

    class Meta:
        """Index."""

        index_name = "by_case"
        projection = AllProjection()

    code = text(key="hash")
    seen_at = text(key="range")
