"""What was heard and what is to be said, in SQLite. Whoever answers reads the one table and writes the other.

A message is kept before it is deleted from its queue, an answer before it is sent: wherever the program stops, it goes
on from here, and at worst says the same thing twice under the same message_id, which the centre takes once.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Message = dict[str, Any]
KEEP_SECONDS = 90 * 24 * 3600
TABLES = """
CREATE TABLE IF NOT EXISTS heard (
    number INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, code TEXT NOT NULL, body TEXT,
    at REAL NOT NULL, state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'aside')));
CREATE TABLE IF NOT EXISTS said (
    number INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, body TEXT NOT NULL,
    to_send INTEGER NOT NULL DEFAULT 1, rejected TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS heard_of_case ON heard (code, number);
CREATE INDEX IF NOT EXISTS heard_new ON heard (number) WHERE state = 'new';
CREATE INDEX IF NOT EXISTS said_waiting ON said (number) WHERE to_send > 0;
"""


def code_of(message: Message) -> str:
    """Return the code of the case that a message is about; "" where it is about none, as far as we know."""
    case = message.get("case")
    return str(case.get("code", "")) if isinstance(case, dict) else ""


class Store:
    """One connection: of one thread. Several processes may have the file open."""

    def __init__(self, file: Path) -> None:
        file.touch(mode=0o600)
        self._db = sqlite3.connect(file, timeout=30)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")  # what is committed survives a power cut
        self._db.executescript(TABLES)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def hear(self, message: Message) -> bool:
        """Keep a message of the centre's; False where it was kept before."""
        row = (message["message_id"], message["type"], code_of(message), json.dumps(message), time.time())
        with self._db:
            sql = "INSERT OR IGNORE INTO heard (message_id, type, code, body, at) VALUES (?, ?, ?, ?, ?)"
            return self._db.execute(sql, row).rowcount == 1

    def new(self) -> list[Message]:
        """Return what nobody has answered yet, in the order it came."""
        return self._bodies("SELECT body FROM heard WHERE state = 'new' ORDER BY number")

    def since(self, number: int) -> list[tuple[int, Message]]:
        """Return what was heard after a number, each with its own."""
        rows = self._db.execute("SELECT number, body FROM heard WHERE number > ? ORDER BY number", (number,))
        return [(found, json.loads(body)) for found, body in rows]

    def assignment(self, code: str) -> Message | None:
        """Return the latest message that gave us this case."""
        sql = """SELECT body FROM heard WHERE code = ? AND type IN ('case_assigned', 'details_added')
                 AND body IS NOT NULL ORDER BY number DESC LIMIT 1"""
        return next(iter(self._bodies(sql, code)), None)

    def answer(self, message_id: str, replies: Iterable[Message], state: str = "done") -> None:
        """Put down everything a message makes us say and that it is answered: both or neither."""
        with self._db:
            self._db.execute("UPDATE heard SET state = ? WHERE message_id = ?", (state, message_id))
            self._put(replies)

    def say(self, reply: Message) -> None:
        """Put down what is to be said. The same again is sent once more, for whoever is not sure that it arrived."""
        with self._db:
            self._put([reply])

    def again(self, message_id: str) -> bool:
        """Send one once more, signed anew; False where there is none."""
        with self._db:
            sql = "UPDATE said SET to_send = to_send + 1 WHERE message_id = ?"
            return self._db.execute(sql, (message_id,)).rowcount == 1

    def waiting(self) -> list[Message]:
        """Return what is still to be sent, oldest first."""
        return self._bodies("SELECT body FROM said WHERE to_send > 0 ORDER BY number")

    def sent(self, message_id: str) -> None:
        """It is in the queue."""
        with self._db:
            self._db.execute("UPDATE said SET to_send = to_send - 1 WHERE message_id = ?", (message_id,))

    def rejected(self, message_id: str, why: str) -> Message | None:
        """Note that something said had, or can have, no effect; return it, or None where it is not ours."""
        with self._db:
            self._db.execute("UPDATE said SET rejected = ?, to_send = 0 WHERE message_id = ?", (why, message_id))
        return next(iter(self._bodies("SELECT body FROM said WHERE message_id = ?", message_id)), None)

    def lay_down(self, code: str, action: str | None) -> None:
        """Send no more of what waits about a case (or, with an action, about that duty of it)."""
        sql = "UPDATE said SET to_send = 0 WHERE code = ? AND json_extract(body, '$.action') IS ?"
        with self._db:
            self._db.execute(sql, (code, action))

    def forget(self) -> None:
        """Erase the words of what was heard 90 days ago; that it was heard stays."""
        with self._db:
            old = (time.time() - KEEP_SECONDS,)
            self._db.execute("UPDATE heard SET body = NULL WHERE at < ? AND state = 'done' AND body IS NOT NULL", old)

    def _put(self, replies: Iterable[Message]) -> None:
        sql = (
            "INSERT INTO said (message_id, code, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET to_send = to_send + 1"
        )
        self._db.executemany(sql, [(reply["message_id"], reply["case"], json.dumps(reply)) for reply in replies])

    def _bodies(self, sql: str, *values: object) -> list[Message]:
        return [json.loads(body) for (body,) in self._db.execute(sql, values)]
