"""Why a message had no effect: every code has words for both readers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from chalicelib.domain import handling, signing
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError
from chalicelib.exchange import heard, rejections

LIBRARY = Path(handling.__file__).parents[1]
# Where a reply may be refused: the rules behind it, and what stands before them.
PLACES = (
    *(f"domain/{name}.py" for name in ("handling", "permissions/__init__", "exchange")),
    *(f"usecases/{name}.py" for name in ("carry_out", "hear_agency")),
    "entrypoints/exchange.py",
    "adapters/dynamo/cases.py",
)
REFUSALS = {kind.__name__ for kind in DomainError.__subclasses__()} - {"UnavailableError"}
# Said by rules that no reply leads to.
NOT_FOR_AGENCIES = {"appointed_already", "not_your_agency", "not_your_role"}


def raised(path: Path) -> set[str]:
    """Codes of the errors that a file raises or names."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    named = {call.args[0] for call in calls if call.args and getattr(call.func, "id", "") in REFUSALS}
    return {arg.value for arg in named if isinstance(arg, ast.Constant)}


def test_no_code_is_missing() -> None:
    found = {rejections.code_of(DomainError(code, "")) for place in PLACES for code in raised(LIBRARY / place)}
    assert "reappointed_too_late" in found
    assert found - NOT_FOR_AGENCIES <= set(rejections.CODES)


def test_no_code_of_a_signature_is_missing() -> None:
    assert set(signing.REFUSALS) == set(rejections.UNPROVEN)


def test_what_is_said_in_http_words_is_said_otherwise() -> None:
    told = rejections.explained(ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng"))
    assert told["code"] == "message_id_reused"
    assert "Idempotency" not in told["reason"].vi


def test_place_and_next_steps_stand_apart_from_the_facts() -> None:
    error = InvalidError("wrong_state", "Chưa được", pointer="/case", allowed=("accept", "classify"), state="answered")
    told = rejections.explained(error)
    assert (told["pointer"], told["allowed"]) == ("/case", ["accepted"])
    assert told["context"] == {"state": "answered"}


@pytest.mark.parametrize("kind", heard.HEARD.__args__)
def test_every_reply_can_be_named_as_allowed(kind: type[heard.Reply]) -> None:
    assert heard.reply_types([kind.asks.action]) == [kind.__struct_config__.tag]
