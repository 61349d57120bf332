"""Messages written to hurt: each is told what is wrong with it, by code and place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import exchange
from chalicelib.exchange.fields import LARGEST
from chalicelib.exchange.rejections import UNREADABLE

GOOD = {"version": "1", "message_id": "m1", "unit": "so_tu_phap", "type": "accepted", "case": "482109375514"}
DEEP = 30_000


def written(**changes: Any) -> str:
    return json.dumps({name: value for name, value in (GOOD | changes).items() if value is not None})


def raw(name: str, value: str) -> str:
    """The good message with a field more, or another value for one, as JSON that no writer would make."""
    rest = json.dumps({key: kept for key, kept in GOOD.items() if key != name})
    return f'{rest[:-1]}, "{name}": {value}}}'


HURTFUL = {
    "nothing": ("", "not_json", ""),
    "words": ("Kính gửi Trung tâm", "not_json", ""),
    "half of it": (written()[:-1], "not_json", ""),
    "two of it": (written() * 2, "not_json", ""),
    "after a byte order mark": ("\ufeff" + written(), "not_json", ""),
    "half a surrogate pair": (written().replace("m1", "\ud800"), "not_json", ""),
    "half a pair escaped": (raw("message_id", '"\\ud800"'), "not_json", ""),
    "a control character": (raw("message_id", '"\x00"'), "not_json", ""),
    "deep lists": ("[" * DEEP, "invalid_message", ""),
    "deep objects": ('{"a":' * DEEP, "not_json", ""),
    "deep in a field": (raw("case", "[" * DEEP), "invalid_message", "/case"),
    "deep in no field": (raw("x", "[" * DEEP), "unknown_field", "/x"),
    "a huge number": (raw("case", "9" * 100_000), "invalid_message", "/case"),
    "a huge power": (raw("version", "1e999999999"), "unknown_version", "/version"),
    "no number": (raw("x", "NaN"), "unknown_field", "/x"),
    "a list": ("[]", "invalid_message", ""),
    "null": ("null", "invalid_message", ""),
    "too large": (written(question="ă" * LARGEST), "too_large", ""),
    "no version": (written(version=None), "invalid_message", "/version"),
    "a later version": (written(version="2"), "unknown_version", "/version"),
    "a version as a number": (written(version=1), "unknown_version", "/version"),
    "no type": (written(type=None), "invalid_message", "/type"),
    "another type": (written(type="praised"), "unknown_type", "/type"),
    "one of ours": (written(type="case_assigned"), "unknown_type", "/type"),
    "a field more": (written(priority=1), "unknown_field", "/priority"),
    "a field with slashes": (raw("a/b~c", "1"), "unknown_field", "/a~1b~0c"),
    "a field with no end": (raw("~" * 100_000, "1"), "unknown_field", ""),
    "no case": (written(case=None), "invalid_message", "/case"),
    "a mistyped case": (written(case="482109375513"), "invalid_code", "/case"),
    "a case in other digits": (written(case="٤٨٢١٠٩٣٧٥٥١٤"), "invalid_code", "/case"),
    "an id with a line break": (written(message_id="m1\n"), "invalid_message", "/message_id"),
    "a unit like a path": (written(unit="../so_y_te"), "invalid_message", "/unit"),
    "a time without a zone": (written(assigned_at="2026-11-23T09:00:00"), "invalid_message", "/assigned_at"),
    "no question": (written(type="details_wanted", question=""), "invalid_message", "/question"),
    "a very long question": (written(type="details_wanted", question="a" * 20_001), "invalid_message", "/question"),
    "another duty": (written(type="action_done", action="x", outcome="Xong"), "invalid_message", "/action"),
}


@pytest.mark.parametrize(("body", "code", "pointer"), HURTFUL.values(), ids=HURTFUL)
def test_what_cannot_be_read_is_named(body: str, code: str, pointer: str) -> None:
    with pytest.raises(InvalidError) as refused:
        exchange.read(body)
    assert (refused.value.code, refused.value.context.get("pointer", "")) == (code, pointer)
    exchange.origin(body)
    exchange.fingerprint(body)


def test_every_unreadable_code_is_shown() -> None:
    assert {code for _, code, _ in HURTFUL.values()} == set(UNREADABLE)


def test_the_same_said_in_another_order_is_the_same() -> None:
    turned = json.dumps(dict(reversed(GOOD.items())), indent=1)
    plain = exchange.read(written()).fingerprint
    assert exchange.read(turned).fingerprint == plain
    assert exchange.read(written(type="details_wanted", question="?")).fingerprint != plain


def outcome(body: str) -> str:
    """The code of a refusal; "" where it was read."""
    try:
        exchange.read(body)
    except InvalidError as error:
        return error.code
    return ""


PLAIN = st.none() | st.booleans() | st.floats() | st.text()
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(ANY)
def test_any_json_is_refused(value: Any) -> None:
    assert outcome(json.dumps(value)) in UNREADABLE
    assert outcome(json.dumps(GOOD | {"case": value})) in UNREADABLE


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_refused(body: str) -> None:
    assert outcome(body) in UNREADABLE
    assert exchange.origin(body) is None


def test_a_result_without_files_is_the_message_it_was_before_there_were_any() -> None:
    """One that was heard before the release and comes again after it must not be taken for another content."""
    people = {"responsible_officer": "An", "approving_leader": "Bình"}
    heard = exchange.read(written(type="result", message_id="r1", result="Xong.", **people))
    assert heard.fingerprint == "15093d2a6301635a481cfafd041f4f25059e19df0d318de433749df4cbed0b69"
    assert heard.files == ()
