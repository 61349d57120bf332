"""What a procedure says to a question: the parts that were asked for, in the words that were published. Pure.

Nothing is said without its procedure, and nothing where a procedure's name says too little of the question: then a
person answers. CONFIDENT was chosen on questions for development; `make bench` shows what it does to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chalicelib.domain.everyday_words import Phrase, says, syllables
from chalicelib.domain.procedure_texts import papers, plainly, ways
from chalicelib.domain.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.domain.procedure_search import Hit
    from chalicelib.domain.procedures import Procedure

CONFIDENT: Final = 0.65  # so much of a question a name must say
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
ASKS: Final[Mapping[str, tuple[str, ...]]] = {  # what people say when they ask for a part
    "dossier": ("giấy tờ gì", "giấy tờ nào", "hồ sơ gì", "gồm những gì", "mang gì", "mang theo gì", "cần những gì"),
    "fees": ("bao nhiêu tiền", "lệ phí", "phí", "mất tiền", "tốn bao nhiêu", "giá bao nhiêu", "miễn phí"),
    "time": ("bao lâu", "mấy ngày", "mấy hôm", "bao nhiêu ngày", "thời hạn", "khi nào xong", "bao giờ có"),
    "where": ("ở đâu", "nộp đâu", "chỗ nào", "nơi nào", "cơ quan nào", "đến đâu"),
    "conditions": ("điều kiện", "có được", "được không", "ai được", "có phải"),
    "steps": ("trình tự", "các bước", "quy trình", "thế nào", "làm sao", "ra sao"),
}
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
    if not hits or hits[0].explains < CONFIDENT:
        return Found(None)
    close = [one.place for one in hits[1 : 1 + MOST_OTHERS] if one.score >= AS_GOOD * hits[0].score]
    return Found(hits[0].place, tuple(close))


def asked_for(question: str) -> tuple[str, ...]:
    """Return the parts that a question asks for; the usual ones where it names none."""
    typed = syllables(question)
    named = tuple(part for part, ways_to_ask in _ASKS.items() if any(_stands(typed, one) for one in ways_to_ask))
    return named or USUAL


def passages(one: Procedure, parts: tuple[str, ...]) -> tuple[Passage, ...]:
    """Return these parts of a procedure; one that says nothing is said to say nothing."""
    return tuple(Passage(part, PARTS[part], shorten(_text(one, part) or NOT_SAID, LONGEST)) for part in parts)


def _text(one: Procedure, part: str) -> str:
    match part:
        case "dossier":
            return "\n".join(_papers(one.dossier)) or plainly(one.dossier)
        case "fees":
            said = [
                f"{way.channel}: {way.fee}{f' ({way.words})' if way.words else ''}" for way in ways(one.how) if way.fee
            ]
            return "\n".join(said) or plainly(one.how)
        case "time":
            return "\n".join(f"{way.channel}: {way.time}" for way in ways(one.how) if way.time) or plainly(one.how)
        case "where":
            channels = ", ".join(way.channel for way in ways(one.how))
            agency = plainly(one.competent_agency) or "; ".join(one.levels)
            return f"{agency}.{f' Cách nộp: {channels}.' if channels else ''}"
    return plainly(getattr(one, part))


def _papers(dossier: str) -> Iterator[str]:
    for case in papers(dossier):
        if case.when:
            yield f"{case.when}:"
        yield from (f"- {name}{f' ({copies})' if copies else ''}" for name, copies in case.papers)


def _stands(typed: Phrase, words: Phrase) -> bool:
    return any(says(typed[at : at + len(words)], words) for at in range(len(typed) - len(words) + 1))


_ASKS: Final = {part: tuple(map(syllables, said)) for part, said in ASKS.items()}
