"""The reference agency knows the centre by its keys: kept, fetched once more for a new one, never believed unread."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from examples.agency.settings import read
from examples.agency.signatures import Centre, KeysAwayError, NotTheCentreError, Pen

BODY = json.dumps({"type": "reminder", "unit": "so_tu_phap", "title": "Nhắc việc"}, ensure_ascii=False)
RIGHT = {"typ": "tongdai-message", "kid": "one", "iat": 1}


def signature(key: Any, body: str = BODY, algorithm: str = "ES256", **header: Any) -> str:
    head, _, value = jwt.PyJWS().encode(body.encode(), key, algorithm, RIGHT | header).split(".")
    return f"{head}..{value}"


def encoded(header: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")


def believed(centre: Centre, made: str) -> bool:
    try:
        centre.verify(BODY, made)
    except NotTheCentreError:
        return False
    return True


@pytest.fixture
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


class Page:
    """What the centre shows; counts how often it is asked."""

    def __init__(self, **keys: ec.EllipticCurvePrivateKey) -> None:
        self.keys, self.asked, self.away = dict(keys), 0, False

    def fetch(self, _: Any) -> Any:
        self.asked += 1
        if self.away:
            raise jwt.PyJWKClientConnectionError("away")
        shown = {kid: jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), True) for kid, key in self.keys.items()}
        return {"keys": [jwk | {"kid": kid, "use": "sig", "alg": "ES256"} for kid, jwk in shown.items()]}


@pytest.fixture
def page(key: Any, monkeypatch: pytest.MonkeyPatch) -> Page:
    made = Page(one=key)

    def fetch_data(client: jwt.PyJWKClient) -> Any:
        found = made.fetch(client)
        client.jwk_set_cache.put(found)  # as the real one does
        return found

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", fetch_data)
    return made


def test_keys_are_kept_and_fetched_once_more_for_a_new_one(page: Page, key: Any) -> None:
    centre, new = Centre("https://centre.test/keys"), ec.generate_private_key(ec.SECP256R1())
    for _ in range(3):
        centre.verify(BODY, signature(key))
    assert page.asked == 1
    page.keys["two"] = new
    centre.verify(BODY, signature(new, kid="two"))
    assert page.asked == 2
    for number in range(3):  # nobody can make us ask at every message
        with pytest.raises(NotTheCentreError):
            centre.verify(BODY, signature(new, kid=str(number)))
    assert page.asked == 2


def test_what_the_centre_did_not_sign_is_not_believed(page: Page, key: Any) -> None:
    other, ed = ec.generate_private_key(ec.SECP256R1()), Ed25519PrivateKey.generate()
    good = signature(key)
    head, _, value = good.split(".")
    forged = {
        "nothing": "",
        "one part": "abc",
        "another's key": signature(other),
        "another kind of key": signature(ed, algorithm="EdDSA"),
        "a secret for a key": signature("secret" * 8, algorithm="HS256"),
        "for another purpose": signature(key, typ="tongdai-reply"),
        "without a purpose": signature(key, typ=None),
        "other words": signature(key, BODY + " "),
        "no algorithm": f"{encoded(RIGHT | {'alg': 'none'})}..",
        "not detached": f"{head}.e30.{value}",
        "what cannot be told apart": "..",
        "no base64": "đ..đ",
    }
    centre = Centre("https://centre.test/keys")
    centre.verify(BODY, good)
    assert [what for what, made in forged.items() if believed(centre, made)] == []
    for body in ("", "no JSON", "[]"):
        with pytest.raises(NotTheCentreError):
            centre.verify(body, good)


def test_keys_that_cannot_be_fetched_say_nothing_of_a_signature(page: Page, key: Any) -> None:
    page.away = True
    with pytest.raises(KeysAwayError):
        Centre("https://centre.test/keys").verify(BODY, signature(key))


@pytest.mark.parametrize("kind", ["EC", "Ed25519"])
def test_our_own_key_signs_by_its_own_algorithm(tmp_path: Path, kind: str, key: Any) -> None:
    private = key if kind == "EC" else Ed25519PrivateKey.generate()
    pem = tmp_path / "key.pem"
    pem.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    message = {"type": "accepted", "message_id": "m1"}
    opened = jwt.PyJWS().decode_complete(
        Pen(pem, "kid", lambda: 7.9).sign(message), private.public_key(), algorithms=["ES256", "EdDSA"]
    )
    assert json.loads(opened["payload"]) == message
    assert opened["header"] == {
        "alg": {"EC": "ES256", "Ed25519": "EdDSA"}[kind],
        "typ": "tongdai-reply",
        "kid": "kid",
        "iat": 7,
    }


def test_the_example_of_settings_can_be_read() -> None:
    file = Path(__file__).parents[3] / "examples" / "agency" / "agency.example.toml"
    settings = read(file)
    assert (settings.unit, settings.fields) == ("so_tu_phap", ("ho_tich", "chung_thuc"))
    assert settings.private_key == file.parent / "key.pem"
