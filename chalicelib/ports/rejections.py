"""What agencies were told had no effect, for the people at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rejection:
    """A message of an agency that had no effect: which, when and why; no word of it, and no person."""

    unit: str
    message_id: str
    at: datetime
    code: str
    reason: str  # Vietnamese
    fingerprint: str  # tells it apart from others under the same id
    pointer: str = ""
    case: str = ""  # code of the case, where it could be read


class Rejections(Protocol):
    """A list that forgets after 90 days."""

    def add(self, rejection: Rejection) -> None:
        """Put one down, the first time; raises UnavailableError."""

    def page(self, *, limit: int, cursor: str) -> tuple[Sequence[Rejection], str]:
        """Return some, newest first, and the cursor of the next page, empty at the end."""
