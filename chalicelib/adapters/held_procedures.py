"""The catalogue in this process: read when first asked for, looked after each minute, indexed anew each day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.everyday_words import EverydayWords
from chalicelib.domain.procedure_search import Entry, ProcedureIndex
from chalicelib.domain.procedures import Catalogue
from chalicelib.ports.procedures import CatalogueBooks, CatalogueVersions, Shelf, Version

FRESH = timedelta(minutes=1)
NOTHING = Catalogue()


class HeldProcedures:
    """Keeps the port Procedures."""

    def __init__(
        self, versions: CatalogueVersions, books: CatalogueBooks, everyday: Callable[[], EverydayWords]
    ) -> None:
        self._versions, self._books, self._everyday = versions, books, everyday
        self._shelf: Shelf | None = None
        self._looked: datetime | None = None

    def shelf(self, now: datetime, on: date) -> Shelf:
        """Return what is held, brought up to date; what another process made is seen within a minute.

        While the store does not answer, what was read last is good.
        """
        if self._looked is None or now - self._looked >= FRESH:
            try:
                self._bring(on)
            except UnavailableError:
                if self._shelf is None:
                    raise
            self._looked = now
        held = self._shelf
        assert held is not None
        if held.on != on:
            held = self._shelf = shelved(held.version, held.catalogue, on, self._everyday())
        return held

    def _bring(self, on: date) -> None:
        version = self._versions.newest()
        if self._shelf is None or self._shelf.version != version:
            catalogue = self._books.book(version.id) if version else NOTHING
            self._shelf = shelved(version, catalogue, on, self._everyday())


def shelved(version: Version | None, catalogue: Catalogue, on: date, everyday: EverydayWords) -> Shelf:
    """Lay out what holds on a day, ready to be searched."""
    standing = catalogue.on(on)
    entries = [Entry(one.code, one.name, one.field, one.levels) for one in standing]
    return Shelf(version, on, catalogue, standing, ProcedureIndex(entries, everyday))
