"""What SES says of a mail that it received, as it comes by SNS and SQS (receipt notification, raw delivery)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.undelivered import GREETING
from chalicelib.usecases.hear_mail import Arrived

FAIL = "FAIL"


class Verdict(msgspec.Struct, frozen=True):
    """PASS, FAIL, GRAY or PROCESSING_FAILED."""

    status: str = ""


class Stored(msgspec.Struct, rename="camel"):
    """Where the mail is; its bucket is known."""

    object_key: str


class Receipt(msgspec.Struct, rename="camel"):
    """Who it is for, by its envelope, and what SES thinks of it."""

    recipients: list[str]
    action: Stored
    spam_verdict: Verdict = Verdict()
    virus_verdict: Verdict = Verdict()
    dmarc_verdict: Verdict = Verdict()
    dmarc_policy: str = ""


class Mail(msgspec.Struct, rename="camel"):
    """Its id with SES, when it came, and the sender of its envelope."""

    message_id: str
    timestamp: datetime
    source: str = ""


class Notification(msgspec.Struct, rename="camel"):
    """The notification; its headers are read from the mail itself, for here they may be cut."""

    receipt: Receipt
    mail: Mail


def read(body: str) -> Arrived | None:
    """Return the mail; None for what is none. Raises InvalidError."""
    if body.startswith(GREETING):
        return None
    try:
        told = msgspec.json.decode(body, type=Notification)
    except msgspec.MsgspecError as error:
        raise InvalidError("not_a_mail_notification", "Không đọc được thông báo của dịch vụ thư") from error
    return Arrived(
        id=told.mail.message_id,
        key=told.receipt.action.object_key,
        at=told.mail.timestamp,
        source="" if told.mail.source == "<>" else told.mail.source,
        recipients=tuple(told.receipt.recipients),
        verdict=_verdict(told.receipt),
    )


def _verdict(receipt: Receipt) -> str:
    if receipt.virus_verdict.status == FAIL:
        return "virus"
    if receipt.dmarc_verdict.status == FAIL and receipt.dmarc_policy.casefold() == "reject":
        return "forged"
    return "spam" if receipt.spam_verdict.status == FAIL else ""
