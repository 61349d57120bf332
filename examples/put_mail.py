"""Let a mail come in where no mail service does it: put it into the bucket and say so, as SES would.

    python -m examples.put_mail examples/answer.eml --case 4821-0937-5512

Against a running `make run`; the file is any mail as programs save it, with a From at least.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import msgspec

from chalicelib.adapters.keys import SecretKeys
from chalicelib.domain.case_code import parse
from chalicelib.usecases.reach_sender import REPLY_TO
from examples.client import Stack
from infra.incoming_mail import PREFIX
from infra.local_stack import MAIL
from infra.names import named

STACK = Path(".local/stack.json")  # what `make run` writes
FINE = "PASS"


def notification(
    mail: str, at: datetime, source: str, recipients: Sequence[str], *, dmarc_policy: str = "", **verdicts: str
) -> dict[str, Any]:
    """Return what SES says of a mail it has put away; `verdicts` by name: spam, virus, spf, dkim, dmarc."""
    judged = {
        f"{name}Verdict": {"status": verdicts.get(name, FINE)} for name in ("spam", "virus", "spf", "dkim", "dmarc")
    }
    receipt = judged | {"dmarcPolicy": dmarc_policy} if dmarc_policy else judged
    when = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    where = {"type": "S3", "objectKeyPrefix": PREFIX, "objectKey": f"{PREFIX}{mail}"}
    return {
        "notificationType": "Received",
        "receipt": {"timestamp": when, "recipients": list(recipients), "action": where, **receipt},
        "mail": {"timestamp": when, "source": source, "messageId": mail, "destination": list(recipients)},
    }


def put_mail(raw: bytes, source: str, recipients: Sequence[str], stack: Stack) -> str:
    """Put a mail into the bucket of a running stack and tell its topic; returns the id it got."""
    mail, sns = uuid4().hex, _client("sns", stack)
    _client("s3", stack).put_object(Bucket=stack["mails_bucket"], Key=f"{PREFIX}{mail}", Body=raw)
    told = msgspec.json.encode(notification(mail, datetime.now(UTC), source, recipients)).decode()
    name = named(stack["stage"], "mail-arrivals")
    (topic,) = (arn for each in sns.list_topics()["Topics"] if (arn := each["TopicArn"]).endswith(f":{name}"))
    sns.publish(TopicArn=topic, Message=told)
    return mail


def address_of(case: str, stack: Stack) -> str:
    """Return the address that letters of a case bear; the local mail service does not show it."""
    secret = _client("secretsmanager", stack).get_secret_value(SecretId=named(stack["stage"], "keys"))
    keys = SecretKeys.of(json.loads(secret["SecretString"])["key"])
    return REPLY_TO.format(token=keys.mail_token(parse(case)), domain=MAIL["MailInboundDomain"])


def _client(service: str, stack: Stack) -> Any:
    root = boto3.Session("test", "test", region_name=stack["region"])  # MiniStack's root keys
    return root.client(service, endpoint_url=stack["endpoint_url"])


def main() -> None:
    """Read a mail from a file and let it come in."""
    parser = argparse.ArgumentParser(prog="python -m examples.put_mail", description="Let a mail come in.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--case", help="code of the case that it answers a letter of")
    parser.add_argument("--to", action="append", help="recipient; without it and --case those that the mail names")
    asked = parser.parse_args()
    stack, raw = json.loads(STACK.read_text("utf-8")), asked.file.read_bytes()
    message = message_from_bytes(raw)
    recipients = [address_of(asked.case, stack)] if asked.case else asked.to or _named(message, "To", "Cc")
    sys.stdout.write(f"{put_mail(raw, _named(message, 'From')[0], recipients, stack)}\n")


def _named(message: Message, *headers: str) -> list[str]:
    return [address for name in headers for _, address in getaddresses(message.get_all(name, []))]


if __name__ == "__main__":
    main()
