"""Reads the file of reply templates and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.reply_templates import FIELDS, FILLS, ReplyTemplate


def from_mapping(data: Any, rules: Regulation) -> dict[str, ReplyTemplate]:
    """Read the file; raises RegulationError naming the entry that is wrong."""
    return {name: _template(name, entry, rules) for name, entry in entries.mapping("replies", data).items()}


def _template(name: str, data: Any, rules: Regulation) -> ReplyTemplate:
    made: ReplyTemplate = entries.build(ReplyTemplate, name, data)
    if made.action not in FILLS:
        raise RegulationError(f"{name}.action: {made.action!r} is none of {sorted(FILLS)}")
    entries.same(f"{name}.fills", set(entries.mapping(f"{name}.fills", made.fills)), set(FILLS[made.action]))
    _known(f"{name}.kinds", made.kinds, rules.kinds)
    _known(f"{name}.abouts", made.abouts, rules.about)
    _known(f"{name}.fields", made.fields, rules.fields)
    for text in made.fills.values():
        _known(f"{name}.fills", _named(name, text), FIELDS)
    return made


def _known(where: str, named: tuple[str, ...], known: Mapping[str, object]) -> None:
    if unknown := set(named) - set(known):
        raise RegulationError(f"{where}: {sorted(unknown)} are none of {sorted(known)}")


def _named(where: str, text: str) -> tuple[str, ...]:
    try:
        parts = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise RegulationError(f"{where}.fills: {error}") from error
    return tuple(f"{name}" if not (spec or conversion) else f"{name}!…" for name, spec, conversion in parts)
