"""Personal data taken out of text before it is published or counted (R70, R99, R110).

It leaves alone what only looks alike: dates, sums, hours, document numbers (123/QĐ-UBND), case codes as displayed
(4821-0937-5514) and service numbers (1022, 1900…, 113). In doubt it takes out: a twelve-digit run that can be an
identity number goes, even if it could be a case code without its dashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from chalicelib.domain.redaction_rules import ADDRESSES, MARKS, PATTERNS, Pattern, address_patterns, name_patterns

_KINDS = {mark: kind for kind, mark in MARKS.items()}
_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS.values()))


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: a key of MARKS and its place in the NFC form of the text given."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; with a kind it is personal data, in `words` as it was, empty where only the mark is left."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """The NFC text with Vietnamese marks in place of personal data, and what was found, in order, in `source`."""

    text: str
    found: tuple[Found, ...]
    source: str = field(repr=False)

    def pieces(self) -> Iterator[Piece]:
        """Yield the source in order: what stays, and what was taken out."""
        last = 0
        for hit in self.found:
            yield from marked(self.source[last : hit.start])
            yield Piece(self.source[hit.start : hit.end], hit.kind)
            last = hit.end
        yield from marked(self.source[last:])


def marked(text: str) -> Iterator[Piece]:
    """Yield a text's pieces by the marks that stand in it."""
    last = 0
    for mark in _MARK.finditer(text):
        yield Piece(text[last : mark.start()])
        yield Piece("", _KINDS[mark[0]])
        last = mark.end()
    yield Piece(text[last:])


def redact(text: str, names: Iterable[str] = (), addresses: Iterable[str] = ()) -> Redaction:
    """Replace personal data by marks such as "[số điện thoại]"; redacting again changes nothing.

    `names` and `addresses` are those known of the sender: matched with or without marks, in any case; the last words
    of a name also after Ông, Bà, anh, chị.
    """
    composed = unicodedata.normalize("NFC", text)
    patterns = (
        *PATTERNS,
        *chain.from_iterable(map(address_patterns, addresses)),
        *chain.from_iterable(map(name_patterns, names)),
        *ADDRESSES,
    )
    found: list[Found] = []
    # What lies between marks is searched again on its own until it holds nothing: exactly what a second call sees.
    pending = list(_gaps(composed, ((mark.start(), mark.end()) for mark in _MARK.finditer(composed))))
    while pending:
        start, end = pending.pop()
        here = [Found(hit.kind, start + hit.start, start + hit.end) for hit in _find(composed[start:end], patterns)]
        if here:
            found += here
            pending += _gaps(composed, ((hit.start, hit.end) for hit in here), start, end)
    found.sort(key=lambda hit: hit.start)
    return Redaction(_marked(composed, found), tuple(found), composed)


def _gaps(
    text: str, spans: Iterable[tuple[int, int]], start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    for span_start, span_end in spans:
        yield start, span_start
        start = span_end
    yield start, len(text) if end is None else end


def _find(text: str, patterns: Iterable[Pattern]) -> list[Found]:
    folded = text.translate(_FOLDING)
    claimed = bytearray(len(text))
    found = []
    for pattern in patterns:
        for start, end in _claims(pattern, text, folded, claimed):
            claimed[start:end] = b"\1" * (end - start)
            if pattern.kind:
                found.append(Found(pattern.kind, start, end))
    return sorted(found, key=lambda hit: hit.start)


def _claims(pattern: Pattern, text: str, folded: str, claimed: bytearray) -> Iterator[tuple[int, int]]:
    searched = folded if pattern.folded else text
    group = "it" if "it" in pattern.regex.groupindex else 0
    match = pattern.regex.search(searched)
    while match:
        start, end = match.span(group)
        if claimed.find(1, start, end) < 0 and pattern.holds(text[match.start() : match.end()]):
            yield start, end
            match = pattern.regex.search(searched, end)
        else:
            match = pattern.regex.search(searched, match.start() + 1)


def _marked(text: str, found: Iterable[Found]) -> str:
    pieces, last = [], 0
    for hit in found:
        pieces += [text[last : hit.start], MARKS[hit.kind]]
        last = hit.end
    return "".join([*pieces, text[last:]])


class _Folding(dict[int, str]):
    """Folds one character to one, so that places in the folded text are places in the text; filled as met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letters = unicodedata.normalize("NFKD", char.casefold()).replace("đ", "d").replace("ð", "d")
        plain = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_FOLDING = _Folding()
