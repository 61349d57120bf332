"""Where files are kept: uploads that wait to be named by somebody, and those that belong to a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.case import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What an upload was said to be when it was asked for: whose, for which case; `sha256` in hex, `size` in bytes.

    Of a matter that is not sent yet `code` is the nonce of its form.
    """

    unit: str
    code: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Leave to upload one file: PUT it to `url` with exactly these headers before `expires_at`."""

    id: str
    url: str
    headers: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a case, its name, and the unit that sent it."""

    attachment: Attachment
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where a file can be fetched, without any other proof, until `expires_at`."""

    url: str
    expires_at: datetime


class Files(Protocol):
    """Files by their ids; all but the two that only sign raise UnavailableError."""

    def origin(self) -> str:
        """Return the origin of the addresses that slips name, as a page's policy writes it."""

    def slip(self, upload: str, declared: Declared, now: datetime) -> Slip:
        """Return leave to upload what was declared, and nothing else."""

    def waiting(self, upload: str) -> tuple[Declared, bytes] | None:
        """Return what was uploaded, with what it was said to be; None where nothing was, or it waited too long."""

    def kept(self, code: str, upload: str) -> KeptFile | None:
        """Return what is kept of a file of a case; None where it is not kept."""

    def keep(self, code: str, file: KeptFile, content: bytes) -> None:
        """Keep a file with its case; the same again changes nothing."""

    def forget(self, code: str) -> int:
        """Delete every file of a case for good and return how many there were; may be repeated."""

    def link(self, code: str, upload: str, now: datetime) -> Link:
        """Return where a kept file can be fetched in the next minutes."""
