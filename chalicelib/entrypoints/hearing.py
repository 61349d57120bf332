"""From a message on the replies queue to its effect, or to the word back that it had none."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.signing import refusal
from chalicelib.entrypoints import exchange
from chalicelib.ports import Deps
from chalicelib.usecases.hear_agency import REFUSED_BEFORE, Heard, hear_agency, reject, was_refused
from chalicelib.usecases.verify_message import Proof, verify_message


def hear(body: str, deps: Deps) -> str:
    """Carry out a signed reply; return "done" or the code of the refusal that was told back.

    What is not signed as it must be changes nothing. Raises InvalidError where no agency can be told, and
    UnavailableError.
    """
    proof = verify_message(body, deps)
    # A signature's refusal is of this very envelope: the same words, signed again and better, are another message.
    envelope = exchange.fingerprint(body)
    try:
        heard = _read(proof)
    except InvalidError as error:
        unit, message_id = _whom(proof, deps, error)
        fingerprint = envelope if proof.signature is None else exchange.fingerprint(proof.text)
        reject(unit, message_id, error, deps, fingerprint=fingerprint)
        return error.code
    if was_refused(heard.unit, heard.message_id, deps, fingerprint=envelope):
        return REFUSED_BEFORE
    return hear_agency(heard, deps)


def _read(proof: Proof) -> Heard:
    if proof.refusal is not None:
        raise proof.refusal
    heard = exchange.read(proof.text)
    if heard.unit != proof.unit:
        raise refusal("wrong_unit", pointer="/unit")
    return replace(heard, signature=proof.signature)


def _whom(proof: Proof, deps: Deps, error: InvalidError) -> tuple[str, str]:
    """Return the unit to be told, that of the key before the one that the message claims, and the message's id."""
    claimed, message_id = exchange.origin(proof.text) or ("", "")
    unit = proof.unit or claimed
    if not unit or not (message_id or proof.signature) or not _has_queue(unit, deps):
        raise error
    return unit, message_id or f"unreadable-{exchange.fingerprint(proof.text)[:16]}"


def _has_queue(unit: str, deps: Deps) -> bool:
    try:
        return deps.directory.unit(unit).exchange == "sqs"
    except NotFoundError:
        return False
