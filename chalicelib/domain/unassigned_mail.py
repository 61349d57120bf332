"""A mail that no case was found for, or that must not go into one by itself: an operator decides. Nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.steps import Step

OPEN: Final = "open"
READ: Final = "read"  # a step, not a state: who has seen personal data
ATTACHED: Final = "attached"
DISMISSED: Final = "dismissed"
# Why a mail is here; "spam", "virus" and "forged" (DMARC) are the mail service's word, and nobody is called for them.
UNKNOWN_ADDRESS: Final = "unknown_address"  # nothing in the address leads to a case
CASE_NOT_FOUND: Final = "case_not_found"  # it does, but there is no such case
NO_WORDS: Final = "no_words"  # nothing but what it quotes, or files
UNREADABLE: Final = "unreadable"
TOO_MANY: Final = "too_many"  # more mails into one case than people write
FILES: Final = "files"  # its words are in the case; its files are not, and somebody must know
WORTH_A_LOOK: Final = frozenset({UNKNOWN_ADDRESS, CASE_NOT_FOUND, NO_WORDS, UNREADABLE, TOO_MANY})


@dataclass(frozen=True, slots=True)
class UnassignedMail:
    """What is known of it without its words or its writer; `key` is where the mail itself lies, for 30 days."""

    id: str
    key: str
    at: datetime
    reason: str
    code: str = ""  # of the case: the one its address names, then the one it was attached to
    attachments: int = 0
    state: str = OPEN
    history: tuple[Step, ...] = ()
    version: int = 1

    def read(self, by: Actor, at: datetime) -> UnassignedMail:
        """Note who opened it; one who opens it again and again is noted once."""
        if any((step.state, step.by.name) == (READ, by.name) for step in self.history):
            return self
        return self._with(self.state, Step(READ, by, at))

    def attach(self, code: str, by: Actor, at: datetime) -> UnassignedMail:
        """Its words are in a case; the same once more changes nothing. Raises ConflictError."""
        if (self.state, self.code) == (ATTACHED, code):
            return self
        self.check_open()
        if (self.reason, self.code) == (FILES, code):
            raise ConflictError("mail_in_case", "Lời trong thư này đã có trong hồ sơ", case=code)
        return self._with(ATTACHED, Step(ATTACHED, by, at), code=code)

    def dismiss(self, note: str, by: Actor, at: datetime) -> UnassignedMail:
        """It belongs into no case; raises ConflictError."""
        self.check_open()
        return self._with(DISMISSED, Step(DISMISSED, by, at, note))

    def check_open(self) -> None:
        """Raise ConflictError where somebody has decided."""
        if self.state != OPEN:
            raise ConflictError("mail_settled", "Thư này đã được xử lý", state=self.state)

    def _with(self, state: str, step: Step, **changes: str) -> UnassignedMail:
        made = replace(self, state=state, history=(*self.history, step), version=self.version + 1)
        return replace(made, **changes)  # type: ignore[arg-type] # names are its own
