"""Texts that the staff starts from when it writes: a file of the centre, with fields filled from the case (R72).

{name} stands for a field of FIELDS. What only a person can say stands as a gap, […giấy tờ cần nộp], and so does a field
that the case leaves empty: whoever sends a text with a gap in it is asked to fill it first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.case import Case

# What each action has that a template may fill.
FILLS: Mapping[str, tuple[str, ...]] = {
    "answer": ("answer",),
    "submit_result": ("result",),
    "request_details": ("question",),
    "reappoint": ("reason",),
    "decline": ("reason",),
    "refer": ("reason",),
    "refuse": ("reason", "guidance"),
}
WORDS, MORE = "words", "more"  # what was written before a template was chosen stands here; MORE leaves no gap
PROCEDURE = "procedure"  # what the catalogue of procedures says to the case's question, quoted with its source
FIELDS: Mapping[str, str] = {  # field → what a gap in its place is called
    WORDS: "nội dung",
    MORE: "",
    "you": "cách xưng hô",
    "sender": "tên người gửi",
    "code": "mã hồ sơ",
    "matter": "nội dung người gửi nêu",
    "received_on": "ngày tiếp nhận",
    "field": "lĩnh vực",
    "unit": "cơ quan trả lời",
    "competent": "cơ quan có thẩm quyền",
    "due": "hạn xử lý",
    "article": "điều, khoản làm căn cứ",
    "centre": "tên Tổng đài",
    "hotline": "số điện thoại của Tổng đài",
    PROCEDURE: "nội dung của thủ tục, kèm quyết định công bố",
}
_EMPTY_LINES = re.compile(r"\n{3,}")
_GAP = re.compile(r"\[…\s*\w[^\]\n]*\]")  # "[…]" alone is how a quotation is shortened


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """A template: for which action, what it fills, and for which cases; what is empty does not count."""

    label: str
    action: str
    fills: Mapping[str, str]
    kinds: tuple[str, ...] = ()
    abouts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    late: bool = False  # only where an answer now would come late

    def suits(self, case: Case) -> bool:
        """Tell whether a case is of those it was written for."""
        pairs = ((self.kinds, case.kind), (self.abouts, case.about), (self.fields, case.field))
        return all(not wanted or found in wanted for wanted, found in pairs) and (case.answers_late or not self.late)

    def names(self, field: str) -> bool:
        """Tell whether a field stands in it."""
        return any(f"{{{field}}}" in text for text in self.fills.values())

    def filled(self, values: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
        """Return its texts with the fields' values; what was typed stands where the template has it, else before it."""
        return {name: _filled(text, values, typed.get(name, "").strip()) for name, text in self.fills.items()}


def gaps(text: str) -> list[str]:
    """Return what is still to be filled in, as it stands there."""
    return _GAP.findall(text)


def _filled(text: str, values: Mapping[str, str], typed: str) -> str:
    known = {name: values.get(name) or f"[…{label}]" for name, label in FIELDS.items()}
    made = text.format_map(known | {WORDS: typed or known[WORDS], MORE: typed})
    whole = made if any(f"{{{place}}}" in text for place in (WORDS, MORE)) else f"{typed}\n\n{made}"
    return _EMPTY_LINES.sub("\n\n", whole).strip()
