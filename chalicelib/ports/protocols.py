"""What the use cases need of the world, as Protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.errors import NotFoundError

if TYPE_CHECKING:  # the rules themselves are imported by whoever needs them: cold start
    from chalicelib.domain.case import Case
    from chalicelib.domain.events import Recorded
    from chalicelib.domain.regulation import Regulation
    from chalicelib.ports.deps import Deps
    from chalicelib.ports.values import (
        Alarm,
        Aside,
        Claims,
        Commit,
        Dossier,
        Letter,
        Message,
        Receipt,
        Stored,
        Unit,
    )


class Clock(Protocol):
    """The time, as aware UTC."""

    def now(self) -> datetime:
        """Return the present moment."""


class Ids(Protocol):
    """What must not be guessed."""

    def case_code(self) -> str:
        """Return a fresh case code."""

    def upload(self) -> str:
        """Return a fresh name for a file: 32 hex digits."""

    def nonce(self) -> str:
        """Return 32 hex digits that name one sending of a form."""


class Keys(Protocol):
    """What only this centre can compute."""

    def pin(self, code: str) -> str:
        """Return the six digits that open a case's content."""

    def case_pass(self, code: str, until: int) -> str:
        """Return what proves, until this second of the epoch, that its bearer gave the case's PIN."""

    def sender_pass(self, sender: str, until: int) -> str:
        """Return what proves, until this second of the epoch, that its bearer gave a code sent to this keyed hash."""

    def one_time_code(self, sender: str, nonce: str) -> str:
        """Return six digits for a sender's keyed hash, of which nobody knows who knows the nonce alone."""

    def caller(self, source_ip: str) -> str:
        """Return a keyed hash of a network address: counts askings without keeping who asked."""

    def sender(self, contact: str) -> str:
        """Return a keyed hash of a phone number or mail address: finds a sender's cases without showing the sender."""

    def public_name(self, code: str) -> str:
        """Return the name under which a case's answer is published: it does not lead back to the code."""

    def mail_token(self, code: str) -> str:
        """Return what lets whoever writes to an address bearing it add words to a case, and do nothing else."""

    def code_of_mail_token(self, token: str) -> str | None:
        """Return the case that such a token is of; None for any other text."""

    def link(self, use: str, code: str, seq: int) -> str:
        """Return the token of a link that an event made: 32 characters that stand in a URL.

        Its use is "reply", to the work that the event gave a unit, or "rating", of the answer that the event is.
        """

    def opened_link(self, use: str, token: str) -> tuple[str, int] | None:
        """Return case code and event number of a token; None where this centre did not make it."""

    def survey_mark(self, survey: str, contact: str) -> str:
        """Return what the link of somebody who is asked in a survey bears: 20 characters that stand in a URL."""

    def form_seal(self, session: str) -> str:
        """Return 32 hex digits that the forms of a session bear: nobody else's page can know them."""


class CaseStore(Protocol):
    """Cases and their events."""

    def load(self, code: str) -> Stored:
        """Return a case; raises NotFoundError."""

    def load_all(self, codes: Iterable[str]) -> Mapping[str, Stored]:
        """Return cases by code, without those that do not exist or cannot be read."""

    def dossier(self, code: str) -> Dossier:
        """Return a case with its history; raises NotFoundError."""

    def event(self, code: str, seq: int) -> Recorded:
        """Return one event without its texts; raises NotFoundError."""

    def history(self, code: str, *, after: int) -> Iterable[Recorded]:
        """Events of a case behind this one, in order, without their texts."""

    def as_they_are(self, events: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], tuple[Case, Recorded]]:
        """Return events by code and number, each with its case as it is now; what cannot be read is left out."""

    def faults(self, code: str) -> tuple[str, ...]:
        """Name what in a case's log does not fit its hashes; raises NotFoundError."""

    def commit(self, commit: Commit) -> None:
        """Write all of it or nothing; raises StaleVersionError, AlreadyDoneError, CodeTakenError, UnavailableError."""

    def set_alarm(self, code: str, version: int, alarm_at: datetime | None) -> None:
        """Let the sweep find a case at another time, the case unchanged; raises StaleVersionError, UnavailableError."""


