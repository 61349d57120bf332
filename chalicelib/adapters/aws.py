"""One botocore session for the whole process; clients are made when first used."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

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


@cache
def session() -> Any:
    """Return the process's session."""
    # A session of its own for each client would cost 40 to 90 ms more: each loads the same endpoint and model files.
    import botocore.session

    return botocore.session.get_session()
