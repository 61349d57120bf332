"""What an event adds to the tallies."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from chalicelib.domain import events as ev

COUNTED: Mapping[type[ev.Event], str] = {
    ev.Received: "received",
    ev.DetailsRequested: "details_requested",
    ev.Refused: "refused",
    ev.Answered: "answered",
    ev.ForwardedToOfficer: "forwarded_to_officer",
    ev.ForwardedToAgency: "forwarded_to_agency",
    ev.SentToPost: "sent_to_post",
    ev.ReferredToLeadership: "referred",
    ev.Reappointed: "reappointed",
    ev.MarkedLate: "late_stages",
    ev.Published: "published",
    ev.Closed: "closed",
}
GAUGE_SHARDS = 8


def counters_of(recorded: ev.Recorded, zone: ZoneInfo) -> Mapping[str, Mapping[str, int]]:
    """Return what to add: "<day>#<unit>#<kind>" → name → 1, and "now|states#<shard>" → state → ±1."""
    found: dict[str, dict[str, int]] = {}
    names = _names(recorded)
    if names:
        found[f"{recorded.at.astimezone(zone):%Y-%m-%d}#{unit_of(recorded)}#{recorded.kind}"] = names
    if recorded.before is not recorded.after:
        moved = {recorded.after.value: 1} | ({recorded.before.value: -1} if recorded.before else {})
        found[f"now|states#{int(recorded.code[:6]) % GAUGE_SHARDS}"] = moved
    return found


def unit_of(recorded: ev.Recorded) -> str:
    """Return the unit an event is counted for: the one that was late or answered, else the one that has the case."""
    event = recorded.event
    if isinstance(event, ev.MarkedLate):
        return event.holder.unit
    return event.unit if isinstance(event, ev.Answered) else recorded.unit


def month_of(recorded: ev.Recorded, zone: ZoneInfo) -> str:
    """Return the month (YYYY-MM, local) an event is counted in."""
    return f"{recorded.at.astimezone(zone):%Y-%m}"


def _names(recorded: ev.Recorded) -> dict[str, int]:
    event = recorded.event
    names = {COUNTED[type(event)]: 1} if type(event) in COUNTED else {}
    if isinstance(event, ev.MarkedLate) and event.first:
        names["late"] = 1  # cases, where late_stages counts every stage that ran over
    return names
