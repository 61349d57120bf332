"""What SES reports of mails, as it comes by SNS and SQS (event publishing, raw delivery)."""

from __future__ import annotations

from email.utils import parseaddr

import msgspec

from chalicelib.domain.errors import InvalidError
from chalicelib.usecases.hear_bounce import Bounce

GREETING = "Successfully validated SNS topic"  # what SES says, in plain words, when it first uses a topic


class Recipient(msgspec.Struct, rename="camel"):
    """One address."""

    email_address: str


class Bounced(msgspec.Struct, rename="camel"):
    """Permanent, Transient or Undetermined: only the first is for good."""

    bounce_type: str
    bounced_recipients: list[Recipient]


class Complained(msgspec.Struct, rename="camel"):
    """The reader called it unwanted; "not-spam" takes that back."""

    complained_recipients: list[Recipient]
    complaint_feedback_type: str | None = None


class Mail(msgspec.Struct, rename="camel"):
    """The mail; a tag is a list of one."""

    message_id: str
    tags: dict[str, list[str]] = {}


class Report(msgspec.Struct, rename="camel"):
    """A record of SES event publishing; what it holds besides is not read."""

    event_type: str
    mail: Mail
    bounce: Bounced | None = None
    complaint: Complained | None = None


def read(body: str) -> Bounce | None:
    """Return the bounce or complaint; None for what changes nothing. Raises InvalidError for what is no report."""
    if body.startswith(GREETING):
        return None
    try:
        report = msgspec.json.decode(body, type=Report)
    except msgspec.MsgspecError as error:
        raise InvalidError("not_a_mail_report", "Không đọc được báo cáo của dịch vụ thư") from error
    if report.bounce and report.bounce.bounce_type == "Permanent":
        return _bounce("bounce", report.bounce.bounced_recipients, report.mail)
    if report.complaint and report.complaint.complaint_feedback_type != "not-spam":
        return _bounce("complaint", report.complaint.complained_recipients, report.mail)
    return None


def _bounce(reason: str, recipients: list[Recipient], mail: Mail) -> Bounce:
    addresses = tuple(parseaddr(recipient.email_address)[1] for recipient in recipients)
    code, letter = (mail.tags.get(name, [""])[0] for name in ("case", "letter"))
    return Bounce(mail.message_id, reason, addresses, code, letter)
