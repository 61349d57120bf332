"""Reads the file of petitions and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.petitions.limits import CALENDAR, WORKING, Limit
from chalicelib.domain.petitions.rules import Kind, PetitionRules
from chalicelib.domain.regulation_entries import RegulationError

CASE_CHANNEL, WEB_CHANNEL = "case", "web"  # that of a hand-over, and of the centre's own page


def from_mapping(data: Any) -> PetitionRules:
    """Read the file; raises RegulationError naming the entry that is wrong."""
    given = entries.mapping("petitions", data)
    entries.same("petitions", set(given), {item.name for item in fields(PetitionRules)})
    kinds = {name: _kind(f"kinds.{name}", entry) for name, entry in entries.mapping("kinds", given["kinds"]).items()}
    made = PetitionRules(
        unit=_text("unit", given["unit"]),
        basis=_text("basis", given["basis"]),
        told=_limit("told", given["told"]),
        kinds=kinds,
        channels=_texts("channels", given["channels"]),
        grades=_texts("grades", given["grades"]),
        warn=entries.count("warn", given["warn"], least=0),
        follow=entries.count("follow", given["follow"]),
        moved=_text("moved", given["moved"]),
        moved_guidance=_text("moved_guidance", given["moved_guidance"]),
        elsewhere=tuple(_text("elsewhere", entry) for entry in entries.sequence("elsewhere", given["elsewhere"])),
    )
    return _checked(made)


def _checked(rules: PetitionRules) -> PetitionRules:
    if not rules.kinds:
        raise RegulationError("kinds: a centre that takes petitions knows one kind at least")
    if missing := {CASE_CHANNEL, WEB_CHANNEL} - set(rules.channels):
        raise RegulationError(f"channels: missing {sorted(missing)}")
    for name, kind in rules.kinds.items():
        if unknown := set(kind.extensions) - set(rules.grades):
            raise RegulationError(f"kinds.{name}.extensions: {sorted(unknown)} are none of the grades")
    return rules


def _kind(where: str, data: Any) -> Kind:
    given = dict(entries.mapping(where, data))
    entries.same(where, set(given), {item.name for item in fields(Kind)})
    limits: dict[str, Any] = {name: _limit(f"{where}.{name}", given[name]) for name in ("accept", "settle")}
    extensions = {
        grade: tuple(entries.count(f"{where}.extensions.{grade}", days) for days in entries.sequence(grade, steps))
        for grade, steps in entries.mapping(f"{where}.extensions", given["extensions"]).items()
    }
    if not isinstance(given["may_go_on"], bool):
        raise RegulationError(f"{where}.may_go_on: true or false")
    words = ("label", "words", "law", "extension_article", "withdrawal_article", "secret")
    texts: dict[str, Any] = {name: _text(f"{where}.{name}", given[name]) for name in words}
    documents = _texts(f"{where}.documents", given["documents"])
    return Kind(**texts, **limits, extensions=extensions, documents=documents, may_go_on=given["may_go_on"])


def _limit(where: str, data: Any) -> Limit:
    given = entries.mapping(where, data)
    entries.same(where, set(given), {"days", "counted", "article"})
    if given["counted"] not in (CALENDAR, WORKING):
        raise RegulationError(f"{where}.counted: {given['counted']!r} is neither {CALENDAR} nor {WORKING}")
    return Limit(entries.count(f"{where}.days", given["days"]), given["counted"], _text(where, given["article"]))


def _texts(where: str, data: Any) -> Mapping[str, str]:
    given = entries.mapping(where, data)
    if not given:
        raise RegulationError(f"{where}: it is empty")
    return {name: _text(f"{where}.{name}", text) for name, text in given.items()}


def _text(where: str, data: Any) -> str:
    if not isinstance(data, str) or not data.strip():
        raise RegulationError(f"{where}: {data!r} is no text")
    return data.strip()
