"""When the quiet hours are over: send each sender the SMS that waited, in the order in which things happened.

Each is claimed by the same key as one sent at once (tell_people): an event delivered again at dawn tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.notices import SENDER, Notice
from chalicelib.ports import Deps, Reminder
from chalicelib.usecases.tell_people import tell_once


@dataclass(frozen=True, slots=True)
class Texts:
    """What became of them, by case; what failed waits on, with all that comes after it in its case."""

    told: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, Exception], ...] = ()


def send_waiting_sms(deps: Deps, *, go_on: Callable[[], bool] = lambda: True) -> Texts:
    """Send what waits, as long as `go_on()`; nothing in quiet hours."""
    if deps.regulation.quiet(deps.clock.now()):
        return Texts()
    told: list[tuple[str, str]] = []
    failed: dict[str, Exception] = {}
    for waiting in deps.reminders.of(SENDER):
        if not go_on():
            break
        if waiting.code in failed:
            continue
        try:
            told.append((waiting.code, _send(waiting, deps)))
        except Exception as error:  # noqa: BLE001 whatever is wrong with one case, the others are told
            failed[waiting.code] = error
    return Texts(tuple(told), tuple(failed.items()))


def _send(waiting: Reminder, deps: Deps) -> str:
    dossier = deps.cases.dossier(waiting.code)
    outcome = tell_once(Notice(waiting.letter, SENDER), dossier.history[waiting.seq - 1], dossier, deps)
    deps.reminders.remove([waiting])
    return outcome
