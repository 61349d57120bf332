"""Announce a day off, a working day or closed hours, or withdraw what was announced; the open cases follow (R63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.actors import Actor
from chalicelib.domain.centre_calendar import Change, Foreseen, announce, foreseen
from chalicelib.domain.errors import ConflictError
from chalicelib.ports import AlreadyDoneError, Deps, Receipt
from chalicelib.usecases.carry_out import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What an administrator wants: the fields of a Change that are not ours to fill."""

    kind: str
    reason: str
    dates: tuple[date, ...] = ()
    frames: tuple[tuple[str, str], ...] = ()
    document: str = ""
    withdraws: int | None = None


def announce_change(wanted: Announcement, *, actor: Actor, receipt: Receipt, deps: Deps) -> tuple[Change, bool]:
    """Record a change and open its retiming; return it, and whether the same receipt had done so before.

    Raises InvalidError and ConflictError as the domain does, and ConflictError where another was quicker.
    """
    wanted = tidy(wanted)
    changes = deps.calendar.changes(fresh=True)
    if kept := deps.inbox.find(receipt.key):
        return _again(kept, receipt, deps), True
    change = _complete(wanted, changes, actor, deps)
    try:
        deps.calendar.add(change, replace(receipt, result=str(change.number)))
    except AlreadyDoneError as done:
        return _again(done.receipt, receipt, deps), True
    return change, False


def foresee_change(wanted: Announcement, *, actor: Actor, deps: Deps) -> tuple[Foreseen, ...]:
    """Return what an announcement would make of its days; nothing is announced. Raises as announce_change does."""
    change = _complete(tidy(wanted), deps.calendar.changes(fresh=True), actor, deps)
    return foreseen(change, deps.regulation)


def _complete(wanted: Announcement, changes: Sequence[Change], actor: Actor, deps: Deps) -> Change:
    now = deps.clock.now()
    draft = Change(
        number=len(changes) + 1,
        kind=wanted.kind,
        dates=tuple(sorted(wanted.dates)),
        frames=wanted.frames,
        reason=wanted.reason,
        document=wanted.document,
        author=actor.name,
        at=now,
        withdraws=wanted.withdraws,
    )
    return announce(draft, changes, deps.regulation, now)


def _again(kept: Receipt, given: Receipt, deps: Deps) -> Change:
    if kept.fingerprint != given.fingerprint:
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    return deps.calendar.changes(fresh=True)[int(kept.result) - 1]
