"""A progress bar on one line; every ten per cent on a line of its own where the output is no terminal."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 32
TENTHS = 10


class ProgressBar:
    """Counts to `whole`."""

    def __init__(self, whole: int, what: str, out: TextIO) -> None:
        self._whole, self._what, self._out = whole, what, out
        self._done, self._began = 0, time.monotonic()

    def step(self) -> None:
        """Count one."""
        before, self._done = self._done, self._done + 1
        if self._out.isatty():
            self._out.write(f"\r  {self}")
            self._out.write("\n" if self._done == self._whole else "")
        elif before * TENTHS // self._whole != self._done * TENTHS // self._whole:
            self._out.write(f"  {self}\n")
        self._out.flush()

    def __str__(self) -> str:
        """Show bar, count, share and seconds."""
        filled = WIDTH * self._done // self._whole
        share, spent = 100 * self._done // self._whole, time.monotonic() - self._began
        bar = "█" * filled + "░" * (WIDTH - filled)
        return f"{bar} {self._done:>4}/{self._whole} {self._what} {share:>3} % {spent:>4.0f} s"
