"""A sender asks something of the data that is held about them, on the portal or at the counter."""

from __future__ import annotations

import hashlib
from typing import Final

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.rights import PORTAL, RightRequest, ask, end
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps
from chalicelib.usecases.bound import bound

MOST, WINDOW_SECONDS = 10, 24 * 3600  # requests about a case in a day
TOO_MANY: Final = ("rights_too_many", "Đã có nhiều yêu cầu về hồ sơ này, vui lòng chờ được trả lời hoặc gọi tổng đài")


def ask_right(  # noqa: PLR0913 - each by its name
    kind: str, code: str, *, words: str, key: str, deps: Deps, actor: Actor, door: str = PORTAL, identity: str = ""
) -> RightRequest:
    """Return it as it is kept; the same `key` asks once, and for one thing.

    Raises NotFoundError, InvalidError, TooManyError, and ConflictError for a key that asked for something else.
    """
    now = deps.clock.now()
    deps.cases.load(code)
    sent = hashlib.sha256(f"{code}\n{key}".encode()).hexdigest()[:12]
    request = ask(
        RightRequest(
            id=sent,
            kind=kind,
            code=code,
            asked_at=now,
            due_at=end(now, deps.retention.rights[kind]),
            door=door,
            by=actor.name,
            identity=normalise(identity),
            words=normalise(words),
        )
    )
    bound(f"rights#{code}", MOST, TOO_MANY, deps, window_seconds=WINDOW_SECONDS)
    kept = deps.rights.add(request)
    if kept.kind != kind:  # else who asks for erasure would hear that a copy was asked for, and nothing of it be kept
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    return kept
