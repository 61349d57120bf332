"""Mails that wait for an operator, in one partition of the centre's table; rows go by TTL, long after the mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException, UpdateError

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.unassigned_mail import UnassignedMail

MAIL = "MAIL"
PAGE = 100
_mail = msgspec.json.Decoder(UnassignedMail).decode


class DynamoUnassignedMails:
    """Keeps the port UnassignedMails."""

    def add(self, mail: UnassignedMail) -> None:
        """Put it down unless it is there: a notification that comes twice opens nothing again."""
        expires = lifetimes.expires("unassigned_mails", mail.at)
        row = CentreItem(MAIL, mail.id, body=encode(mail).decode(), version=mail.version, expires=expires)
        _conditional(lambda: row.save(CentreItem.pk.does_not_exist()), there=lambda: None)

    def find(self, mail: str) -> UnassignedMail | None:
        """Return one."""
        return next((_mail(item.body) for item in _query(CentreItem.sk == mail)), None)

    def all(self, after: str = "") -> Iterator[UnassignedMail]:
        """Read as they are taken."""
        for item in _query(CentreItem.sk > after if after else None, page_size=PAGE):
            yield _mail(item.body)

    def save(self, mail: UnassignedMail) -> None:
        """Change the row that is one version older."""
        actions = [CentreItem.body.set(encode(mail).decode()), CentreItem.version.set(mail.version)]
        before = CentreItem.version == mail.version - 1
        _conditional(lambda: CentreItem(MAIL, mail.id).update(actions, condition=before), there=_overtaken)


def _overtaken() -> None:
    raise ConflictError("mail_settled", "Thư này vừa được người khác xử lý")


def _query(condition: Any, **how: Any) -> Iterator[CentreItem]:
    try:
        yield from CentreItem.query(MAIL, condition, consistent_read=True, **how)
    except PynamoDBException as error:
        raise unavailable(error) from error


def _conditional(write: Callable[[], object], *, there: Callable[[], None]) -> None:
    try:
        write()
    except (PutError, UpdateError) as error:
        if not condition_failed(error):
            raise unavailable(error) from error
        there()
