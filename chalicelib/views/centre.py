"""The centre as anyone may see it: what can be sent, and whether somebody is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from chalicelib.ports import Deps


class Choice(Struct, frozen=True):
    """Một giá trị được chấp nhận và nhãn của nó."""

    id: str
    label: str


class KindChoice(Choice, frozen=True):
    """Một loại nội dung; nếu có `about` thì phải chọn một trong các giá trị đó."""

    about: tuple[str, ...]


class FileRules(Struct, frozen=True):
    """Tệp gửi kèm: mỗi lần tối đa `most` tệp, mỗi tệp tối đa `largest_bytes` byte, thuộc một trong các loại này."""

    most: int
    largest_bytes: int
    media_types: tuple[str, ...]


class CentreView(Struct, frozen=True):
    """Tổng đài: liên hệ, quy chế, những lựa chọn khi gửi, và giờ làm việc."""

    name: str
    regulation: str
    hotline: str
    web: str
    email: str
    kinds: tuple[KindChoice, ...]
    about: tuple[Choice, ...]
    fields: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    states: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    ratings: tuple[Choice, ...]
    rating_criteria: tuple[Choice, ...]
    attachments: FileRules
    open_now: bool
    next_open: datetime


def centre(deps: Deps) -> CentreView:
    """Show the centre, now."""
    rules, now = deps.regulation, deps.clock.now()
    return CentreView(
        name=rules.centre["name"],
        regulation=rules.title,
        hotline=rules.centre["hotline"],
        web=rules.centre["web"],
        email=rules.centre["email"],
        kinds=tuple(KindChoice(name, kind.label, kind.about) for name, kind in rules.kinds.items()),
        about=_choices(rules.about),
        fields=_choices({name: field.label for name, field in rules.fields.items()}),
        channels=_choices(rules.channels),
        states=_choices(rules.states),
        priorities=_choices({name: priority.label for name, priority in rules.priorities.items()}),
        ratings=_choices(rules.satisfaction.scale),
        rating_criteria=_choices(rules.satisfaction.criteria),
        attachments=file_rules(deps),
        open_now=rules.calendar.is_open(now),
        next_open=rules.calendar.next_open(now),
    )


def file_rules(deps: Deps) -> FileRules:
    """Show which files may be sent."""
    from chalicelib.domain.attachments import EXTENSIONS

    files = deps.regulation.attachments
    return FileRules(files.most, files.largest_bytes, tuple(EXTENSIONS))


def _choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, label) for name, label in labels.items())
