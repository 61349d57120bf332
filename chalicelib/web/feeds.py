"""The published answers as an Atom feed (RFC 4287): plain text only, so nothing in it is markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry is made of."""

    address: str
    title: str
    words: str
    author: str
    category: str
    published_at: datetime


def atom(entries: Sequence[Told], *, title: str, centre: str, board: str, own: str, now: datetime) -> str:
    """Write a feed, newest first; `board` and `own` are the addresses of the page and of the feed."""
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _stamp(max((one.published_at for one in entries), default=now)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=board)
    _add(_add(feed, "author"), "name", centre)
    for one in entries:
        _entry(feed, one)
    return tostring(feed, encoding="unicode", xml_declaration=True)


def _entry(feed: Element, one: Told) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", one.address)
    _add(entry, "title", _valid(one.title))
    _add(entry, "published", _stamp(one.published_at))
    _add(entry, "updated", _stamp(one.published_at))
    _add(entry, "link", rel="alternate", type="text/html", href=one.address)
    _add(_add(entry, "author"), "name", one.author)
    _add(entry, "category", term=one.category)
    _add(entry, "content", _valid(one.words), type="text")


def _add(parent: Element, tag: str, words: str | None = None, **attributes: str) -> Element:
    made = SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = words
    return made


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _valid(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
