"""What the stories are told with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import requests

from chalicelib.adapters.clock import RandomIds
from chalicelib.domain.case_code import from_number
from tests.files import photo as photograph
from tests.integration.uploads import declared
from tests.integration.world import AGENCY, CASE, OPERATOR, SENDER
from tests.stress.centre import Centre

PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
REASON = {"reason": "Không thuộc phạm vi của đơn vị."}
ONLY_MAIL = SENDER | {"phone": ""}
BY_SMS = SENDER | {"email": ""}
UNIT = "so_tu_phap"
EVENTS = Path(__file__).parents[2] / "events"


class Ids(RandomIds):
    """The next case gets the code that the story says, however often it is tried; so does a file and a named nonce."""

    code = ""
    named = ""

    def case_code(self) -> str:
        return self.code

    def upload(self) -> str:
        return f"{int(self.code):032x}"

    def nonce(self) -> str:
        return self.named or super().nonce()


def send(centre: Centre, number: int, **changes: Any) -> Any:
    """Send a case whose code is known beforehand."""
    return _told(centre, number, "/v1/cases", changes)


def write_down(centre: Centre, number: int, **changes: Any) -> Any:
    """Let the operator write down a call."""
    return _told(centre, number, "/v1/desk/cases", changes, OPERATOR)


def hear(centre: Centre, code: str, at: str, message_id: str, **body: Any) -> None:
    """Let a reply of the agency come in; the next comes when it is done with, for a queue keeps no order."""
    centre.at(at)
    centre.world.reply({"version": "1", "unit": UNIT, "case": code, "message_id": message_id} | body)
    centre.deliver()


def upload(centre: Centre, code: str) -> str:
    """Let the agency's own people upload a file; what their browser does is not ours to disturb."""
    photo = photograph()
    said = declared(photo, "Hiện trường.jpg", "image/jpeg")
    return carry(centre.ask("POST", f"/v1/desk/cases/{code}/uploads", said, AGENCY), photo)


def carry(slip: Any, file: bytes) -> str:
    """Send a file as the slip says; returns its id."""
    assert requests.put(slip["url"], file, headers=slip["headers"], timeout=10).ok
    return str(slip["id"])


def come_back(centre: Centre, name: str, code: str, mail: str) -> None:
    """Let SES report a mail of a case, as it was recorded."""
    report = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    report["mail"]["messageId"] = mail
    report["mail"]["tags"] |= {"case": [code]}
    centre.world.post("bounces", report)
    centre.settle()


def _told(centre: Centre, number: int, path: str, changes: dict[str, Any], token: str = "") -> Any:
    Ids.code = from_number(number * 123_456 + 10**9)
    return centre.ask("POST", path, CASE | changes, token)
