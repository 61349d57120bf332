"""Each minute of office hours: send what waits, one mail a recipient and not too often, the worst first (Điều 3.2).

The claim of a recipient keeps runs that overlap apart and is the pause between two mails at once: it is given back only
where nobody was told. Between sending and removing lies the one window: a crash there tells again after the pause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.case import Case
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.events import Recorded
from chalicelib.domain.notices import SENDER, still_so
from chalicelib.ports import Deps, PermanentDeliveryError, Reminder
from chalicelib.usecases.addresses import WORKLIST, address
from chalicelib.usecases.letter_context import STANDINGS, row_of
from chalicelib.usecases.tell_people import SENT, UNDELIVERABLE, UNREACHABLE, mailbox, post, unit_of

ROWS = 50  # a mail names so many cases and counts the rest
NOTHING = "nothing left to say"
Live = Mapping[Reminder, tuple[Case, Recorded]]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a recipient's reminders: listed in a mail (or not, see outcome), no longer so, not readable."""

    to: str
    outcome: str
    listed: int
    over: int
    unreadable: tuple[str, ...]  # codes; they wait on


@dataclass(frozen=True, slots=True)
class Run:
    """Who was looked after, and for whom it failed: everything of theirs waits on."""

    told: tuple[Told, ...] = ()
    failed: tuple[tuple[str, Exception], ...] = ()


def send_reminders(deps: Deps, *, go_on: Callable[[], bool] = lambda: True) -> Run:
    """Tell everybody whose first reminder has waited long enough, as long as `go_on()`; nobody while it is closed."""
    if not deps.regulation.calendar.is_open(deps.clock.now()):
        return Run()
    told: list[Told] = []
    failed: list[tuple[str, Exception]] = []
    for to, waiting in deps.reminders.pending().items():
        if not go_on():
            break
        if to == SENDER or not _ripe(waiting, deps):  # an SMS that waits keeps other hours
            continue
        try:
            told += _tell(to, deps)
        except Exception as error:  # noqa: BLE001 whatever is wrong with one recipient, the others are told
            failed.append((to, error))
    return Run(tuple(told), tuple(failed))


def _ripe(waiting: Iterable[Reminder], deps: Deps) -> bool:
    """Tell whether the first has waited long enough in office hours: what is due at the opening goes together."""
    now, rules = deps.clock.now(), deps.regulation
    first = min(reminder.at for reminder in waiting)
    return rules.calendar.elapsed_minutes(min(first, now), now) >= rules.notices.gather


def _tell(to: str, deps: Deps) -> list[Told]:
    key = f"reminders-to#{to}"
    if not deps.inbox.claim(key, deps.clock.now(), lease_seconds=60 * deps.regulation.notices.every):
        return []  # told a moment ago, or about to be
    try:
        waiting = deps.reminders.of(to)  # only now: what was pending before the claim may have been sent
        seen = deps.cases.as_they_are([(reminder.code, reminder.seq) for reminder in waiting])
        known = {reminder: seen[place] for reminder in waiting if (place := (reminder.code, reminder.seq)) in seen}
        live = _live(known)
        outcome = _send(to, live, deps) if live else NOTHING
    except UnavailableError:  # surely not sent
        deps.inbox.release(key)
        raise
    deps.reminders.remove(list(known))
    if outcome != SENT:
        deps.inbox.release(key)
    unreadable = tuple(reminder.code for reminder in waiting if reminder not in known)
    return [Told(to, outcome, len(live), len(known) - len(live), unreadable)]


def _live(known: Live) -> Live:
    """Leave out what is no longer so, and of one case's reminders of the same thing all but the last."""
    last: dict[tuple[str, str], Reminder] = {}
    for reminder in sorted(known, key=lambda one: one.seq):
        case, recorded = known[reminder]
        if still_so(recorded.event, case):
            about = getattr(recorded.event, "action", "") or getattr(recorded.event, "stage", "")
            last[reminder.code, about] = reminder
    return {reminder: known[reminder] for reminder in last.values()}


def _send(to: str, live: Live, deps: Deps) -> str:
    if len(live) == 1:
        [reminder] = live
        dossier = deps.cases.dossier(reminder.code)
        return post(reminder.letter, to, dossier.history[reminder.seq - 1], dossier, deps)
    unit = unit_of(to, deps)
    mail = mailbox(to, unit)
    if not mail:
        return UNREACHABLE
    rows = [row_of(reminder.letter, recorded, case, deps) for reminder, (case, recorded) in live.items()]
    letter = deps.letters.render("reminders", _context(rows, deps) | {"unit_name": unit.name})
    try:
        deps.mailer.mail(mail, letter.subject, letter.text, letter.html)
    except PermanentDeliveryError:
        return UNDELIVERABLE
    return SENT


def _context(rows: list[dict[str, object]], deps: Deps) -> dict[str, object]:
    worst_first = sorted(rows, key=_urgency)
    return {
        "counts": {name: sum(row["standing"] == name for row in rows) for name in STANDINGS},
        "lists": {name: [row for row in worst_first[:ROWS] if row["standing"] == name] for name in STANDINGS},
        "more": max(len(rows) - ROWS, 0),
        "link": address(deps, WORKLIST),
    }


def _urgency(row: Mapping[str, object]) -> tuple[int, datetime]:
    due_at = row["due_at"]
    assert isinstance(due_at, datetime)
    return STANDINGS.index(str(row["standing"])), due_at
