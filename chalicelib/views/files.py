"""The files of a case as they are shown: what they are, how they are sent, where they can be fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.permissions import may_know_sender

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor
    from chalicelib.domain.events import Event, Recorded
    from chalicelib.ports import Deps, Dossier, Slip


class FileView(Struct, frozen=True):
    """Một tệp gửi kèm; `size` tính bằng byte, `sha256` là của tệp được lưu."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


class SlipView(Struct, frozen=True):
    """Giấy phép tải lên một tệp: gửi tệp bằng PUT đến `url` với đúng các `headers` này, trước `expires_at`.

    Sau đó nêu `id` trong `attachments` của kết quả hoặc câu trả lời, trong vòng một ngày.
    """

    id: str
    url: str
    headers: dict[str, str]
    expires_at: datetime
    method: Literal["PUT"] = "PUT"


class LinkView(Struct, frozen=True):
    """Nơi tải tệp về, dùng được đến `expires_at`. Ai có địa chỉ này đều tải được tệp; xin giữ kín."""

    url: str
    expires_at: datetime


def attached(event: Event) -> list[FileView]:
    """Show the files that an event brought."""
    if not getattr(event, "attachments", ()) or not event.file_names:  # type: ignore[attr-defined] # it has some
        return []  # none, or they went with the personal data
    from chalicelib.domain.attachments import named

    return [
        FileView(one.id, name, one.media_type, one.size, one.sha256)
        for one, name in named(event.attachments, event.file_names)  # type: ignore[attr-defined] # it has some
    ]


def with_files(dossier: Dossier, actor: Actor) -> tuple[Recorded, ...]:
    """Return the events whose files somebody may have: a photo can say who sent it as well as a name does."""
    from chalicelib.domain.events import SENDERS_WORDS

    if may_know_sender(dossier.case, actor):
        return dossier.history
    return tuple(past for past in dossier.history if not isinstance(past.event, SENDERS_WORDS))


def slip(made: Slip) -> SlipView:
    """Show leave to upload."""
    return SlipView(made.id, made.url, dict(made.headers), made.expires_at)


def link(code: str, wanted: str, history: Iterable[Recorded], deps: Deps) -> LinkView:
    """Show where a file can be fetched that one of these events names; raises NotFoundError."""
    if wanted not in {file.id for recorded in history for file in attached(recorded.event)}:
        raise NotFoundError("attachment_not_found", "Hồ sơ không có tệp này")
    made = deps.files.link(code, wanted, deps.clock.now())
    return LinkView(made.url, made.expires_at)
