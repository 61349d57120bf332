"""Who asks: a member of staff by Cognito access token, or somebody of the public."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chalicelib.domain.actors import PETITION_STAFF, Actor, Role
from chalicelib.domain.errors import ForbiddenError, NotFoundError, UnauthenticatedError

if TYPE_CHECKING:
    from chalicelib.entrypoints.browser_session import Session
    from chalicelib.ports import Claims

PUBLIC: Final[frozenset[str]] = frozenset({Role.SENDER})
STAFF: Final[frozenset[str]] = frozenset(
    {Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP, Role.ADMINISTRATOR}
)
WHOEVER_LOGS_IN: Final[frozenset[str]] = STAFF | PETITION_STAFF
_UNIT: Final = "unit:"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whoever a route lets in, and by which session where it is a person at a browser."""

    actor: Actor
    session: Session | None = None


def authenticate(token: str) -> Actor:
    """Return whose token it is; raises UnauthenticatedError, ForbiddenError, UnavailableError.

    A token outlives its account by its own validity, so the register is asked too, from a list kept for half a minute.
    """
    from chalicelib import bootstrap

    deps = bootstrap.deps()
    caller = actor(deps.tokens.verify(token, deps.clock.now()))
    if deps.accounts.is_closed(caller.name):
        raise UnauthenticatedError("account_closed", "Tài khoản này đã đóng. Xin liên hệ người quản lý tài khoản.")
    return caller


def require_role(caller: Actor, allow: AbstractSet[str]) -> None:
    """Raise ForbiddenError for who is not of the roles that a route is for; of petitions' track nobody else learns."""
    if caller.role in allow:
        return
    if allow & PETITION_STAFF:
        raise NotFoundError("not_found", "Không tìm thấy nội dung được yêu cầu.")
    raise ForbiddenError("role_not_allowed", "Vai trò của anh/chị không được làm việc này.")


def bearer(authorization: str | None) -> str:
    """Return the token of an `Authorization: Bearer …` header."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise UnauthenticatedError("token_missing", "Xin đăng nhập để tiếp tục.")
    return token.strip()


def actor(claims: Claims) -> Actor:
    """Read role and unit from the groups: exactly one role, at most one unit; groups of other systems do not count."""
    roles = [group for group in claims.groups if group in WHOEVER_LOGS_IN]
    units = [group.removeprefix(_UNIT) for group in claims.groups if group.startswith(_UNIT)]
    if len(roles) != 1 or len(units) > 1 or "" in units:
        raise ForbiddenError("no_role", "Tài khoản chưa được giao đúng một vai trò. Xin liên hệ quản trị viên.")
    return Actor(role=roles[0], unit="".join(units), name=claims.username)
