"""Send the one-time code that a sender asked for, to the number or address that the sender's own cases know.

At any hour: quiet hours are for what the centre says unasked.
"""

from __future__ import annotations

from typing import Final

from chalicelib.ports import Deps, Dossier, Letter, PermanentDeliveryError
from chalicelib.usecases.addresses import MY_CASES, address
from chalicelib.usecases.ask_for_code import GOOD_FOR
from chalicelib.usecases.once import once
from chalicelib.usecases.reach_sender import EMAIL, NOBODY, SMS, SUPPRESSED, tags_of
from chalicelib.usecases.send_sms import send_sms
from chalicelib.usecases.tell_people import BEFORE, SENT, UNDELIVERABLE

LETTER: Final = "one_time_code"
OVER: Final = "over"  # too late, or asked for once more meanwhile
READ: Final = 5  # of the newest cases; the index may know an address that was changed a moment ago


def send_code(sender: str, nonce: str, deps: Deps) -> str:
    """Send the code of this nonce once and return what became of it; raises UnavailableError to be tried again."""
    if deps.codes.nonce(sender, deps.clock.now()) != nonce:
        return OVER
    found = _reached(sender, deps)
    if found is None:
        return NOBODY
    if found[0] == EMAIL and deps.suppressed.holds(sender):
        return SUPPRESSED
    with once(f"{LETTER}#{nonce}", deps) as mine:
        return _sent(*found, _written(sender, nonce, deps), nonce, deps) if mine else BEFORE


def _reached(sender: str, deps: Deps) -> tuple[str, str, Dossier] | None:
    for case in deps.lists.of_sender(sender, limit=READ):
        dossier = deps.cases.dossier(case.code)
        for channel, contact in ((SMS, dossier.sender.phone), (EMAIL, dossier.sender.email)):
            if contact and deps.keys.sender(contact) == sender:
                return channel, contact, dossier
    return None


def _written(sender: str, nonce: str, deps: Deps) -> Letter:
    said = {
        "digits": deps.keys.one_time_code(sender, nonce),
        "minutes": GOOD_FOR.seconds // 60,
        "link": address(deps, MY_CASES),
        "sender_kind": "individual",
        "sender_name": "",  # the number may have become somebody else's: a name is told nobody
        "answerable": False,
    }
    return deps.letters.render(LETTER, said)


def _sent(channel: str, contact: str, dossier: Dossier, letter: Letter, nonce: str, deps: Deps) -> str:
    try:
        if channel == SMS:
            send_sms(contact, letter, nonce, dossier.history[0], deps)
        else:
            tags = tags_of(LETTER, dossier.history[-1])  # as of any letter: one that comes back is noted in the case
            deps.mailer.mail(contact, letter.subject, letter.text, letter.html, tags, deps.centre["email"])
    except PermanentDeliveryError:
        return UNDELIVERABLE
    return SENT
