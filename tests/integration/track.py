"""The track of petitions in the world: its rules, its department, its people."""

from __future__ import annotations

import itertools
from typing import Any

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.petition_files import petition_rules
from tests.integration.world import World

RULES = petition_rules("ha_noi")
assert RULES is not None
UNIT = RULES.unit
CLERK = f"petition_officer:{UNIT}:cb01"
HEAD = f"petition_head:{UNIT}:tp01"
MARK, NAME, STREET = "Zulu-bí-mật", "Quách Thị Nhân Chứng", "Ngõ Vắng 77"
CONTENT = f"Tôi tố cáo ông X nhận tiền: {MARK}."
WHO = {"name": NAME, "address": STREET, "phone": "0987 000 111", "email": "nhan.chung@example.com"}
SECRETS = (MARK, NAME, STREET, "987000111", "nhan.chung@")
_keys = itertools.count()


HAVING: dict[str, Any] = {"petition_rules": RULES, "takes_petitions": True}  # of what a centre depends on


def opened(world: World) -> World:
    """Let the centre have the track."""
    world.deps.__dict__ |= HAVING
    department()
    return world


def department() -> None:
    """Put the department into the directory."""
    CentreItem("UNIT", UNIT, name="Phòng Kiểm tra - Giám sát", kind="room", mail="ktgs@tongdai.example").save()


def hand_in(world: World, **changes: Any) -> dict[str, str]:
    """Send a petition as a citizen's program does, and return code and PIN."""
    body = {"content": CONTENT, "sender": WHO} | changes
    status, made = world.call("POST", "/v1/petitions", body, Idempotency_Key=f"p{next(_keys)}")
    assert status == 201, made
    return made  # type: ignore[no-any-return]


def do(world: World, code: str, action: str, body: Any, *, token: str = CLERK, expect: int = 200) -> Any:
    """Do something with a petition."""
    path = f"/v1/desk/petitions/{code}/{action}"
    status, made = world.call("POST", path, body, token=token, Idempotency_Key=f"a{next(_keys)}")
    assert status == expect, made
    return made


def accepted(world: World, kind: str = "denunciation") -> str:
    """Send one that is classified and accepted; return its code."""
    code = hand_in(world)["code"]
    do(world, code, "classify", {"kind": kind, "note": f"Đọc kỹ {MARK}"})
    do(world, code, "accept", {"body": "Chủ tịch UBND phường", "on": f"{world.clock.now():%Y-%m-%d}"})
    return code
