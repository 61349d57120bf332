"""The messages an agency may send, as types. docs/agency-exchange.md shows each."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from chalicelib.domain import commands as cmd
from chalicelib.domain.case_code import InvalidCodeError, parse
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.contracts import END, Moment, Name, Slug, Words
from chalicelib.entrypoints.mistakes import describe
from chalicelib.usecases.hear_agency import Heard

MessageId = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:#-]+" + END)]


class Reply(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    """What every reply has."""

    version: Literal["1"]
    message_id: MessageId
    unit: Slug
    case: str

    def command(self) -> cmd.Command:
        """Return what is asked."""
        raise NotImplementedError


class Accepted(Reply, frozen=True, tag="accepted", kw_only=True):
    """The agency has the case."""

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.Accept()


class DetailsWanted(Reply, frozen=True, tag="details_wanted", kw_only=True):
    """The sender must say more."""

    question: Words

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.RequestDetails(question=self.question)


class Reappointed(Reply, frozen=True, tag="reappointed", kw_only=True):
    """A new appointment (Điều 9.3)."""

    new_due: Moment
    reason: Words

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.Reappoint(new_due=self.new_due, reason=self.reason)


class Result(Reply, frozen=True, tag="result", kw_only=True):
    """The result, with who answers for it."""

    result: Words
    responsible_officer: Name
    approving_leader: Name

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.SubmitResult(
            result=self.result,
            responsible_officer=self.responsible_officer,
            approving_leader=self.approving_leader,
        )


class NotOurs(Reply, frozen=True, tag="not_ours", kw_only=True):
    """Another agency's matter."""

    reason: Words
    suggested: Slug | None = None

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.Decline(reason=self.reason, suggested=self.suggested)


class ActionDone(Reply, frozen=True, tag="action_done", kw_only=True):
    """A notice was dealt with, or another official sent (R75)."""

    action: Literal["notice", "substitution"]
    outcome: Words

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.CloseAction(name=self.action, outcome=self.outcome, unit=self.unit)


REPLIES = Accepted | DetailsWanted | Reappointed | Result | NotOurs | ActionDone
_decode = msgspec.json.Decoder(REPLIES).decode


class _Origin(Struct, frozen=True):
    """As much of a bad message as tells whom to answer."""

    unit: Slug
    message_id: MessageId


def read(body: str) -> Heard:
    """Read a reply; raises InvalidError saying what is wrong with it."""
    try:
        reply = _decode(body)
        code = parse(reply.case)
    except msgspec.ValidationError as error:
        pointer, detail = describe(str(error))
        title = "Thông điệp không đúng quy cách"
        raise InvalidError("invalid_message", title, detail=detail, pointer=pointer) from error
    except msgspec.DecodeError as error:
        raise InvalidError("not_json", "Thông điệp không phải là JSON hợp lệ") from error
    except InvalidCodeError as error:
        raise InvalidError("invalid_code", "Mã hồ sơ không đúng", pointer="/case") from error
    return Heard(reply.message_id, reply.unit, code, fingerprint(body), reply.command())


def origin(body: str) -> tuple[str, str] | None:
    """Return unit and message id of a message that could not be read, if at least these could."""
    try:
        found = msgspec.json.decode(body, type=_Origin)
    except msgspec.DecodeError:
        return None
    return found.unit, found.message_id


def fingerprint(body: str) -> str:
    """Return what tells two messages with one id apart."""
    return hashlib.sha256(body.encode()).hexdigest()
