"""Files in S3. What an upload was said to be stands in the object's own metadata, which its pre-signed URL covers.

`waiting/<id>` is what was uploaded; the bucket forgets it after a day. `cases/<code>/<id>` is what belongs to a case.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, unquote

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.case import Attachment
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import Declared, KeptFile, Link, Slip

TO_UPLOAD: Final = timedelta(minutes=15)
TO_FETCH: Final = timedelta(minutes=2)
_ABSENT: Final = frozenset({"NoSuchKey", "404"})


class S3Files:
    """Keeps the port Files."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._origin = ""  # the same for every address: signed once a process, not for each page

    def origin(self) -> str:
        """Return what stands before the path in every address that is signed here."""
        if not self._origin:
            scheme, _, rest = self._signed("get_object", TO_FETCH, Key=_waiting("")).partition("://")
            self._origin = f"{scheme}://{rest.partition('/')[0]}"
        return self._origin

    def slip(self, upload: str, declared: Declared, now: datetime) -> Slip:
        """Sign a PUT of exactly so many bytes with this SHA-256; S3 holds whoever has the URL to every header."""
        said = {"unit": declared.unit, "case": declared.code, "name": quote(declared.name), "sha256": declared.sha256}
        checksum = base64.b64encode(bytes.fromhex(declared.sha256)).decode()
        url = self._signed(
            "put_object",
            TO_UPLOAD,
            Key=_waiting(upload),
            ContentType=declared.media_type,
            ContentLength=declared.size,
            ChecksumSHA256=checksum,
            Metadata=said,
        )
        headers = {"Content-Type": declared.media_type, "x-amz-checksum-sha256": checksum}
        headers |= {f"x-amz-meta-{name}": value for name, value in said.items()}
        return Slip(upload, url, headers, now + TO_UPLOAD)

    def waiting(self, upload: str) -> tuple[Declared, bytes] | None:
        """Read an object of `waiting/`."""
        found = self._ask("get_object", _waiting(upload))
        if found is None:
            return None
        said: Mapping[str, str] = found["Metadata"]
        declared = Declared(
            unit=said["unit"],
            code=said["case"],
            name=unquote(said["name"]),
            media_type=found["ContentType"],
            size=found["ContentLength"],
            sha256=said["sha256"],
        )
        try:
            return declared, found["Body"].read()
        except (BotoCoreError, OSError) as error:  # the line broke while it was read
            raise _unavailable(type(error).__name__) from error

    def kept(self, code: str, upload: str) -> KeptFile | None:
        """Look at an object of `cases/`."""
        found = self._ask("head_object", _of_case(code, upload))
        if found is None:
            return None
        said: Mapping[str, str] = found["Metadata"]
        attachment = Attachment(upload, found["ContentType"], found["ContentLength"], said["sha256"], said["sent"])
        return KeptFile(attachment, unquote(said["name"]), said["unit"])

    def keep(self, code: str, file: KeptFile, content: bytes) -> None:
        """Write an object of `cases/`. It says itself how it is to be served: as a download, never shown in place."""
        one = file.attachment
        self._ask(
            "put_object",
            _of_case(code, one.id),
            Body=content,
            ContentType=one.media_type,
            ContentDisposition=f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            CacheControl="private, no-store",
            Metadata={"unit": file.unit, "name": quote(file.name), "sha256": one.sha256, "sent": one.sent},
        )

    def link(self, code: str, upload: str, now: datetime) -> Link:
        """Sign a GET; the name of the file is not in it."""
        return Link(self._signed("get_object", TO_FETCH, Key=_of_case(code, upload)), now + TO_FETCH)

    def forget(self, code: str) -> int:
        """Delete what lies below `cases/<code>/`, a page of a thousand after the other."""
        gone = 0
        while found := self._list(code):
            for key in found:
                self._ask("delete_object", key)
            gone += len(found)
        return gone

    def _list(self, code: str) -> list[str]:
        answer = self._ask("list_objects_v2", "", Prefix=_of_case(code, ""))
        return [one["Key"] for one in (answer or {}).get("Contents", ())]

    def _signed(self, operation: str, lasting: timedelta, **arguments: Any) -> str:
        url: str = client("s3").generate_presigned_url(
            operation, Params={"Bucket": self._bucket, **arguments}, ExpiresIn=int(lasting.total_seconds())
        )
        return url

    def _ask(self, operation: str, key: str, **arguments: Any) -> Any:
        named = {"Key": key} if key else {}
        try:
            return getattr(client("s3"), operation)(Bucket=self._bucket, **named, **arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise _unavailable(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from error


def _waiting(upload: str) -> str:
    return f"waiting/{upload}"


def _of_case(code: str, upload: str) -> str:
    return f"cases/{code}/{upload}"


def _unavailable(cause: str) -> UnavailableError:
    return UnavailableError("files_unavailable", "Kho tệp đang bận, vui lòng thử lại", cause=cause)
