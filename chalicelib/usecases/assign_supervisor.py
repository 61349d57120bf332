"""Say who supervises a case: by the routing rules when it comes in, and again when it is classified anew (R54).

Whoever the words name does not: a unit neither reads nor urges as supervisor what is said of it alone.
"""

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
    unit = supervisor_of(command.kind, command.about, command.field, command.channel, customer, deps.routing)
    if not unit:
        return ""
    from chalicelib.ports.routing import hear_text  # noqa: PLC0415 only where anybody supervises: cold start

    heard = hear_text(f"{command.matter.title}\n{command.matter.content}", deps)
    return "" if heard.unit == unit else unit


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
        from chalicelib.ports.routing import hear_history  # noqa: PLC0415 same

        dossier = deps.cases.dossier(code)
        case = dossier.case  # channel and customer never change
        unit = supervisor_of(command.kind, command.about, command.field, case.channel, case.sender_kind, deps.routing)
        about_itself = unit and hear_history(dossier.history, deps).unit == unit
        command = replace(command, supervisor="" if about_itself else unit)
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)
