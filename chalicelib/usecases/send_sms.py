"""Send an SMS and count its parts, which are paid for."""

from __future__ import annotations

from chalicelib.domain.counting import sms_counters
from chalicelib.domain.events import Recorded
from chalicelib.domain.sms import size
from chalicelib.ports import Deps, Letter, local_day


def send_sms(number: str, letter: Letter, key: str, recorded: Recorded, deps: Deps) -> None:
    """Send a letter's SMS; it is counted once under its key, for the unit and day of an event of its case.

    Counted before it is sent: were it to fail after, the sender would be told twice. Raises PermanentDeliveryError and
    UnavailableError.
    """
    text, now, rules = letter.sms or letter.subject, deps.clock.now(), deps.regulation
    counters = sms_counters(recorded, size(text).parts, now, rules)
    deps.tallies.count(f"sms#{key}", f"{local_day(now, rules):%Y-%m}", counters)
    deps.mailer.sms(number, text)
