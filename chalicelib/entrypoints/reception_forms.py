"""What may be filled in on the pages of citizen reception."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_reception import CorrectionBody, Number, SessionBody, TellingBody
from chalicelib.entrypoints.contracts import END
from chalicelib.entrypoints.forms import Nonce


class MonthQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Tháng nào, hoặc tìm biên bản nào."""

    month: Annotated[str, Meta(pattern=rf"^(20[0-9]{{2}}-(0[1-9]|1[0-2]))?{END}")] = msgspec.field(
        default="", name="thang"
    )
    code: Annotated[str, Meta(max_length=20)] = msgspec.field(default="", name="ma")


class DoneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "lap", "noi-dung", "dinh-chinh", "ho-so", "tra-loi", "giu-lai"] = msgspec.field(
        default="", name="xong"
    )


class SessionForm(SessionBody, frozen=True, kw_only=True):
    """Một buổi đã diễn ra."""

    nonce: Nonce


class MatterForm(given.Body, frozen=True, kw_only=True):
    """Ai nêu điều gì."""

    nonce: Nonce
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{END}")] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    title: given.ShortText = ""
    content: given.Words


class CorrectionForm(CorrectionBody, frozen=True, kw_only=True):
    """Điều cần đính chính."""

    nonce: Nonce


class KeepingForm(given.Body, frozen=True, kw_only=True):
    """Giữ quá thời hạn lưu giữ, hoặc thôi giữ; vì sao."""

    nonce: Nonce
    beyond: Literal["true", "false"]
    reason: given.Words


class CaseForm(given.Body, frozen=True, kw_only=True):
    """Hồ sơ của nội dung nào, thuộc loại nào."""

    nonce: Nonce
    number: Number
    kind: Annotated[str, Meta(max_length=130)]
    field: given.Slug


class TellingForm(TellingBody, frozen=True, kw_only=True):
    """Đã trả lời người nêu."""

    nonce: Nonce
    number: Number
