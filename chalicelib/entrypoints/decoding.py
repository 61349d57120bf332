"""What arrives becomes typed values, or an InvalidError that names the place in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, get_type_hints
from urllib.parse import unquote

import msgspec
from chalice.app import Request as HttpRequest

from chalicelib.domain.errors import InvalidError, NotFoundError, UnauthenticatedError
from chalicelib.entrypoints.mistakes import describe

LARGEST_BODY: Final = 256 * 1024
_PRINTABLE: Final = re.compile(r"[ -~]{1,255}")
_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))
_PATH_NAMES: Final = re.compile(r"\{(\w+)\}")
_MALFORMED: Final = "Nội dung gửi lên không phải là JSON hợp lệ."
_INVALID: Final = "Yêu cầu có thông tin chưa hợp lệ."


class NoQuery(msgspec.Struct, forbid_unknown_fields=True):
    """A route without query parameters."""


def body(request: HttpRequest, kind: type[msgspec.Struct]) -> Any:
    """Decode a JSON body strictly; 415, 413, 400 or 422 otherwise."""
    try:
        return _decoder(kind).decode(text(request, "application/json"))
    except UnicodeError as error:
        raise InvalidError("malformed_json", _MALFORMED, detail="Nội dung cần mã hoá UTF-8.", status=400) from error
    except msgspec.ValidationError as error:
        pointer, detail = describe(str(error))
        raise InvalidError("invalid_request", _INVALID, errors=[{"pointer": pointer, "detail": detail}]) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidError("malformed_json", _MALFORMED, status=400) from error


def text(request: HttpRequest, media_type: str) -> str:
    """Return a body of a media type as text; 415, 413, and UnicodeError where it is none."""
    _require(media_type, request.headers.get("content-type") or "")
    try:
        raw = request.raw_body
        content = raw if isinstance(raw, str) else raw.decode()
    except ValueError as error:  # not base64, not UTF-8, or half a surrogate pair
        raise UnicodeError from error
    if len(raw) > LARGEST_BODY:
        raise InvalidError("body_too_large", "Nội dung gửi lên quá lớn.", status=413, limit_bytes=LARGEST_BODY)
    return content


def typed(words: str) -> str:
    """Return words without what nobody can type: a line break is one character, no other control stays."""
    return words.replace("\r\n", "\n").translate(_CONTROLS)


def query(request: HttpRequest, kind: type[msgspec.Struct] | None, *, others: bool = False) -> Any:
    """Decode the query string; a repeated name is 400 (which one is meant?), an unknown or wrong one 422.

    With `others` unknown names are let be: what links are passed on by hangs its own on them.
    """
    sent = request.query_params
    values = {name: sent.getlist(name) for name in sent} if sent is not None else {}
    if others and kind:
        values = {name: given for name, given in values.items() if name in kind.__struct_encode_fields__}
    repeated = sorted(name for name, given in values.items() if len(given) > 1)
    if repeated:
        faults = [{"parameter": name, "detail": "Tham số chỉ được gửi một lần."} for name in repeated]
        raise InvalidError("repeated_parameter", "Có tham số bị lặp lại.", status=400, errors=faults)
    try:
        return msgspec.convert({name: typed(given[0]) for name, given in values.items()}, kind or NoQuery, strict=False)
    except msgspec.ValidationError as error:
        pointer, detail = describe(str(error))
        faults = [{"parameter": pointer.removeprefix("/"), "detail": detail}]
        raise InvalidError("invalid_request", _INVALID, errors=faults) from error


def path_types(view: Callable[..., Any], path: str) -> dict[str, Any]:
    """Map each name in the path pattern to the view's annotation of it."""
    names = _PATH_NAMES.findall(path)
    hints = get_type_hints(view, include_extras=True) if names else {}  # hints cost a cold start
    return {name: hints[name] for name in names}


def path_values(raw: Mapping[str, str], types: Mapping[str, Any]) -> dict[str, Any]:
    """URL-decode path values (Chalice does not, aws/chalice #511); what cannot name anything is 404."""
    try:
        return {
            name: msgspec.convert(unquote(value, errors="strict"), types[name], strict=False)
            for name, value in raw.items()
        }
    except (msgspec.ValidationError, UnicodeError) as error:
        raise NotFoundError("not_found", "Không tìm thấy nội dung được yêu cầu.") from error


def idempotency_key(headers: Mapping[str, str], need: str | None) -> str | None:
    """Read Idempotency-Key: 1 to 255 printable ASCII characters."""
    key = headers.get("idempotency-key") if need else None
    if key is None:
        if need == "required":
            raise InvalidError("idempotency_key_missing", "Yêu cầu cần có tiêu đề Idempotency-Key.", status=400)
        return None
    if not _PRINTABLE.fullmatch(key):
        title = "Tiêu đề Idempotency-Key cần từ 1 đến 255 ký tự ASCII in được."
        raise InvalidError("idempotency_key_malformed", title, status=400)
    return key


def cookies(request: HttpRequest) -> dict[str, str]:
    """Read the cookies by name; what is not one is passed over."""
    pairs = (pair.strip().partition("=") for pair in (request.headers.get("cookie") or "").split(";"))
    return {name: value for name, sign, value in pairs if sign}


def pin(headers: Mapping[str, str], need: str | None) -> str | None:
    """Read X-Case-Pin; whether it is the right one is for the use case to say."""
    value = headers.get("x-case-pin") if need else None
    if value is None and need == "required":
        raise UnauthenticatedError("pin_missing", "Xin nhập mã PIN của hồ sơ.")
    return value


def _require(media_type: str, content_type: str) -> None:
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [value for part in parameters if (value := part.removeprefix("charset=").strip('"')) != part]
    if media != media_type or any(charset not in {"utf-8", "utf8"} for charset in charsets):
        title = f"Nội dung cần ở dạng {media_type}, mã hoá UTF-8."
        raise InvalidError("media_type_unsupported", title, status=415)


@cache
def _decoder(kind: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
