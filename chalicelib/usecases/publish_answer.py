"""Bring an answer to the public board: a proposal without personal data, then an approval (R70, R110)."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.commands import ApprovePublication, ProposePublication
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import PublicationProposed
from chalicelib.domain.publication import drafted
from chalicelib.ports import Deps, Receipt
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
    own_question, own_answer = drafted(dossier.history, dossier.sender, question, answer)
    command = ProposePublication(question=own_question.text, answer=own_answer.text)
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)


def approve_publication(code: str, *, actor: Actor, deps: Deps, version: int, receipt: Receipt | None = None) -> Case:
    """Publish exactly what was proposed last; the version makes sure that the approver saw it."""
    dossier = deps.cases.dossier(code)
    proposed = next((r.event for r in reversed(dossier.history) if isinstance(r.event, PublicationProposed)), None)
    if proposed is None:
        raise ConflictError("nothing_proposed", "Chưa có nội dung đề nghị công khai")
    command = ApprovePublication(question=proposed.question, answer=proposed.answer)
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)
