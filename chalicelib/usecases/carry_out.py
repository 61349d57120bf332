"""Carry out a command on a case: load, decide, remember."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, replace
from typing import Any

from chalicelib.domain import stages
from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import CONTACT, Case
from chalicelib.domain.commands import Command
from chalicelib.domain.decide import Decision, decide
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.events import Recorded
from chalicelib.domain.permissions import allowed
from chalicelib.domain.text import normalise
from chalicelib.ports import AlreadyDoneError, Commit, Deps, Receipt, StaleVersionError, Stored
from chalicelib.usecases.sender_keys import listed_under

RACES = 5


def carry_out(
    code: str,
    command: Command,
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Return the case after the command.

    With a `version` the case must still have it; without one, a race with somebody else is run again.
    The same receipt does nothing twice. Raises what `decide` raises, StaleVersionError, NotFoundError and
    UnavailableError.
    """
    clean = tidy(command)
    return change(code, lambda: (clean, None), actor=actor, deps=deps, version=version, receipt=receipt)


def change(
    code: str,
    plan: Callable[[], tuple[Command, Sender | None]],
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
    keep: Callable[[Sequence[Recorded]], None] = lambda _: None,
) -> Case:
    """Do what carry_out does with a command, and a sender to be kept with it, that are made anew at each try.

    What events only point to is kept by `keep`, once they are decided and before they are written.
    """
    for race in range(RACES):
        stored = deps.cases.load(code)
        # Looked for after the case is read: a twin that changed what was read must be found, not refused.
        if receipt and (kept := deps.inbox.find(receipt.key)):
            return _again(kept, receipt, deps)
        _check_version(stored.case, version, actor, deps)
        command, sender = plan()
        made = decide(stored.case, command, actor=actor, code=code, regulation=deps.regulation, now=deps.clock.now())
        if not made.history:
            return stored.case
        keep(made.history)
        try:
            deps.cases.commit(commit_of(stored, made, deps, receipt=receipt, sender=sender))
        except AlreadyDoneError as done:
            assert receipt is not None
            return _again(done.receipt, receipt, deps)
        except StaleVersionError:
            if race == RACES - 1:  # else look again: with a version given, this says what is true and allowed now
                raise
        else:
            return made.case
    raise AssertionError("unreachable")


def tidy(command: Any) -> Any:
    """Normalise every text of a command; raises InvalidError for a required one that is empty."""
    changes: dict[str, Any] = {}
    for item in fields(command):
        value = getattr(command, item.name)
        if isinstance(value, str):
            changes[item.name] = normalise(value)
            if not changes[item.name] and item.default is MISSING:
                raise InvalidError("empty_text", "Nội dung này không được để trống", pointer=f"/{item.name}")
    return replace(command, **changes)


def _check_version(case: Case, version: int | None, actor: Actor, deps: Deps) -> None:
    if version is not None and case.version != version:
        possible = allowed(case, actor, deps.regulation)
        raise StaleVersionError(version, current_version=case.version, state=case.state, allowed=possible)


def commit_of(
    stored: Stored, made: Decision, deps: Deps, *, receipt: Receipt | None = None, sender: Sender | None = None
) -> Commit:
    """Return the atomic change that a decision on a stored case makes."""
    sender_key, mail_key = listed_under(sender, deps) if sender else ("", "")
    return Commit(
        case=made.case,
        history=made.history,
        chain=stored.chain,
        expected=stored.case.version,
        alarm_at=stages.next_alarm(made.case, deps.regulation),
        sender=sender,
        sender_key="" if CONTACT in made.case.erased else sender_key or stored.sender_key,
        mail_key=mail_key,
        receipt=replace(receipt, result=stored.case.code) if receipt else None,
    )


def _again(kept: Receipt, given: Receipt, deps: Deps) -> Case:
    if kept.fingerprint != given.fingerprint:
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    return deps.cases.load(kept.result).case
