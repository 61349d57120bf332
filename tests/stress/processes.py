"""Processes that part from this one: each lives on by itself and says one thing in the end."""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

Said = TypeVar("Said")


class Branches:
    """Copies of this process, at most so many at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._folder = Path(tempfile.mkdtemp(prefix="branches-"))
        self._running: dict[int, Path] = {}
        self._said: list[Any] = []
        self._answer = self._folder / "none"

    def split(self) -> bool:
        """Part in two: True in the copy, which must `end`; it has all that this process has, and shares nothing."""
        while len(self._running) >= self._most:
            self._wait()
        answer = self._folder / str(len(self._said) + len(self._running))
        pid = os.fork()
        if pid:
            self._running[pid] = answer
            return False
        gc.disable()  # it lives for a second
        self._running, self._answer = {}, answer
        return True

    def end(self, said: Any) -> NoReturn:
        """Say it and be gone, with no clean-up of what is the other's."""
        self._answer.write_bytes(pickle.dumps(said))
        os._exit(0)

    def gather(self) -> list[Any]:
        """Wait for all and return what they said."""
        while self._running:
            self._wait()
        self._folder.rmdir()
        return self._said

    def _wait(self) -> None:
        ours = next(iter(self._running)) if len(self._running) == 1 else -1  # a test run may have other children
        pid, _ = os.waitpid(ours, 0)
        answer = self._running.pop(pid)
        assert answer.exists(), "a process ended and said nothing"
        self._said.append(pickle.loads(answer.read_bytes()))
        answer.unlink()


class Folder(tempfile.TemporaryDirectory[str]):
    """A temporary folder that goes with the process that made it: a copy that dies would take it from the others."""

    def __init__(self) -> None:
        super().__init__()
        self._maker = os.getpid()

    def cleanup(self) -> None:
        """Take it away, or leave it to whose it is."""
        if os.getpid() == self._maker:
            super().cleanup()
        else:
            self._finalizer.detach()  # type: ignore[attr-defined]


def apart(work: Callable[[], Said]) -> Said:
    """Do it in a process of its own: whatever it changes, here it is as it was."""
    branches = Branches(1)
    if branches.split():
        try:
            said: tuple[Any, str] = work(), ""
        except BaseException:  # noqa: BLE001 nothing may go on as a second test run
            said = None, traceback.format_exc()
        branches.end(said)
    [(done, failure)] = branches.gather()
    assert not failure, failure
    return done  # type: ignore[no-any-return]
