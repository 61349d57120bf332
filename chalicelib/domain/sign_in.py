"""What logging in may answer: tokens, or one more question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tokens:
    """A session: the access token opens staff routes for `expires_in` seconds, the refresh token makes new ones."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True)
class Challenge:
    """NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA or MFA_SETUP; `session` goes back with the answer."""

    name: str
    session: str = field(repr=False)


SETUP = "MFA_SETUP"  # the pool asks for a second factor, and the account has none yet


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator on a telephone is given: its secret in Base32. The first code it makes confirms it."""

    secret: str = field(repr=False)
    session: str = field(repr=False)


class Sessions(Protocol):
    """Where staff log in. All refuse with UnauthenticatedError, ForbiddenError, TooManyError, UnavailableError."""

    def sign_in(self, username: str, password: str) -> Tokens | Challenge:
        """Ask with user name and password."""

    def answer(self, challenge: Challenge, username: str, answer: str) -> Tokens | Challenge:
        """Answer a challenge; InvalidError when the new password is refused."""

    def enrol(self, challenge: Challenge) -> Enrolment:
        """Begin to set a second factor up, where SETUP is asked."""

    def confirm(self, enrolment: Enrolment, username: str, code: str) -> Tokens | Challenge:
        """Finish it by the authenticator's first code; UnauthenticatedError where that is wrong."""

    def refresh(self, token: str) -> Tokens | Challenge:
        """Make a new access token."""

    def sign_out(self, access_token: str) -> None:
        """End every session of the token's owner."""

    def revoke(self, refresh_token: str) -> None:
        """End the one session that the token belongs to."""
