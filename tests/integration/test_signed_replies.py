"""Who is speaking: only what an agency signed with a key of its own, in force, changes a case (R73)."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature

from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.signing import IN_TRANSIT, OLDEST, TYPE, thumbprint
from chalicelib.entrypoints.queues import hear
from tests.integration.signers import SIGNER, agency_key, private_key, signed
from tests.integration.world import ADMIN, AGENCY, World

UNIT, OTHER = "so_tu_phap", "buu_dien_tinh"
KEYS = "/v1/desk/keys"
DAY = timedelta(days=1)


@pytest.fixture
def code(world: World) -> str:
    code = world.at_agency()
    world.drain()
    world.agency_inbox(UNIT)
    return code


def accepted(code: str, **changes: Any) -> dict[str, Any]:
    return {"version": "1", "message_id": "m1", "unit": UNIT, "type": "accepted", "case": code} | changes


def told(world: World, *bodies: str, unit: str = UNIT) -> list[str]:
    """Let the centre hear messages, each twice; return the codes that the unit is told back."""
    for body in bodies * 2:
        world.reply(body)
    assert world.work() == 0
    return [back["code"] for back in world.agency_inbox(unit)]


def types(world: World, code: str) -> list[str]:
    return [event["type"] for event in world.open(code)["timeline"]]


def untouched(world: World, code: str) -> bool:
    return types(world, code)[-1] == "ForwardedToAgency"


def register(world: World, key: ec.EllipticCurvePrivateKey, **changes: Any) -> str:
    """Register a P-256 key for the unit, as the administrator does; returns its kid."""
    body = {
        "unit": UNIT,
        "signer": "Trần Văn Bình",
        "jwk": jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True),
        "not_after": "2027-11-23T09:00:00+07:00",
    }
    status, made = world.call("POST", KEYS, body | changes, token=ADMIN)
    assert status == 201, made
    return str(made["kid"])


def by_p256(world: World, message: dict[str, Any], key: Any, kid: str) -> str:
    header = {"typ": TYPE, "kid": kid, "iat": int(world.clock.now().timestamp())}
    return jwt.PyJWS().encode(json.dumps(message).encode(), key, "ES256", header)


def sealed(message: dict[str, Any], header: dict[str, Any]) -> str:
    """Sign with the unit's key under any header at all, as no library would."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, message)]
    signature = base64.urlsafe_b64encode(private_key(UNIT).sign(b".".join(parts))).rstrip(b"=")
    return b".".join([*parts, signature]).decode()


def revoke(world: World, kid: str) -> None:
    assert world.call("POST", f"{KEYS}/{kid}/revoke", {"reason": "Lộ khóa"}, token=ADMIN)[0] == 200


@pytest.fixture
def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


