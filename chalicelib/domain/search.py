"""Full-text search over published answers: with marks or without, in either spelling (hòa, hoà), ranked.

SQLite's FTS5 would serve but is not in the SQLite of every Lambda runtime, and the texts are few: to look through
all of them takes milliseconds (ADR 15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_TERMS = 8
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
_OLD_SPELLING = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)")
_NEW_SPELLING = {
    old + last: first + new
    for first, last, pairs in (
        ("o", "a", zip("òóỏõọ", "àáảãạ", strict=True)),
        ("o", "e", zip("òóỏõọ", "èéẻẽẹ", strict=True)),
        ("u", "y", zip("ùúủũụ", "ỳýỷỹỵ", strict=True)),
    )
    for old, new in pairs
}

Segments = tuple[tuple[str, bool], ...]  # pieces of a text, and whether each was looked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A text as it is searched: words between single spaces, with a space at both ends."""

    id: str
    field: str
    unit: str
    month: str
    title: str  # its first line, without marks
    plain: str  # all of it, without marks
    marked: str  # all of it, with marks, in one spelling


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that is looked for; `marked` is empty where it was typed without marks."""

    plain: str
    marked: str


def entry(name: str, question: str, answer: str, *, field: str, unit: str, month: str) -> Entry:
    """Make a text ready to be searched."""
    title, marked = question.partition("\n")[0], spelled(f"{question}\n{answer}")
    return Entry(name, field, unit, month, f" {unmarked(spelled(title))} ", f" {unmarked(marked)} ", f" {marked} ")


def terms(query: str) -> tuple[Term, ...]:
    """Read what is looked for: words, and phrases in quotation marks; the first eight."""
    wanted = query.translate({ord(mark): '"' for mark in "“”„«»"})
    found = (spelled(phrase or word) for phrase, word in _TERM.findall(wanted))
    made = (Term(f" {unmarked(one)} ", f" {one} " if one != unmarked(one) else "") for one in found if unmarked(one))
    return tuple(dict.fromkeys(made))[:MOST_TERMS]


def find(entries: Iterable[Entry], query: str) -> tuple[list[str], bool]:
    """Return the names of what was found, best first (of equals the earlier), and whether it has every term.

    Where nothing has every term, what has most of them is found.
    """
    wanted, held = terms(query), list(entries)
    hits = held if wanted else []
    for term in sorted(wanted, key=lambda one: len(one.plain), reverse=True):  # the long ones are rare: few are left
        hits = [one for one in hits if term.plain in one.plain]
    whole = bool(hits) or not wanted
    if not whole:
        counts = [(sum(term.plain in one.plain for term in wanted), one) for one in held]
        most = max((count for count, _ in counts), default=0)
        hits = [one for count, one in counts if count == most > 0]
    hits.sort(key=lambda one: _worth(one, wanted), reverse=True)
    return [one.id for one in hits], whole


def highlight(text: str, query: str, room: int = 0) -> Segments:
    """Cut a text where words of the query stand in it; with `room` only about so many characters around the first."""
    composed = unicodedata.normalize("NFC", text)
    wanted = {word for term in terms(query) for word in term.plain.split()}
    spots = [word.span() for word in _WORD.finditer(composed) if wanted and unmarked(spelled(word[0])) in wanted]
    start, end = _window(composed, spots[0][0] if spots else 0, room) if room else (0, len(composed))
    pieces, at = [("…", False)] if start else [], start
    for begin, stop in _joined(composed, spots):
        if start <= begin and stop <= end:
            pieces += [(composed[at:begin], False), (composed[begin:stop], True)]
            at = stop
    pieces += [(composed[at:end], False), ("…" if end < len(composed) else "", False)]
    return tuple(piece for piece in pieces if piece[0])


def _worth(one: Entry, wanted: tuple[Term, ...]) -> tuple[int, ...]:
    """Marks as typed weigh most, then the words side by side, in the title, then how often."""
    phrase = f" {' '.join(term.plain.strip() for term in wanted)} "
    return (
        sum(bool(term.marked) and term.marked in one.marked for term in wanted),
        phrase in one.title,
        phrase in one.plain,
        sum(term.plain in one.title for term in wanted),
        sum(min(one.plain.count(term.plain), 3) for term in wanted),
    )


def spelled(text: str) -> str:
    """Return the words of a text between single spaces, in lower case and one spelling of tones."""
    lower = unicodedata.normalize("NFC", text).casefold()
    return _OLD_SPELLING.sub(lambda old: _NEW_SPELLING[old[0]], " ".join(_WORD.findall(lower)))


def unmarked(words: str) -> str:
    """Return words without their marks."""
    # Ten times as fast as text.fold, letter by letter; letters of other scripts are not searched.
    return unicodedata.normalize("NFD", words.replace("đ", "d")).encode("ascii", "ignore").decode()


def _window(text: str, first: int, room: int) -> tuple[int, int]:
    if first <= room // 2:
        start = 0
    else:
        start = text.find(" ", first - room // 3) + 1
        start = start if 0 < start <= first else first
    end = start + room
    return start, len(text) if end >= len(text) else max(text.rfind(" ", first, end), min(end, first + room // 2))


def _joined(text: str, spots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of words found side by side."""
    joined: list[tuple[int, int]] = []
    for begin, stop in spots:
        if joined and text[joined[-1][1] : begin].isspace():
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((begin, stop))
    return joined
