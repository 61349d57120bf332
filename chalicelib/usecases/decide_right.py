"""A person decides what a sender asked of their data: what is granted is claimed, done, then written down as decided.

Done twice it is done once, so whoever dies between decides again and nothing is lost. What is claimed cannot be
refused, else the record could say that what is gone was kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import PARTS, Publication
from chalicelib.domain.commands import WithdrawPublication
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.keeping import REQUEST, Anonymise, CorrectSender, Restrict
from chalicelib.domain.rights import RightRequest
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps, Receipt
from chalicelib.usecases.carry_out import carry_out, change
from chalicelib.usecases.receive_case import clean_sender
from chalicelib.usecases.supply_details import merged


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides; `parts` of an erasure, `sender` of a correction: fields left empty stay as they are."""

    granted: bool
    article: str = ""
    reason: str = ""
    parts: tuple[str, ...] = PARTS
    sender: Sender = field(default_factory=Sender)


def decide_right(request: str, decision: Decision, *, actor: Actor, deps: Deps) -> RightRequest:
    """Return it decided; raises NotFoundError, InvalidError, and ConflictError where the law still keeps the data."""
    asked = deps.rights.find(request)
    if decision.granted and asked.open:
        asked = asked.claimed()
    after = asked.decided(
        granted=decision.granted,
        article=normalise(decision.article, multiline=False),
        reason=normalise(decision.reason),
        by=actor.name,
        at=deps.clock.now(),
        parts=decision.parts if decision.granted and asked.kind == "erasure" else (),
    )
    if decision.granted:
        _claim(asked, decision, actor, deps)
    deps.rights.save(after)
    return after


def _claim(asked: RightRequest, decision: Decision, actor: Actor, deps: Deps) -> None:
    deps.rights.save(asked)
    try:
        _grant(asked, decision, actor, deps)
    except (ConflictError, InvalidError):
        deps.rights.save(asked.released())
        raise


def _grant(asked: RightRequest, decision: Decision, actor: Actor, deps: Deps) -> None:
    match asked.kind:
        case "erasure":
            _erase(asked.code, decision, actor, deps)
        case "restriction":
            _restrict(asked.code, decision, actor, deps)
        case "correction":
            _correct(asked, decision.sender, actor, deps)


def _erase(code: str, decision: Decision, actor: Actor, deps: Deps) -> None:
    if not decision.parts or set(decision.parts) - set(PARTS):
        raise InvalidError("parts_unknown", "Xin chọn phần được xóa", pointer="/parts")
    command = Anonymise(basis=REQUEST, parts=decision.parts, article=decision.article)
    try:
        carry_out(code, command, actor=actor, deps=deps)
    except ConflictError as error:
        case = deps.cases.load(code).case
        if set(decision.parts) <= set(case.erased):
            return
        title = "Chưa xóa được: hồ sơ đang được xử lý, chưa đóng, còn việc theo dõi hoặc đang được lãnh đạo giữ lại"
        raise ConflictError("still_kept", title, state=case.state, held=case.held) from error


def _restrict(code: str, decision: Decision, actor: Actor, deps: Deps) -> None:
    case = deps.cases.load(code).case
    if not case.restricted:
        case = carry_out(code, Restrict(), actor=actor, deps=deps)
    if case.publication in (Publication.PROPOSED, Publication.PUBLISHED):
        words = decision.reason or "Theo yêu cầu của người gửi"
        carry_out(code, WithdrawPublication(reason=words), actor=actor, deps=deps)


def _correct(asked: RightRequest, sender: Sender, actor: Actor, deps: Deps) -> None:
    given = clean_sender(sender)
    named = tuple(name for name in ("name", "phone", "email", "address") if getattr(given, name))
    if not (named or asked.words):
        raise InvalidError("nothing_corrected", "Xin nhập thông tin đúng", pointer="/sender")

    def plan() -> tuple[CorrectSender, Sender]:
        known = deps.cases.dossier(asked.code).sender
        return CorrectSender(fields=named, content=asked.words), merged(known, replace(given, kind=known.kind))

    receipt = Receipt(f"right#{asked.id}", "")  # decided twice, the words are added once
    change(asked.code, plan, actor=actor, deps=deps, receipt=receipt)