class TestHeard:
    def test_the_signature_stands_in_the_event(self, world: World, code: str) -> None:
        body = signed(accepted(code), UNIT, world.clock.now())
        assert told(world, f"\n{body} ") == []
        event = world.open(code)["timeline"][-1]
        signing_input, _, value = body.rpartition(".")
        digest = hashes.Hash(hashes.SHA256())
        digest.update(signing_input.encode())
        assert event["type"] == "AcceptedByAgency"
        assert event["signature"] == {
            "kid": agency_key(UNIT).kid,
            "signer": SIGNER,
            "signed_at": "2026-11-23T02:00:00Z",
            "digest": base64.urlsafe_b64encode(digest.finalize()).decode().rstrip("="),
            "value": value,
        }
        assert world.deps.cases.faults(code) == ()
        assert [one["signature"] for one in world.open(code)["timeline"][:-1]] == [None] * 3

    def test_what_stands_in_the_event_proves_it_again(self, world: World, code: str, p256: Any) -> None:
        """With the public key alone, without a word of what was said."""
        kid = register(world, p256)
        assert told(world, by_p256(world, accepted(code), p256, kid)) == []
        kept = world.open(code)["timeline"][-1]["signature"]
        digest, value = (base64.urlsafe_b64decode(kept[name] + "==") for name in ("digest", "value"))
        der = encode_dss_signature(int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big"))
        p256.public_key().verify(der, digest, ec.ECDSA(Prehashed(hashes.SHA256())))
        assert (kept["kid"], kept["signer"]) == (kid, "Trần Văn Bình")

    def test_the_same_words_signed_twice_are_one_message(self, world: World, code: str, p256: Any) -> None:
        kid = register(world, p256)
        bodies = [by_p256(world, accepted(code), p256, kid) for _ in range(2)]
        assert bodies[0] != bodies[1]
        assert told(world, *bodies, signed(accepted(code), UNIT, world.clock.now())) == []
        assert types(world, code)[-2:] == ["ForwardedToAgency", "AcceptedByAgency"]

    def test_at_the_desk_nothing_is_signed(self, world: World, code: str) -> None:
        world.act(code, "accept", AGENCY)
        assert world.open(code)["timeline"][-1]["signature"] is None

    def test_events_from_before_there_were_signatures_are_read(self, world: World, code: str) -> None:
        told(world, signed(accepted(code), UNIT, world.clock.now()))
        item = CaseItem.get(code, "EVENT#00004")
        body = json.loads(item.body)
        del body["actor"]["signature"]
        world.spoil(code, "EVENT#00004", body=json.dumps(body))
        assert world.open(code)["timeline"][-1]["signature"] is None


class TestNotSigned:
    def test_plain_json(self, world: World, code: str) -> None:
        assert told(world, json.dumps(accepted(code))) == ["unsigned"]
        assert untouched(world, code)

    @pytest.mark.parametrize("body", ["..", "a.b.c", "e30.e30.", "e30..e30", "[]", "", " ", "{" * 5000, "ô.ô.ô"])
    def test_what_nobody_can_be_told_lies_with_the_dead(self, world: World, code: str, body: str) -> None:
        with pytest.raises(InvalidError):
            hear(body)
        assert untouched(world, code)

    def test_without_an_algorithm(self, world: World, code: str) -> None:
        header = {"typ": TYPE, "kid": agency_key(UNIT).kid, "iat": int(world.clock.now().timestamp())}
        body = jwt.PyJWS().encode(json.dumps(accepted(code)).encode(), "", None, header)
        assert told(world, body, body.rpartition(".")[0] + "." + "A" * 86) == ["bad_header"] * 2
        assert untouched(world, code)

    def test_with_the_public_key_as_a_password(self, world: World, code: str) -> None:
        """The algorithm is the registered key's, never the message's choice."""
        key = agency_key(UNIT)
        header = {"typ": TYPE, "kid": key.kid, "iat": int(world.clock.now().timestamp())}
        secret = key.jwk["x"] + "=" * 21  # 64 characters: enough for any HMAC
        body = jwt.PyJWS().encode(json.dumps(accepted(code)).encode(), secret, "HS256", header)
        assert told(world, body) == ["bad_header"]
        assert untouched(world, code)

    def test_with_a_key_of_the_messages_own(self, world: World, code: str, p256: Any) -> None:
        own = jwt.algorithms.ECAlgorithm.to_jwk(p256.public_key(), as_dict=True)
        header = {"typ": TYPE, "iat": int(world.clock.now().timestamp()), "jwk": own}
        words = json.dumps(accepted(code)).encode()
        for kid, expected in (({}, "unknown_key"), ({"kid": agency_key(UNIT).kid}, "bad_header")):
            assert told(world, jwt.PyJWS().encode(words, p256, "ES256", header | kid)) == [expected]
        assert untouched(world, code)

    @pytest.mark.parametrize("part", [0, 1, 2])
    def test_changed_on_the_way(self, world: World, code: str, part: int) -> None:
        """Another time, another case, another signature: the agency is told which of its messages it was."""
        now = world.clock.now()
        right = signed(accepted(code), UNIT, now).split(".")
        other = signed(accepted(code, type="not_ours", reason="Không thuộc"), UNIT, now - DAY).split(".")
        assert told(world, ".".join([*right[:part], other[part], *right[part + 1 :]])) == ["bad_signature"]
        assert untouched(world, code)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"typ": "JWT"},
            {"alg": "none"},
            {"crit": ["b64"], "b64": True},
            {"crit": ["exp"], "exp": 1},
            {"iat": None},
            {"iat": True},
            {"iat": 1.5},
            {"iat": "1795399200"},
            {"iat": -1},
            {"iat": 10**30},
        ],
        ids=str,
    )
    def test_with_a_wrong_header(self, world: World, code: str, wrong: dict[str, Any]) -> None:
        right = {"typ": TYPE, "alg": "EdDSA", "kid": agency_key(UNIT).kid, "iat": int(world.clock.now().timestamp())}
        assert told(world, sealed(accepted(code), right | wrong)) == ["bad_header"]
        assert untouched(world, code)


