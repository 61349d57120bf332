"""What personal data looks like in Vietnamese text, and what only resembles it (R70, R99, R110).

`PATTERNS` run in this order over folded text (lower case, no marks, same length), and the first claim on a character
wins. A kind of None is a claim that nothing personal stands there. Every repetition is bounded, so that the time is
linear in the text. A pattern takes its group `it` where it has one, else the whole match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from unicodedata import normalize

from chalicelib.domain.case_code import InvalidCodeError, parse
from chalicelib.domain.text import fold

MARKS = {
    "phone": "[số điện thoại]",
    "email": "[thư điện tử]",
    "national_id": "[số định danh]",
    "tax_code": "[mã số thuế]",
    "plate": "[biển số xe]",
    "name": "[họ tên]",
    "address": "[địa chỉ]",
}

# Provinces of birth registration as numbered by Thông tư 07/2016/TT-BCA.
_PROVINCE_CODES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of personal data (None: to be left alone), how it looks, and what the match as written must satisfy."""

    kind: str | None
    regex: re.Pattern[str]
    holds: Callable[[str], bool] = bool
    folded: bool = True


def _any_of(words: str) -> str:
    return "|".join(word.replace("_", r"\s") for word in words.split())


def _is_case_code(found: str) -> bool:
    try:
        return bool(parse(found))
    except InvalidCodeError:
        return False


def _is_citizen_id(found: str) -> bool:
    return found[:3] in _PROVINCES


_GAP = r"[ .\-]?"
_LINK = r"[\s:.\-/]{0,4}(?:(?:so|la|cua|toi|em|minh|ca\snhan|moi|cu|nay)[\s:.\-]{1,4}){0,4}"
_ID_WORDS = _any_of(
    "cccd cmnd cmtnd can_cuoc_cong_dan can_cuoc chung_minh_nhan_dan chung_minh_thu chung_minh dinh_danh"
)
_BETWEEN = r"[ .\-()\u00a0]{0,3}"
_MONEY = _any_of("dong vnd vnđ d trieu ty ti nghin ngan usd k")

