"""Uploads in the tests: asked for as an agency's software or at the desk, and sent as any client would."""

from __future__ import annotations

import urllib.error
import urllib.request
from email.message import Message
from typing import Any

from chalicelib.domain.signing import DOWNLOAD, UPLOAD
from tests import files
from tests.integration.signers import signed
from tests.integration.world import AGENCY, World

UNIT = "so_tu_phap"


def declared(content: bytes, name: str = "Biên bản.pdf", media_type: str = "application/pdf") -> dict[str, Any]:
    """Say what a file is."""
    return {"name": name, "media_type": media_type, "size": len(content), "sha256": files.digest(content)}


def ask_signed(world: World, code: str, *, unit: str = UNIT, header: Any = None, **said: Any) -> tuple[int, Any]:
    """Ask as the unit's software does; returns status and answer."""
    asked = {"version": "1", "unit": unit, "case": code, **declared(files.PDF), **said}
    message = signed(asked, unit, world.deps.clock.now(), **{"typ": UPLOAD, **(header or {})})
    return world.call("POST", "/v1/exchange/uploads", {"signed": message})  # type: ignore[no-any-return]


def fetch_signed(world: World, code: str, file: str, *, unit: str = UNIT) -> tuple[int, Any]:
    """Ask as the unit's software where a file can be fetched."""
    asked = {"version": "1", "unit": unit, "case": code, "attachment": file}
    message = signed(asked, unit, world.deps.clock.now(), typ=DOWNLOAD)
    return world.call("POST", "/v1/exchange/downloads", {"signed": message})  # type: ignore[no-any-return]


def ask(world: World, code: str, token: str = AGENCY, **said: Any) -> tuple[int, Any]:
    """Ask at the desk; returns status and answer."""
    body = {**declared(files.PDF), **said}
    return world.call("POST", f"/v1/desk/cases/{code}/uploads", body, token=token)  # type: ignore[no-any-return]


def ask_by_pin(world: World, code: str, pin: str = "", **said: Any) -> tuple[int, Any]:
    """Ask as the sender; returns status and answer."""
    body = {**declared(files.PDF), **said}
    pin = pin or world.deps.keys.pin(code)
    return world.call("POST", f"/v1/cases/{code}/uploads", body, X_Case_Pin=pin)  # type: ignore[no-any-return]


def put(slip: Any, content: bytes) -> int:
    """Send a file as the slip says; returns S3's status."""
    request = urllib.request.Request(slip["url"], content, slip["headers"], method=slip["method"])
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def uploaded(world: World, code: str, content: bytes = files.PDF, *, token: str = AGENCY, **said: str) -> str:
    """Upload a file at the desk and return its id."""
    status, slip = ask(world, code, token, **declared(content, **said))
    assert status == 201, slip
    assert put(slip, content) == 200
    return str(slip["id"])


def uploaded_signed(world: World, code: str, content: bytes = files.PDF, *, unit: str = UNIT, **said: str) -> str:
    """Upload a file as an agency's software and return its id."""
    status, slip = ask_signed(world, code, unit=unit, **declared(content, **said))
    assert status == 201, slip
    assert put(slip, content) == 200
    return str(slip["id"])


def fetched(url: str) -> tuple[bytes, Message]:
    """Fetch a file; returns it and the headers it came with, by any spelling."""
    with urllib.request.urlopen(url) as answer:
        return answer.read(), answer.headers


def kept(world: World, folder: str = "cases/") -> set[str]:
    """Return the keys of what is kept."""
    found = world.cloud("s3").list_objects_v2(Bucket=world.deps.settings.files_bucket, Prefix=folder)
    return {one["Key"] for one in found.get("Contents", [])}
