"""The cases that pages show, in the states that look different; made by the API, as programs would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from typing import Any
from uuid import uuid4

from examples.client import Centre
from examples.put_mail import put_mail
from infra.local_stack import MAIL
from tests.stack.by_mail import reply_link
from tests.stack.conftest import Stack
from tests.stack.test_main_job import CASE, PEOPLE, SENDER, eventually, mails

from .rooms import Rooms, furnished

QUESTION = "Xin ông cho biết tên thôn và số nhà nơi đăng ký thường trú?"
ANSWER = "Ông/Bà nộp tờ khai và giấy chứng sinh tại Ủy ban nhân dân xã nơi cư trú; không thu lệ phí."
# On the board: words with all their marks, the same without, and another field.
EXACT, LOOSE, OTHER = "Hoà giải ở cơ sở do ai làm?", "Ai làm hoa giai o co so?", "Đổi giấy phép lái xe ở đâu?"
BOARD = ((EXACT, "ho_tich"), (LOOSE, "ho_tich"), (OTHER, "giao_thong"))
# Markup, a turn of direction, and a word that no line of a telephone holds.
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> \u202etxet\u202c ' + "dài" * 70


@dataclass(frozen=True)
class Case:
    """What its sender holds."""

    code: str
    pin: str


@dataclass(frozen=True)
class Matters:
    """Cases by what became of them, two agencies' links, what is on the board, and who may log in."""

    waiting: Case
    asked: Case
    answered: Case
    rated: Case
    refused: Case
    hostile: Case
    forwarded: Case
    posting: str
    link: str
    hostile_link: str
    rating_link: str
    mail: str  # the id of one that no case was found for
    code_told: Callable[[str], str]  # of an address that asked for its one-time code
    rooms: Rooms
    users: list[dict[str, str]]

    def user(self, role: str, unit: str = "") -> dict[str, str]:
        """Return the account of somebody of a role."""
        return next(user for user in self.users if user["role"] == role and unit in ("", user["unit"]))


def prepare(stack: Stack) -> Matters:
    """Make everything."""
    with (
        at_work(stack) as door,
        at_work(stack, "operator") as desk,
        at_work(stack, "leadership") as leader,
        at_work(stack, "officer", "so_tu_phap") as officer,
    ):
        answered, rated, hostile = answered_case(door, desk), answered_case(door, desk), sent(door, content=HOSTILE)
        refused = sent(door)
        door.call("POST", f"/v1/cases/{rated.code}/rating", {"rating": "satisfied"}, {"X-Case-Pin": rated.pin})
        desk.act(refused.code, "refuse", reason="Vụ việc Tòa án đang thụ lý.", guidance="Mời Ông/Bà liên hệ Tòa án.")
        desk.act(hostile.code, "request-details", question=HOSTILE)
        return Matters(
            waiting=sent(door),
            asked=asked_case(door, desk),
            answered=answered,
            rated=rated,
            refused=refused,
            hostile=hostile,
            forwarded=forwarded_case(door, desk),
            posting=[published(door, desk, leader, title=title, field=field) for title, field in BOARD][-1],
            link=reply_link(stack),
            hostile_link=reply_link(stack, title=HOSTILE[:150], content=HOSTILE),
            rating_link=rating_link(stack, door, desk),
            mail=_mailed(stack, desk),
            code_told=partial(code_told, stack),
            rooms=furnished(
                leader, officer, answered=rated.code, forwarded=forwarded_case(door, desk).code, words=HOSTILE
            ),
            users=stack["users"],
        )


def code_told(stack: Stack, address: str) -> str:
    """Wait for the one-time code that goes to an address."""
    wanted = re.compile(r"Mã xem hồ sơ: (\d{6})\b")
    return str(eventually(lambda: wanted.findall("\n".join(str(one) for one in mails(stack, address))))[0])


def _mailed(stack: Stack, desk: Centre) -> str:
    """Write to nobody, as anybody can."""
    written = EmailMessage()
    written["From"], written["Subject"] = "hoa@example.com", "Hồ sơ của tôi"
    written["To"] = to = f"hoi@{MAIL['MailInboundDomain']}"
    written.set_content(f"Tôi gửi hồ sơ tuần trước mà chưa thấy trả lời. {HOSTILE}")
    put_mail(written.as_bytes(), "hoa@example.com", [to], stack)
    return str(eventually(lambda: desk.call("GET", "/v1/desk/mails")["mails"])[-1]["id"])


@contextmanager
def at_work(stack: Stack, role: str = "", unit: str = "") -> Iterator[Centre]:
    """Give the door of a program: of somebody of a role, or of a citizen."""
    with closing(Centre(stack["base_url"])) as door:
        if not role:
            yield door
            return
        user = next(user for user in stack["users"] if user["role"] == role and unit in ("", user["unit"]))
        with closing(door.log_in(user["username"], user["password"])) as desk:
            yield desk


def sent(door: Centre, **words: Any) -> Case:
    """Send a case."""
    made = door.send(CASE | words)
    return Case(made["code"], made["pin"])


def asked_case(door: Centre, desk: Centre) -> Case:
    """Send a case whose sender is asked for more."""
    made = sent(door)
    desk.act(made.code, "request-details", question=QUESTION)
    return made


def forwarded_case(door: Centre, desk: Centre) -> Case:
    """Send a case that is with a one-stop officer, who has done nothing yet."""
    made = sent(door)
    desk.act(made.code, "forward", unit="so_tu_phap")
    return made


def rating_link(stack: Stack, door: Centre, desk: Centre) -> str:
    """Return the link to rate an answer by, of the letter that brings it."""
    address = f"{uuid4().hex}@example.com"
    answered_case(door, desk, sender=CASE["sender"] | {"email": address})
    wanted = re.compile(r"http://[^\s\"'\\<]+/danh-gia/[A-Za-z0-9_-]{32}")
    return str(eventually(lambda: wanted.findall("\n".join(str(one) for one in mails(stack, address))))[0])


def answered_case(door: Centre, desk: Centre, **words: Any) -> Case:
    """Send a case that is answered at once."""
    made = sent(door, **words)
    desk.act(made.code, "answer", answer=ANSWER, **PEOPLE)
    return made


def published(door: Centre, desk: Centre, leader: Centre, **words: Any) -> str:
    """Publish an answer; returns its id on the board."""
    before = _postings(door)
    code = answered_case(door, desk, **words).code
    desk.act(code, "publication")
    leader.act(code, "publication/approve")
    [made] = eventually(lambda: _postings(door) - before)
    return str(made)


def many(stack: Stack, number: int) -> None:
    """Send so many cases, four at a time."""

    def send(_: int) -> Case:
        with at_work(stack) as door:
            return sent(door, sender=SENDER | {"email": ""})

    with ThreadPoolExecutor(4) as senders:
        list(senders.map(send, range(number)))


def _postings(door: Centre) -> set[str]:
    return {one["id"] for one in door.call("GET", "/v1/board")["postings"]}
