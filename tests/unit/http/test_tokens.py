"""Access tokens, with keys made here and a key set on disk: what is accepted, and everything that is not."""

import base64
import hashlib
import hmac
import json
import urllib.request
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.adapters.cognito import CognitoTokens
from chalicelib.domain.errors import UnauthenticatedError, UnavailableError
from chalicelib.ports import Claims

NOW = datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
ISSUER = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_centre"
CLIENT = "tongdai-client"
OURS, OTHERS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def claims(**changes):
    issued = int(NOW.timestamp()) - 60
    usual = {
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "username": "dtv01",
        "cognito:groups": ["operator", "unit:centre"],
        "iat": issued,
        "exp": issued + 900,
    }
    return {name: value for name, value in (usual | changes).items() if value is not ...}


def token(key=OURS, kid="one", alg="RS256", **changes):
    return jwt.encode(claims(**changes), key, algorithm=alg, headers={"kid": kid})


def part(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=")


class KeySet:
    """A key set on disk; `asked` counts how often it was fetched."""

    def __init__(self, path, monkeypatch):
        self.path, self.asked = path, 0
        opened = urllib.request.urlopen

        def counted(url, timeout):
            assert timeout == 2
            self.asked += 1
            return opened(url, timeout=timeout)

        monkeypatch.setattr(urllib.request, "urlopen", counted)

    def publish(self, **keys):
        entries = [
            jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": kid, "use": "sig"}
            for kid, key in keys.items()
        ]
        self.path.write_text(json.dumps({"keys": entries}))


@pytest.fixture
def key_set(tmp_path, monkeypatch):
    key_set = KeySet(tmp_path / "jwks.json", monkeypatch)
    key_set.publish(one=OURS)
    return key_set


@pytest.fixture
def tokens(key_set):
    return CognitoTokens(issuer=ISSUER, client_id=CLIENT, jwks_url=key_set.path.as_uri())


def refusal(tokens, raw, now=NOW):
    with pytest.raises(UnauthenticatedError) as caught:
        tokens.verify(raw, now)
    return caught.value.code


def test_a_good_token_says_who(tokens):
    assert tokens.verify(token(), NOW) == Claims("dtv01", ("operator", "unit:centre"))


def test_no_groups_are_no_groups(tokens):
    assert tokens.verify(token(**{"cognito:groups": ...}), NOW).groups == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": ISSUER + "2"},
        {"iss": ...},
        {"client_id": "another"},
        {"client_id": ...},
        {"token_use": "id", "aud": CLIENT},
        {"token_use": ...},
        {"exp": ...},
        {"exp": "soon"},
        {"exp": float("nan")},
        {"exp": None},
        {"iat": ...},
        {"iat": []},
        {"iat": int(NOW.timestamp()) + 31},
        {"nbf": int(NOW.timestamp()) + 31},
        {"nbf": "x"},
        {"username": ...},
        {"username": ""},
        {"username": 5},
        {"cognito:groups": "operator"},
    ],
    ids=str,
)
def test_wrong_claims(tokens, changes):
    assert refusal(tokens, token(**changes)) in {"token_invalid", "token_expired"}


def test_time_with_thirty_seconds_of_leeway(tokens):
    raw = token(exp=int(NOW.timestamp()), iat=int(NOW.timestamp()) - 900)
    assert tokens.verify(raw, NOW + timedelta(seconds=29))
    assert refusal(tokens, raw, NOW + timedelta(seconds=30)) == "token_expired"
    ahead = int(NOW.timestamp()) + 30
    assert tokens.verify(token(iat=ahead, nbf=ahead, exp=ahead + 900), NOW)


def test_time_is_the_one_given_not_the_machine_s(tokens):
    assert refusal(tokens, token(), NOW + timedelta(days=400)) == "token_expired"


def test_another_key_under_our_id(tokens):
    assert refusal(tokens, token(key=OTHERS)) == "token_invalid"