PATTERNS = (
    Pattern("email", re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")),
    Pattern(
        "national_id",
        re.compile(rf"\b(?:{_ID_WORDS}){_LINK}(?P<it>\d(?:{_GAP}\d){{8}}(?:(?:{_GAP}\d){{3}})?)(?!\d)"),
    ),
    Pattern("national_id", re.compile(rf"\bho\schieu{_LINK}(?P<it>[a-z]\d{{7,8}})(?!\w)")),
    Pattern(
        "tax_code",
        re.compile(rf"\b(?:mst|ma\sso\sthue){_LINK}(?P<it>\d(?:{_GAP}\d){{9}}(?:(?:{_GAP}\d){{2,3}})?)(?!\d)"),
    ),
    Pattern("tax_code", re.compile(r"(?<!\d)\d{10}-\d{3}(?!\d)")),
    Pattern(None, re.compile(r"(?<!\d)\d{4}([ .\-–])\d{4}\1\d{4}(?!\d)"), _is_case_code),
    Pattern(None, re.compile(r"(?<![\d/])\d{1,6}/(?:\d{4}/[a-z]{1,8}|[a-z]{1,8}-[a-z]{1,10})(?:-[a-z]{1,10}){0,4}\b")),
    Pattern(None, re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.\-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?![.\-]?\d)")),
    Pattern(None, re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")),
    Pattern(
        None, re.compile(rf"(?<![\d.,+])[1-9]\d{{0,14}}(?:[.,]\d{{3}}){{0,5}}(?:,\d{{1,2}})?\s?(?:{_MONEY})(?![\w/])")
    ),
    Pattern(None, re.compile(r"(?<!\d)02\d{1,2}[ .\-]?\d?[ .\-]?1022(?!\d)")),
    Pattern("national_id", re.compile(rf"(?<!\d)0\d\d{_GAP}[0-3]\d\d{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)"), _is_citizen_id),
    Pattern("national_id", re.compile(r"(?<!\d)0\d\d[0-3]([ .\-])\d{4}\1\d{4}(?!\d)"), _is_citizen_id),
    Pattern(
        "phone",
        re.compile(
            rf"(?<!\d)(?:\(?(?:\+|00)?84\)?{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|\(?0{_BETWEEN})"
            rf"(?:[35789](?:{_BETWEEN}\d){{8}}|2(?:{_BETWEEN}\d){{9}})(?!\d)"
        ),
    ),
    Pattern("phone", re.compile(rf"(?<![\w+])\+(?!84)[1-9](?:{_BETWEEN}\d){{6,14}}(?!\d)")),
    Pattern(
        "plate",
        re.compile(r"(?<!\w)[1-9]\d[ \-]?[a-z]{1,2}\d?(?:[ \-]{1,3}\d{3}\.?\d{2}|\d{3}\.\d{2}|-\d{4})(?![\w/])"),
    ),
    Pattern("plate", re.compile(r"(?<!\w)[1-9]\d[a-z]\d?\d{5}(?!\w)")),
)

_CAPITALS = "".join(chr(code) for code in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isupper())
_NAMED = (
    rf"(?:\d{{1,4}}[A-Za-z]?(?:/\d{{1,4}}[A-Za-z]?){{0,4}}|[{_CAPITALS}]\w{{0,15}}(?:\s[{_CAPITALS}]\w{{0,15}}){{0,4}})"
)
_HOUSE = r"(?i:số\snhà|nhà\ssố|số|so\snha|nha\sso|so)\s\d{1,4}[A-Za-z]?(?:/(?:\d{1,4}[A-Za-z]?|[A-Za-z]\b)){0,4}"
_STREET = rf"(?i:đường|phố|ngõ|ngách|hẻm|kiệt|duong|pho|ngo|ngach|hem|kiet)\s(?:(?i:số|so)\s)?{_NAMED}"
_QUARTER_WORDS = r"tổ\sdân\sphố|tổ|thôn|xóm|(?<!văn\s)bản|ấp|khu\sphố|to\sdan\spho|to|thon|xom|khu\spho"
_QUARTER = rf"(?i:{_QUARTER_WORDS})\s(?:(?i:số|so)\s)?{_NAMED}"
_UNIT = rf"(?i:phường|xã|thị\strấn|quận|huyện|thị\sxã|thành\sphố|tỉnh|tp\.?|p\.|q\.|phuong|xa|huyen|tinh)\s?{_NAMED}"
_STEP = r"\s?[,\-–]?\s?"

# Streets need a house number and hamlets a commune: "đường Cù Chính Lan" alone is where a lamp is broken, not a home.
ADDRESSES = (
    Pattern(
        "address",
        re.compile(rf"\b{_HOUSE}{_STEP}{_STREET}(?:{_STEP}(?:{_STREET}|{_QUARTER}|{_UNIT})){{0,6}}\b"),
        folded=False,
    ),
    Pattern(
        "address",
        re.compile(rf"\b{_QUARTER}{_STEP}(?:{_QUARTER}{_STEP})?(?:{_STREET}|{_UNIT})(?:{_STEP}{_UNIT}){{0,4}}\b"),
        folded=False,
    ),
)


_TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em", "cháu", "đồng chí", "đ/c")
_TITLE = "|".join(fold(title).replace(" ", r"\s") for title in _TITLES)


def name_patterns(name: str) -> Iterator[Pattern]:
    """Yield how a person's name shows: in full, and its last one to three words after Ông, Bà, anh, chị …"""
    words = re.findall(r"\w+", name)
    folded = [re.escape(fold(word)) for word in words]
    if len(words) > 1:
        yield Pattern("name", re.compile(rf"(?<!\w){_spaced(folded)}(?!\w)"))
    for length in range(min(3, len(words)), 0, -1):
        tail = tuple(words[-length:])
        yield Pattern(
            "name",
            re.compile(rf"(?<!\w)(?P<title>{_TITLE})\s{{1,3}}(?P<it>{_spaced(folded[-length:])})(?!\w)"),
            partial(_is_called, tail),
        )


def address_patterns(address: str) -> Iterator[Pattern]:
    """Yield how a given address shows; one of less than three words and no digit names a place, not a home."""
    words = re.findall(r"\w+", fold(address))
    joined = r"[\s,.;/-]{1,4}".join(map(re.escape, words))
    if len(words) > 2 or any(char.isdigit() for char in address):  # noqa: PLR2004 - see above
        yield Pattern("address", re.compile(rf"(?<!\w){joined}(?!\w)"))


def _spaced(words: list[str]) -> str:
    return r"\s{1,3}".join(words)


def _is_called(name: tuple[str, ...], found: str) -> bool:
    # Folded, "chỉ ăn" (only eat) is "chị An": marks that are there must be the right ones.
    words = found.split()
    title = " ".join(words[: -len(name)])
    return any(_is_spelled(title, known) for known in _TITLES) and all(map(_is_spelled, words[-len(name) :], name))


def _is_spelled(found: str, meant: str) -> bool:
    # Sorted, "hoà" and "hòa" have the same letters and marks.
    found, meant = found.casefold(), meant.casefold()
    return found == fold(meant) or sorted(normalize("NFD", found)) == sorted(normalize("NFD", meant))
