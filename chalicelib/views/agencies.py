"""The directory as an administrator sees it: how each unit is reached, its keys, and what went wrong between us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

import msgspec
from msgspec import Struct

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.text import fold
from chalicelib.domain.units import KINDS, Unit, successors
from chalicelib.ports import CentreKey, Deps, local_day, unit_name
from chalicelib.views import agency_keys
from chalicelib.views.agency_keys import KeyView
from chalicelib.views.rejections import RejectionView, rejections

MANY: Final = 40  # units of a kind that are not listed unasked
SOON: Final = timedelta(days=60)  # so long before its end a key should have a successor
LOOKED_THROUGH: Final = 500  # rows of a list that is not kept by unit
BY_QUEUE: Final = "sqs"
_PAGE: Final = 100
_COUNTS: Final = ("valid", "waiting")


class AgencyView(Struct, frozen=True):
    """A unit with its keys, the newest first; `letters` stand undelivered in its queue.

    `former` are its earlier names with their last day, `origin` who came to it, `heirs` what it has become.

    `ends_at` is when the last key that counts now or later ends, `soon` that it is time for another.
    """

    unit: Unit
    keys: tuple[KeyView, ...]
    valid: int
    ends_at: datetime | None
    soon: bool
    letters: int
    former: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()

    @property
    def mute(self) -> bool:
        """Whether its software is heard by nobody."""
        return self.unit.exchange == BY_QUEUE and not self.valid


class Shelf(Struct, frozen=True):
    """Units of one kind, in order of name; `folded` of them are too many to show unasked."""

    kind: str
    agencies: tuple[AgencyView, ...]
    folded: int = 0


def agencies(deps: Deps, words: str = "", kind: str = "") -> tuple[Shelf, ...]:
    """Show the directory by kind, those whose name now or before has the words, with or without tone marks."""
    keys, letters = agency_keys.keys(deps).keys, _undelivered(deps)
    found = [unit for unit in deps.directory.units() if (not kind or unit.kind == kind) and _named(unit, fold(words))]
    shelves = []
    for one in KINDS:
        units = sorted((unit for unit in found if unit.kind == one), key=lambda unit: fold(unit.name))
        folded = len(units) if len(units) > MANY and not (words or kind) else 0
        shown = () if folded else tuple(_shown(unit, keys, letters, deps) for unit in units)
        shelves += [Shelf(one, shown, folded)] if units else []
    return tuple(shelves)


def in_need(deps: Deps) -> int:
    """Count the units whose software needs another key."""
    keys = agency_keys.keys(deps).keys
    return sum(one.mute or one.soon for one in (_shown(unit, keys, Counter(), deps) for unit in deps.directory.units()))


def agency(unit: str, deps: Deps) -> AgencyView:
    """Show one, and what it was before or has become; raises NotFoundError."""
    known, units = deps.directory.unit(unit), deps.directory.units()
    today = local_day(deps.clock.now(), deps.regulation)
    heirs = successors(known, units, today)
    return msgspec.structs.replace(
        _shown(known, agency_keys.keys(deps).keys, _undelivered(deps), deps),
        former=tuple(f"{one.name} (đến hết ngày {one.until:%d/%m/%Y})" for one in known.earlier),
        origin=tuple(unit_name(one, deps) for one in known.formed_from),
        heirs=tuple(heir.name for heir in heirs if heir is not known),
    )


def _named(unit: Unit, words: str) -> bool:
    return any(words in fold(name) for name in (unit.name, unit.id, *(former.name for former in unit.earlier)))


def told_back(unit: str, deps: Deps, *, limit: int) -> tuple[RejectionView, ...]:
    """Show the newest of a unit's messages that had no effect, among the newest of all units'."""
    return tuple(islice((one for one in islice(_rejections(deps), LOOKED_THROUGH) if one.unit == unit), limit))


def centre_keys(deps: Deps) -> tuple[CentreKey, ...] | None:
    """Return the centre's own keys, the signing one first; None while KMS does not say."""
    try:
        return deps.centre_keys.shown(deps.clock.now())
    except UnavailableError:
        return None


def _shown(unit: Unit, keys: tuple[KeyView, ...], letters: Counter[str], deps: Deps) -> AgencyView:
    own = tuple(key for key in keys if key.unit == unit.id)
    ends_at = max((key.not_after for key in own if key.status in _COUNTS), default=None)
    return AgencyView(
        unit=unit,
        keys=own,
        valid=sum(key.status == "valid" for key in own),
        ends_at=ends_at,
        soon=ends_at is not None and ends_at - deps.clock.now() < SOON,
        letters=letters[f"agency-{unit.id}"],
    )


def _undelivered(deps: Deps) -> Counter[str]:
    return Counter(letter.queue for letter in islice(deps.dead_letters.standing(), LOOKED_THROUGH) if letter.stands)


def _rejections(deps: Deps) -> Iterator[RejectionView]:
    cursor = ""
    while True:
        page = rejections(deps, limit=_PAGE, cursor=cursor)
        yield from page.rejections
        if not (cursor := page.cursor):
            return
