"""Cuts the parts of a published procedure into what people look for: papers, ways to hand in with time and fee, laws.

The national catalogue gives tables as running text ("…Số lượngTờ khai1 bản chínhẢnh 4x62 bản chính"). What cannot be
cut with certainty stays whole: nothing is left out and nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

NONE_GIVEN: Final = "Không có thông tin"
CHANNELS: Final = ("Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính")
_PAPERS: Final = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
_COPIES: Final = re.compile(r"(\d) bản chính(?:,\s*(\d) bản sao)?|(\d) bản sao")
_WAYS: Final = re.compile(r"^Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả")
_WAY: Final = re.compile(
    rf"({'|'.join(CHANNELS)})(?=\d|{NONE_GIVEN}|Miễn phí|\(|$)"
    rf"(?:(\d+ (?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Phút|Tháng))|{NONE_GIVEN}|(\d{{1,3}})(?=Miễn|$))?"
)
_LAWS: Final = re.compile(r"^Tên văn bản pháp lý\s*Mã văn bản")
_FEE: Final = re.compile(r"^(Miễn phí|[\d.,]+ (?:Việt Nam Đồng|VNĐ|USD))")


@dataclass(frozen=True, slots=True)
class Papers:
    """What is to be handed in, in one case: each paper and how many copies."""

    when: str
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hand in; `time` and `fee` are empty where the text does not say them apart from the rest."""

    channel: str
    time: str
    fee: str
    words: str


def papers(dossier: str) -> tuple[Papers, ...]:
    """Return the papers by case; empty where the text is not such a table."""
    parts = _PAPERS.split(dossier)
    found: list[Papers] = []
    when = parts[0]
    for part in parts[1:]:
        listed, rest = _listed(part)
        found.append(Papers(when.strip(" -*:\n"), listed))
        when = rest
    if when.strip(" -*:\n") and found:  # words after the last table: a paper cut off, or what to know besides
        last = found[-1]
        found[-1] = Papers(last.when, (*last.papers, (when.strip(), "")))
    return tuple(found)


def ways(how: str) -> tuple[Way, ...]:
    """Return the ways to hand in; empty where the text is not such a table."""
    head = _WAYS.match(how)
    if not head:
        return ()
    text = how[head.end() :]
    found = list(_WAY.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)][: len(found)]
    return tuple(_way(one, text[one.end() : end]) for one, end in zip(found, ends, strict=True))


def plainly(text: str) -> str:
    """Return a part that is no table: without the table's heading; empty where nothing is said."""
    cut = _LAWS.sub("", text).strip()
    return "" if cut in (NONE_GIVEN, "Không", "Không có", "--") else cut


def _listed(part: str) -> tuple[tuple[tuple[str, str], ...], str]:
    listed: list[tuple[str, str]] = []
    at = 0
    for copies in _COPIES.finditer(part):
        name = part[at : copies.start()].strip(" -+;\n")
        if name:
            listed.append((name, "; ".join(_counted(copies))))
        at = copies.end()
    return tuple(listed), part[at:]


def _counted(copies: re.Match[str]) -> Iterator[str]:
    pairs = ((copies[1], "bản chính"), (copies[2] or copies[3], "bản sao"))
    return (f"{number} {kind}" for number, kind in pairs if number and number != "0")


def _way(one: re.Match[str], rest: str) -> Way:
    time = one[2] or (f"{one[3]} (nguồn không ghi đơn vị)" if one[3] else "")
    rest = rest.strip().removeprefix(NONE_GIVEN)
    fee = _FEE.match(rest) if one[0] != one[1] else None  # else the number may hold the time, too
    words = rest[fee.end() :] if fee else rest
    return Way(one[1], time, fee[1] if fee else "", _unwrapped(words.strip()))


def _unwrapped(words: str) -> str:
    """Take one pair of brackets off that holds everything."""
    whole = words.startswith("(") and words.endswith(")") and words.find(")") == len(words) - 1
    return words[1:-1].strip() if whole else words
