"""`evolve(petition, recorded, today) -> petition`: what an event makes of a petition. No rule is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.domain.petitions import events as ev
from chalicelib.domain.petitions.petition import Petition, State


def evolve(petition: Petition | None, recorded: ev.Recorded, today: date) -> Petition:
    """Return the petition after an event that happened on this day at the office; only Received may come first."""
    event = recorded.event
    if isinstance(event, ev.Received):
        petition = Petition(
            code=recorded.code,
            state=State.RECEIVED,
            channel=event.channel,
            received_at=recorded.at,
            joint=event.joint,
        )
    assert petition is not None, "a petition begins with Received"
    changes = _CHANGES.get(type(event))
    return replace(petition, version=recorded.seq, **(changes(petition, event, today) if changes else {}))


def _closed(outcome: str, today: date) -> dict[str, Any]:
    return {"state": State.CLOSED, "outcome": outcome, "closed_on": today}


def _extended(petition: Petition, event: ev.Extended, _: date) -> dict[str, Any]:
    return {"grade": event.grade, "granted": (*petition.granted, event.days)}


def _settled(_: Petition, event: ev.Settled, __: date) -> dict[str, Any]:
    return {"state": State.SETTLED, "document": event.document, "number": event.number, "settled_on": event.on}


def _followed(petition: Petition, event: ev.Followed, _: date) -> dict[str, Any]:
    return {"followed_on": event.on, event.how: getattr(petition, event.how) + 1}


def _withdrawn(_: Petition, event: ev.Withdrawn, today: date) -> dict[str, Any]:
    return {"withdrawn": True} | ({} if event.goes_on else _closed("withdrawn", today))


_CHANGES: Mapping[type[ev.Event], Callable[[Petition, Any, date], dict[str, Any]]] = {
    ev.Classified: lambda _, event, __: {"state": State.CLASSIFIED, "kind": event.kind},
    ev.Accepted: lambda _, event, __: {"state": State.ACCEPTED, "accepted_on": event.on},
    ev.Extended: _extended,
    ev.Settled: _settled,
    ev.Followed: _followed,
    ev.Opened: lambda petition, _, __: {"opened": petition.opened + 1},
    ev.Withdrawn: _withdrawn,
    ev.Ended: lambda _, event, today: _closed(event.outcome, today),
    ev.Executed: lambda _, __, today: _closed("executed", today),
    ev.HeldBack: lambda *_: {"held": True},
    ev.HoldLifted: lambda *_: {"held": False},
    ev.Erased: lambda _, __, today: {"erased_on": today},
}
