"""Whether a text in other words says nothing of its own: no number, date, fee, unit, code, address, claim.

It cannot prove that the meaning is the same; so the passage stands beside what was reworded, and it is off by default.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

LONGER: Final = 1.3  # so much longer than the passage it may be
NUMBER_WORDS: Final = frozenset(
    (
        *("một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "tám", "chín", "mười", "mươi"),
        *("trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "rưỡi", "nửa", "đôi", "vài"),
    )
)
UNITS: Final = frozenset(
    (
        *("ngày", "tháng", "năm", "tuần", "giờ", "phút", "tuổi", "lần", "người", "bản", "bộ"),
        *("đồng", "vnđ", "triệu", "nghìn", "m2", "km", "%", "điều", "khoản"),
    )
)
CLAIMS: Final = ("miễn phí", "không thu", "không mất", "không phải nộp", "không cần", "bắt buộc", "ngay trong ngày")
_WORD: Final = re.compile(r"[^\s,;:!?()\[\]“”\"'…]+|[,;:!?()]")  # what stands between two words parts them
_ADDRESS: Final = re.compile(r"@|://|www\.|\.(?:vn|com|net|org)\b")


def faithful(passage: str, made: str) -> bool:
    """Tell whether `made` has no number, unit, code, claim or address that the passage has not."""
    if not made.strip() or len(made) > LONGER * len(passage) + 80:
        return False
    source, told = _words(passage), _words(made)
    known, pairs = set(source), set(pairwise(source))
    for one, following in zip(told, [*told[1:], ""], strict=False):
        if _says_something(one) and one not in known:
            return False
        if _counts(one) and following in UNITS and (one, following) not in pairs:
            return False
    text, words = _plainly(passage), _plainly(made)
    return all(claim in text for claim in CLAIMS if claim in words)


def _says_something(word: str) -> bool:
    return _counts(word) or bool(_ADDRESS.search(word))


def _counts(word: str) -> bool:
    return any(char.isdigit() for char in word) or word in NUMBER_WORDS


def _words(text: str) -> list[str]:
    return [word.strip(".-*–•") for word in _WORD.findall(_plainly(text)) if word.strip(".-*–•")]


def _plainly(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
