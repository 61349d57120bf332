"""Read cases to learn from them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from chalicelib.domain.errors import DomainError
from chalicelib.domain.past import Past, past_of
from chalicelib.ports import Deps

Each = Callable[[Callable[[str], Past | None], Iterable[str]], Iterable[Past | None]]


def read_past(start: datetime, deps: Deps, *, most: int, each: Each = map) -> Iterator[Past]:
    """Yield the cases received from `start` on, the newest `most`, by time; what cannot be read is left out."""
    came = deps.lists.received_between(start, deps.clock.now(), code="")
    codes = [code for _, code in deque(came, most)]
    yield from (past for past in each(lambda code: _read(code, deps), codes) if past)


def _read(code: str, deps: Deps) -> Past | None:
    rules = deps.regulation
    try:
        dossier = deps.cases.dossier(code)
        return past_of(dossier.case, dossier.sender, dossier.history, {rules.operators, rules.leadership})
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 whatever is wrong with one case, the others teach
        return None
