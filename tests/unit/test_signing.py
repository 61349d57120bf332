"""The rules of the agencies' keys."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.signatures import JoseSignatures
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.signing import (
    IN_TRANSIT,
    LEEWAY,
    LONGEST,
    OLDEST,
    AgencyKey,
    check_dates,
    check_in_force,
    public_part,
    revoked,
    thumbprint,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ED25519 = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}  # RFC 8037, A.2
KEY = AgencyKey(
    kid="k",
    unit="so_tu_phap",
    signer="Trần Văn Bình",
    algorithm="EdDSA",
    jwk=ED25519,
    not_before=NOW - DAY,
    not_after=NOW + DAY,
    registered_at=NOW - DAY,
    registered_by="qt01",
)


def p256() -> dict[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    return jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)


def test_a_thumbprint_is_that_of_the_standard() -> None:
    """RFC 8037, A.3."""
    assert thumbprint(ED25519) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_only_the_members_that_make_the_key_are_kept() -> None:
    jwk = ED25519 | {"kid": "mine", "use": "sig", "alg": "EdDSA", "key_ops": ["verify"]}
    assert public_part(jwk) == ("EdDSA", ED25519)


@pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
def test_a_private_key_is_refused_whatever_kind_it_is(member: str) -> None:
    for jwk in (ED25519, p256(), {"kty": "RSA", "n": "AQ", "e": "AQAB"}, {"kty": "oct"}):
        with pytest.raises(InvalidError) as refused:
            public_part(jwk | {member: "c2VjcmV0"})
        assert refused.value.code == "private_key_sent"
        assert "c2VjcmV0" not in str(refused.value) + json.dumps(dict(refused.value.context))


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "RSA", "n": "AQ", "e": "AQAB"},
        {"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "Ed25519", "x": "AA"},
        {"kty": ["EC"], "crv": {"P-256": 1}},
    ],
)
def test_other_kinds_are_refused(jwk: dict[str, Any]) -> None:
    with pytest.raises(InvalidError) as refused:
        public_part(jwk)
    assert refused.value.code == "key_kind_unsupported"


def test_one_key_has_one_name_however_it_is_written() -> None:
    """Else a revoked key came back under another name."""
    jwk = p256()
    padded = jwk | {"x": jwk["x"] + "="}
    other_end = ED25519 | {"x": ED25519["x"][:-1] + "p"}  # the two last bits of 43 characters belong to no byte
    names = set()
    for given_key in (jwk, padded):
        algorithm, parts = public_part(given_key)
        canonical = JoseSignatures().canonical(parts, algorithm)
        names.add(thumbprint(canonical) if canonical else None)
    assert len(names - {None}) == 1
    assert JoseSignatures().canonical(other_end, "EdDSA") in (ED25519, None)


@pytest.mark.parametrize(
    "wrong",
    [{"x": ""}, {"x": "AA"}, {"x": "!!"}, {"y": base64.urlsafe_b64encode(b"\1" * 32).decode()}, {"x": "ô" * 43}],
)
def test_what_is_no_key_is_none(wrong: dict[str, str]) -> None:
    algorithm, parts = public_part(p256() | wrong)
    assert JoseSignatures().canonical(parts, algorithm) is None


@given(st.timedeltas(-10 * LONGEST, 10 * LONGEST), st.timedeltas(-10 * LONGEST, 10 * LONGEST))
def test_registered_keys_will_be_valid_and_not_for_ever(start: timedelta, length: timedelta) -> None:
    begins, ends = NOW + start, NOW + start + length
    fine = ends > NOW and timedelta() < length <= LONGEST and start <= LONGEST
    if fine:
        check_dates(begins, ends, NOW)
    else:
        with pytest.raises(InvalidError):
            check_dates(begins, ends, NOW)


def test_how_a_key_stands() -> None:
    moments = {-DAY * 2: "waiting", -DAY: "valid", timedelta(): "valid", DAY: "expired"}
    assert {KEY.status(NOW + after) for after in moments} == {"waiting", "valid", "expired"}
    assert {after: KEY.status(NOW + after) for after in moments} == moments
    assert revoked(KEY, by="qt01", reason="Lộ khóa", now=NOW).status(NOW - DAY) == "revoked"


def test_the_first_revocation_stands() -> None:
    first = revoked(KEY, by="qt01", reason="Lộ khóa", now=NOW)
    assert (first.revoked_at, first.revoked_by, first.reason) == (NOW, "qt01", "Lộ khóa")
    with pytest.raises(ConflictError) as refused:
        revoked(first, by="qt02", reason="Khác", now=NOW + DAY)
    assert refused.value.context["revoked_at"] == "2026-11-23T02:00:00Z"


def refused_as(key: AgencyKey, at: datetime, now: datetime) -> str:
    try:
        check_in_force(key, at, now)
    except InvalidError as error:
        return f"{error.code} {json.dumps(dict(error.context))}".partition(" ")[0]
    return ""


@given(st.timedeltas(-3 * OLDEST, 3 * OLDEST), st.timedeltas(-3 * OLDEST, 3 * OLDEST), st.booleans())
def test_a_signature_counts_only_within_all_its_limits(signed: timedelta, taken: timedelta, gone: bool) -> None:
    """From the key's beginning to its end, not from the future, not old, not long after the key's end, not revoked."""
    at, now = NOW + signed, NOW + taken
    key = revoked(KEY, by="qt01", reason="Lộ khóa", now=NOW) if gone else KEY
    counts = (
        not gone
        and KEY.not_before - LEEWAY <= at < KEY.not_after
        and now < KEY.not_after + IN_TRANSIT
        and now - OLDEST <= at <= now + LEEWAY
    )
    assert (refused_as(key, at, now) == "") == counts


@pytest.mark.parametrize(
    ("at", "now", "code"),
    [
        (NOW, NOW, ""),
        (KEY.not_before - LEEWAY, KEY.not_before, ""),
        (KEY.not_before - LEEWAY - timedelta(seconds=1), KEY.not_before, "key_not_yet_valid"),
        (KEY.not_after - timedelta(seconds=1), KEY.not_after + IN_TRANSIT - timedelta(seconds=1), ""),
        (KEY.not_after - timedelta(seconds=1), KEY.not_after + IN_TRANSIT, "key_expired"),
        (KEY.not_after, KEY.not_after, "key_expired"),
        (NOW + LEEWAY + timedelta(seconds=1), NOW, "signing_time"),
        (NOW - OLDEST - timedelta(seconds=1), NOW, "signing_time"),
    ],
)
def test_each_limit_to_the_second(at: datetime, now: datetime, code: str) -> None:
    assert refused_as(KEY, at, now) == code
