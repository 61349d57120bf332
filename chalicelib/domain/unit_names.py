"""Finds the units that a text names: by name, former name or abbreviation, with tone marks or without them (R48, R55).

What only speaks of a place ("tôi ở phường Tây Hồ") or of a matter ("đóng bảo hiểm xã hội") names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chalicelib.domain.spoken import Word, Words, as_text, stands, words
from chalicelib.domain.unit_forms import LEVELS, forms

# Folded words after which "so …" is no office: hồ sơ, cơ sở, trụ sở, một số, mã số, con số, dân số, chữ ký số …
_NOT_AFTER = frozenset(("ho", "co", "tru", "mot", "ma", "con", "dan", "ky", "tan", "he", "nhieu"))
_NO_OFFICES = frozenset(("cơ", "trụ"))  # cơ sở, trụ sở
# Offices that every province has: before the name of another one they are not ours, whatever the directory calls ours.
_EVERYWHERE = ("ủy ban nhân dân", "ubnd", "ủy ban", "công an", "tòa án", "thanh tra", "bảo hiểm xã hội")
_LEVELS = (*map(words, LEVELS), ())


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name by which a unit is or was known."""

    unit: str
    name: str
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that a text names, in these words; `unit` is empty for an office of another province."""

    unit: str
    words: str
    branch: bool = False


Known = Mapping[str, Sequence[tuple[Words, UnitName | None]]]  # first word without marks → names, the longest first


def mentions(
    text: str, names: tuple[UnitName, ...], places: tuple[str, ...], provinces: tuple[str, ...]
) -> tuple[Mention, ...]:
    """Return what a text names, in its order; the longest name wins where two overlap.

    `places` are the centre's own province, `provinces` all of the country.
    """
    return tuple(_found(words(text), _known(names, places), _others(places, provinces)))


def _found(said: Words, known: Known, others: Sequence[Words]) -> Iterator[Mention]:
    at = 0
    while at < len(said):
        one = _named(said, at, known)
        if one is None:
            at += 1
            continue
        name, end = one
        start, (end, foreign) = at, _province(said, end, others)
        if name and not name.branch and (own := _named(said, end, known)) and own[0] and own[0].branch:
            end = own[1]  # Văn phòng Đăng ký đất đai chi nhánh Cầu Giấy: a branch of that office, not of the centre
        if foreign:
            yield Mention("", as_text(said[start:end]))
        elif name:
            yield Mention(name.unit, as_text(said[start:end]), name.branch)
        at = end


def _named(said: Words, at: int, known: Known) -> tuple[UnitName | None, int] | None:
    """Return whom the words at a place name, and where the name ends."""
    if at >= len(said):
        return None
    for form, name in known.get(said[at].plain, ()):
        if stands(said, at, form) and _is_office(said, at, form):
            return name, at + len(form)
    return None


def _is_office(said: Words, at: int, form: Words) -> bool:
    if not at or form[0].raw != "sở":
        return True
    before = said[at - 1]
    return before.raw not in _NO_OFFICES and (said[at].raw == "sở" or before.plain not in _NOT_AFTER)


def _province(said: Sequence[Word], at: int, others: Sequence[Words]) -> tuple[int, bool]:
    """Tell whether the name of another province follows, and where it ends."""
    for level in _LEVELS:
        start = at + len(level)
        if stands(said, at, level):
            for other in others:
                if stands(said, start, other):
                    return start + len(other), True
    return at, False


@lru_cache(maxsize=4)
def _others(places: tuple[str, ...], provinces: tuple[str, ...]) -> tuple[Words, ...]:
    ours = {tuple(word.sound for word in words(place)) for place in places}
    named = map(words, provinces)
    return tuple(name for name in named if tuple(word.sound for word in name) not in ours)


@lru_cache(maxsize=4)
def _known(names: tuple[UnitName, ...], places: tuple[str, ...]) -> Known:
    whose: dict[Words, dict[str, UnitName | None]] = {words(form): {"": None} for form in _EVERYWHERE}
    for name in names:
        for form in forms(name.name, places):
            whose.setdefault(words(form), {})[name.unit] = name
    found: dict[str, list[tuple[Words, UnitName | None]]] = {}
    for said, units in whose.items():
        [one, *others] = units.values()
        if not others:  # what may mean two units names neither
            found.setdefault(said[0].plain, []).append((said, one))
    for pairs in found.values():
        pairs.sort(key=lambda pair: -len(pair[0]))
    return found
