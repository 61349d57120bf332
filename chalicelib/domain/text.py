"""Vietnamese text: one spelling for storing, one for searching, one for SMS (R35; domain study 2.6)."""

from __future__ import annotations

import re
import unicodedata

from chalicelib.domain.syllables import COMMON_SYLLABLES

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{4,}")
_WORD = re.compile(r"[a-z]+|[^\W\d_]")
_VIETNAMESE_LETTER = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_SHORT = 3
_ENOUGH = 0.5
_D_STROKE = str.maketrans("đĐðÐ", "dDdD")
_SMS = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚`´", "'"),
        **dict.fromkeys("‐‑‒–—―−~", "-"),
        **dict.fromkeys("[{", "("),
        **dict.fromkeys("]}", ")"),
        **dict.fromkeys("|\\⁄", "/"),
        **dict.fromkeys("•·", "*"),
        "…": "...",
        "₫": "d",
        "^": "",
        "\t": " ",
        "\u00a0": " ",
    }
)


class TextError(ValueError):
    """The text holds lone surrogates: it was cut or decoded wrongly and cannot be stored."""


def normalise(text: str, *, multiline: bool = True) -> str:
    r"""Return the text as it is stored: NFC, plain spaces and \n, no invisible controls, at most two blank lines.

    With `multiline=False` every run of white space becomes one space. Raises TextError on lone surrogates.
    """
    if _SURROGATE.search(text):
        raise TextError("the text holds half characters (lone surrogates)")
    visible = "".join(map(_visible, _LINE_BREAK.sub("\n", text)))
    composed = unicodedata.normalize("NFC", visible)
    if not multiline:
        return " ".join(composed.split())
    lines = "\n".join(line.rstrip(" ") for line in composed.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", lines).strip()


def fold(text: str) -> str:
    """Return the text as it is searched: no marks, đ as d, no case, single spaces."""
    return " ".join(_unmarked(text.casefold()).casefold().split())


def looks_vietnamese(text: str) -> bool:
    """Tell whether the text may be Vietnamese, with or without marks; too short to tell counts as yes.

    A hint for a person, never a reason to refuse by itself (R35).
    """
    if _VIETNAMESE_LETTER.search(unicodedata.normalize("NFC", text)):
        return True
    words = _WORD.findall(fold(text))
    if len(words) < _SHORT:
        return True
    return sum(word in COMMON_SYLLABLES for word in words) >= _ENOUGH * len(words)


def to_gsm7(text: str) -> str:
    """Return the text in unaccented ASCII, one septet a character; what has no such spelling becomes "?"."""
    plain = _unmarked(unicodedata.normalize("NFKC", text.translate(_SMS))).translate(_SMS)
    return "".join(char if char == "\n" or " " <= char <= "~" else "?" for char in plain if char != "\r")


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` (>= 1) characters, cut between words where there is a space, ended by "…"."""
    if limit < 1:
        raise ValueError("nothing can be shortened to less than one character")
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if not text[limit - 1].isspace() and not head[-1:].isspace():
        words = head.rsplit(None, 1)
        head = words[0] if len(words) > 1 else _whole_characters(head, text[limit - 1])
    return head.rstrip(" \n\t,;:-–") + "…"


def _visible(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    return "" if category in {"Cc", "Cf", "Cn"} else char


def _unmarked(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(char for char in letters if unicodedata.category(char) != "Mn").translate(_D_STROKE)


def _whole_characters(head: str, following: str) -> str:
    # A mark that would be cut off takes its letter with it.
    while head and unicodedata.combining(following):
        head, following = head[:-1], head[-1]
    return head
