"""A dead letter: a message that its reader gave up. Standing until somebody has it sent again or closes it (ADR 9)."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.domain.actors import Actor
from chalicelib.domain.case_code import InvalidCodeError, parse
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.steps import Step

OPEN: Final = "open"
REDRIVING: Final = "redriving"  # somebody wants it sent again; the next run sends it
REDRIVEN: Final = "redriven"
CLOSED: Final = "closed"
RELAY: Final = "relay"  # its letters are records of the stream, not messages of a queue
NO_ANSWER: Final = "no_answer"  # the worker noted nothing: it ran out of time, or was never run
NOT_TAKEN: Final = "not_taken"  # an agency received it five times and never deleted it
UNREADABLE_RECORD: Final = "unreadable_record"
STREAM_GIVEN_UP: Final = "stream_given_up"
UNREADABLE_LETTER: Final = "unreadable_letter"  # the record of it, not the message
AGENCY: Final = "agency-"
FAILED: Final = "failed#"  # begins the key of a note why a message failed; its id follows
JWS_PARTS: Final = 3
_TYPE = re.compile(r"[A-Za-z][A-Za-z_]{0,39}", re.ASCII)
_ID = re.compile(r"([0-9]{13})-(.+?)-([^-]+(?:-[^-]+){4})", re.ASCII)  # when it was sent, queue, message
_RECORD = re.compile(r"([0-9]{12})/EVENT#([0-9]{5,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What is known of it without its words. `code`, `seq`, `type` are empty where it does not say them properly."""

    id: str
    queue: str
    message: str  # id of the message that died last: a copy of it is not another death
    reason: str  # code of the last error
    since: datetime  # the first death: to be sent again in vain makes nothing younger
    died_at: datetime  # the last one
    failures: int = 0  # how often a worker noted that it failed
    deaths: int = 1
    code: str = ""
    seq: int = 0
    type: str = ""
    state: str = OPEN
    history: tuple[Step, ...] = ()  # `redriven` is by whoever had asked for it
    version: int = 1

    @property
    def stands(self) -> bool:
        """Whether somebody still has to care."""
        return self.state in (OPEN, REDRIVING)

    @property
    def settled_at(self) -> datetime:
        """When somebody last saw to it; where nobody did, when it died."""
        return self.history[-1].at if self.history else self.died_at

    @property
    def can_be_redriven(self) -> bool:
        """Whether there is something to send: a stream's lost batch names no event; `recover` relays these."""
        return self.state == OPEN and (self.queue != RELAY or self.seq > 0)

    def died_again(self, message: str, reason: str, failures: int, at: datetime) -> DeadLetter:
        """Open it once more."""
        return self._with(OPEN, message=message, reason=reason, failures=failures, died_at=at, deaths=self.deaths + 1)

    def redrive(self, by: Actor, at: datetime) -> DeadLetter:
        """Ask for it to be sent again; asking twice asks once. Raises ConflictError."""
        if self.state in (REDRIVING, REDRIVEN):
            return self
        if not self.can_be_redriven:
            raise _refused(self)
        return self._with(REDRIVING, Step(REDRIVING, by, at))

    def sent(self, at: datetime) -> DeadLetter:
        """Note that it was sent again."""
        return self._with(REDRIVEN, Step(REDRIVEN, self.history[-1].by, at))

    def close(self, by: Actor, note: str, at: datetime) -> DeadLetter:
        """Give it up, saying why, also while it waits for a queue that does not take it. Raises ConflictError."""
        if not self.stands:
            raise _refused(self)
        return self._with(CLOSED, Step(CLOSED, by, at, note))

    def _with(self, state: str, *steps: Step, **changes: Any) -> DeadLetter:
        return replace(self, state=state, history=(*self.history, *steps), version=self.version + 1, **changes)


def by_id(letter: str, version: int) -> DeadLetter:
    """Return what the id of a letter says, for one whose record cannot be read: it stands as well."""
    found = _ID.fullmatch(letter)
    at, queue, message = (int(found[1]), found[2], found[3]) if found else (0, "", "")
    since = datetime.fromtimestamp(at / 1000, UTC)
    return DeadLetter(letter, queue, message, UNREADABLE_LETTER, since, since, version=version)


def id_of(queue: str, message: str, sent_at: datetime) -> str:
    """Return the id of a letter: in order of time, and the same for every copy of a message."""
    return f"{int(sent_at.timestamp() * 1000):013d}-{queue}-{message}"


def _refused(letter: DeadLetter) -> ConflictError:
    if letter.state == OPEN:
        title = "Thông điệp này không có gì để gửi lại; hệ thống tự chuyển lại các sự kiện, anh/chị chỉ cần đóng"
        return ConflictError("letter_not_redrivable", title)
    return ConflictError("letter_not_open", "Thông điệp này đã được xử lý", state=letter.state)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about."""

    code: str = ""
    seq: int = 0
    type: str = ""


def subject(queue: str, body: str) -> Subject:
    """Read what a message is about; it may be anything, and nothing that is not of the right form is passed on."""
    try:
        said = json.loads(_unsigned(body))
    except (ValueError, RecursionError):
        return Subject()
    if not isinstance(said, dict):
        return Subject()
    if queue == RELAY:
        found = _RECORD.fullmatch(str(said.get("record", "")))
        return Subject(found[1], int(found[2])) if found else Subject()
    return Subject(_code(said), _seq(said.get("seq")), _type(said.get("type")))


def _unsigned(body: str) -> bytes | str:
    """Return the payload of a JWS in compact form, unverified: it only says which case to look at."""
    parts = body.split(".")
    if len(parts) != JWS_PARTS or body[:1] in "{[":
        return body
    return base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))


def reason(queue: str, body: str, noted: str) -> str:
    """Return the code of why it died: what its worker noted last, else what the kind of queue says."""
    if queue == RELAY:
        return UNREADABLE_RECORD if '"record"' in body else STREAM_GIVEN_UP
    return NOT_TAKEN if queue.startswith(AGENCY) else noted or NO_ANSWER


def _code(said: dict[str, Any]) -> str:
    about = said.get("case", said.get("code"))
    text = about.get("code") if isinstance(about, dict) else about
    try:
        return parse(text) if isinstance(text, str) else ""
    except InvalidCodeError:
        return ""


def _seq(said: Any) -> int:
    return said if type(said) is int and 0 < said < 10**9 else 0


def _type(said: Any) -> str:
    return said if isinstance(said, str) and _TYPE.fullmatch(said) else ""
