"""Put an answer into other words, if this centre has a model and what it says adds nothing; else the passage stands."""

from __future__ import annotations

from typing import Final

from chalicelib.domain.errors import TooManyError, UnavailableError
from chalicelib.domain.redaction import redact
from chalicelib.domain.rewording import faithful
from chalicelib.ports.deps import Deps
from chalicelib.usecases.bound import bound

OF_A_CALLER: Final = 60
WINDOW_SECONDS: Final = 3600
TOO_MANY: Final = ("rewordings_too_many", "Đã có nhiều câu hỏi, xin thử lại sau một giờ")


def reword_answer(question: str, passage: str, *, source_ip: str, deps: Deps) -> str:
    """Return other words for a passage; empty where there are none that can be trusted.

    The model is given the question without personal data, and is asked so many times an hour for one caller.
    """
    model = deps.rewording
    if model is None:
        return ""
    try:
        bound(f"reword-from#{deps.keys.caller(source_ip)}", OF_A_CALLER, TOO_MANY, deps, window_seconds=WINDOW_SECONDS)
        made = model.reword(redact(question).text, passage)
    except (TooManyError, UnavailableError):
        return ""
    return made if faithful(passage, made) else ""
