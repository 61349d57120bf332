"""Everything that can be refused, as one tree.

DomainError
├── InvalidError         what was sent cannot be understood (400, 422)
├── UnauthenticatedError who asks is not known (401)
├── ForbiddenError       known, but not allowed (403)
├── NotFoundError        there is no such thing, or not for the one who asks (404)
├── ConflictError        right in itself, but not now (409)
├── TooManyError         asked too often (429)
└── UnavailableError     worth trying again later (503)

Every error has a stable `code` for programs, a courteous Vietnamese `title` for people, and `context` for both.
"""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal: `code` is stable, `title` is Vietnamese, `context` holds plain JSON values without personal data."""

    def __init__(self, code: str, title: str, *, detail: str | None = None, **context: object) -> None:
        super().__init__(f"{code}: {title}")
        self.code = code
        self.title = title
        self.detail = detail
        self.context: Mapping[str, object] = context


class InvalidError(DomainError):
    """What was sent cannot be understood; `pointer` in the context names the place."""


class UnauthenticatedError(DomainError):
    """Who asks is not known."""


class ForbiddenError(DomainError):
    """Known, but not allowed."""


class NotFoundError(DomainError):
    """There is no such thing, or not for the one who asks."""


class ConflictError(DomainError):
    """Right in itself, but not now: wrong state, stale version, key used for something else."""


class TooManyError(DomainError):
    """Asked too often; `retry_after` in the context is in seconds."""


class UnavailableError(DomainError):
    """A neighbour does not answer; worth trying again later."""
