"""The register of the agencies' keys at the desk: administrators register and revoke, nobody else sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.domain.errors import ConflictError
from chalicelib.domain.signing import revoked
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

KEYS = "/v1/desk/keys"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
KID = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
BODY = {"unit": "so_tu_phap", "signer": "Trần Văn Bình", "jwk": JWK, "not_after": "2027-11-23T09:00:00+07:00"}


def register(world: World, *, expect: int = 201, **changes: Any) -> Any:
    status, made = world.call("POST", KEYS, BODY | changes, token=ADMIN)
    assert status == expect, made
    return made


def revoke(world: World, kid: str = KID, *, expect: int = 200, reason: str = "Lộ khóa") -> Any:
    status, made = world.call("POST", f"{KEYS}/{kid}/revoke", {"reason": reason}, token=ADMIN)
    assert status == expect, made
    return made


def listed(world: World) -> dict[str, Any]:
    return {key["kid"]: key for key in world.call("GET", KEYS, token=ADMIN)[1]["keys"]}


def test_a_key_is_registered(world: World) -> None:
    made = register(world, jwk=JWK | {"kid": "mine", "use": "sig"}, signer="  Trần Văn Bình ")
    assert made == listed(world)[KID]
    assert (made["kid"], made["algorithm"], made["jwk"]) == (KID, "EdDSA", JWK)
    assert (made["unit"], made["signer"], made["status"]) == ("so_tu_phap", "Trần Văn Bình", "valid")
    assert (made["not_before"], made["not_after"]) == ("2026-11-23T02:00:00Z", "2027-11-23T02:00:00Z")
    assert (made["registered_at"], made["registered_by"], made["revoked_at"]) == ("2026-11-23T02:00:00Z", "qt01", None)


def test_a_key_for_later_waits(world: World) -> None:
    assert register(world, not_before="2026-12-01T00:00:00+07:00")["status"] == "waiting"
    world.clock.forward(days=30)
    assert listed(world)[KID]["status"] == "valid"
    world.clock.forward(days=400)
    assert listed(world)[KID]["status"] == "expired"


def test_a_key_is_registered_once_for_whomever(world: World) -> None:
    register(world)
    for unit in ("so_tu_phap", "buu_dien_tinh"):
        assert register(world, unit=unit, expect=409)["code"] == "key_known"
    revoke(world)
    assert register(world, expect=409)["code"] == "key_known"
    assert listed(world)[KID]["status"] == "revoked"


def test_a_private_key_is_refused_and_kept_nowhere(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
    before = set(listed(world))
    refused = register(world, jwk=JWK | {"d": secret}, expect=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("private_key_sent", "/jwk")
    assert secret not in json.dumps(refused) + capsys.readouterr().out
    assert set(listed(world)) == before


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"jwk": {"kty": "RSA", "n": "AQ", "e": "AQAB"}}, 422, "key_kind_unsupported"),
        ({"jwk": JWK | {"x": "AA"}}, 422, "key_unreadable"),
        ({"jwk": JWK | {"x": 7}}, 422, "key_unreadable"),
        ({"jwk": {}}, 422, "key_kind_unsupported"),
        ({"unit": "so_khong_co"}, 404, "unit_not_found"),
        ({"signer": "   "}, 422, "empty_text"),
        ({"not_after": "2026-11-23T09:00:00+07:00"}, 422, "key_dates"),
        ({"not_after": "2036-11-23T09:00:00+07:00"}, 422, "key_dates"),
        ({"not_after": "9999-12-31T23:59:59-14:00", "not_before": "9998-12-31T00:00:00Z"}, 422, "key_dates"),
        ({"not_before": "0001-01-01T00:00:00+14:00"}, 422, "key_dates"),
        ({"not_after": "2026-11-23"}, 422, "invalid_request"),
        ({"algorithm": "none"}, 422, "invalid_request"),
    ],
)
def test_what_cannot_be_a_key(world: World, wrong: dict[str, Any], status: int, code: str) -> None:
    assert register(world, expect=status, **wrong)["code"] == code


def test_a_key_is_revoked_once_and_for_good(world: World) -> None:
    register(world)
    world.clock.forward(hours=1)
    made = revoke(world)
    assert made == listed(world)[KID]
    assert (made["status"], made["revoked_at"], made["revoked_by"]) == ("revoked", "2026-11-23T03:00:00Z", "qt01")
    assert made["reason"] == "Lộ khóa"
    world.clock.forward(hours=1)
    again = revoke(world, expect=409, reason="Khác")
    assert (again["code"], again["revoked_at"]) == ("key_revoked_already", "2026-11-23T03:00:00Z")
    assert listed(world)[KID]["reason"] == "Lộ khóa"


def test_of_two_who_revoke_at_once_one_does(world: World) -> None:
    register(world)
    key = world.deps.agency_keys.find(KID)
    assert key is not None
    revoke(world)
    with pytest.raises(ConflictError):
        world.deps.agency_keys.revoke(revoked(key, by="qt02", reason="Khác", now=world.clock.now()))
    assert listed(world)[KID]["revoked_by"] == "qt01"


def test_what_is_not_there_is_not_revoked(world: World) -> None:
    assert revoke(world, "A" * 43, expect=404)["code"] == "key_not_found"
    assert revoke(world, "A" * 42, expect=404)["code"] == "not_found"
    register(world)
    assert revoke(world, expect=422, reason="  ")["code"] == "empty_text"
    assert listed(world)[KID]["status"] == "valid"


@pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY, LEADER])
def test_it_is_the_administrators_alone(world: World, token: str) -> None:
    calls = [("GET", KEYS, None), ("POST", KEYS, BODY), ("POST", f"{KEYS}/{KID}/revoke", {"reason": "Lộ khóa"})]
    assert {world.call(*call, token=token)[1]["code"] for call in calls} == {"role_not_allowed"}
    assert KID not in listed(world)
