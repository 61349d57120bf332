"""From what was sent to what the domain calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.actors import Sender
from chalicelib.domain.case_code import InvalidCodeError, parse
from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.ports import Receipt

if TYPE_CHECKING:
    from chalicelib.entrypoints.contracts import SenderBody
    from chalicelib.entrypoints.http import Request


def canonical(code: str) -> str:
    """Return the twelve digits of a case code; a slip of the tongue or finger is told at once."""
    try:
        return parse(code)
    except InvalidCodeError as error:
        raise NotFoundError("invalid_code", "Mã hồ sơ không đúng, vui lòng kiểm tra lại từng chữ số") from error


def receipt(request: Request, scope: str) -> Receipt | None:
    """Return the receipt of an idempotency key: a key belongs to its caller (and case, for citizens)."""
    if request.idempotency_key is None:
        return None
    owner = request.caller.name or request.caller.role
    return Receipt(f"key#{owner}#{scope}#{request.idempotency_key}", request.fingerprint)


def telephone(text: str, pointer: str) -> str:
    """Return a number as it is stored; raises InvalidError."""
    from chalicelib.domain.phone import InvalidPhoneError
    from chalicelib.domain.phone import parse as parse_phone

    try:
        return parse_phone(text).number
    except InvalidPhoneError as error:
        raise InvalidError("invalid_phone", "Số điện thoại không hợp lệ", pointer=pointer) from error


def sender(body: SenderBody) -> Sender:
    """Return the sender."""
    return Sender(body.kind, body.name, body.phone, body.email, body.address)
