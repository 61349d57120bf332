"""Every few minutes: draw the lots of new surveys, ask who is still to be asked, close those whose time is over.

Drawing writes the same rows however often it is begun; who is asked is told once, and then the case is forgotten. A
crash between telling and writing that down tells again, with the same link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from chalicelib.domain.case import ENDED
from chalicelib.domain.events import Answered
from chalicelib.domain.surveys import Asked, Invitation, Phase, Survey, sample
from chalicelib.ports import Deps, Dossier, PermanentDeliveryError
from chalicelib.usecases.addresses import SURVEY, address
from chalicelib.usecases.hand_out_call import to_call
from chalicelib.usecases.once import once
from chalicelib.usecases.reach_sender import SMS, reach_sender
from chalicelib.usecases.send_sms import send_sms

LETTER = "survey"
AT_ONCE = 25  # rows read at a time


@dataclass(frozen=True, slots=True)
class Run:
    """How many were asked, how many could not be; surveys that failed, with the error."""

    asked: int = 0
    left_out: int = 0
    failed: tuple[tuple[str, Exception], ...] = ()


def run_surveys(deps: Deps, *, go_on: Callable[[], bool] = lambda: True) -> Run:
    """Do what is to be done for every survey, as long as `go_on()`; the next run goes on where this one ends."""
    run = Run()
    for survey in deps.surveys.all():
        if survey.phase is Phase.CLOSED or not go_on():
            continue
        try:
            run = _step(survey, run, deps, go_on)
        except Exception as error:  # noqa: BLE001 whatever is wrong with one survey, the others go on
            run = replace(run, failed=(*run.failed, (survey.id, error)))
    return run


def _step(survey: Survey, run: Run, deps: Deps, go_on: Callable[[], bool]) -> Run:
    if survey.phase is Phase.DRAWING:
        deps.surveys.draw(survey.id, _drawn(survey, deps))
        survey = _moved(survey, Phase.ASKING, deps)
    if deps.clock.now() > survey.until:
        for left in iter(lambda: deps.surveys.waiting(survey.id, AT_ONCE), ()):
            for invitation in left:
                deps.surveys.forget(survey.id, invitation)
        for asked in to_call(survey.id, deps):
            deps.surveys.called(survey.id, asked)
        _moved(survey, Phase.CLOSED, deps)
        return run
    while go_on() and not deps.regulation.quiet(deps.clock.now()):
        waiting = deps.surveys.waiting(survey.id, AT_ONCE)
        if not waiting:
            break
        told = [_invited(survey, invitation, deps) for invitation in waiting]
        run = replace(run, asked=run.asked + sum(told), left_out=run.left_out + told.count(False))
    return run


def _moved(survey: Survey, phase: Phase, deps: Deps) -> Survey:
    moved = replace(survey, phase=phase, version=survey.version + 1)
    deps.surveys.save(moved)
    return moved


def _drawn(survey: Survey, deps: Deps) -> list[Invitation]:
    """Draw among the cases whose last answer fell into the period."""
    zone = deps.regulation.calendar.zone
    start = datetime.combine(survey.first, time(), zone)
    end = datetime.combine(survey.last + timedelta(days=1), time(), zone)
    answered = {
        past.code: (past.event.unit, past.kind)
        for past in deps.lists.events_between(start, end)
        if isinstance(past.event, Answered)
    }
    drawn = sample(answered, survey).items()
    return [Invitation(code, unit, kind) for code, (unit, kind) in drawn]


def _invited(survey: Survey, invitation: Invitation, deps: Deps) -> bool:
    """Ask one sender; False where there is nobody to ask, or nothing to ask about any more."""
    dossier = deps.cases.dossier(invitation.code)
    channel, contact = reach_sender(dossier, deps)
    by_phone, contact = not contact, contact or dossier.sender.phone
    asked = bool(contact) and dossier.case.state in ENDED
    if asked:
        mark = deps.keys.survey_mark(survey.id, contact)
        with once(f"{LETTER}#{survey.id}#{mark}", deps) as mine:  # a sender is asked once, of however many cases
            # Whoever died after writing it down has told.
            new = mine and not deps.surveys.asked_by(survey.id, mark)
            if new and (asked := by_phone or _told(survey, mark, dossier, channel, contact, deps)):
                call = invitation.code if by_phone else ""
                deps.surveys.ask(survey.id, Asked(mark, invitation.unit, invitation.kind, call=call))
            asked = asked and mine
    deps.surveys.forget(survey.id, invitation)
    return asked


def _told(survey: Survey, mark: str, dossier: Dossier, channel: str, contact: str, deps: Deps) -> bool:
    letter = deps.letters.render(LETTER, _said(survey, mark, dossier, deps))
    try:
        if channel == SMS:
            send_sms(contact, letter, f"{LETTER}#{survey.id}#{mark}", dossier.history[-1], deps)
        else:
            deps.mailer.mail(contact, letter.subject, letter.text, letter.html, {}, deps.centre["email"])
    except PermanentDeliveryError:
        return False
    return True


def _said(survey: Survey, mark: str, dossier: Dossier, deps: Deps) -> dict[str, object]:
    return {
        "survey_link": address(deps, SURVEY, survey.id, mark),
        "until": survey.until,
        "sender_kind": dossier.case.sender_kind,
        "sender_name": dossier.sender.name,
        "answerable": False,
    }
