"""An answer to a letter on the running stack: topic, queue, bucket, worker and its role. We are the mail service."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from examples.put_mail import address_of, put_mail

from .conftest import Client, Stack
from .test_main_job import CASE, SENDER, citizen, eventually, mails, staff

__all__ = ["citizen", "staff"]
ADDRESS = "tra.loi@example.com"
WORDS = "Số giấy chứng sinh là 123/2026, cấp tại Trạm Y tế phường Phương Lâm."


def answer(to: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = ADDRESS, to, "<1@example.com>"
    made.set_content(f"{WORDS}\n\nVào 10:22, 23 thg 11, 2026, Tổng đài <a@b.example> đã viết:\n\n> Kính gửi\n")
    return made.as_bytes()


def test_what_a_citizen_answers_lets_the_clock_run_again(stack: Stack, aws: Client, citizen: Any, staff: Any) -> None:
    code = citizen.send(CASE | {"sender": SENDER | {"email": ADDRESS}})["code"]
    operator = staff("operator")
    others = [one["id"] for one in operator.call("GET", "/v1/desk/mails")["mails"]]
    operator.act(code, "request-details", question="Số giấy chứng sinh?")
    asked = eventually(lambda: [mail for mail in mails(stack, ADDRESS) if "bổ sung thông tin" in str(mail)])
    assert "trả lời trực tiếp thư này" in str(asked)
    to = address_of(code, stack)
    assert operator.open(code)["case"]["paused"] is True
    for _ in range(2):  # its sender's server did not hear the first time that it was taken
        put_mail(answer(to), ADDRESS, [to], stack)
    eventually(lambda: operator.open(code)["case"]["paused"] is False)
    put_mail(answer(to.replace("+", "+a")), ADDRESS, [to.replace("+", "+a")], stack)
    waiting = eventually(
        lambda: [one for one in operator.call("GET", "/v1/desk/mails")["mails"] if one["id"] not in others]
    )
    assert [one["reason"] for one in waiting] == ["unknown_address"]
    path = f"/v1/desk/mails/{waiting[0]['id']}"
    assert operator.call("GET", path)["words"] == WORDS
    operator.call("POST", f"{path}/attach", {"code": code})
    said = [event for event in operator.open(code)["timeline"] if event["texts"].get("content") == WORDS]
    assert [(event["type"], event["facts"]["channel"]) for event in said] == [
        ("DetailsSupplied", "mail"),
        ("SenderWrote", "mail"),
    ]
    dead = aws("sqs").get_queue_attributes(
        QueueUrl=stack["dead_letters"]["mails"], AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert dead["Attributes"]["ApproximateNumberOfMessages"] == "0"
