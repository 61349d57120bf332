"""What can be searched of the board, held in this process: read when first asked for, brought up to date each minute.

It holds no answer to be shown: what was found is read from the table, so what has been withdrawn is not shown, however
long its words are still held.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from chalicelib.domain.search import Entry, entry
from chalicelib.ports import BoardStore

HELD = 5_000  # the newest; docs/adr/0015 has load, memory and time of a query at this number
FRESH = timedelta(minutes=1)
ANEW = timedelta(hours=1)  # so long may it take until what reached the table out of order is found
OVERLAP = timedelta(minutes=10)  # by which the worker may be late
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class HeldBoard:
    """Keeps the port BoardIndex."""

    def __init__(self, board: BoardStore) -> None:
        self._board = board
        self._entries: dict[str, Entry] = {}
        self._begun = self._read = self._newest = NEVER

    def entries(self, month: str, now: datetime) -> Collection[Entry]:
        """Return what is held, newest first."""
        if now - self._begun >= ANEW:
            self._bring(month, NEVER, {})
            self._begun = self._read = now
        elif now - self._read >= FRESH:
            self._bring(month, self._newest - OVERLAP, self._entries)
            self._read = now
        return self._entries.values()

    def _bring(self, month: str, since: datetime, before: dict[str, Entry]) -> None:
        """Read what was published since; a reading that breaks off leaves everything as it was."""
        found = takewhile(lambda one: one.published_at > since, self._board.newest(month))
        fresh: dict[str, Entry] = {}
        newest = since
        for one in islice(found, HELD):
            newest = max(newest, one.published_at)
            fresh[one.id] = entry(one.id, one.question, one.answer, field=one.field, unit=one.unit, month=one.month)
        held = fresh | {name: kept for name, kept in before.items() if name not in fresh}
        self._entries = dict(islice(held.items(), HELD))
        self._newest = max(self._newest, newest)
