"""Read what an agency sent: a reply, a request about a file, or an error that says where it goes wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import Struct

from chalicelib.domain.case_code import InvalidCodeError, parse
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.mistakes import describe
from chalicelib.exchange.fields import LARGEST, MessageId, Slug
from chalicelib.exchange.files import Asked
from chalicelib.exchange.heard import HEARD
from chalicelib.usecases.hear_agency import Heard

LONGEST_POINTER = 200
T = TypeVar("T")
A = TypeVar("A", bound=Asked)
_decode = msgspec.json.Decoder(HEARD).decode
_encode = msgspec.json.Encoder(order="deterministic").encode
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_INVALID = "Thông điệp không đúng quy cách"
_NAMED = {
    "/version": ("unknown_version", "Phiên bản của thông điệp chưa được hỗ trợ"),
    "/type": ("unknown_type", "Không có loại thông điệp này"),
}


class _Origin(Struct, frozen=True):
    """As much of a bad message as tells whom to answer."""

    unit: Slug
    message_id: MessageId


def read(body: str) -> Heard:
    """Read a reply; raises InvalidError saying what is wrong with it."""
    reply = _read(body, _decode)
    code = _code(reply.case)
    # Of what was said, not of how it was written: a client may send the same again with its fields in another order.
    return Heard(
        message_id=reply.message_id,
        unit=reply.unit,
        code=code,
        fingerprint=_digest(_encode(reply)),
        command=reply.command(),
        assigned_at=reply.assigned_at,
        files=reply.files(),
    )


def read_asked(body: str, kind: type[A]) -> tuple[A, str]:
    """Read a request about a file, and the code of its case; raises InvalidError."""
    asked = _read(body, msgspec.json.Decoder(kind).decode)
    return asked, _code(asked.case)


def origin(body: str) -> tuple[str, str] | None:
    """Return unit and message id of a message that could not be read, if at least these could."""
    try:
        found = msgspec.json.decode(_bytes(body), type=_Origin)
    except _UNREADABLE:
        return None
    return found.unit, found.message_id


def fingerprint(body: str) -> str:
    """Return what tells two unreadable messages with one id apart."""
    return _digest(_bytes(body))


def _read(body: str, decode: Callable[[bytes], T]) -> T:
    raw = _bytes(body)
    if len(raw) > LARGEST:
        raise InvalidError("too_large", "Thông điệp quá lớn", limit_bytes=LARGEST)
    try:
        return decode(raw)
    except msgspec.ValidationError as error:
        raise _mistake(error) from error
    except _UNREADABLE as error:
        raise InvalidError("not_json", "Thông điệp không phải là JSON hợp lệ") from error


def _code(written: str) -> str:
    try:
        return parse(written)
    except InvalidCodeError as error:
        raise InvalidError("invalid_code", "Mã hồ sơ không đúng", pointer="/case") from error


def _mistake(error: msgspec.ValidationError) -> InvalidError:
    pointer, detail = describe(str(error))
    pointer = pointer if len(pointer) <= LONGEST_POINTER else ""  # it goes back, and must fit a message
    if str(error).startswith("Object contains unknown field"):
        return InvalidError("unknown_field", _INVALID, detail=detail, pointer=pointer)
    if "missing required" not in str(error) and pointer in _NAMED:
        return InvalidError(*_NAMED[pointer], pointer=pointer)
    return InvalidError("invalid_message", _INVALID, detail=detail, pointer=pointer)


def _bytes(body: str) -> bytes:
    return body.encode("utf-8", "surrogatepass")  # half a pair is then no UTF-8, which the decoder says


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
