"""The keys that agencies sign with on a local stack. On AWS each keeps its own, and the centre the public half."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from jwt.algorithms import ECAlgorithm

from infra.names import Json

FILE = "agency_keys.json"
VALID = timedelta(days=3 * 365)


@dataclass
class Door:
    """The application over HTTP, as a member of the staff."""

    base_url: str
    token: str = ""

    def call(self, path: str, body: Json) -> tuple[int, Json]:
        """Post; gives the status, whatever it is, and the answer."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(f"{self.base_url}{path}", json.dumps(body).encode(), headers)  # noqa: S310 ours
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 ours
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def sign_in(self, username: str, password: str) -> None:
        """Log in."""
        _, session = self.call("/v1/sessions", {"username": username, "password": password})
        self.token = session["access_token"]


def kept(folder: Path, units: list[str]) -> dict[str, str]:
    """Give each unit's private key as PEM, made now unless an earlier run has; the file is for its owner alone."""
    path = folder / FILE
    path.touch(mode=0o600)
    known = json.loads(path.read_text(encoding="utf-8") or "{}")
    keys = {unit: known.get(unit) or _new() for unit in units}
    path.write_text(json.dumps(keys), encoding="utf-8")
    return keys


def register(door: Door, keys: dict[str, str]) -> dict[str, dict[str, str]]:
    """Register them as the administrator does; gives kid and private key by unit."""
    until = (datetime.now(UTC) + VALID).isoformat()
    found = {}
    for unit, pem in keys.items():
        private = load_pem_private_key(pem.encode(), None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        jwk = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
        signer = "Phần mềm chạy thử"
        status, made = door.call("/v1/desk/keys", {"unit": unit, "signer": signer, "jwk": jwk, "not_after": until})
        assert status in (HTTPStatus.CREATED, HTTPStatus.CONFLICT), made  # known: an earlier run registered it
        found[unit] = {"kid": made["kid"], "private_key": pem}
    return found


def _new() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
