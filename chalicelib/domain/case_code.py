"""Case codes that survive a telephone: twelve digits, shown as 4821-0937-5514, the last one a Damm check digit.

The check digit catches every single wrong digit and every swap of two neighbours (H. M. Damm, 2004).
"""

from __future__ import annotations

import re
import unicodedata

LENGTH = 12
NUMBERS = 10 ** (LENGTH - 1)

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_SEPARATORS = re.compile(r"[\s.\-‐-―−_·]+")
_LONGEST_INPUT = 64


class InvalidCodeError(ValueError):
    """What was said or typed is not a case code; the message says whether length, characters or check digit fail."""


def from_number(number: int) -> str:
    """Return the canonical code (12 digits) of a random number in [0, 10**11)."""
    if not 0 <= number < NUMBERS:
        raise ValueError(f"a case number lies in [0, 10**{LENGTH - 1})")
    digits = f"{number:0{LENGTH - 1}}"
    return digits + _check_digit(digits)


def parse(text: str) -> str:
    """Return the canonical 12 digits; spaces, dots, dashes, full-width digits and stray marks are forgiven."""
    if len(text) > _LONGEST_INPUT:
        raise InvalidCodeError("too long for a case code")
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if not _is_stray(char))
    digits = _SEPARATORS.sub("", plain)
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidCodeError("a case code has digits only")
    if len(digits) != LENGTH:
        raise InvalidCodeError(f"a case code has {LENGTH} digits, not {len(digits)}")
    if _check_digit(digits) != "0":
        raise InvalidCodeError("the check digit does not fit; a digit is wrong or two are swapped")
    return digits


def display(code: str) -> str:
    """Return the code as people read it: 4821-0937-5514."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _check_digit(digits: str) -> str:
    # Over a whole code, check digit included, the walk ends at 0.
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def _is_stray(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf"}
