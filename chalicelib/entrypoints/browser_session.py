"""A member of staff at a browser: two cookies of Cognito's tokens, renewed when the access token is over.

A cookie opens pages only, never /v1. It goes with requests of our own pages only (SameSite=Strict), no script can read
it, and every form bears a seal made of the session: what another site sends in a person's name is refused.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Final

from chalice.app import Request as HttpRequest

from chalicelib import bootstrap
from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.domain.sign_in import Challenge, Tokens
from chalicelib.entrypoints import decoding, identity
from chalicelib.entrypoints.identity import Admitted

ACCESS, REFRESH = "access", "refresh"
HOST: Final = "__Host-"  # a browser takes such a cookie from this very host by https only
OVER: Final = {"token_expired", "token_missing"}  # then the refresh token is asked for another


@dataclass(frozen=True, slots=True)
class Session:
    """What the browser brought; `renewed` where it must be given another access token."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    renewed: bool = False

    @property
    def seal(self) -> str:
        """What the forms of this session bear."""
        return bootstrap.deps().keys.form_seal(self.refresh)

    def made(self, seal: str) -> bool:
        """Tell whether a form is of a page of this session: not of another's, nor of another site."""
        return hmac.compare_digest(self.seal.encode(), seal.encode())


def admit(http: HttpRequest) -> Admitted:
    """Return who is at the browser; raises UnauthenticatedError, ForbiddenError, UnavailableError."""
    kept = decoding.cookies(http)
    access, refresh = kept.get(_name(ACCESS), ""), kept.get(_name(REFRESH), "")
    if not refresh:
        raise UnauthenticatedError("token_missing", "Xin đăng nhập để tiếp tục.")
    try:
        return Admitted(identity.authenticate(access), Session(access, refresh))
    except UnauthenticatedError as error:
        if access and error.code not in OVER:
            raise
    tokens = bootstrap.deps().sessions.refresh(refresh)
    if isinstance(tokens, Challenge):
        raise UnauthenticatedError("token_expired", "Phiên đăng nhập đã hết hạn. Xin đăng nhập lại.")
    return Admitted(identity.authenticate(tokens.access), Session(tokens.access, tokens.refresh, renewed=True))


def keeping(tokens: Tokens | Session) -> list[str]:
    """Return the cookies of a session; they end with the browser, or when the tokens do."""
    return [_cookie(ACCESS, tokens.access), _cookie(REFRESH, tokens.refresh)]


def forgetting() -> list[str]:
    """Return what takes the cookies away."""
    return [f"{_cookie(name, '')}; Max-Age=0" for name in (ACCESS, REFRESH)]


def _cookie(name: str, value: str) -> str:
    """The whole host's path: a page does not know what stands before it, a stage or nothing."""
    secure = "; Secure" if _secure() else ""
    return f"{_name(name)}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"


def _name(name: str) -> str:
    return f"{HOST}{name}" if _secure() else name


def _secure() -> bool:
    """The address of the pages says it, not the request: only the local front door speaks plain http."""
    return bootstrap.deps().public_url.startswith("https://")
