"""`decide(case, command, …) -> events`: the one door to every change of a case. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import commands as cmd
from chalicelib.domain import (
    correction,
    handling,
    inputs,
    intake,
    keeping,
    merits,
    permissions,
    publication,
    retiming,
    satisfaction,
    supervision,
    taking_back,
    watching,
    writing,
)
from chalicelib.domain import events as ev
from chalicelib.domain.actors import SYSTEM, Actor
from chalicelib.domain.case import Case, State
from chalicelib.domain.evolve import evolve
from chalicelib.domain.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command makes: the events in order, and the case after them."""

    case: Case
    history: tuple[ev.Recorded, ...]


Rule = Callable[[Any, Any, Regulation, datetime], list[ev.Event]]

RULES: Mapping[type[cmd.Command], Rule] = {
    cmd.Receive: intake.receive,
    cmd.SupplyDetails: intake.supply_details,
    cmd.Write: writing.write,
    cmd.Classify: intake.classify,
    cmd.Refuse: intake.refuse,
    cmd.SendToPost: intake.send_to_post,
    cmd.RequestDetails: handling.request_details,
    cmd.ForwardToOfficer: handling.forward_to_officer,
    cmd.ForwardToAgency: handling.forward_to_agency,
    cmd.ReturnToOperator: handling.return_to_operator,
    cmd.TakeBack: taking_back.take_back,
    cmd.Refer: handling.refer,
    cmd.GiveOpinion: handling.give_opinion,
    cmd.Appoint: handling.appoint,
    cmd.Accept: handling.accept,
    cmd.Reappoint: handling.reappoint,
    cmd.Urge: supervision.urge,
    cmd.SubmitResult: handling.submit_result,
    cmd.Decline: handling.decline,
    cmd.Answer: handling.answer,
    cmd.Rate: satisfaction.rate,
    cmd.Reopen: satisfaction.reopen,
    cmd.CloseAction: handling.close_action,
    cmd.AskInput: inputs.ask,
    cmd.GiveInput: inputs.give,
    cmd.DeclineInput: inputs.decline,
    cmd.WithdrawInput: inputs.withdraw,
    cmd.NoteUndelivered: handling.note_undelivered,
    cmd.NotePhoned: handling.note_phoned,
    cmd.ProposePublication: publication.propose,
    cmd.ApprovePublication: publication.approve,
    cmd.WithdrawPublication: publication.withdraw,
    cmd.CorrectLate: correction.correct_late,
    cmd.Watch: watching.watch,
    **keeping.RULES,
    **merits.RULES,
}


def decide(
    case: Case | None, command: cmd.Command, *, actor: Actor, code: str, regulation: Regulation, now: datetime
) -> Decision:
    """Return what happens, in order, and the case after it; raises the DomainError that says what is allowed instead.

    What the clock has made true is recorded first, in the same breath: a due time that the calendar has moved, then a
    limit that has passed. Nobody escapes it by being a minute before the sweep.
    """
    history: list[ev.Recorded] = []
    if case is not None:
        permissions.require(case, actor, command.action, regulation)
        for true_by_now in (retiming.moved, watching.overdue):
            found = true_by_now(case, regulation, now)
            case = record(case, found, history, actor=SYSTEM, code=code, regulation=regulation, now=now)
            assert case is not None
    happened = RULES[type(command)](case, command, regulation, now)
    case = record(case, happened, history, actor=actor, code=code, regulation=regulation, now=now)
    assert case is not None, "a case begins with Received"
    case = record(case, inputs.ended(case), history, actor=SYSTEM, code=code, regulation=regulation, now=now)
    assert case is not None
    return Decision(case, tuple(history))


def record(
    case: Case | None,
    happened: Sequence[ev.Event],
    history: list[ev.Recorded],
    *,
    actor: Actor,
    code: str,
    regulation: Regulation,
    now: datetime,
) -> Case | None:
    """Append events in their places to the history and return the case after them."""
    for event in happened:
        before = case.state if case else None
        article = regulation.article(type(event).__name__, getattr(event, "article", ""))
        recorded = ev.Recorded(
            code, (case.version if case else 0) + 1, now, actor, article, event, before, leads_to(event, before)
        )
        case = evolve(case, recorded)
        unit = case.holder.unit if case.holder else case.agency or regulation.operators
        history.append(replace(recorded, kind=case.kind, field=case.field, unit=unit))
    return case


def leads_to(event: ev.Event, before: State | None) -> State:
    """Return the state after an event."""
    if isinstance(event, ev.DetailsSupplied | ev.ForwardingTakenBack):
        return event.back_to
    after = event.state or before
    assert after is not None, "a case begins with Received"
    return after
