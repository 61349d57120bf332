"""Colleagues who have a case open right now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor
    from chalicelib.domain.presence import Looking


class Watcher(Struct, frozen=True):
    """Một người đang xem hồ sơ, từ lúc nào."""

    name: str
    role: str
    since: datetime


def watchers(rows: Iterable[Looking], caller: Actor, now: datetime) -> Mapping[str, list[Watcher]]:
    """Return whoever else looks at each case, who came first first."""
    found: defaultdict[str, list[Watcher]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.since):
        if row.here(now) and row.name != caller.name:
            found[row.code].append(Watcher(row.name, row.role, row.since))
    return found
