"""The centre's own public keys, as agencies' software reads them: a JWK Set (RFC 7517)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

if TYPE_CHECKING:
    from chalicelib.ports import CentreKey, Deps


class CentreKeyView(Struct, frozen=True, kw_only=True):
    """Một khóa công khai của Trung tâm. / A public key of the centre's."""

    kid: Annotated[str, Meta(description="RFC 7638: SHA-256 thumbprint", pattern="^[A-Za-z0-9_-]{43}$")]
    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"
    x: str
    y: str
    use: Literal["sig"] = "sig"
    alg: Literal["ES256"] = "ES256"
    exp: (
        Annotated[
            int, Meta(description="Hết hiệu lực, giây từ 1970 / Not to be believed from then on, seconds since 1970")
        ]
        | UnsetType
    ) = UNSET


class KeySet(Struct, frozen=True):
    """Các khóa đang có hiệu lực; khóa đang dùng để ký đứng đầu. / Keys that count now, the signing one first."""

    keys: tuple[CentreKeyView, ...]


def key_set(deps: Deps) -> KeySet:
    """Show what is signed with now, and what was and still counts."""
    return KeySet(tuple(map(_shown, deps.centre_keys.shown(deps.clock.now()))))


def _shown(key: CentreKey) -> CentreKeyView:
    until = UNSET if key.until is None else int(key.until.timestamp())
    return CentreKeyView(kid=key.kid, x=key.jwk["x"], y=key.jwk["y"], exp=until)
