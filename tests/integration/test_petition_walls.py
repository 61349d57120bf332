"""Every page and route there is, asked by everybody who is not of the department: no word, no name (R86)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app import app
from infra import track as addresses
from tests.integration.desk import at_desk
from tests.integration.test_export import PERIOD
from tests.integration.track import CONTENT, SECRETS, accepted, opened
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

PLACE = re.compile(r"{\w+}")
SEARCHES = ("/v1/board?q=Zulu", "/cong-khai?tim=Zulu", f"/v1/desk/export?{PERIOD}")


def asked(code: str) -> list[str]:
    """Return every address that can be got, with the petition's code wherever something is named."""
    got = [path for path, methods in sorted(app.routes.items()) if "GET" in methods and path != "/openapi.json"]
    return [*(PLACE.sub(code, path) for path in got), *SEARCHES]


@pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY, LEADER, ADMIN])
def test_nobody_else_comes_by_a_word_or_a_name(world: World, token: str) -> None:
    track = opened(world)
    code, desk = accepted(track), at_desk(track, token)
    before = track.deps.petitions.load(code).petition
    asked_of = asked(code)
    assert len(asked_of) > 100
    for path in asked_of:
        answer: Any = track.call("GET", path, token=token) if path.startswith("/v1/") else desk.open(path)
        said = repr(answer)
        assert [secret for secret in (*SECRETS, CONTENT) if secret in said] == [], path
        if path.startswith(addresses.ADDRESSES) and code in path:
            status = answer[0] if isinstance(answer, tuple) else answer.status
            assert status in (400, 401, 404) or path.endswith(f"/tu-ho-so/{code}"), path
    assert track.deps.petitions.load(code).petition == before  # and nobody has looked


def test_no_mail_no_queue_and_no_export_knows_of_it(world: World) -> None:
    track = opened(world)
    code = accepted(track)
    track.send()
    track.drain()
    track.clock.forward(days=1, hours=1)
    track.sweep()
    track.digest()
    told = repr((track.mails(), track.texts()))
    assert [secret for secret in (*SECRETS, code) if secret in told] == []
    status, exported = track.call("GET", f"/v1/desk/export?{PERIOD}", token=LEADER)
    assert status == 200
    assert exported["events"]  # of the ordinary case
    assert code not in repr(exported)
