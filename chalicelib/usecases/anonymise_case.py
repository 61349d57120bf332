"""Anonymise a case, and take away what its log says is to be kept no more (R99).

First the event, then its effect: from the event on nobody is shown what was anonymised, and where a run dies between
the two the next one finds the event (`forget_past`).
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.case import MATTER, Case
from chalicelib.domain.keeping import RETENTION, Anonymise
from chalicelib.ports import Deps
from chalicelib.usecases.carry_out import carry_out


def anonymise_case(code: str, completed_before: datetime, deps: Deps) -> Case:
    """Anonymise a case whose time is over; raises the ConflictError that says what keeps it."""
    command = Anonymise(basis=RETENTION, completed_before=completed_before)
    return carry_out(code, command, actor=SYSTEM, deps=deps)


def clear_traces(code: str, until: int, deps: Deps) -> int:
    """Take away what is anonymised of a case, of texts those up to event `until`; returns how many things went."""
    erased = deps.cases.load(code).case.erased
    gone = deps.traces.clear(code, erased, until) if erased else 0
    return gone + (deps.files.forget(code) if MATTER in erased else 0)
