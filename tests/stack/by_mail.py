"""An agency without software: the link in the mail that it gets with a case."""

from __future__ import annotations

import re
from typing import Any

from examples.client import Centre

from .conftest import Stack
from .test_main_job import CASE, eventually, mails

UNIT, MAIL = "so_y_te", "so-y-te@tongdai.example"


def reply_link(stack: Stack, **words: Any) -> str:
    """Send a case, have it forwarded to the agency, and return the link in the agency's newest mail."""
    door = Centre(stack["base_url"])
    who = {(user["role"], user["unit"]): user for user in stack["users"]}
    code = door.send(CASE | words)["code"]
    before = _links(stack)
    for role, unit, action, body in (
        ("operator", "tong_dai", "forward", {"unit": UNIT}),
        ("officer", UNIT, "forward-to-agency", {}),
    ):
        user = who[role, unit]
        staff = door.log_in(user["username"], user["password"])
        staff.act(code, action, **body)
        staff.close()
    door.close()
    found: list[str] = eventually(lambda: [link for link in _links(stack) if link not in before])
    return found[-1]


def _links(stack: Stack) -> list[str]:
    text = "\n".join(str(mail) for mail in mails(stack, MAIL))
    return re.findall(r"http://[^\s\"'\\<]+/tra-loi/[A-Za-z0-9_-]{32}", text)
