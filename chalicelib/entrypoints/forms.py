"""What a page's form sent becomes typed values, or a sentence at each field that cannot be accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

import msgspec
from chalice.app import Request as HttpRequest
from msgspec import Meta

from chalicelib.domain.errors import DomainError, InvalidError
from chalicelib.entrypoints import decoding
from chalicelib.entrypoints.mistakes import describe
from chalicelib.exchange.fields import END

MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 50
# Names one sending of a form, so that a second press of its button does nothing more.
Nonce = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}" + END)]
SEAL: Final = "seal"  # the hidden field of a staff's form
EMPTY: Final = "Xin điền mục này."
FIRST, LAST = 2000, 2199  # years
NO_SUCH_DAY: Final = f"Chỉ nhận ngày từ năm {FIRST} đến năm {LAST}."


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed and what is wrong with it, by field; `body`, of the page's type, where nothing is.

    `seal` is what the form bore of the session it was made for.
    """

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    body: Any = None
    seal: str = ""


UNTYPED: Final = Form({}, {})  # of a page that nothing was sent to


def refused(form: Form, error: DomainError, fields: Mapping[str, str] = MappingProxyType({})) -> tuple[Form, str]:
    """Return the form with what was refused at its field, or else the words that stand above it.

    An error points by the API's names; `fields` are those that a form calls otherwise.
    """
    named = str(error.context.get("pointer", "")).strip("/").partition("/")[0]
    field = fields.get(named, named)
    return (replace(form, faults={field: error.title}), "") if field else (form, error.title)


def reworded(form: Form, words: Mapping[str, str]) -> Form:
    """Return the form with words of its own for what is wrong with a field that was filled in."""
    faults = {name: words.get(name, told) if form.typed.get(name) else told for name, told in form.faults.items()}
    return replace(form, faults=faults)


def form(request: HttpRequest, kind: type[msgspec.Struct]) -> Form:
    """Decode a form; what no person can have typed is refused: 415, 413, 400 or 422.

    A field left empty counts as not sent. A line break is one character, as people count them.
    """
    typed = sent(request)
    seal = typed.pop(SEAL, "")
    if not typed.keys() <= set(kind.__struct_fields__):
        raise InvalidError("invalid_request", "Yêu cầu có thông tin chưa hợp lệ.")
    return replace(_read(typed, kind), seal=seal)


def sent(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form as they were typed; 415, 413, 400, or 422 where one came twice."""
    try:
        body = decoding.text(request, MEDIA_TYPE)
        fields = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise InvalidError("malformed_form", "Nội dung gửi lên không đọc được.", status=400) from error
    typed = {name: decoding.typed(value) for name, value in fields}
    if len(typed) < len(fields):
        raise InvalidError("invalid_request", "Yêu cầu có thông tin chưa hợp lệ.")
    return typed


def _read(typed: Mapping[str, str], kind: type[msgspec.Struct]) -> Form:
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in msgspec.structs.fields(kind):
        value = typed.get(field.name, "")
        if not value.strip():
            faults |= {field.name: EMPTY} if field.required else {}
            continue
        try:
            values[field.name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            faults[field.name] = describe(str(error))[1]
        else:
            faults |= {field.name: NO_SUCH_DAY} if _out_of_time(values[field.name]) else {}
    return Form(typed, faults, None if faults else kind(**values))


def _out_of_time(value: object) -> bool:
    """Tell whether a day is one that nobody at an office means, and that no time zone can be reckoned for."""
    return type(value) is date and not FIRST <= value.year <= LAST