class Alarms(Protocol):
    """What the sweep must look at; cases it cannot look at are on a list of their own. All raise UnavailableError."""

    def due(self, now: datetime, *, limit: int) -> Iterable[Alarm]:
        """Alarms at or before now, the earliest first."""

    def walk(self, cursor: str, *, limit: int) -> tuple[tuple[str, ...], str]:
        """Codes of the cases with an alarm and the cursor of the next page; it is empty at both ends."""

    def put_off(self, alarm: Alarm, to: datetime) -> None:
        """Let it ring later, unless it was moved meanwhile."""

    def set_aside(self, alarm: Alarm, since: datetime, error: str) -> None:
        """Take a case off the list of alarms, unless it was moved meanwhile; its next change brings it back."""

    def aside(self, *, limit: int, cursor: str) -> tuple[tuple[Aside, ...], str]:
        """Cases set aside, the longest first, and the cursor of the next page."""

    def count_aside(self, *, up_to: int) -> int:
        """Count the cases set aside."""

    def put_back(self, code: str, now: datetime) -> None:
        """Let a case set aside ring now; raises NotFoundError where it is not."""


class Inbox(Protocol):
    """What has been done already."""

    def find(self, key: str) -> Receipt | None:
        """Return the receipt kept under a key."""

    def claim(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Take an effect that lies outside the store; False when it is done or another holds it."""

    def is_done(self, key: str) -> bool:
        """Tell whether a claimed effect was confirmed."""

    def confirm(self, key: str) -> None:
        """The effect has happened."""

    def release(self, key: str) -> None:
        """The effect has surely not happened: another may take it."""

    def missing(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the keys that have no row."""

    def note_failure(self, key: str, reason: str, now: datetime) -> None:
        """Note why something failed, and that it failed once more."""

    def noted(self, key: str) -> tuple[str, int]:
        """Return the reason noted last and how often; ("", 0) where nothing was."""

    def count_failure(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Count a failed attempt and return how many there were in this window."""

    def failures(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Return how many failed attempts there were in this window."""


class Directory(Protocol):
    """The units of the administration."""

    def unit(self, unit_id: str) -> Unit:
        """Return a unit; raises NotFoundError."""

    def units(self) -> tuple[Unit, ...]:
        """Return all units."""

    def put(self, unit: Unit) -> None:
        """Add or change a unit."""


class Watermarks(Protocol):
    """How far a repeated job has come."""

    def get(self, name: str) -> datetime | None:
        """Return the mark."""

    def advance(self, name: str, to: datetime) -> None:
        """Move the mark forward, never back."""


class Outgoing(Protocol):
    """Queues to our own workers and to the agencies."""

    def relay(self, concern: str, messages: Sequence[Message]) -> None:
        """Send to the queue of a concern: notices, outgoing, tallies, board, relay_dlq; raises UnavailableError."""

    def to_agency(self, unit: str, message: Message) -> None:
        """Sign and send to an agency's own queue; raises UnavailableError."""


class Mailer(Protocol):
    """E-mail and SMS; both raise UnavailableError when worth another try, PermanentDeliveryError when not."""

    def mail(
        self, to: str, subject: str, text: str, html: str, tags: Mapping[str, str] = ..., reply_to: str = ...
    ) -> None:
        """Send a mail; `tags` come back with it if it is not delivered: letters, digits, - and _, nothing personal."""

    def sms(self, to: str, text: str) -> None:
        """Send an SMS."""


class Letters(Protocol):
    """The centre's letters."""

    def render(self, letter: str, context: Mapping[str, object]) -> Letter:
        """Render a letter by name."""


class TokenVerifier(Protocol):
    """Who a bearer token speaks for."""

    def verify(self, token: str, now: datetime) -> Claims:
        """Return the claims of a valid token; raises UnauthenticatedError, UnavailableError."""


def local_day(at: datetime, regulation: Regulation) -> date:
    """Return the day of a moment in the office's own zone."""
    return at.astimezone(regulation.calendar.zone).date()


def unit_name(unit: str, deps: Deps, at: datetime | None = None) -> str:
    """Return a unit's name, now or as it was at a moment; one that has left the directory keeps its id."""
    if unit == deps.regulation.operators:
        return deps.regulation.centre["name"]  # the desk itself: known without asking the directory
    try:
        known = deps.directory.unit(unit)
        return known.name_on(local_day(at, deps.regulation)) if at else known.name
    except NotFoundError:
        return unit
