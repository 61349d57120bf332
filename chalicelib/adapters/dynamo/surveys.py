"""Surveys in the centre's table: a list of them, and of each a partition of who is to be asked, who was, what was said.

An opinion bears a random name and stands beside the used mark without a word that joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, condition_failed, unavailable
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.surveys import Asked, Invitation, Opinion, Survey

SURVEYS, WAITING, ASKED, OPINION = "SURVEYS", "WAITING#", "ASKED#", "OPINION#"
Kind = TypeVar("Kind")


class UsedError(Exception):
    """The mark has answered."""


class DynamoSurveys:
    """Keeps the port Surveys."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, survey: Survey) -> Survey:
        """Write it if there is none of this id."""
        try:
            _head(survey).save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error
            return self.find(survey.id) or survey
        return survey

    def save(self, survey: Survey) -> None:
        """Write it over the version before."""
        try:
            _head(survey).save(CentreItem.version == survey.version - 1)
        except PutError as error:
            if condition_failed(error):
                raise ConflictError("survey_overtaken", "Khảo sát vừa được người khác cập nhật") from error
            raise unavailable(error) from error

    def find(self, survey: str) -> Survey | None:
        """Read one."""
        return next(_read(SURVEYS, CentreItem.sk == survey, Survey), None)

    def all(self) -> tuple[Survey, ...]:
        """Read the list: some a year."""
        return tuple(sorted(_read(SURVEYS, None, Survey), key=lambda one: one.at, reverse=True))

    def draw(self, survey: str, invitations: Iterable[Invitation]) -> None:
        """Write them in batches."""
        try:
            with CentreItem.batch_write() as batch:
                for one in invitations:
                    batch.save(_row(survey, WAITING + one.code, one))
        except PynamoDBException as error:
            raise unavailable(error) from error

    def waiting(self, survey: str, limit: int) -> tuple[Invitation, ...]:
        """Read the first."""
        return tuple(_read(_pk(survey), CentreItem.sk.startswith(WAITING), Invitation, limit=limit))

    def forget(self, survey: str, invitation: Invitation) -> None:
        """Delete the row that knows the case."""
        try:
            _row(survey, WAITING + invitation.code, invitation).delete()
        except PynamoDBException as error:
            raise unavailable(error) from error

    def ask(self, survey: str, asked: Asked) -> None:
        """Write the row if there is none."""
        try:
            _row(survey, ASKED + asked.mark, asked, version=1).save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error

    def asked(self, survey: str) -> tuple[Asked, ...]:
        """Read them all."""
        return tuple(_read(_pk(survey), CentreItem.sk.startswith(ASKED), Asked))

    def asked_by(self, survey: str, mark: str) -> Asked | None:
        """Read one, as it is now."""
        return next(_read(_pk(survey), CentreItem.sk == ASKED + mark, Asked), None)

    def called(self, survey: str, asked: Asked) -> None:
        """Write the row without its case, if nobody has answered."""
        transaction = Transaction(self._client)
        row = _row(survey, ASKED + asked.mark, replace(asked, call=""), version=1)
        transaction.replace(row, 1, lambda _: UsedError())
        with suppress(UsedError):
            transaction.run()

    def answer(self, survey: str, asked: Asked, opinion: Opinion, name: str) -> bool:
        """Use the mark up and write the opinion."""
        transaction = Transaction(self._client)
        done = Asked(asked.mark, asked.unit, asked.kind, answered=True)
        transaction.replace(_row(survey, ASKED + asked.mark, done, version=2), 1, lambda _: UsedError())
        transaction.create(_row(survey, OPINION + name, opinion))
        try:
            transaction.run()
        except UsedError:
            return False
        return True

    def clear(self, survey: str) -> int:
        """Delete the marks and write the opinions anew without their words, 25 items a call."""
        try:
            gone = list(CentreItem.query(_pk(survey), CentreItem.sk.startswith(ASKED), consistent_read=True))
            said = list(CentreItem.query(_pk(survey), CentreItem.sk.startswith(OPINION), consistent_read=True))
            worded = [item for item in said if _opinion(item).comment]
            with CentreItem.batch_write() as batch:
                for item in gone:
                    batch.delete(item)
                for item in worded:
                    batch.save(_row(survey, item.sk, replace(_opinion(item), comment="")))
        except PynamoDBException as error:
            raise unavailable(error) from error
        return len(gone) + len(worded)

    def opinions(self, survey: str) -> tuple[Opinion, ...]:
        """Read them all; their names, and so their order, are chance."""
        return tuple(_read(_pk(survey), CentreItem.sk.startswith(OPINION), Opinion))


def _opinion(item: CentreItem) -> Opinion:
    return msgspec.json.decode(item.body, type=Opinion)


def _pk(survey: str) -> str:
    return f"SURVEY#{survey}"


def _row(survey: str, sort: str, thing: Any, *, version: int | None = None) -> CentreItem:
    return CentreItem(_pk(survey), sort, body=encode(thing).decode(), version=version)


def _head(survey: Survey) -> CentreItem:
    return CentreItem(SURVEYS, survey.id, body=encode(survey).decode(), version=survey.version)


def _read(key: str, condition: Any, kind: type[Kind], limit: int | None = None) -> Iterator[Kind]:
    try:
        for item in CentreItem.query(key, condition, limit=limit, consistent_read=True):
            yield msgspec.json.decode(item.body, type=kind)
    except PynamoDBException as error:
        raise unavailable(error) from error
