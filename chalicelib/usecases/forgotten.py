"""What a run did that takes away what is past its time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Forgotten:
    """What was anonymised, what something keeps, things taken away, what could not be read (code, error)."""

    anonymised: int = 0
    kept: int = 0
    cleared: int = 0
    failed: list[tuple[str, Exception]] = field(default_factory=list)
