"""What a page's form sent: typed values, or a sentence at each field."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Annotated, Any
from unicodedata import category
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.forms import EMPTY, MEDIA_TYPE, Form, form

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Một câu hỏi."""

    words: Annotated[str, Meta(min_length=1, max_length=20)]
    day: date
    number: Annotated[int, Meta(ge=1, le=9)] = 3
    unit: str | None = None


def sent(body: bytes | str, media_type: str = MEDIA_TYPE) -> Form:
    raw = body if isinstance(body, bytes) else body.encode()
    return form(SimpleNamespace(headers={"content-type": media_type}, raw_body=raw), Ask)  # type: ignore[arg-type]


def filled(**fields: str) -> Form:
    return sent(urlencode({"words": "Hỏi", "day": "2026-11-23"} | fields))


def test_typed_values() -> None:
    found = filled(number="5", unit="so_y_te")
    assert found.body == Ask("Hỏi", date(2026, 11, 23), 5, "so_y_te")
    assert found.faults == {}


def test_what_is_left_empty_was_not_sent() -> None:
    assert filled(number=" ", unit="").body == Ask("Hỏi", date(2026, 11, 23))


def test_every_fault_is_told_at_its_field_and_what_was_typed_is_kept() -> None:
    found = filled(words=" ", day="2026-02-30", number="x")
    assert found.body is None
    assert found.faults.keys() == {"words", "day", "number"}
    assert found.faults["words"] == EMPTY
    assert found.faults["number"] == "Cần số nguyên, nhưng nhận được chuỗi ký tự."
    assert found.typed == {"words": " ", "day": "2026-02-30", "number": "x"}


def test_a_line_break_is_one_character() -> None:
    assert filled(words="a\r\nb").typed["words"] == "a\nb"
    assert filled(words="12345678901234567\r\n90").body.words == "12345678901234567\n90"


@given(TEXT)
def test_what_a_browser_sends_arrives_as_it_was_typed(words: str) -> None:
    can_be_typed = [char for char in words.replace("\r\n", "\n") if char in "\t\n" or category(char) != "Cc"]
    assert filled(unit=words).typed["unit"] == "".join(can_be_typed)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(InvalidError):
        assert sent(body).typed.keys() <= set(Ask.__struct_fields__)


@pytest.mark.parametrize(
    ("body", "media_type", "code", "status"),
    [
        (b"words=a&words=b", MEDIA_TYPE, "invalid_request", None),
        (b"other=1", MEDIA_TYPE, "invalid_request", None),
        (b"words=%ff", MEDIA_TYPE, "malformed_form", 400),
        (b"words=\xff", MEDIA_TYPE, "malformed_form", 400),
        (b"&".join(b"a=1" for _ in range(51)), MEDIA_TYPE, "malformed_form", 400),
        (b"words=" + b"x" * 262_144, MEDIA_TYPE, "body_too_large", 413),
        (b"{}", "application/json", "media_type_unsupported", 415),
        (b"words=a", "multipart/form-data; boundary=x", "media_type_unsupported", 415),
        (b"words=a", f"{MEDIA_TYPE}; charset=iso-8859-1", "media_type_unsupported", 415),
        (b"words=a", "", "media_type_unsupported", 415),
    ],
)
def test_what_nobody_typed_is_refused(body: bytes, media_type: str, code: str, status: Any) -> None:
    with pytest.raises(InvalidError) as refused:
        sent(body, media_type)
    assert (refused.value.code, refused.value.context.get("status")) == (code, status)