class TestWhoseKey:
    def test_another_agencys(self, world: World, code: str) -> None:
        """The one who signed is told; the one whose name was used hears nothing."""
        body = signed(accepted(code), OTHER, world.clock.now())
        assert told(world, body, unit=OTHER) == ["wrong_unit"]
        assert world.agency_inbox(UNIT) == []
        assert untouched(world, code)

    def test_another_agencys_kid(self, world: World, code: str) -> None:
        body = signed(accepted(code), OTHER, world.clock.now(), kid=agency_key(UNIT).kid)
        assert told(world, body) == ["bad_signature"]
        assert untouched(world, code)

    def test_nobodys_and_then_somebodys(self, world: World, code: str, p256: Any) -> None:
        """Given a refusal that was told, a copy takes no effect after all; the same words signed again do."""
        kid = "A" * 43
        assert told(world, by_p256(world, accepted(code), p256, kid)) == ["unknown_key"]
        public = jwt.algorithms.ECAlgorithm.to_jwk(p256.public_key(), as_dict=True)
        kid = thumbprint({name: public[name] for name in ("crv", "kty", "x", "y")})
        early = by_p256(world, accepted(code), p256, kid)
        assert told(world, early) == ["unknown_key"]
        register(world, p256)
        assert told(world, early) == []
        assert untouched(world, code)
        assert told(world, by_p256(world, accepted(code), p256, kid)) == []
        assert types(world, code)[-1] == "AcceptedByAgency"

    @pytest.mark.parametrize("kid", [7, "", "x", None, {"a": 1}])
    def test_no_name_of_a_key(self, world: World, code: str, kid: Any) -> None:
        header = {"typ": TYPE, "alg": "EdDSA", "kid": kid, "iat": int(world.clock.now().timestamp())}
        assert told(world, sealed(accepted(code), header)) == ["unknown_key"]
        assert untouched(world, code)


class TestInForce:
    def test_a_key_is_changed_with_overlap(self, world: World, code: str, p256: Any) -> None:
        kid = register(world, p256)
        assert told(world, signed(accepted(code), UNIT, world.clock.now())) == []
        revoke(world, agency_key(UNIT).kid)
        result = {"type": "details_wanted", "question": "Số giấy chứng sinh?", "message_id": "m2"}
        assert told(world, by_p256(world, accepted(code, **result), p256, kid)) == []
        assert types(world, code)[-2:] == ["AcceptedByAgency", "DetailsRequested"]

    def test_revoked_it_is_good_for_nothing_whenever_it_signed(self, world: World, code: str) -> None:
        before = signed(accepted(code), UNIT, world.clock.now())
        world.clock.forward(minutes=1)
        revoke(world, agency_key(UNIT).kid)
        assert told(world, before) == ["key_revoked"]
        assert untouched(world, code)

    def test_before_it_is_valid(self, world: World, code: str, p256: Any) -> None:
        kid = register(world, p256, not_before="2026-11-23T10:00:00+07:00")
        assert told(world, by_p256(world, accepted(code), p256, kid)) == ["key_not_yet_valid"]
        assert untouched(world, code)
        world.clock.forward(minutes=56)
        assert told(world, by_p256(world, accepted(code, message_id="m2"), p256, kid)) == []
        assert types(world, code)[-1] == "AcceptedByAgency"

    def test_after_its_end(self, world: World, code: str, p256: Any) -> None:
        """What it signed in time may be a day on its way; what it signs later has no effect at once."""
        kid = register(world, p256, not_after="2026-11-23T10:00:00+07:00")
        in_time = by_p256(world, accepted(code), p256, kid)
        too_old = by_p256(world, accepted(code, message_id="m2"), p256, kid)
        world.clock.forward(hours=1)
        assert told(world, by_p256(world, accepted(code, message_id="m3"), p256, kid)) == ["key_expired"]
        assert untouched(world, code)
        world.clock.forward(seconds=IN_TRANSIT.total_seconds() - 1)
        assert told(world, in_time) == []
        assert types(world, code)[-1] == "AcceptedByAgency"
        world.clock.forward(seconds=1)
        assert told(world, too_old) == ["key_expired"]

    @pytest.mark.parametrize(("age", "back"), [(OLDEST, []), (OLDEST + timedelta(seconds=1), ["signing_time"])])
    def test_signed_long_ago(self, world: World, code: str, age: timedelta, back: list[str]) -> None:
        assert told(world, signed(accepted(code), UNIT, world.clock.now() - age)) == back
        assert untouched(world, code) == bool(back)

    @pytest.mark.parametrize(("ahead", "back"), [(300, []), (301, ["signing_time"])])
    def test_signed_by_a_clock_that_is_ahead(self, world: World, code: str, ahead: int, back: list[str]) -> None:
        assert told(world, signed(accepted(code), UNIT, world.clock.now() + timedelta(seconds=ahead))) == back
        assert untouched(world, code) == bool(back)


class TestSignedButUnreadable:
    @pytest.mark.parametrize("words", [b"kh\xf4ng", "không phải JSON".encode(), b"", b"[]", b'{"type": "accepted"}'])
    def test_the_signer_is_told_though_nothing_can_be_read(self, world: World, code: str, words: bytes) -> None:
        """Who signed is known: nothing has to lie with the dead."""
        [back] = told(world, signed(words, UNIT, world.clock.now()))
        assert back in ("not_json", "invalid_message")
        assert untouched(world, code)
