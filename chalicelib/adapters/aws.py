"""One botocore session for the whole process; clients are made when first used."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """Return the client of a service, with limits far below a function's timeout."""
    from botocore.config import Config

    config = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
    return session().create_client(service, config=config)


@cache
def session() -> Any:
    """Return the process's session."""
    # A session of its own for each client would cost 40 to 90 ms more: each loads the same endpoint and model files.
    import botocore.session

    return botocore.session.get_session()
