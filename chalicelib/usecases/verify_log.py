"""Check that a case is what its events say and that nobody changed them (R124)."""

from __future__ import annotations

from chalicelib.domain.evolve import fold
from chalicelib.ports import Deps


def verify_log(code: str, deps: Deps) -> tuple[str, ...]:
    """Name what was tampered with, nothing when all is well; raises NotFoundError."""
    faults = deps.cases.faults(code)
    if faults:
        return faults
    dossier = deps.cases.dossier(code)
    return () if fold(dossier.history) == dossier.case else ("HEAD: not what the events make",)
