"""Files with a case (tệp đính kèm): which may come, what they are called, whether they are what they say. Pure."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from chalicelib.domain.case import Attachment
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.events import Answered, DetailsSupplied, Received, ResultSubmitted
from chalicelib.domain.pictures import PictureError, cleaned
from chalicelib.domain.text import TextError, normalise

if TYPE_CHECKING:
    from chalicelib.domain.events import Recorded
    from chalicelib.domain.regulation import FileLimits

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
DOCX, XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"
ODT, ODS = f"{_OPEN}.text", f"{_OPEN}.spreadsheet"
# What an office hands out and a telephone takes. Nothing that a browser runs, and no macros.
EXTENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    ODS: (".ods",),
}
CARRIERS: Final = (Answered, DetailsSupplied, Received, ResultSubmitted)  # events that files come with
LONGEST_NAME: Final = 120  # characters; percent-encoded it still fits S3's two kilobytes of metadata
UNNAMED: Final = "tep-dinh-kem"
_PATH: Final = re.compile(r"[/\\]")
_RESERVED: Final = re.compile(r'[<>:"|?*]')  # by Windows
_MARKS: Final = (  # what a file of a type begins with
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_PARTS: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACROS: Final = re.compile(r"(^|/)vbaProject\.bin$|^(Basic|Scripts)/", re.IGNORECASE)


def clean_name(name: str, media_type: str) -> str:
    """Return a file's name as it is kept: NFC, no path, nothing invisible, and the ending of its type."""
    try:
        visible = normalise(_PATH.split(name)[-1], multiline=False)
    except TextError:
        visible = ""
    stem = _RESERVED.sub("_", visible)
    ending = next((one for one in EXTENSIONS[media_type] if stem.lower().endswith(one)), "")
    stem = stem[: len(stem) - len(ending)].lstrip(". ")
    ending = ending or EXTENSIONS[media_type][0]
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip('. ') or UNNAMED}{ending}"


def check_declared(media_type: str, size: int, limits: FileLimits) -> None:
    """Raise InvalidError unless a file of this type and so many bytes may be sent."""
    if media_type not in EXTENSIONS:
        title = "Loại tệp này không được nhận; xin gửi PDF, ảnh (JPEG, PNG, WebP) hoặc văn bản (DOCX, XLSX, ODT, ODS)"
        raise InvalidError("attachment_type_refused", title, pointer="/media_type", media_types=sorted(EXTENSIONS))
    if size > limits.largest_bytes:
        title = f"Tệp quá lớn; mỗi tệp tối đa {limits.largest_mb} MB"
        raise InvalidError("attachment_too_large", title, pointer="/size", limit_bytes=limits.largest_bytes)


def check_number(number: int, limits: FileLimits) -> None:
    """Raise InvalidError where more files are named than one message may carry."""
    if number > limits.most:
        title = f"Mỗi lần gửi kèm tối đa {limits.most} tệp"
        raise InvalidError("attachments_too_many", title, pointer="/attachments", limit=limits.most)


def accepted(upload: str, media_type: str, sha256: str, content: bytes) -> tuple[Attachment, bytes]:
    """Return a file as it is to be kept; raises InvalidError where it is broken or not what it was said to be."""
    try:
        if hashlib.sha256(content).hexdigest() != sha256 or media_type_of(content) != media_type:
            raise PictureError("another file")
        clean = cleaned(media_type, content)
    except PictureError as error:
        title = "Tệp không đúng như đã khai (mã SHA-256 hoặc loại tệp), hoặc bị hỏng"
        raise InvalidError("attachment_not_as_declared", title, pointer="/attachments", attachment=upload) from error
    digest = hashlib.sha256(clean).hexdigest()
    return Attachment(upload, media_type, len(clean), digest, sent="" if digest == sha256 else sha256), clean


def media_type_of(content: bytes) -> str | None:
    """Tell what a file is by its own first words; None where it is nothing that may be sent."""
    for mark, media_type in _MARKS:
        if content.startswith(mark):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return _document(content) if content.startswith(b"PK\x03\x04") else None


def files_of(history: Iterable[Recorded]) -> tuple[tuple[Attachment, str], ...]:
    """Return every file that these events name, with its name."""
    carriers = (one.event for one in history if isinstance(one.event, CARRIERS))
    return tuple(file for event in carriers for file in named(event.attachments, event.file_names))


def named(attachments: tuple[Attachment, ...], file_names: str) -> tuple[tuple[Attachment, str], ...]:
    """Pair files with their names; once the names have gone with the personal data, by their ids."""
    names = file_names.split("\n") if file_names else [clean_name(one.id, one.media_type) for one in attachments]
    return tuple(zip(attachments, names, strict=True))


def _document(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return None
    if any(_MACROS.search(name) for name in members):
        return None
    if "[Content_Types].xml" in members:
        return next((kind for part, kind in _PARTS.items() if part in members), None)
    # OpenDocument 1.3, part 2, 3.3: its first member says the type, not packed, at a fixed place.
    return next((kind for kind in (ODT, ODS) if content[30:].startswith(f"mimetype{kind}PK".encode())), None)
