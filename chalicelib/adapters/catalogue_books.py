"""Books of the catalogue in S3: `catalogue/<id>` for good, `drafts/<id>` until the bucket forgets them.

A `.book` is every edition, packed (msgpack, zlib): a quarter of the text's size, unpacked in one go. Beside it
`.changes` says what the version does to the one before, and `.jsonl` says it all for who wants to have it.
"""

from __future__ import annotations

import gzip
import zlib
from typing import Any, Final

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.errors import NotFoundError, UnavailableError
from chalicelib.domain.procedures import Catalogue, Procedure
from chalicelib.ports.procedures import Draft

KEPT: Final = "catalogue"
DRAFTS: Final = "drafts"
BOOK, CHANGES, LINES = PARTS = ("book", "changes", "jsonl")
LEVEL: Final = 4  # of zlib: a tenth larger than with 6, in half of the time
TO_FETCH: Final = 300  # seconds
_ABSENT: Final = frozenset({"NoSuchKey", "404"})
_book = msgspec.msgpack.Decoder(tuple[Procedure, ...])
_changes = msgspec.msgpack.Decoder(Draft)


class S3Books:
    """Keeps the port CatalogueBooks."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def draft(self, draft: Draft, catalogue: Catalogue) -> None:
        """Write all parts; the draft last, for it is what is looked for."""
        lines = b"".join(msgspec.json.encode(one) + b"\n" for one in catalogue.editions)
        self._put(f"{DRAFTS}/{draft.id}.{LINES}", gzip.compress(lines, LEVEL, mtime=0), **_headers(LINES))
        self._put(f"{DRAFTS}/{draft.id}.{BOOK}", _packed(catalogue.editions))
        self._put(f"{DRAFTS}/{draft.id}.{CHANGES}", _packed(draft))

    def find_draft(self, id_: str) -> Draft | None:
        """Read a draft."""
        found = self._get(f"{DRAFTS}/{id_}.changes")
        return None if found is None else _changes.decode(zlib.decompress(found))

    def keep(self, id_: str) -> None:
        """Copy all parts; what is there already is the same."""
        for part in PARTS:
            found = self._get(f"{DRAFTS}/{id_}.{part}")
            if found is None:
                title = "Bản nhập này không còn nữa, xin tải tệp lên lại"
                raise NotFoundError("draft_not_found", title)
            self._put(f"{KEPT}/{id_}.{part}", found, **_headers(part))

    def book(self, id_: str) -> Catalogue:
        """Read all editions of a version."""
        return Catalogue(_book.decode(self._kept(id_, "book")))

    def changes(self, id_: str) -> Draft:
        """Read what a version changed."""
        return _changes.decode(self._kept(id_, "changes"))

    def export(self, id_: str) -> str:
        """Sign a GET of the editions as JSON Lines."""
        about = {
            "Bucket": self._bucket,
            "Key": f"{KEPT}/{id_}.{LINES}",
            "ResponseContentDisposition": 'attachment; filename="thu-tuc-hanh-chinh.jsonl"',
        }
        url: str = client("s3").generate_presigned_url("get_object", Params=about, ExpiresIn=TO_FETCH)
        return url

    def _kept(self, id_: str, part: str) -> bytes:
        found = self._get(f"{KEPT}/{id_}.{part}")
        if found is None:
            raise _unavailable("NoSuchKey")  # a version names its book only once it is there
        return zlib.decompress(found)

    def _get(self, key: str) -> bytes | None:
        try:
            found: bytes = client("s3").get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise _unavailable(error.response["Error"]["Code"]) from error
        except (BotoCoreError, OSError) as error:
            raise _unavailable(type(error).__name__) from error
        return found

    def _put(self, key: str, content: bytes, **headers: str) -> None:
        try:
            client("s3").put_object(Bucket=self._bucket, Key=key, Body=content, **headers)
        except ClientError as error:
            raise _unavailable(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from error


def _headers(part: str) -> dict[str, str]:
    return {"ContentEncoding": "gzip", "ContentType": "application/x-ndjson"} if part == LINES else {}


def _packed(value: Any) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(value), LEVEL)


def _unavailable(cause: str) -> UnavailableError:
    return UnavailableError("catalogue_unavailable", "Danh mục thủ tục đang bận, vui lòng thử lại", cause=cause)
