"""What is heard in a matter's words when the centre learns from it: folded syllables and pairs of them, no figures.

Numbers, mail addresses and what redaction marked are no syllables and are not heard. What a first hand chose is heard
beside the words, as `=kind:report.conduct`, `=field:dat_dai`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chalicelib.domain.text import fold

CHOSEN = "="
MOST = 400  # syllables; a longer text says no more
_MARK = re.compile(r"\[[^\]]*\]")  # of redaction
_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(r"[a-z]{1,7}")
_AROUND = ".,;:?!()\"'“”…"
_SHORTHAND = {  # of telephones and chats
    "ko": ("khong",),
    "k": ("khong",),
    "hok": ("khong",),
    "dc": ("duoc",),
    "j": ("gi",),
    "vs": ("voi",),
    "bh": ("bao", "gio"),
    "ng": ("nguoi",),
    "nh": ("nhung",),
    "lm": ("lam",),
    "r": ("roi",),
    "hs": ("ho", "so"),
    "cccd": ("can", "cuoc"),
    "gplx": ("giay", "phep", "lai", "xe"),
    "bhyt": ("bao", "hiem", "y", "te"),
    "bhxh": ("bao", "hiem", "xa", "hoi"),
}


def syllables(text: str) -> tuple[str, ...]:
    """Return the folded syllables of a text, shorthand written out."""
    found: list[str] = []
    for word in _WORD.findall(fold(_MARK.sub(" ", text))):
        if _SYLLABLE.fullmatch(word):
            found += _SHORTHAND.get(word, (word,))
    return tuple(found[:MOST])


def heard(text: str, *, kind: str = "", field: str = "") -> tuple[str, ...]:
    """Return the syllables, the pairs, and what was chosen first, each once, in order of the alphabet."""
    said = syllables(text)
    chosen = {f"{CHOSEN}kind:{kind}"} if kind else set()
    chosen |= {f"{CHOSEN}field:{field}"} if field else set()
    return tuple(sorted({*said, *(f"{one} {other}" for one, other in pairwise(said)), *chosen}))


def ways(text: str, wanted: Sequence[str]) -> list[str]:
    """Return how a text writes syllables in a row, with the marks it gave them, each time it does."""
    written = text.lower().split()
    bare = ["".join(syllables(word)) for word in written]
    size = len(wanted)
    return [
        " ".join(word.strip(_AROUND) for word in written[at : at + size])
        for at in range(len(written) - size + 1)
        if bare[at : at + size] == list(wanted)
    ]
