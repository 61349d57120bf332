"""Let a mail come in where no mail service does it: put it into the bucket and say so, as SES would.

    python -m examples.put_mail answer.eml [--from hoa@example.com] [--to ADDRESS …]

Against a running `make run`. Without --to the recipients are those that the mail names itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import msgspec

from infra.incoming_mail import PREFIX
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


def put_mail(raw: bytes, source: str, recipients: Sequence[str], described: dict[str, Any]) -> str:
    """Put a mail into the bucket of a running stack and tell its topic; returns the id it got."""
    clients = {
        name: boto3.client(
            name,
            endpoint_url=described["endpoint_url"],
            region_name=described["region"],
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - MiniStack's root keys
        )
        for name in ("s3", "sns")
    }
    mail = uuid4().hex
    clients["s3"].put_object(Bucket=described["mails_bucket"], Key=f"{PREFIX}{mail}", Body=raw)
    told = msgspec.json.encode(notification(mail, datetime.now(UTC), source, recipients)).decode()
    name = named(described["stage"], "mail-arrivals")
    topics = clients["sns"].list_topics()["Topics"]
    (topic,) = (each["TopicArn"] for each in topics if each["TopicArn"].endswith(f":{name}"))
    clients["sns"].publish(TopicArn=topic, Message=told)
    return mail


def main() -> None:
    """Read a mail from a file and let it come in."""
    parser = argparse.ArgumentParser(prog="python -m examples.put_mail", description="Let a mail come in.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--from", dest="source", help="sender of the envelope; default: the mail's From")
    parser.add_argument("--to", action="append", help="recipient of the envelope; default: the mail's To and Cc")
    asked = parser.parse_args()
    raw = asked.file.read_bytes()
    message = message_from_bytes(raw)
    named_in_it = [pair[1] for pair in getaddresses([*message.get_all("To", []), *message.get_all("Cc", [])])]
    source = asked.source or getaddresses([message.get("From", "")])[0][1]
    described = json.loads(STACK.read_text("utf-8"))
    sys.stdout.write(f"{put_mail(raw, source, asked.to or named_in_it, described)}\n")


if __name__ == "__main__":
    main()
