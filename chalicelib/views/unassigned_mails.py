"""Mails that no case was found for, for the desk: why, since when; their words only to who opens one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.domain.case_code import display

if TYPE_CHECKING:
    from chalicelib.domain.unassigned_mail import UnassignedMail as Unassigned
    from chalicelib.ports.mails import Mail

Reason = Annotated[str, Meta(description="Lý do chưa vào hồ sơ: docs/operations.md", examples=["unknown_address"])]


class MailStep(Struct, frozen=True):
    """Ai đã đọc, đưa vào hồ sơ hay bỏ qua, lúc nào, vì sao."""

    state: str
    by: str
    at: datetime
    note: str = ""


class UnassignedMail(Struct, frozen=True):
    """Một thư chưa vào hồ sơ nào; không có nội dung."""

    id: str
    at: datetime
    reason: Reason
    state: str
    code: Annotated[str, Meta(description="Mã hồ sơ, nếu địa chỉ thư có nêu hoặc thư đã được đưa vào")]
    display_code: str
    attachments: int
    history: tuple[MailStep, ...]


class UnassignedMails(Struct, frozen=True):
    """Một trang, thư đến sớm nhất trước; `cursor` trống là trang cuối."""

    mails: tuple[UnassignedMail, ...]
    cursor: str = ""


class FileView(Struct, frozen=True):
    """Một tệp trong thư; tệp không được nhận."""

    name: str
    kind: str
    size: int


class OpenedMail(Struct, frozen=True):
    """Một thư được mở để đọc; người mở được ghi lại."""

    mail: UnassignedMail
    source: str
    subject: str
    words: Annotated[str, Meta(description="Lời của người viết, không có phần trích lại")]
    text: Annotated[str, Meta(description="Toàn bộ nội dung")]
    files: tuple[FileView, ...]
    cut: Annotated[bool, Meta(description="Thư quá lớn: chỉ đọc phần đầu")]


def page(mails: Iterable[Unassigned], state: str, *, limit: int) -> UnassignedMails:
    """Show the first of these mails that are in a state."""
    found = tuple(islice((mail for mail in mails if mail.state == state), limit + 1))
    shown = tuple(unassigned(mail) for mail in found[:limit])
    return UnassignedMails(shown, shown[-1].id if len(found) > limit else "")


def unassigned(mail: Unassigned) -> UnassignedMail:
    """Show one without its words."""
    return UnassignedMail(
        id=mail.id,
        at=mail.at,
        reason=mail.reason,
        state=mail.state,
        code=mail.code,
        display_code=display(mail.code) if mail.code else "",
        attachments=mail.attachments,
        history=tuple(MailStep(step.state, step.by.name, step.at, step.note) for step in mail.history),
    )


def opened(mail: Unassigned, content: Mail) -> OpenedMail:
    """Show one with its words."""
    files = tuple(FileView(one.name, one.kind, one.size) for one in content.attachments)
    return OpenedMail(
        unassigned(mail), content.source, content.subject, content.words, content.text, files, content.cut
    )
