"""Tell people what an event means for them: by mail, or by SMS where there is only a telephone (R39, R69)."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.domain.events import Recorded
from chalicelib.domain.notices import REMINDERS, SENDER, Notice, notices_of
from chalicelib.domain.units import Unit
from chalicelib.ports import Deps, Dossier, PermanentDeliveryError, Reminder
from chalicelib.usecases.letter_context import context_of
from chalicelib.usecases.once import once
from chalicelib.usecases.reach_sender import (
    EMAIL,
    NOBODY,
    SMS,
    SUPPRESSED,
    note_undelivered,
    reach_sender,
    reply_address,
    tags_of,
)
from chalicelib.usecases.send_sms import send_sms

UNREACHABLE, SENT, BEFORE, UNDELIVERABLE = NOBODY, "sent", "sent before", "undeliverable"
PUT_DOWN = "put down"
REASONS = {UNDELIVERABLE: "refused", SUPPRESSED: "suppressed"}  # of what the sender was not told


def tell_people(code: str, seq: int, deps: Deps) -> tuple[str, ...]:
    """Send every notice of an event once and return what became of each; raises UnavailableError to be tried again.

    What must wait is only put down: reminders for office hours, where `send_reminders` sends them together (Điều 3.2),
    an SMS for the end of the quiet hours, when `send_waiting_sms` does.
    """
    dossier = deps.cases.dossier(code)
    recorded = dossier.history[seq - 1]
    notices = notices_of(recorded)
    waiting = [notice for notice in notices if _must_wait(notice, dossier, deps)]
    became = _put_down(waiting, recorded, deps) if waiting else ""
    return tuple(became if notice in waiting else tell_once(notice, recorded, dossier, deps) for notice in notices)


def post(letter: str, to: str, recorded: Recorded, dossier: Dossier, deps: Deps) -> str:
    """Render a letter and send it to a sender, unit or leader; returns what became of it."""
    unit = None if to == SENDER else unit_of(to, deps)
    channel, address = (EMAIL, mailbox(to, unit)) if unit else reach_sender(dossier, deps)
    if not address:
        return UNREACHABLE if unit else channel
    written = deps.letters.render(letter, context_of(letter, unit, recorded, dossier, deps))
    # What leads a mail to a sender that comes back, and the answer to one that does not, into its case.
    tags, reply_to = ({}, "") if unit else (tags_of(letter, recorded), reply_address(recorded.code, deps))
    try:
        if channel == SMS:
            send_sms(address, written, f"{recorded.id}#{letter}", recorded, deps)
        else:
            deps.mailer.mail(address, written.subject, written.text, written.html, tags, reply_to)
    except PermanentDeliveryError:
        return UNDELIVERABLE
    return SENT


def tell_once(notice: Notice, recorded: Recorded, dossier: Dossier, deps: Deps) -> str:
    """Send a notice unless that was done before, in this worker or another; returns what became of it."""
    with once(f"notice#{recorded.id}#{notice.letter}#{notice.to}", deps) as mine:
        if not mine:
            return BEFORE
        outcome = post(notice.letter, notice.to, recorded, dossier, deps)
        if notice.to == SENDER and outcome in REASONS:
            channel = reach_sender(dossier, deps)[0] if outcome == UNDELIVERABLE else EMAIL
            note_undelivered(channel, REASONS[outcome], notice.letter, recorded.code, recorded.id, deps)
        return outcome


def _must_wait(notice: Notice, dossier: Dossier, deps: Deps) -> bool:
    if notice.to == SENDER:
        return deps.regulation.quiet(deps.clock.now()) and reach_sender(dossier, deps)[0] == SMS
    return notice.letter in REMINDERS


def _put_down(notices: Sequence[Notice], recorded: Recorded, deps: Deps) -> str:
    now = deps.clock.now()
    waiting = [
        Reminder(_reader(notice.to, deps), recorded.code, recorded.seq, notice.letter, now) for notice in notices
    ]
    return PUT_DOWN if deps.reminders.add(recorded.id, waiting) else BEFORE


def _reader(to: str, deps: Deps) -> str:
    """Name who reads the mailbox by one name only, so that nobody gets two mails at once."""
    if to == SENDER:
        return to
    unit = unit_of(to, deps)
    return to if mailbox(to, unit) != unit.mail else f"unit:{unit.id}"


def unit_of(to: str, deps: Deps) -> Unit:
    """Return the unit that a notice goes to; raises NotFoundError."""
    rules = deps.regulation
    overseers = {"centre_leadership": rules.leadership, "supervisor": rules.supervisor, "operators": rules.operators}
    return deps.directory.unit(overseers.get(to) or to.partition(":")[2])


def mailbox(to: str, unit: Unit) -> str:
    """Return the unit's address, or its leader's if it has one and the leader is meant."""
    return unit.leader_mail or unit.mail if to.startswith("leader:") else unit.mail
