"""What a procedure says to a question: the parts that were asked for, in the words that were published. Pure.

Nothing is said without its procedure, and nothing where it is not sure which procedure is meant: then a person
answers. CONFIDENT was chosen on questions for development; `make bench` shows what it does to the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chalicelib.domain.everyday_words import EverydayWords, Phrase, says, syllables
from chalicelib.domain.procedure_texts import papers, plainly, ways
from chalicelib.domain.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.procedure_search import Hit
    from chalicelib.domain.procedures import Procedure

CONFIDENT: Final = 0.71  # so sure it must be (Hit.sure)
AS_GOOD: Final = 0.9  # what scores so much of the best may be meant as well
MOST_OTHERS: Final = 3
LONGEST: Final = 1_500  # characters of a part; the rest is where the source is
PARTS: Final[Mapping[str, str]] = {
    "dossier": "Thành phần hồ sơ",
    "fees": "Phí, lệ phí",
    "time": "Thời hạn giải quyết",
    "where": "Nơi nộp, cơ quan thực hiện",
    "conditions": "Yêu cầu, điều kiện",
    "steps": "Trình tự thực hiện",
}
USUAL: Final = ("dossier", "where", "time", "fees")  # where nothing certain was asked
ASKS: Final[Mapping[str, tuple[str, ...]]] = {  # what people say when they ask for a part, shorthand written out
    "dossier": (
        *("giấy tờ gì", "giấy tờ nào", "giấy gì", "giấy nào", "hồ sơ gì", "hồ sơ cần", "hồ sơ gồm", "gồm những gì"),
        *("mang gì", "mang theo", "đem gì", "đem theo", "cần gì", "cần những", "cần giấy", "chuẩn bị gì"),
        *("chuẩn bị những", "nộp những gì", "nộp giấy", "mẫu đơn", "mẫu tờ khai"),
    ),
    "fees": (
        *("bao nhiêu tiền", "lệ phí", "phí", "mất tiền", "tốn tiền", "tốn bao nhiêu", "hết bao nhiêu", "giá bao nhiêu"),
        *("mất bao nhiêu", "đóng bao nhiêu", "nộp bao nhiêu", "thu bao nhiêu", "mấy tiền", "tiền không", "miễn phí"),
    ),
    "time": (
        *("bao lâu", "mấy ngày", "mấy hôm", "mấy bữa", "mấy tuần", "mấy tháng", "bao nhiêu ngày", "thời hạn"),
        *("thời gian", "khi nào xong", "khi nào có", "bao giờ có", "bao giờ xong", "bao giờ lấy", "bao giờ được"),
    ),
    "where": ("đâu", "chỗ nào", "nơi nào", "cơ quan nào", "với ai", "báo ai", "gặp ai", "hỏi ai", "cấp nào", "xã nào"),
    "conditions": (
        "điều kiện",
        "có được",
        "được không",
        "ai được",
        "có phải",
        "có cần",
        "có bắt buộc",
        "trường hợp nào",
    ),
    "steps": ("trình tự", "các bước", "quy trình", "thế nào", "làm sao", "ra sao", "kiểu gì", "như nào", "cách nào"),
}
_MONEY: Final = re.compile(r"phí|đồng|VNĐ|USD", re.IGNORECASE)
_DAYS: Final = re.compile(r"ngày|giờ|tháng|thời hạn", re.IGNORECASE)
NOT_SAID: Final = "Quyết định công bố không ghi riêng nội dung này."


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a procedure, as it was published."""

    part: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The place of what is meant, None where nobody can tell, and places of what may be meant as well."""

    place: int | None
    others: tuple[int, ...] = ()


def meant(hits: Sequence[Hit]) -> Found:
    """Say which of what was found is meant, if any says enough of the question."""
    if not hits or hits[0].sure < CONFIDENT:
        return Found(None)
    close = [one.place for one in hits[1 : 1 + MOST_OTHERS] if one.score >= AS_GOOD * hits[0].score]
    return Found(hits[0].place, tuple(close))


def asked_for(question: str, name: str, everyday: EverydayWords) -> tuple[str, ...]:
    """Return the parts of the procedure of this name that a question asks for; the usual ones where it names none.

    What the name says itself ("lệ phí trước bạ") asks for nothing.
    """
    typed, named = everyday.written_out(syllables(question)), syllables(name)
    found = tuple(
        part for part, said in _ASKS.items() if any(_stands(typed, one) and not _stands(named, one) for one in said)
    )
    return found or USUAL


def passages(one: Procedure, parts: tuple[str, ...]) -> tuple[Passage, ...]:
    """Return these parts of a procedure; one that says nothing is said to say nothing."""
    return tuple(Passage(part, PARTS[part], shorten(_text(one, part) or NOT_SAID, LONGEST)) for part in parts)


def _text(one: Procedure, part: str) -> str:
    match part:
        case "dossier":
            return "\n".join(_papers(one.dossier)) or plainly(one.dossier)
        case "fees":
            return _of_ways(
                one.how,
                [way.fee and f"{way.fee}{f' ({way.words})' if way.words else ''}" for way in ways(one.how)],
                _MONEY,
            )
        case "time":
            return _of_ways(one.how, [way.time for way in ways(one.how)], _DAYS)
        case "where":
            channels = ", ".join(way.channel for way in ways(one.how))
            agency = plainly(one.competent_agency) or "; ".join(one.levels)
            return f"{agency}.{f' Cách nộp: {channels}.' if channels else ''}"
    return plainly(getattr(one, part))


def _of_ways(how: str, said: Sequence[str], about: re.Pattern[str]) -> str:
    """Return what the ways to hand in say of one thing; else what is written beside them about it.

    A number that could not be cut from its neighbour stays in the whole text. Empty where nothing is said of it.
    """
    cut = ways(how)
    lines = [f"{way.channel}: {one}" for way, one in zip(cut, said, strict=True) if one]
    if lines:
        return "\n".join(lines)
    if not cut or any(way.words[:1].isdigit() for way in cut):
        return plainly(how)
    return "\n".join(f"{way.channel}: {way.words}" for way in cut if about.search(way.words))


def _papers(dossier: str) -> Iterator[str]:
    for case in papers(dossier):
        if case.when:
            yield f"{case.when}:"
        yield from (f"- {name}{f' ({copies})' if copies else ''}" for name, copies in case.papers)


def _stands(typed: Phrase, words: Phrase) -> bool:
    return any(says(typed[at : at + len(words)], words) for at in range(len(typed) - len(words) + 1))


_ASKS: Final = {part: tuple(map(syllables, said)) for part, said in ASKS.items()}
