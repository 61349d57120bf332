"""Mail by SES and SMS by SNS; their errors become "later" or "never"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import PermanentDeliveryError

NO_TAGS: Mapping[str, str] = MappingProxyType({})
NEVER = frozenset(
    {
        "MessageRejected",
        "BadRequestException",
        "InvalidParameter",
        "InvalidParameterValue",
        "OptedOut",
        "NotFoundException",
    }
)


class SesSnsMailer:
    """Keeps the port Mailer."""

    def __init__(self, sender: str, configuration_set: str) -> None:
        self._sender = sender
        self._configuration_set = configuration_set

    def mail(
        self, to: str, subject: str, text: str, html: str, tags: Mapping[str, str] = NO_TAGS, reply_to: str = ""
    ) -> None:
        """Send a mail with both parts; SES hands the tags back with a bounce or complaint."""
        content = {
            "Simple": {
                "Subject": {"Data": subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": text, "Charset": "UTF-8"}, "Html": {"Data": html, "Charset": "UTF-8"}},
                "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],  # RFC 3834: no machine answers it
            }
        }
        _call(
            "sesv2",
            "send_email",
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [to]},
            ReplyToAddresses=[reply_to] if reply_to else [],
            Content=content,
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            ConfigurationSetName=self._configuration_set,
        )

    def sms(self, to: str, text: str) -> None:
        """Send an SMS as transactional."""
        kind = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
        _call("sns", "publish", PhoneNumber=to, Message=text, MessageAttributes=kind)


def _call(service: str, operation: str, **arguments: Any) -> None:
    try:
        getattr(client(service), operation)(**arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in NEVER:
            raise PermanentDeliveryError(code) from error
        raise UnavailableError("delivery_unavailable", "Chưa gửi được tin", cause=code) from error
    except BotoCoreError as error:
        raise UnavailableError("delivery_unavailable", "Chưa gửi được tin", cause=type(error).__name__) from error
