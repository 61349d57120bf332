"""What an event adds to the tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import INPUT, PHONED, Holder, State
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.sums import CRITERION, HOUR, RATED

COUNTED: Mapping[type[ev.Event], str] = {
    ev.Received: "received",
    ev.DetailsRequested: "details_requested",
    ev.Refused: "refused",
    ev.Answered: "answered",
    ev.ForwardedToOfficer: "forwarded_to_officer",
    ev.ForwardedToAgency: "forwarded_to_agency",
    ev.SentToPost: "sent_to_post",
    ev.ReferredToLeadership: "referred",
    ev.ForwardingTakenBack: "taken_back",
    ev.Reappointed: "reappointed",
    ev.MarkedLate: "late_stages",
    ev.LateCorrected: "late_stages_corrected",
    ev.DeadlineMoved: "deadlines_moved",
    ev.ActionOpened: "duties_opened",
    ev.ActionClosed: "duties_closed",
    ev.InputAsked: "inputs_asked",
    ev.InputGiven: "inputs_given",
    ev.InputDeclined: "inputs_declined",
    ev.InputWithdrawn: "inputs_withdrawn",
    ev.DeliveryFailed: "undelivered",
    ev.SenderPhoned: "phone_calls",
    ev.Published: "published",
    ev.Closed: "closed",
    ev.Reopened: "reopened",
}
HANDED_ON = (
    ev.ForwardedToOfficer,
    ev.ForwardedToAgency,
    ev.SentToPost,
    ev.ReferredToLeadership,
    ev.OpinionGiven,
    ev.ReturnedToOperator,
    ev.DeclinedByAgency,
    ev.ResultSubmitted,
    ev.ForwardingTakenBack,
)
NAMING = (  # events that say themselves which unit they are about
    ev.Answered,
    ev.Rated,
    ev.Reopened,
    ev.LateCorrected,
    ev.ActionOpened,
    ev.ActionClosed,
    ev.ActionOverdue,
    ev.InputAsked,
    ev.InputGiven,
    ev.InputDeclined,
    ev.InputWithdrawn,
)
ENDED = (ev.Answered, ev.Refused)
ROLES: Mapping[State, Role] = {
    State.WITH_OFFICER: Role.OFFICER,
    State.WITH_AGENCY: Role.AGENCY,
    State.WITH_POST: Role.AGENCY,
    State.WITH_LEADERSHIP: Role.LEADERSHIP,
}
GAUGE_SHARDS = 8
MOVED = "moved"


def counters_of(recorded: ev.Recorded, rules: Regulation) -> Mapping[str, Mapping[str, int]]:
    """Return what to add to which row, name by name; "<partition>|<row>", without a partition the month's.

    "<day>#<unit>#<kind>" → name → 1; "now|states#<shard>" → state → ±1; "holders|<unit>#<shard>" → role → ±1 (open
    cases); "moved|<day>#<unit>" → taken, left → 1 (cases that came to a unit, or went); "finished|<day>#<unit>" → role
    → 1 (stages a holder brought to an end itself).
    """
    local, shard = recorded.at.astimezone(rules.calendar.zone), int(recorded.code[:6]) % GAUGE_SHARDS
    day = f"{local:%Y-%m-%d}"
    found: dict[str, Mapping[str, int]] = {}
    names = _names(recorded, local)
    if names:
        found[_row(recorded, day, rules)] = names
    if recorded.before is not recorded.after:
        moved = {recorded.after.value: 1} | ({recorded.before.value: -1} if recorded.before else {})
        found[f"now|states#{shard}"] = moved
    left, taken = left_by(recorded, rules.operators), taken_by(recorded)
    for unit, moves in _moves(left, taken).items():
        found[f"holders|{unit}#{shard}"] = moves
    if (left and left.unit) != (taken and taken.unit):
        found |= {f"{MOVED}|{day}#{who.unit}": {name: 1} for name, who in (("left", left), ("taken", taken)) if who}
    if left and (left.role, left.unit) == (recorded.actor.role, recorded.actor.unit):
        found[f"finished|{day}#{left.unit}"] = {left.role: 1}
    return found


def _row(recorded: ev.Recorded, day: str, rules: Regulation) -> str:
    row = f"{unit_of(recorded)}#{recorded.kind}"
    if isinstance(recorded.event, ev.Rated) and recorded.event.first_at:  # what changes its mind moves where it stands
        first = f"{recorded.event.first_at.astimezone(rules.calendar.zone):%Y-%m-%d}"
        return f"{first[:7]}|{first}#{row}"
    return f"{day}#{row}"


def sms_counters(recorded: ev.Recorded, parts: int, at: datetime, rules: Regulation) -> dict[str, dict[str, int]]:
    """Return what an SMS about an event adds: to the day on which it is sent, of the event's unit and kind."""
    day = f"{at.astimezone(rules.calendar.zone):%Y-%m-%d}"
    return {f"{day}#{unit_of(recorded)}#{recorded.kind}": {"sms": 1, "sms_parts": parts}}


