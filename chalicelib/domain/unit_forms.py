"""Every way in which people write a unit's name: whole, without the province, with initials (Sở TN&MT, BHXH tỉnh)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_BREAK = re.compile(r"\s*[-–,]\s*|\s+và\s+")
# What offices begin with; of the others the bare name is a matter, not an office: "bảo hiểm xã hội", "bưu điện".
_OFFICES = ("sở", "ban quản lý", "ban", "cục", "chi cục", "công ty", "văn phòng", "phòng", "trung tâm", "chi nhánh")
_COMMITTEE = "ủy ban nhân dân"
_COMMITTEES = (_COMMITTEE, "ubnd", "ủy ban")
_COMMUNES = ("phường ", "xã ", "thị trấn ", "đặc khu ")
LEVELS = ("tỉnh", "thành phố", "tp")
_INITIALS = re.compile(r"(bảo hiểm xã hội|văn phòng (?!ủy|ubnd)[\w ]{8,}?)(?= tỉnh| thành phố|$)")
_LEAST = 3  # letters of an office written in initials alone


def forms(name: str, places: Sequence[str]) -> tuple[str, ...]:
    """Return them, in lower case; a commune's name is its committee's: a place alone is no office."""
    low = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    if low.startswith(_COMMUNES):
        low = f"{_COMMITTEE} {low}"
    bare, level = _without_place(low, places)
    office = not level or any(bare.startswith(f"{one} ") for one in _OFFICES)
    # Without its province the name of what is no office is also a matter: it needs a word that says who is meant.
    left = [low, low.removeprefix("công ty "), f"{bare} {level}".strip(), bare if office else f"cơ quan {bare}"]
    return tuple(dict.fromkeys(form for one in left for form in _written(one)))


def _written(name: str) -> Iterator[str]:
    yield name
    yield name.replace(" và ", " ")
    if name.startswith("chi nhánh số "):
        yield name.replace(" số ", " ")
    for long in (_COMMITTEE, "ubnd"):
        if long in name:
            yield from (name.replace(long, other) for other in _COMMITTEES)
    if name.startswith("sở "):
        yield from _initials(name)
    elif found := _INITIALS.search(name):
        yield name.replace(found[1], _letters(found[1]))


def _initials(name: str) -> Iterator[str]:
    """Sở TN&MT, Sở TNMT, Sở GD ĐT, STNMT: an office and the first letters of what it is for."""
    parts = _BREAK.split(name.removeprefix("sở "))
    if len(parts) > 1 and " " in parts[0]:
        yield f"sở {parts[0]}"
    letters = [_letters(part) for part in parts]
    yield from (f"sở {one}" for one in ("".join(letters), " ".join(letters), f"{letters[0]} {''.join(letters[1:])}"))
    whole = "s" + "".join(letters)
    if len(whole) >= _LEAST:
        yield whole


def _letters(text: str) -> str:
    """The first letters, without marks but for đ."""
    return "".join(unicodedata.normalize("NFD", word)[0] for word in text.split())


def _without_place(name: str, places: Sequence[str]) -> tuple[str, str]:
    """Return a name without the province at its end, and the level of administration that stood before it."""
    for place in sorted((place.casefold() for place in places), key=len, reverse=True):
        if name.endswith(f" {place}"):
            name = name.removesuffix(f" {place}")
            break
    for level in LEVELS:
        if name.endswith(f" {level}"):
            return name.removesuffix(f" {level}"), level
    return name, ""
