"""The cases of the demonstration: one JSON object a line in examples/cases*.jsonl."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

HERE = Path(__file__).parent
FOLDER = HERE  # of the first centre; another's cases stand in a folder of its name
SELF_SERVICE = frozenset({"web", "app"})  # citizens send for themselves; the desk writes down the rest


class DemoError(Exception):
    """Something is not as the demonstration needs it; the message is one line for the person at the keyboard."""


class Person(msgspec.Struct, frozen=True):
    """A made-up sender."""

    type: Literal["individual", "organisation"] = "individual"
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Refusal(msgspec.Struct, frozen=True):
    """What a person who refuses tells the sender."""

    reason: str
    guidance: str


class Supplied(msgspec.Struct, frozen=True):
    """What a sender adds: words, and contact details that were missing."""

    content: str
    sender: dict[str, str] = {}


class Case(msgspec.Struct, frozen=True):
    """A made-up matter, as README.md describes it. `path` names its script (demo_scripts.py)."""

    id: str
    channel: str
    kind: str
    field: str
    content: str
    path: str
    title: str = ""
    about: str | None = None
    declared_petition: str | None = None
    anonymous: bool = False
    sender: Person = Person()
    unit: str = ""
    agency: str = ""
    answer: str = ""
    question: str = ""
    supplied: Supplied | None = None
    reason: str = ""
    suggested: str = ""
    opinion: str = ""
    refusal: Refusal | None = None
    arrives: str = "office"  # office, night, weekend

    @property
    def given_to(self) -> str:
        """Whom the office gives it to: its own focal officer, unless another unit is named."""
        return self.agency or self.unit

    @property
    def at_desk(self) -> bool:
        """True for what somebody at the desk writes down for the sender."""
        return self.channel not in SELF_SERVICE

    def body(self) -> dict[str, Any]:
        """Return what `POST /v1/cases` and `POST /v1/desk/cases` take."""
        names = ("channel", "kind", "field", "content", "title", "about", "declared_petition", "anonymous")
        sender = msgspec.to_builtins(self.sender)
        return {name: getattr(self, name) for name in names} | {"sender": {"kind": sender.pop("type"), **sender}}


def folder(regulation: str) -> Path:
    """Return where a centre's cases stand."""
    own = HERE / regulation
    return own if own.is_dir() else FOLDER


def read(folder: Path = FOLDER) -> list[Case]:
    """Return every case of the folder, in the order of file names and lines; raises DemoError naming a bad line."""
    found, decode = [], msgspec.json.Decoder(Case).decode
    for file in sorted(folder.glob("cases*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            try:
                found.append(decode(line))
            except msgspec.DecodeError as error:
                raise DemoError(f"{file.name}, line {number}: {error}") from error
    if not found:
        raise DemoError(f"there is no cases*.jsonl in {folder}")
    return found
