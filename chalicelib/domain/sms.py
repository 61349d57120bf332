"""What an SMS costs: septets of the GSM 7-bit default alphabet, or UCS-2 where one character is not in it.

3GPP TS 23.038, 6.2.1 (alphabet) and 6.2.1.1 (extension table, two septets each); 140 octets a part, of which a
message in several parts gives six to the header that joins them (3GPP TS 23.040, 9.2.3.24).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

GSM7, UCS2 = "GSM-7", "UCS-2"
ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
_ALONE = {GSM7: 160, UCS2: 70}
_IN_PARTS = {GSM7: 153, UCS2: 67}
_BEYOND_THE_PLANE = 0x10000  # written as two units in UTF-16, which is what telephones make of UCS-2


@dataclass(frozen=True, slots=True)
class Price:
    """What a part costs the centre, in VND or USD; where that is written, and on which day it was."""

    amount: Decimal
    currency: str
    source: str
    as_of: date

    def of(self, parts: int) -> str:
        """Return what so many parts cost, as people read it: 1.920 VND, 0,15 USD."""
        figure = f"{(self.amount * parts).normalize():,f}".translate({ord(","): ".", ord("."): ","})
        return f"{figure} {self.currency}"


@dataclass(frozen=True, slots=True)
class Size:
    """How a text goes out: `units` are septets or 16-bit units; every part is paid for."""

    encoding: str
    units: int
    parts: int


def size(text: str) -> Size:
    """Reckon how a text is sent; an empty one is one part."""
    if all(char in ALPHABET or char in EXTENSION for char in text):
        encoding, costs = GSM7, [1 if char in ALPHABET else 2 for char in text]
    else:
        encoding, costs = UCS2, [1 if ord(char) < _BEYOND_THE_PLANE else 2 for char in text]
    units = sum(costs)
    return Size(encoding, units, 1 if units <= _ALONE[encoding] else _parts(costs, _IN_PARTS[encoding]))


def _parts(costs: Iterable[int], room: int) -> int:
    """Fill part after part; what takes two units is not torn between two parts."""
    parts, left = 1, room
    for cost in costs:
        if cost > left:
            parts, left = parts + 1, room
        left -= cost
    return parts
