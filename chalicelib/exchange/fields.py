"""What fields of messages are made of; the HTTP contracts use the same."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

END = r"$(?!\n)"  # JSON Schema's `$`: Python's alone also matches before a line break at the end
VERSION: Final = "1"
LARGEST: Final = 180 * 1024  # bytes of a message in UTF-8: with a signature, in base64, it still fits SQS's 256 KiB

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}" + END, examples=["dat_dai"])]
Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Nguyễn Văn An"])]
Words = Annotated[str, Meta(min_length=1, max_length=20000)]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, có múi giờ", examples=["2026-11-23T16:30:00+07:00"])]


def said(vietnamese: str, english: str) -> Meta:
    """Describe a field to both readers."""
    return Meta(description=f"{vietnamese} / {english}")


Version = Annotated[Literal["1"], said("Phiên bản của quy cách này", "Version of this contract")]
Unit = Annotated[Slug, said("Mã của cơ quan trong danh bạ", "Id of the agency in the directory")]
MessageId = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_.:#-]+" + END)]
Duty = Annotated[
    Literal["notice", "substitution"],
    said(
        "Việc theo dõi: thông báo về cán bộ, hoặc cử cán bộ khác thay thế",
        "Duty of a conduct report: deal with the notice, or send another official",
    ),
]

FileId = Annotated[
    str,
    Meta(pattern=r"^[0-9a-f]{32}" + END, examples=["9f86d081884c7d659a2feaa0c55ad015"]),
    said("Mã của tệp, do Tổng đài đặt", "Id of a file, the centre's own"),
]
# A centre sets fewer (the regulation file's `attachments`).
FileIds = Annotated[list[FileId], Meta(max_length=20), said("Mã các tệp gửi kèm", "Ids of the files that go with it")]
FileName = Annotated[
    str,
    Meta(min_length=1, max_length=255, examples=["Biên bản kiểm tra.pdf"]),
    said("Tên tệp, như người nhận sẽ thấy", "Name of the file, as its readers will see it"),
]
MediaType = Annotated[
    str,
    Meta(min_length=1, max_length=100, examples=["application/pdf"]),
    said("Loại tệp", "Media type, one of those that are taken"),
]
FileSize = Annotated[int, Meta(ge=1, le=1_000_000_000), said("Dung lượng, byte", "Bytes")]
Sha256 = Annotated[
    str,
    Meta(pattern=r"^[0-9a-f]{64}" + END, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]),
    said("Mã SHA-256 của tệp, dạng hex", "SHA-256 of the file, in hex"),
]


class Message(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What every message has, either way; `type` says which it is."""

    version: Version
    message_id: Annotated[
        MessageId,
        said("Mã do bên gửi đặt; gửi lại không có thêm hiệu lực", "The sender's own; the same again does nothing"),
    ]
    unit: Unit
