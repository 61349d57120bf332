"""Bring an answer to the public board: a proposal without personal data, then an approval (R70, R110)."""

from __future__ import annotations

from chalicelib.domain.case import Actor, Case, Sender
from chalicelib.domain.commands import ApprovePublication, ProposePublication
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import Answered, PublicationProposed, Received
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.usecases.carry_out import carry_out


def propose_publication(
    code: str,
    *,
    question: str | None,
    answer: str | None,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Propose the given texts, or the case's own; both are redacted, whoever wrote them."""
    dossier = deps.cases.dossier(code)
    command = ProposePublication(
        question=without_person(question or _question(dossier), dossier.sender),
        answer=without_person(answer or _answer(dossier), dossier.sender),
    )
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)


def approve_publication(code: str, *, actor: Actor, deps: Deps, version: int, receipt: Receipt | None = None) -> Case:
    """Publish exactly what was proposed last; the version makes sure that the approver saw it."""
    dossier = deps.cases.dossier(code)
    proposed = next((r.event for r in reversed(dossier.history) if isinstance(r.event, PublicationProposed)), None)
    if proposed is None:
        raise ConflictError("nothing_proposed", "Chưa có nội dung đề nghị công khai")
    command = ApprovePublication(question=proposed.question, answer=proposed.answer)
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)


def without_person(text: str, sender: Sender) -> str:
    """Take the sender and other personal data out of a text."""
    from chalicelib.domain.redaction import redact  # noqa: PLC0415 its patterns cost every cold start 8 ms

    names = (sender.name,) if sender.name else ()
    addresses = (sender.address,) if sender.address else ()
    return redact(text, names=names, addresses=addresses).text


def _question(dossier: Dossier) -> str:
    first = next(r.event for r in dossier.history if isinstance(r.event, Received))
    return f"{first.title}\n\n{first.content}"


def _answer(dossier: Dossier) -> str:
    return next((r.event.answer for r in reversed(dossier.history) if isinstance(r.event, Answered)), "")
