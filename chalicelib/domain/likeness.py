"""Do two matters speak of the same thing? A hint for the person who writes the second one down."""

from __future__ import annotations

from itertools import pairwise

from chalicelib.domain.text import fold

ALIKE = 0.4  # of the shorter text's pairs; a matter told twice shared 0.5 to 0.6 in samples, a strange one nothing


def alike(one: str, other: str) -> bool:
    """Tell whether two texts share many pairs of neighbouring syllables: most Vietnamese words are such pairs."""
    pairs, others = _pairs(one), _pairs(other)
    fewer = min(len(pairs), len(others))
    return bool(fewer) and len(pairs & others) >= ALIKE * fewer


def _pairs(text: str) -> set[tuple[str, str]]:
    syllables = ["".join(filter(str.isalnum, word)) for word in fold(text).split()]
    said = [syllable for syllable in syllables if syllable]
    return set(pairwise(said))
