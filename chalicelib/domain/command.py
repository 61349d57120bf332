"""What every command is; commands/ names them all."""

from __future__ import annotations

from typing import ClassVar


class Command:
    """Something asked of a case."""

    action: ClassVar[str]
