"""Is a matter of the kind and form the regulation accepts? (Điều 4, 6; R35–R43.) The rules themselves are data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.domain.actors import Sender
from chalicelib.domain.regulation import EligibilityRule, Regulation
from chalicelib.domain.text import fold, looks_vietnamese, normalise

HEADING_CHARACTERS = 300  # a petition names itself at its head
MARKS = " .:*-–—\"'“”()[]#"
_folded = cache(fold)  # for the regulation's phrases, the same in every case


@dataclass(frozen=True, slots=True)
class Matter:
    """What is judged: the words, who sent them, and what the sender said of them."""

    title: str
    content: str
    sender: Sender
    anonymous: bool = False
    declared_petition: str | None = None  # "complaint", "denunciation"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement: accept, refuse (with `rule`) or await_details (with what is missing)."""

    outcome: str
    rule: EligibilityRule | None = None
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def assess(matter: Matter, regulation: Regulation) -> Assessment:
    """Judge a matter. Unclear is never refused (R40); what a machine cannot know is flagged for a person."""
    matched = [(rule, found) for rule in regulation.eligibility if (found := _match(rule, matter))]
    flags = tuple(rule.id for rule, _ in matched if rule.outcome == "flag")
    for rule, _ in matched:
        if rule.outcome == "refuse":
            return Assessment("refuse", rule, flags=flags)
    waiting = [(rule, found) for rule, found in matched if rule.outcome == "await_details"]
    if waiting:
        missing = tuple(dict.fromkeys(item for _, found in waiting for item in found))
        return Assessment("await_details", waiting[0][0], missing, flags)
    return Assessment("accept", flags=flags)


def missing_contact(sender: Sender, wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the contact details that are missing (Điều 6.c): every one of `all_of`, at least one of `one_of`."""
    missing = [name for name in wanted.get("all_of", ()) if not getattr(sender, name)]
    choice = wanted.get("one_of", ())
    if choice and not any(getattr(sender, name) for name in choice):
        missing.append("_or_".join(choice))
    return tuple(missing)


def _match(rule: EligibilityRule, matter: Matter) -> tuple[str, ...]:
    """All conditions of a rule must hold; the answer names what was found, for the words to the sender."""
    found: tuple[str, ...] = ()
    for name, wanted in rule.when.items():
        part = CONDITIONS[name](matter, wanted)
        if not part:
            return ()
        found += part
    return found


def _heading(matter: Matter, phrases: Any) -> tuple[str, ...]:
    heads = [fold(matter.title)]
    heads += [fold(line) for line in matter.content[:HEADING_CHARACTERS].splitlines()[:4]]
    heads = [head.strip(MARKS) for head in heads]
    named = tuple(map(_folded, phrases))
    # "Đơn khiếu nại nộp ở đâu?" asks about petitions and is none.
    return ("heading",) if any(head.startswith(named) and not head.endswith("?") for head in heads) else ()


def _stamp(matter: Matter, stamps: Any) -> tuple[str, ...]:
    # With its marks and alone on its line: "tôi mất giấy tờ" (I lost my papers) only looks like "tối mật" (top secret).
    lines = [normalise(line, multiline=False).casefold() for line in (matter.title, *matter.content.splitlines())]
    return ("stamp",) if any(line.strip(MARKS) in stamps for line in lines) else ()


def _phrases(matter: Matter, phrases: Any) -> tuple[str, ...]:
    words = f"{fold(matter.title)} {fold(matter.content)}"
    return ("phrase",) if any(_folded(phrase) in words for phrase in phrases) else ()


def _few_words(matter: Matter, least: Any) -> tuple[str, ...]:
    return ("content",) if len(f"{matter.title} {matter.content}".split()) < least else ()


def _language(matter: Matter, doubtful: Any) -> tuple[str, ...]:
    return ("language",) if looks_vietnamese(f"{matter.title} {matter.content}") is not doubtful else ()


CONDITIONS: Mapping[str, Callable[[Matter, Any], tuple[str, ...]]] = {
    "declared_petition": lambda matter, kinds: ("petition",) if matter.declared_petition in kinds else (),
    "anonymous": lambda matter, wanted: ("anonymous",) if matter.anonymous is wanted else (),
    "contact_missing": lambda matter, wanted: missing_contact(matter.sender, wanted),
    "heading": _heading,
    "stamp": _stamp,
    "phrases": _phrases,
    "fewer_words_than": _few_words,
    "language_doubtful": _language,
}
