"""Write down what happened at a session of citizen reception: each thing an entry, none ever changed (R25, R84)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain import reception
from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.reception import CORRECTED, HELD, KEPT, LET_GO, PETITION, RAISED, TELLINGS, TOLD, Entry, Session
from chalicelib.domain.text import normalise
from chalicelib.ports import AlreadyDoneError, Deps, Receipt, StaleVersionError
from chalicelib.ports.reception import Minutes
from chalicelib.usecases.receive_case import clean_sender

RACES = 5
Plan = Callable[[Session], Entry]


@dataclass(frozen=True, slots=True)
class Telling:
    """What whoever raised a matter was told; `reference` is the petition's number on its own track (R82)."""

    number: int
    how: str
    words: str
    reference: str = ""


def hold_session(
    kind: str, day: date, texts: Mapping[str, str], *, actor: Actor, receipt: Receipt, deps: Deps
) -> Minutes:
    """Begin a record: `texts` are place, presided, present, proceedings, conclusions, promises.

    The same receipt gives the same record again. Raises ForbiddenError, InvalidError, ConflictError for a key that was
    used otherwise.
    """
    rules, now = deps.reception_rules, deps.clock.now()
    reception.require_receiver(actor, rules)
    reception.check_held(kind, day, rules, deps.regulation, now)
    facts = {"kind": kind, "day": day.isoformat()}
    entry = Entry(1, HELD, now, actor, rules.basis[kind], facts=facts, texts=_clean(texts, "place", "presided"))
    code = deps.ids.case_code()
    session = reception.evolve(code, None, entry)
    try:
        deps.receptions.add(entry, session, "", replace(receipt, result=code))
    except AlreadyDoneError as done:
        return _again(done.receipt, receipt, deps)
    return Minutes(session, (entry,))


def raise_matter(
    code: str, person: Sender, texts: Mapping[str, str], *, actor: Actor, deps: Deps, receipt: Receipt | None = None
) -> Session:
    """Write down who raised what (`title`, `content`)."""
    rules, cleaned, words = deps.reception_rules, clean_sender(person), _clean(texts, "content")
    if not cleaned.name:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/name")

    def plan(session: Session) -> Entry:
        number = reception.next_matter(session)
        begun = _begun(session, RAISED, rules.basis[session.kind], actor, deps)
        return replace(begun, matter=number, texts=words, person=cleaned)

    return add_entry(code, plan, actor=actor, deps=deps, receipt=receipt)


def correct_minutes(code: str, words: str, *, actor: Actor, deps: Deps, receipt: Receipt | None = None) -> Session:
    """Correct the record by an entry of its own; what it corrects stays."""
    texts = _clean({"correction": words}, "correction")

    def plan(session: Session) -> Entry:
        return replace(_begun(session, CORRECTED, deps.reception_rules.basis[session.kind], actor, deps), texts=texts)

    return add_entry(code, plan, actor=actor, deps=deps, receipt=receipt)


def tell_of_matter(code: str, telling: Telling, *, actor: Actor, deps: Deps, receipt: Receipt | None = None) -> Session:
    """Write down that whoever raised a matter was told: accepted, transferred, refused, or handed to petitions."""
    texts = _clean({"words": telling.words}, "words")
    if telling.how not in TELLINGS:
        raise InvalidError("unknown_telling", "Cách trả lời không hợp lệ", pointer="/how", allowed=list(TELLINGS))
    if telling.how == PETITION and not telling.reference:
        raise InvalidError("reference_missing", "Xin ghi số của đơn khiếu nại, tố cáo", pointer="/reference")
    facts = {"how": telling.how} | ({"reference": telling.reference} if telling.reference else {})

    def plan(session: Session) -> Entry:
        reception.owed(session, telling.number)
        begun = _begun(session, TOLD, deps.reception_rules.article, actor, deps)
        return replace(begun, matter=telling.number, facts=facts, texts=texts)

    return add_entry(code, plan, actor=actor, deps=deps, receipt=receipt)


def keep_minutes(
    code: str, reason: str, *, beyond: bool, actor: Actor, deps: Deps, receipt: Receipt | None = None
) -> Session:
    """Keep a record beyond its years (a matter that goes on elsewhere), or no longer."""
    texts, kind = _clean({"reason": reason}, "reason"), KEPT if beyond else LET_GO

    def plan(session: Session) -> Entry:
        return replace(_begun(session, kind, deps.reception_rules.basis[session.kind], actor, deps), texts=texts)

    return add_entry(code, plan, actor=actor, deps=deps, receipt=receipt)


def add_entry(code: str, plan: Plan, *, actor: Actor, deps: Deps, receipt: Receipt | None = None) -> Session:
    """Add the entry that a session, read anew at each race, makes; the same receipt does nothing twice."""
    reception.require_receiver(actor, deps.reception_rules)
    for race in range(RACES):
        kept = deps.receptions.load(code)
        if receipt and (done := deps.inbox.find(receipt.key)):
            return _again(done, receipt, deps).session
        entry = plan(kept.session)
        reception.check_kind(kept.session, entry.kind)
        after = reception.evolve(code, kept.session, entry)
        try:
            deps.receptions.add(entry, after, kept.chain, replace(receipt, result=code) if receipt else None)
        except AlreadyDoneError as done:
            assert receipt is not None
            return _again(done.receipt, receipt, deps).session
        except StaleVersionError:
            if race == RACES - 1:
                raise
        else:
            return after
    raise AssertionError("unreachable")


def _begun(session: Session, kind: str, article: str, actor: Actor, deps: Deps) -> Entry:
    return Entry(session.version + 1, kind, deps.clock.now(), actor, article)


def _clean(texts: Mapping[str, str], *required: str) -> dict[str, str]:
    cleaned = {name: normalise(words) for name, words in texts.items()}
    for name in required:
        if not cleaned.get(name):
            raise InvalidError("empty_text", "Nội dung này không được để trống", pointer=f"/{name}")
    return {name: words for name, words in cleaned.items() if words}


def _again(kept: Receipt, given: Receipt, deps: Deps) -> Minutes:
    if kept.fingerprint != given.fingerprint:
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    return deps.receptions.load(kept.result)
