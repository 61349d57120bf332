"""Reads the file of reports and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.actors import STAFF
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.reporting.rules import COMPLIANCE, GOVERNANCE, Kept, ReportRules

HEAD = 2  # lines: the agency above, and the one that reports


def from_mapping(data: Any, rules: Regulation) -> ReportRules:
    """Read the file; raises RegulationError naming the entry that is wrong."""
    made: ReportRules = entries.build(ReportRules, "reports", data)
    if len(made.head) != HEAD:
        raise RegulationError(f"head: {made.head!r} is no pair of agencies")
    for name, known in (("pakn", rules.kinds), ("online", rules.channels), ("sign_off", STAFF)):
        _known(name, getattr(made, name), known)
    return replace(made, kept=_kept(made.kept))


def _kept(data: Any) -> Kept:
    made: Kept = entries.build(Kept, "kept", data)
    if made.mode not in (COMPLIANCE, GOVERNANCE):
        raise RegulationError(f"kept.mode: {made.mode!r} is neither {COMPLIANCE} nor {GOVERNANCE}")
    entries.count("kept.years", made.years)
    return made


def _known(where: str, named: tuple[str, ...], known: Iterable[str]) -> None:
    if unknown := set(named) - set(known):
        raise RegulationError(f"{where}: {sorted(unknown)} are none of {sorted(known)}")
