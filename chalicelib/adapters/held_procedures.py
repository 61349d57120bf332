"""The catalogue in this process: read when first asked for, looked after each minute, indexed anew each day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

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
        """Return what is held, brought up to date; what another process made is seen within a minute."""
        held = self._shelf
        if held is None or self._looked is None or now - self._looked >= FRESH:
            version = self._versions.newest()
            if held is None or held.version != version:
                held = shelved(version, self._books.book(version.id) if version else NOTHING, on, self._everyday())
            self._looked = now
        if held.on != on:
            held = shelved(held.version, held.catalogue, on, self._everyday())
        self._shelf = held
        return held


def shelved(version: Version | None, catalogue: Catalogue, on: date, everyday: EverydayWords) -> Shelf:
    """Lay out what holds on a day, ready to be searched."""
    standing = catalogue.on(on)
    entries = [Entry(one.code, one.name, one.field, one.levels) for one in standing]
    return Shelf(version, on, catalogue, standing, ProcedureIndex(entries, everyday))