def test_a_changed_payload(tokens):
    head, _, signature = token().split(".")
    assert refusal(tokens, ".".join([head, part(claims(username="boss")).decode(), signature])) == "token_invalid"


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
def test_without_signature(tokens, alg):
    raw = b".".join([part({"alg": alg, "kid": "one"}), part(claims()), b""]).decode()
    assert refusal(tokens, raw) == "token_invalid"


def test_hs256_with_the_public_key_as_secret(tokens):
    pem = OURS.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    signed = part({"alg": "HS256", "kid": "one", "typ": "JWT"}) + b"." + part(claims())
    raw = signed + b"." + part(hmac.digest(pem, signed, hashlib.sha256))
    assert refusal(tokens, raw.decode()) == "token_invalid"


@pytest.mark.parametrize("alg", ["RS512", "PS256"])
def test_another_algorithm_with_our_key(tokens, alg):
    assert refusal(tokens, token(alg=alg)) == "token_invalid"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "x",
        "a.b.c",
        "....",
        "é.é.é",
        "\ud800",
        part([]).decode() + ".e30.x",
        part({"alg": "RS256"}).decode() + ".e30.x",
    ],
    ids=ascii,
)
def test_what_is_no_token(tokens, raw):
    assert refusal(tokens, raw) == "token_invalid"


@pytest.mark.parametrize("kid", [[], {}, 5, None])
def test_an_odd_key_id(tokens, kid):
    raw = b".".join([part({"alg": "RS256", "kid": kid}), part(claims()), part(b"x")]).decode()
    assert refusal(tokens, raw) == "token_invalid"


class TestKeys:
    def test_keys_are_fetched_once(self, tokens, key_set):
        for _ in range(3):
            tokens.verify(token(), NOW)
        assert key_set.asked == 1

    def test_unknown_ids_fetch_at_most_once_a_minute(self, tokens, key_set):
        for number in range(20):
            assert refusal(tokens, token(kid=f"made-up-{number}"), NOW + timedelta(seconds=number)) == "token_invalid"
        assert key_set.asked == 1
        refusal(tokens, token(kid="made-up"), NOW + timedelta(seconds=60))
        assert key_set.asked == 2

    def test_a_new_key_is_found_and_the_old_one_forgotten(self, tokens, key_set):
        tokens.verify(token(), NOW)
        key_set.publish(two=OTHERS)
        later = NOW + timedelta(minutes=1)
        assert tokens.verify(token(key=OTHERS, kid="two"), later)
        assert refusal(tokens, token(), later) == "token_invalid"

    def test_an_outage_fails_closed_and_heals(self, tokens, key_set):
        key_set.path.unlink()
        for second in (0, 1, 4):
            with pytest.raises(UnavailableError) as caught:
                tokens.verify(token(), NOW + timedelta(seconds=second))
        assert (caught.value.code, key_set.asked) == ("token_keys_unavailable", 1)
        key_set.publish(one=OURS)
        assert tokens.verify(token(), NOW + timedelta(seconds=5))

    def test_a_cached_key_outlives_an_outage(self, tokens, key_set):
        tokens.verify(token(), NOW)
        key_set.path.unlink()
        with pytest.raises(UnavailableError):
            tokens.verify(token(kid="new"), NOW + timedelta(seconds=61))
        assert tokens.verify(token(), NOW + timedelta(seconds=61))

    @pytest.mark.parametrize(
        "document",
        [
            "",
            "[]",
            "{}",
            '{"keys": 5}',
            '{"keys": [5]}',
            '{"keys": [{"kty": "RSA"}]}',
            '{"keys": [{"kty": "RSA", "kid": "one"}]}',
        ],
    )
    def test_a_broken_key_set_is_an_outage(self, tokens, key_set, document):
        key_set.path.write_text(document)
        with pytest.raises(UnavailableError):
            tokens.verify(token(), NOW)

    def test_keys_of_other_kinds_are_passed_over(self, tokens, key_set):
        key_set.publish(one=OURS)
        document = json.loads(key_set.path.read_text())
        document["keys"].insert(0, {"kty": "EC", "kid": "one", "crv": "P-256"})
        key_set.path.write_text(json.dumps(document))
        assert tokens.verify(token(), NOW)
