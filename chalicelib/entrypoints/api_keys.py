"""The agencies' public keys: administrators register and revoke them (docs/agency-keys.md)."""

from __future__ import annotations

from typing import Annotated, Any

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import agency_keys

routes = Blueprint(__name__)
Kid = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}" + given.END, description="Mã khóa (RFC 7638)")]
EXAMPLE = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
PublicJwk = Annotated[
    dict[str, Any],
    Meta(max_length=20, description="Khóa công khai dạng JWK: EC P-256 hoặc OKP Ed25519", examples=[EXAMPLE]),
]


class KeyBody(given.Body, frozen=True, kw_only=True):
    """Khóa công khai của phần mềm một cơ quan và thời gian khóa có giá trị."""

    unit: given.Slug
    signer: Annotated[
        str, Meta(min_length=1, max_length=200, description="Người chịu trách nhiệm về những gì khóa này ký")
    ]
    jwk: PublicJwk
    not_after: given.Moment
    not_before: given.Moment | None = None


class RevocationBody(given.Body, frozen=True):
    """Vì sao thu hồi."""

    reason: Annotated[str, Meta(min_length=1, max_length=500, examples=["Máy chủ giữ khóa bị xâm nhập"])]


@endpoint(
    routes,
    "GET",
    "/v1/desk/keys",
    allow={Role.ADMINISTRATOR},
    returns={200: agency_keys.Keys},
    summary="Khóa công khai của phần mềm các cơ quan",
    tags=("keys",),
)
def list_keys(request: Request) -> agency_keys.Keys:
    """List every key, revoked ones too."""
    return agency_keys.keys(bootstrap.deps())


@endpoint(
    routes,
    "POST",
    "/v1/desk/keys",
    allow={Role.ADMINISTRATOR},
    body=KeyBody,
    returns={201: agency_keys.KeyView},
    summary="Đăng ký khóa công khai của phần mềm một cơ quan",
    tags=("keys",),
    refuses=(404, 409),
)
def register(request: Request) -> agency_keys.KeyView:
    """Register a key. Sent again it is a 409: the key itself is what makes the call idempotent."""
    from chalicelib.usecases.register_key import Registration, register_key

    deps, body = bootstrap.deps(), request.body
    wanted = Registration(**{name: getattr(body, name) for name in body.__struct_fields__})
    return agency_keys.one(register_key(wanted, actor=request.caller, deps=deps), deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/keys/{kid}/revoke",
    allow={Role.ADMINISTRATOR},
    body=RevocationBody,
    returns={200: agency_keys.KeyView},
    summary="Thu hồi một khóa",
    tags=("keys",),
    refuses=(409,),
)
def revoke(request: Request, kid: Kid) -> agency_keys.KeyView:
    """Revoke a key at once and for good."""
    from chalicelib.usecases.revoke_key import revoke_key

    deps = bootstrap.deps()
    return agency_keys.one(revoke_key(kid, request.body.reason, actor=request.caller, deps=deps), deps)
