"""Tell people what an event means for them: by mail, or by SMS where there is only a telephone (R39, R69)."""

from __future__ import annotations

from chalicelib.domain.events import Recorded
from chalicelib.domain.notices import SENDER, Notice, notices_of
from chalicelib.ports import Deps, Dossier, PermanentDeliveryError, Unit
from chalicelib.usecases.letter_context import context_of
from chalicelib.usecases.once import once

UNREACHABLE, SENT, BEFORE, UNDELIVERABLE = "unreachable", "sent", "sent before", "undeliverable"


def tell_people(code: str, seq: int, deps: Deps) -> tuple[str, ...]:
    """Send every notice of an event once and return what became of each; raises UnavailableError to be tried again."""
    dossier = deps.cases.dossier(code)
    recorded = dossier.history[seq - 1]
    return tuple(_tell(notice, recorded, dossier, deps) for notice in notices_of(recorded))


def post(letter: str, to: str, recorded: Recorded, dossier: Dossier, deps: Deps) -> str:
    """Render a letter and send it to a sender, unit or leader; returns what became of it."""
    unit = None if to == SENDER else _unit(to, deps)
    mail = _mail(to, unit) if unit else dossier.sender.email
    phone = dossier.sender.phone if not unit and "sms" in dossier.case.reachable else ""
    if not mail and not phone:
        return UNREACHABLE
    written = deps.letters.render(letter, context_of(letter, unit, recorded, dossier, deps))
    try:
        if mail:
            deps.mailer.mail(mail, written.subject, written.text, written.html)
        else:
            deps.mailer.sms(phone, written.sms or written.subject)
    except PermanentDeliveryError:
        return UNDELIVERABLE
    return SENT


def _tell(notice: Notice, recorded: Recorded, dossier: Dossier, deps: Deps) -> str:
    with once(f"notice#{recorded.id}#{notice.letter}#{notice.to}", deps) as mine:
        return post(notice.letter, notice.to, recorded, dossier, deps) if mine else BEFORE


def _unit(to: str, deps: Deps) -> Unit:
    rules = deps.regulation
    overseers = {"centre_leadership": rules.leadership, "supervisor": rules.supervisor}
    return deps.directory.unit(overseers.get(to) or to.partition(":")[2])


def _mail(to: str, unit: Unit) -> str:
    return unit.leader_mail or unit.mail if to.startswith("leader:") else unit.mail
