"""Raw mails in the bucket that SES writes to."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.adapters.mail_parts import parse
from chalicelib.domain.errors import NotFoundError, UnavailableError
from chalicelib.ports.mails import Mail

READ = 1024 * 1024  # bytes: words come before files, and no more than this is ever taken into memory


class S3Mails:
    """Keeps the port Mails."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def read(self, key: str) -> Mail:
        """Read its head."""
        try:
            found = client("s3").get_object(Bucket=self._bucket, Key=key, Range=f"bytes=0-{READ - 1}")
            raw: bytes = found["Body"].read()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "NoSuchKey":
                raise NotFoundError("mail_gone", "Thư này không còn được lưu", cause=code) from error
            raise _unavailable(code) from error
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from error
        whole = int(found["ContentRange"].rpartition("/")[2]) if "ContentRange" in found else len(raw)
        return parse(raw, cut=whole > len(raw))


def _unavailable(cause: str) -> UnavailableError:
    return UnavailableError("mails_unavailable", "Hệ thống đang bận, vui lòng thử lại", cause=cause)
