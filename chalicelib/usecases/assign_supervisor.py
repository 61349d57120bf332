"""Say who supervises a case: by the routing rules when it comes in, and again when it is classified anew (R54)."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.commands import Classify, Receive
from chalicelib.domain.routing import supervisor_of
from chalicelib.ports import Deps, Receipt
from chalicelib.usecases.carry_out import carry_out


def supervisor_for(command: Receive, customer: str, deps: Deps) -> str:
    """Return who supervises a case that comes in; empty for nobody."""
    return supervisor_of(command.kind, command.about, command.field, command.channel, customer, deps.routing)


def classify_case(
    code: str,
    command: Classify,
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Classify anew; with the kind goes who supervises. Raises what `carry_out` raises."""
    if deps.routing.supervisors:
        case = deps.cases.load(code).case  # channel and customer never change
        of_it = command.kind, command.about, command.field, case.channel, case.sender_kind
        command = replace(command, supervisor=supervisor_of(*of_it, deps.routing))
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)