def taken_by(recorded: ev.Recorded) -> Holder | None:
    """Return who has the case from this event on; None when it stays where it was or nobody owes work any more."""
    event = recorded.event
    return event.holder if isinstance(event, (ev.Received, ev.Reopened, *HANDED_ON)) else None


def left_by(recorded: ev.Recorded, operators: str) -> Holder | None:
    """Return who had the case until this event; None when it stays where it was or is new.

    Only where it is taken back does the event say. Else only the holder of a case may hand it on or end it, so it is
    the actor's unit in the role that belongs to the state before. What the rules do by themselves they take from the
    operators (Điều 7.2, 8.2).
    """
    if not isinstance(recorded.event, (*HANDED_ON, *ENDED)):
        return None
    if isinstance(recorded.event, ev.ForwardingTakenBack):
        return recorded.event.taken_from
    assert recorded.before is not None, "a case begins with Received"
    role = ROLES.get(recorded.before)
    return Holder(role, recorded.actor.unit) if role else Holder(Role.OPERATOR, operators)


def unit_of(recorded: ev.Recorded) -> str:
    """Return the unit an event is counted for: the one that was late or answered, else the one that has the case."""
    event = recorded.event
    if isinstance(event, ev.MarkedLate):
        return event.holder.unit
    if isinstance(event, NAMING):
        return event.unit
    return recorded.unit


def month_of(recorded: ev.Recorded, zone: ZoneInfo) -> str:
    """Return the month (YYYY-MM, local) an event is counted in."""
    return f"{recorded.at.astimezone(zone):%Y-%m}"


def _moves(left: Holder | None, taken: Holder | None) -> Mapping[str, Mapping[str, int]]:
    by_unit: dict[str, Counter[str]] = {}
    for holder, by in ((left, -1), (taken, 1)):
        if holder:
            by_unit.setdefault(holder.unit, Counter())[holder.role] += by
    return by_unit


def _names(recorded: ev.Recorded, local: datetime) -> dict[str, int]:
    event = recorded.event
    names = {COUNTED[type(event)]: 1} if type(event) in COUNTED else {}
    if isinstance(event, ev.Received):
        names[f"{HOUR}{local:%H}"] = 1
    if isinstance(event, ev.Answered) and event.late:
        names["answered_late"] = 1
    if isinstance(event, ev.Rated):
        names |= _rated(event)
    if isinstance(event, ev.MarkedLate) and event.first:
        names["late"] = 1  # cases, where late_stages counts every stage that ran over
    names |= _of_duties(event)
    if isinstance(event, ev.SenderPhoned) and event.outcome == PHONED:
        names["phoned"] = 1  # senders told at last, where phone_calls counts every try
    if isinstance(event, ev.LateCorrected) and event.last:
        names["late_corrected"] = 1
    return names


def _rated(event: ev.Rated) -> dict[str, int]:
    """Return what a rating adds, and takes away of what was said before."""
    new = {f"{CRITERION}{name}:{step}" for name, step in event.criteria.items()} | {f"{RATED}{event.rating}"}
    old = {f"{CRITERION}{name}:{step}" for name, step in event.previous_criteria.items()}
    old |= {f"{RATED}{event.previous}"} if event.previous else set()
    return dict.fromkeys(new - old, 1) | dict.fromkeys(old - new, -1)


def _of_duties(event: ev.Event) -> dict[str, int]:
    if isinstance(event, ev.ActionOverdue) and event.step == 0:
        return {"inputs_overdue" if event.action == INPUT else "duties_overdue": 1}
    return {"inputs_late": 1} if isinstance(event, ev.InputGiven | ev.InputDeclined) and event.late else {}
