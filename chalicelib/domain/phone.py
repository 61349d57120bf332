"""Telephone numbers as citizens write them (R37); service numbers are accepted, but no SMS goes there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[\s.\-‐-―()·\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_DIALLED = re.compile(r"\+?[0-9]{3,16}")
_VIETNAM = re.compile(r"(?:\+84|0084|84(?=[0-9]{9,11}\Z))0?")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_FIXED = re.compile(r"02[0-9]{9}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")
# 113, 1022; 1022 behind an area code (a centre's own line); 1900 and 1800 with 4 to 6 digits.
_SERVICE = re.compile(r"1[0-9]{2,3}|02[0-9]{1,3}1022|1[89]00[0-9]{4,6}")
_LONGEST_INPUT = 64


class InvalidPhoneError(ValueError):
    """The text is not a telephone number."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` is +84912345678, +442071838750 (foreign), or the bare digits of a service number (1022)."""

    number: str
    mobile: bool

    @property
    def can_receive_sms(self) -> bool:
        """Tell whether an SMS is worth sending: Vietnamese mobiles only."""
        return self.mobile


def parse(text: str) -> Phone:
    """Read 0912 345 678, +84 912…, 0084…, 84…, (0218) 3 851 234, +44…, 1022, 1900…; raises InvalidPhoneError."""
    dialled = _SEPARATOR.sub("", unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST_INPUT else ""
    if not _DIALLED.fullmatch(dialled):
        raise InvalidPhoneError("not a telephone number")
    national = _VIETNAM.sub("0", dialled, count=1) if _VIETNAM.match(dialled) else dialled
    if _MOBILE.fullmatch(national) or _FIXED.fullmatch(national):
        return Phone(f"+84{national[1:]}", mobile=bool(_MOBILE.fullmatch(national)))
    if _SERVICE.fullmatch(national):
        return Phone(national, mobile=False)
    foreign = re.sub(r"\A00", "+", dialled)
    if _FOREIGN.fullmatch(foreign) and not foreign.startswith("+84"):
        return Phone(foreign, mobile=False)
    raise InvalidPhoneError("not a telephone number in use")


def canonical(text: str) -> str:
    """Return the one spelling of a number, +84912345678; raises InvalidPhoneError."""
    return parse(text).number


def masked(number: str) -> str:
    """Return a canonical number fit for lists and logs: +84•••••678; service numbers are nobody's secret."""
    return f"{number[:3]}•••••{number[-3:]}" if number.startswith("+") else number
