"""The directory as an administrator sees it: how each unit is reached, its keys, and what went wrong between us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from msgspec import Struct

from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import CentreKey, Deps, Unit
from chalicelib.views import agency_keys
from chalicelib.views.agency_keys import KeyView
from chalicelib.views.rejections import RejectionView, rejections

SOON: Final = timedelta(days=60)  # so long before its end a key should have a successor
LOOKED_THROUGH: Final = 500  # rows of a list that is not kept by unit
BY_QUEUE: Final = "sqs"
_PAGE: Final = 100
_COUNTS: Final = ("valid", "waiting")


class AgencyView(Struct, frozen=True):
    """A unit with its keys, the newest first; `letters` stand undelivered in its queue.

    `ends_at` is when the last key that counts now or later ends, `soon` that it is time for another.
    """

    unit: Unit
    keys: tuple[KeyView, ...]
    valid: int
    ends_at: datetime | None
    soon: bool
    letters: int

    @property
    def mute(self) -> bool:
        """Whether its software is heard by nobody."""
        return self.unit.exchange == BY_QUEUE and not self.valid


def agencies(deps: Deps) -> tuple[AgencyView, ...]:
    """Show the directory by name."""
    keys, letters = agency_keys.keys(deps).keys, _undelivered(deps)
    return tuple(_shown(unit, keys, letters, deps) for unit in sorted(deps.directory.units(), key=lambda one: one.name))


def agency(unit: str, deps: Deps) -> AgencyView:
    """Show one; raises NotFoundError."""
    return _shown(deps.directory.unit(unit), agency_keys.keys(deps).keys, _undelivered(deps), deps)


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
