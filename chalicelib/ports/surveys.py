"""Surveys as the use cases need them kept: who is to be asked, who was, and what was said, each apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from chalicelib.domain.surveys import Asked, Invitation, Opinion, Survey


class Surveys(Protocol):
    """All surveys. Everything raises UnavailableError in trouble."""

    def add(self, survey: Survey) -> Survey:
        """Write a new one and return it; one that has its id already is returned instead."""

    def save(self, survey: Survey) -> None:
        """Write it if nobody has since it was read (its version is the next one); ConflictError."""

    def find(self, survey: str) -> Survey | None:
        """Return one."""

    def all(self) -> tuple[Survey, ...]:
        """Return all, the newest first."""

    def draw(self, survey: str, invitations: Iterable[Invitation]) -> None:
        """Write down whom to ask; the same ones twice are the same."""

    def waiting(self, survey: str, limit: int) -> tuple[Invitation, ...]:
        """Return some who are still to be asked."""

    def forget(self, survey: str, invitation: Invitation) -> None:
        """Take an invitation away: whoever it was for was asked, or cannot be."""

    def ask(self, survey: str, asked: Asked) -> None:
        """Write down that somebody was asked; who was before stays as it is."""

    def asked(self, survey: str) -> tuple[Asked, ...]:
        """Return all who were asked."""

    def asked_by(self, survey: str, mark: str) -> Asked | None:
        """Return the one with this mark."""

    def called(self, survey: str, asked: Asked) -> None:
        """Forget the case of one who was to be telephoned; whoever has answered meanwhile stays so."""

    def answer(self, survey: str, asked: Asked, opinion: Opinion, name: str) -> bool:
        """Write an opinion, under a random name, in one transaction with using up the mark; False where it is."""

    def clear(self, survey: str) -> int:
        """Take away who was asked, and of opinions the free words; returns how many. May be repeated."""

    def opinions(self, survey: str) -> tuple[Opinion, ...]:
        """Return what was said, in no order."""
