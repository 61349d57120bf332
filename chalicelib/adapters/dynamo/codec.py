"""Domain objects to and from items. Free text leaves the event here and is replaced by a salted digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import Case, State
from chalicelib.domain.events import EVENT_TYPES, Recorded, private_fields

encode = msgspec.json.Encoder(order="deterministic").encode
_decode_case = msgspec.json.Decoder(Case).decode
_decode_sender = msgspec.json.Decoder(Sender).decode


class _Envelope(msgspec.Struct):
    at: datetime
    actor: Actor
    article: str
    before: State | None
    after: State
    data: msgspec.Raw
    kind: str = ""
    field: str = ""
    unit: str = ""


def instant(at: datetime) -> str:
    """Write a moment so that text order is time order: UTC, milliseconds, Z."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def case_to_body(case: Case) -> str:
    """Write a case as JSON."""
    return encode(_lean(case)).decode()


def case_from_body(body: str) -> Case:
    """Read a case; fields that a later version added are ignored."""
    return _decode_case(body)


def sender_to_body(sender: Sender) -> str:
    """Write a sender as JSON."""
    return encode(sender).decode()


def sender_from_body(body: str) -> Sender:
    """Read a sender."""
    return _decode_sender(body)


def event_to_body(recorded: Recorded, salt: str) -> tuple[str, dict[str, str]]:
    """Return the event's JSON without its texts, and the texts."""
    data: dict[str, Any] = _lean(recorded.event)
    texts = {name: data.pop(name) for name in private_fields(type(recorded.event)) if name in data}
    data["digests"] = {name: digest(salt, text) for name, text in texts.items()}
    body = {
        "at": recorded.at,
        "actor": _lean(recorded.actor),
        "article": recorded.article,
        "before": recorded.before,
        "after": recorded.after,
        "kind": recorded.kind,
        "field": recorded.field,
        "unit": recorded.unit,
        "data": data,
    }
    return encode(body).decode(), texts


def event_from_body(code: str, seq: int, kind: str, body: str, texts: Mapping[str, str]) -> Recorded:
    """Read an event and put its texts back; without them the fields are empty."""
    envelope = msgspec.json.decode(body, type=_Envelope)
    data: dict[str, Any] = msgspec.json.decode(envelope.data)
    data.pop("digests", None)
    return Recorded(
        code=code,
        seq=seq,
        at=envelope.at,
        actor=envelope.actor,
        article=envelope.article,
        event=msgspec.convert(data | dict(texts), EVENT_TYPES[kind]),
        before=envelope.before,
        after=envelope.after,
        kind=envelope.kind,
        field=envelope.field,
        unit=envelope.unit,
    )


def digest(salt: str, text: str) -> str:
    """Fingerprint a text; once the salt is gone with the text, it leads nowhere."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(chain: str, event_id: str, kind: str, body: str) -> str:
    """Hash an event together with the hash of the one before it: a log tampered with shows (R124)."""
    return hashlib.sha256(f"{chain}\n{event_id}\n{kind}\n{body}".encode()).hexdigest()


def _lean(value: Any) -> Any:
    """Leave out what a field has by default: a write unit ends at 1 KB, and most of a case is not late, not paused …"""
    if is_dataclass(value):
        held = ((item, getattr(value, item.name)) for item in fields(value))
        return {item.name: _lean(content) for item, content in held if content != _default(item)}
    return [_lean(item) for item in value] if isinstance(value, tuple) else value


def _default(item: Field[Any]) -> Any:
    return item.default if item.default_factory is MISSING else item.default_factory()
