"""What must not be guessed, and what only this centre can compute."""

from __future__ import annotations

from typing import Protocol


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
