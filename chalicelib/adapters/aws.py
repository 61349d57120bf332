"""One botocore session for the whole process; clients are made when first used."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import UnavailableError

# S3's own habits are of its first years: without these a pre-signed URL is signed in the old way, for another host.
_SPECIAL: Final[dict[str, dict[str, Any]]] = {
    "s3": {
        "signature_version": "s3v4",
        "s3": {"addressing_style": "virtual"},
        "request_checksum_calculation": "when_required",
    }
}


@cache
def client(service: str) -> Any:
    """Return the client of a service, with limits far below a function's timeout."""
    from botocore.config import Config

    limits = {"connect_timeout": 1, "read_timeout": 5, "retries": {"total_max_attempts": 3, "mode": "standard"}}
    config = Config(**limits, **_SPECIAL.get(service, {}))
    return session().create_client(service, config=config)


def ask(service: str, operation: str, refusal: str, **arguments: Any) -> Any:
    """Return what a service answers; raises UnavailableError, by the code `refusal`."""
    try:
        return getattr(client(service), operation)(**arguments)
    except ClientError as error:
        raise unavailable(refusal, error.response["Error"]["Code"]) from error
    except BotoCoreError as error:
        raise unavailable(refusal, type(error).__name__) from error


def unavailable(refusal: str, cause: str) -> UnavailableError:
    """Return the refusal of whatever needs a service that does not answer."""
    return UnavailableError(refusal, "Hệ thống đang bận, vui lòng thử lại sau ít phút", cause=cause)


@cache
def session() -> Any:
    """Return the process's session."""
    # A session of its own for each client would cost 40 to 90 ms more: each loads the same endpoint and model files.
    import botocore.session

    return botocore.session.get_session()
