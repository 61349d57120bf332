"""A language model that may put into other words what was found, and nothing else."""

from __future__ import annotations

from typing import Protocol


class Rewording(Protocol):
    """Other words for a passage."""

    def reword(self, question: str, passage: str) -> str:
        """Return the passage, shorter and to the question, which has no personal data; raises UnavailableError."""
