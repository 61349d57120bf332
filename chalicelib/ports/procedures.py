"""Where the catalogue of procedures is kept: versions that never change, drafts of the next, what can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.catalogue_changes import Change
from chalicelib.domain.procedure_rows import Fault

if TYPE_CHECKING:
    from chalicelib.domain.procedure_search import ProcedureIndex
    from chalicelib.domain.procedures import Catalogue, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of the catalogue; `number` counts from 1, `id` names its book and the draft it was accepted from."""

    number: int
    id: str
    at: datetime
    by: str
    note: str
    editions: int
    added: int
    changed: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an import would do, until somebody accepts it: `base` is the number of the version it was held against."""

    id: str
    base: int
    note: str
    complete: bool
    effective: date
    changes: tuple[Change, ...]
    unchanged: int
    faults: tuple[Fault, ...]
    editions: int

    def count(self, kind: str) -> int:
        """Return how many procedures are added, changed or ended."""
        return sum(one.kind == kind for one in self.changes)


class CatalogueVersions(Protocol):
    """The versions, newest last; none is ever changed or taken out."""

    def newest(self) -> Version | None:
        """Return the one that holds, None before the first; raises UnavailableError."""

    def all(self) -> tuple[Version, ...]:
        """Return every version, newest first; raises UnavailableError."""

    def add(self, version: Version) -> None:
        """Record a version; raises ConflictError where its number is taken, UnavailableError."""


class CatalogueBooks(Protocol):
    """The books of versions and drafts, by id; the same id has the same content. Raise UnavailableError."""

    def draft(self, draft: Draft, catalogue: Catalogue) -> None:
        """Put a draft and its book down; forgotten after some days."""

    def find_draft(self, id_: str) -> Draft | None:
        """Return a draft; None where there is none (any more)."""

    def keep(self, id_: str) -> None:
        """Keep a draft and its book for good; raises NotFoundError where there is none (any more)."""

    def book(self, id_: str) -> Catalogue:
        """Return the book of a version."""

    def changes(self, id_: str) -> Draft:
        """Return what a version changed."""

    def export(self, id_: str) -> str:
        """Return where every edition of a version can be fetched as JSON Lines in the next minutes."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What holds on a day: the version (None: there is no catalogue yet), all editions, and those of the day to search.

    A place of the index is a place of `standing`.
    """

    version: Version | None
    on: date
    catalogue: Catalogue
    standing: tuple[Procedure, ...]
    index: ProcedureIndex


class Procedures(Protocol):
    """The catalogue as this process holds it, at most a minute old."""

    def shelf(self, now: datetime, on: date) -> Shelf:
        """Return what holds on a day; raises UnavailableError."""


class Workbooks(Protocol):
    """Spreadsheets."""

    def rows(self, content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the rows of an XLSX file's first sheet below its headings, with their lines; raises InvalidError."""
