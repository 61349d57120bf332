"""An agency's word, come by the link in its mail: the same commands as at the desk; what ends the work, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from chalicelib.domain.access import seen
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import Case
from chalicelib.domain.commands import Command
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.reply_links import (
    BY_LINK,
    CLOSING,
    LinkOverError,
    LinkUnknownError,
    Task,
    answers,
    check_link,
    task_given,
)
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.usecases.carry_out import change, tidy


def follow_link(token: str, deps: Deps) -> tuple[Dossier, Task]:
    """Return the case and the work that a link leads to; raises LinkUnknownError, LinkOverError."""
    dossier, task = _opened(token, deps)
    now = deps.clock.now()
    check_link(dossier.case, dossier.history, task, deps.regulation, now)
    deps.access.note([seen(dossier.case, Actor(Role.AGENCY, task.unit), "link", now)])
    return dossier, task


def reply_by_link(
    token: str, ask: Callable[[Task], Command], *, nonce: str, fingerprint: str, deps: Deps
) -> tuple[Case, Task]:
    """Carry out what the agency asks and return the case after it; the same form sent again changes nothing more.

    What ends the work uses the link up, in the transaction of its effect: its receipt is the link's, not the form's.
    Raises LinkUnknownError, LinkOverError, what `decide` raises, StaleVersionError and UnavailableError.
    """
    dossier, task = _opened(token, deps)
    asked = ask(task)
    if not answers(asked.action, task):  # a form of another kind of link
        raise LinkOverError
    command, closes = tidy(asked), asked.action in CLOSING
    code, actor = dossier.case.code, Actor(Role.AGENCY, task.unit, BY_LINK)
    receipt = Receipt(f"link#{code}#{task.seq}" + ("" if closes else f"#{nonce}"), fingerprint)
    try:
        case = change(code, partial(_plan, command, code, task, deps), actor=actor, deps=deps, receipt=receipt)
    except ConflictError as error:
        if closes and error.code == "idempotency_key_reused":
            raise LinkOverError from error
        raise
    return case, task


def _plan(command: Command, code: str, task: Task, deps: Deps) -> tuple[Command, None]:
    # Read after the case that is decided on: if it went on between the two, the commit fails and all is done again.
    dossier = deps.cases.dossier(code)
    check_link(dossier.case, dossier.history, task, deps.regulation, deps.clock.now())
    return command, None


def _opened(token: str, deps: Deps) -> tuple[Dossier, Task]:
    named = deps.keys.opened_link("reply", token)
    if named is None:
        raise LinkUnknownError
    code, seq = named
    dossier = deps.cases.dossier(code)
    given = dossier.history[seq - 1 : seq]
    task = task_given(given[0]) if given else None
    if task is None:  # not in this log: it was restored from a time before
        raise LinkOverError
    return dossier, task
