"""What a person wrote in a mail, without the letter it answers: a rule of our own, for Vietnamese clients too.

It takes away only what is surely quoted. A line of the person's own that looks like a client's must also hold an
address, or be followed by a quotation, before anything after it goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

REPLY_LINE = "Xin viết trả lời phía trên dòng này"  # stands at the head of letters that are answered by mail
WRAPPED = 3  # lines over which a client breaks "Vào … đã viết:"
BLOCK = 8  # lines in which a client's head of the quoted letter lies
LONGEST_LINE = 400  # of what a client writes by itself
ENOUGH = 3  # names of a head that make it one

_WROTE = re.compile(
    r"-*\s*(?:(?:vào|lúc|ngày|on)\b.*\b(?:viết|wrote)|\d{4}-\d\d-\d\d \d\d:\d\d.*<[^<>\s]+@[^<>\s]+>)\s*(?::|-{2,})\s*",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[-_]{2,}\s*(?:original message|forwarded message|reply message|(?:thư|tin nhắn|thông điệp) (?:gốc|ban đầu)"
    r"|(?:thư|tin nhắn) (?:đã |được )*chuyển tiếp)\s*[-_]{2,}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:từ|người gửi|from)\s*:\*?\s*\S", re.IGNORECASE)
_HEAD = re.compile(
    r"\*?(?:từ|người gửi|from|ngày gửi|đã gửi|đã gửi vào|ngày|thời gian|sent|date|đến|tới|người nhận|to|cc"
    r"|chủ đề|tiêu đề|subject)\s*:",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_\-=*]{5,}")
_DEVICE = re.compile(
    r"(?:sent (?:from|via)|(?:đã |được )*gửi (?:từ|bằng)|(?:get|tải|nhận|lấy) outlook (?:for|cho|dành cho))\b.{0,80}",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """Return the words above, between and below what is quoted; empty where the person wrote nothing."""
    lines = [line.strip() for line in text.splitlines()]
    kept: list[str] = []
    place = 0
    while place < len(lines):
        if _begins_the_rest(lines, place):
            break
        taken = _quoted(lines, place)
        if not taken:
            kept.append(lines[place])
        place += taken or 1
    return "\n".join(_without_tail(kept)).strip()


def _quoted(lines: Sequence[str], place: int) -> int:
    """Count the lines of a quotation from here: the line that announces it, or a line of it."""
    if lines[place].startswith(">"):
        return 1
    size = _announcement(lines, place)
    following = next((line for line in lines[place + size : place + size + BLOCK] if line), "") if size else ""
    return size if following.startswith(">") else 0


def _begins_the_rest(lines: Sequence[str], place: int) -> bool:
    """Tell whether all from here on is the letter that is answered, quoted without a mark on each line."""
    line = lines[place]
    if not line or line.startswith(">") or len(line) > LONGEST_LINE:
        return False
    if REPLY_LINE.casefold() in line.casefold() or _ORIGINAL.fullmatch(line):
        return True
    if _FROM.match(line):
        return _is_head(lines[place : place + BLOCK])
    size = _announcement(lines, place)
    return bool(size) and "@" in "".join(lines[place : place + size]) and not _quoted(lines, place)


def _is_head(lines: Sequence[str]) -> bool:
    names = sum(bool(_HEAD.match(line)) for line in lines)
    return names >= ENOUGH and any("@" in line for line in lines)


def _announcement(lines: Sequence[str], place: int) -> int:
    """Count the lines of "Vào … đã viết:" from here; 0 where there is none."""
    joined = ""
    for size, line in enumerate(lines[place : place + WRAPPED], start=1):
        joined = f"{joined} {line}".strip()
        if not line or len(joined) > LONGEST_LINE:
            return 0
        if _WROTE.fullmatch(joined):
            return size
    return 0


def _without_tail(lines: list[str]) -> list[str]:
    """Drop what a telephone adds under the words, and the rule that a client draws above the letter."""
    end = len(lines)
    while end and (not lines[end - 1] or _RULE.fullmatch(lines[end - 1]) or _DEVICE.fullmatch(lines[end - 1])):
        end -= 1
    return lines[:end]
