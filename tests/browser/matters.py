"""The cases that pages show, in the states that look different; made by the API, as programs would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from examples.client import Centre
from examples.put_mail import put_mail
from infra.local_stack import MAIL
from tests.stack.by_mail import reply_link
from tests.stack.conftest import Stack
from tests.stack.test_main_job import CASE, PEOPLE, eventually

QUESTION = "Xin ông cho biết tên thôn và số nhà nơi đăng ký thường trú?"
ANSWER = "Ông/Bà nộp tờ khai và giấy chứng sinh tại Ủy ban nhân dân xã nơi cư trú; không thu lệ phí."
# Markup, a turn of direction, and a word that no line of a telephone holds.
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> \u202etxet\u202c ' + "dài" * 70


@dataclass(frozen=True)
class Case:
    """What its sender holds."""

    code: str
    pin: str


@dataclass(frozen=True)
class Matters:
    """Cases by what became of them, two agencies' links, and who may log in."""

    waiting: Case
    asked: Case
    answered: Case
    hostile: Case
    link: str
    hostile_link: str
    mail: str  # the id of one that no case was found for
    users: list[dict[str, str]]

    def user(self, role: str) -> dict[str, str]:
        """Return the account of somebody of a role."""
        return next(user for user in self.users if user["role"] == role)


def sent_case(stack: Stack) -> Case:
    """Send a case of one's own."""
    with closing(Centre(stack["base_url"])) as door:
        return _sent(door)


def asked_case(stack: Stack) -> Case:
    """Send a case whose sender is asked for more."""
    with _doors(stack) as (door, desk):
        return _asked(door, desk)


def prepare(stack: Stack) -> Matters:
    """Make everything."""
    with _doors(stack) as (door, desk):
        answered, hostile = _sent(door), _sent(door, content=HOSTILE)
        desk.act(answered.code, "answer", answer=ANSWER, **PEOPLE)
        desk.act(hostile.code, "request-details", question=HOSTILE)
        return Matters(
            waiting=_sent(door),
            asked=_asked(door, desk),
            answered=answered,
            hostile=hostile,
            link=reply_link(stack),
            hostile_link=reply_link(stack, title=HOSTILE[:150], content=HOSTILE),
            mail=_mailed(stack, desk),
            users=stack["users"],
        )


def _mailed(stack: Stack, desk: Centre) -> str:
    """Write to nobody, as anybody can."""
    written = EmailMessage()
    written["From"], written["Subject"] = "hoa@example.com", "Hồ sơ của tôi"
    written["To"] = to = f"hoi@{MAIL['MailInboundDomain']}"
    written.set_content(f"Tôi gửi hồ sơ tuần trước mà chưa thấy trả lời. {HOSTILE}")
    put_mail(written.as_bytes(), "hoa@example.com", [to], stack)
    return str(eventually(lambda: desk.call("GET", "/v1/desk/mails")["mails"])[-1]["id"])


@contextmanager
def _doors(stack: Stack) -> Iterator[tuple[Centre, Centre]]:
    """Give a citizen's door and an operator's."""
    user = next(user for user in stack["users"] if user["role"] == "operator")
    with closing(Centre(stack["base_url"])) as door, closing(door.log_in(user["username"], user["password"])) as desk:
        yield door, desk


def _asked(door: Centre, desk: Centre) -> Case:
    made = _sent(door)
    desk.act(made.code, "request-details", question=QUESTION)
    return made


def _sent(door: Centre, **words: str) -> Case:
    made = door.send(CASE | words)
    return Case(made["code"], made["pin"])
