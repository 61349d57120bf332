"""Counts of the track for a period, in the shape of the inspectorate's Biểu 01/XLD: numbers, never a name or a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition
from chalicelib.domain.working_time import WorkingCalendar


@dataclass(slots=True, kw_only=True)
class Report:
    """How many petitions a period had, by what they are and how they stood at its end. Days are those of the office."""

    unit: str
    first: date
    last: date
    carried_over: int = 0
    received: int = 0
    of_one: int = 0
    of_many: int = 0
    qualified: int = 0  # accepted by the end of the period
    unclassified: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    ordinary: int = 0  # reports and suggestions, handed to the ordinary track
    settled: int = 0
    being_settled: int = 0
    not_yet: int = 0
    within_authority: int = 0
    outside_authority: int = 0
    guided: int = 0
    forwarded: int = 0
    refused: int = 0
    withdrawn: int = 0
    urged: int = 0  # petitions whose body was urged, until now


def report(petitions: Iterable[Petition], unit: str, first: date, last: date, calendar: WorkingCalendar) -> Report:
    """Count the petitions that were open at some time of the period; both days belong to it."""
    made = Report(unit=unit, first=first, last=last)
    for petition in petitions:
        came = local_date(petition.received_at, calendar)
        if came <= last and (petition.closed_on is None or petition.closed_on >= first):
            _count(made, petition, came)
    return made


def _count(made: Report, petition: Petition, came: date) -> None:
    def by(day: date | None) -> bool:
        return day is not None and day <= made.last

    outcome = petition.outcome if by(petition.closed_on) else ""
    made.carried_over += came < made.first
    made.received += came >= made.first
    made.of_many += petition.joint
    made.of_one += not petition.joint
    made.qualified += by(petition.accepted_on)
    made.settled += by(petition.settled_on)
    made.being_settled += by(petition.accepted_on) and not by(petition.settled_on) and not outcome
    made.not_yet += not by(petition.accepted_on) and not outcome
    made.guided += outcome == "guided"
    made.forwarded += outcome == "transferred"
    made.refused += outcome == "refused"
    made.withdrawn += outcome == "withdrawn"
    made.ordinary += outcome == "moved"
    made.outside_authority += outcome in ("guided", "transferred")
    made.within_authority += outcome not in ("guided", "transferred")
    made.urged += petition.urged > 0
    if outcome != "moved":
        made.unclassified += not petition.kind
        if petition.kind:
            made.by_kind[petition.kind] = made.by_kind.get(petition.kind, 0) + 1
