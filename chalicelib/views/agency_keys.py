"""The agencies' keys as the desk sees them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from chalicelib.domain.signing import AgencyKey
    from chalicelib.ports import Deps


class KeyView(Struct, frozen=True):
    """Một khóa công khai của phần mềm một cơ quan. `status`: waiting, valid, expired hoặc revoked."""

    kid: str
    unit: str
    signer: str
    algorithm: str
    status: str
    not_before: datetime
    not_after: datetime
    registered_at: datetime
    registered_by: str
    jwk: dict[str, str]
    revoked_at: datetime | None = None
    revoked_by: str = ""
    reason: str = ""


class Keys(Struct, frozen=True):
    """Mọi khóa đã đăng ký, theo đơn vị; khóa mới nhất trước."""

    keys: tuple[KeyView, ...]


def keys(deps: Deps) -> Keys:
    """Show every key, those of a unit together, the newest first."""
    newest_first = sorted(deps.agency_keys.all(), key=lambda key: key.registered_at, reverse=True)
    return Keys(tuple(one(key, deps) for key in sorted(newest_first, key=lambda key: key.unit)))


def one(key: AgencyKey, deps: Deps) -> KeyView:
    """Show a key."""
    return KeyView(
        kid=key.kid,
        unit=key.unit,
        signer=key.signer,
        algorithm=key.algorithm,
        status=key.status(deps.clock.now()),
        not_before=key.not_before,
        not_after=key.not_after,
        registered_at=key.registered_at,
        registered_by=key.registered_by,
        jwk=dict(key.jwk),
        revoked_at=key.revoked_at,
        revoked_by=key.revoked_by,
        reason=key.reason,
    )
