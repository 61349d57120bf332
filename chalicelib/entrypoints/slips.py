"""What upload.js and the citizens' pages tell each other of files: leave to upload one, the ids of those sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.pages import File, Visit
from chalicelib.exchange.fields import END, FileName, FileSize, MediaType, Sha256
from chalicelib.views import files

if TYPE_CHECKING:
    from chalicelib.ports import Slip

# The hidden field of a form that files go with.
UploadIds = Annotated[str, Meta(pattern=rf"^([0-9a-f]{{32}}( [0-9a-f]{{32}}){{0,19}})?{END}")]


class SlipForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Một tệp sắp được tải lên, như trình duyệt khai."""

    name: FileName
    media_type: MediaType
    size: FileSize
    sha256: Sha256


def slip_told(visit: Visit, opened: Callable[[dict[str, Any]], Slip]) -> File:
    """Answer the script: the slip that `opened` makes of what it said, or the title of the refusal, as JSON both."""
    form = visit.form
    assert form is not None
    if form.faults:
        return _told({"title": next(iter(form.faults.values()))}, 422)
    try:
        return _told(files.slip(opened(msgspec.structs.asdict(form.body))), 201)
    except DomainError as error:
        return _told({"title": error.title}, responses.status_of(error))


def _told(said: Any, status: int) -> File:
    return File(msgspec.json.encode(said).decode(), "application/json", forever=False, status=status)
