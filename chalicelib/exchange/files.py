"""Agency → centre, over HTTPS: leave to upload a file, and to fetch one, is asked for with a signed request."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.exchange.fields import FileId, FileName, FileSize, MediaType, Sha256, Unit, Version, said


class Asked(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What both requests have."""

    version: Version
    unit: Unit
    case: Annotated[str, Meta(max_length=40), said("Mã hồ sơ", "Code of the case")]


class Upload(Asked, frozen=True, kw_only=True):
    """Xin tải một tệp lên hồ sơ. / Leave to upload one file to a case."""

    name: FileName
    media_type: MediaType
    size: FileSize
    sha256: Sha256


class Download(Asked, frozen=True, kw_only=True):
    """Xin tải một tệp của hồ sơ về. / Leave to fetch one file of a case."""

    attachment: FileId
