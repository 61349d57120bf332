"""Citizen reception and dialogue (tiếp công dân, đối thoại; R25, R84): a record that only grows, by entries.

An entry tells who wrote down what and when; a mistake is corrected by another entry. Names and free words are personal
data: an entry holds them in `texts` and `person`, which the store keeps apart. The session is the fold of its entries.

Who raises a matter is answered on its acceptance, transfer or refusal within the regulation's working days (Luật Tiếp
công dân, Điều 28); that is owed until the matter becomes a case or somebody writes down what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation

HELD, RAISED, CORRECTED, OPENED, TOLD = "held", "raised", "corrected", "opened", "told"
KEPT, LET_GO, ANONYMISED = "kept", "let_go", "anonymised"  # beyond its years; no longer; its years are over
PETITION: Final = "petition"  # handed to the track of complaints and denunciations, by its own number there
TELLINGS: Final = ("accepted", "transferred", "refused", PETITION)
OPEN: Final = "open"
MOST_MATTERS = 200


@dataclass(frozen=True, slots=True)
class ReceptionRules:
    """Who receives, in which kinds of session, and within how many working days a matter is answered."""

    units: tuple[str, ...]
    kinds: Mapping[str, str]  # name → what it is called
    channel: str  # of the cases that follow
    answer_days: int
    article: str
    basis: Mapping[str, str] = field(default_factory=dict)  # of each kind


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written down. `facts` hold no word of a person; `matter` is the one it is about, from 1."""

    seq: int
    kind: str
    at: datetime
    by: Actor
    article: str
    matter: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    person: Sender | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A matter that somebody raised, as it stands. `state` is open, a telling, or the code of the case that follows."""

    number: int
    raised_on: date
    state: str = OPEN
    case: str = ""
    reference: str = ""

    @property
    def owed(self) -> bool:
        """True while whoever raised it was not told what becomes of it."""
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class Session:
    """A session without its words. `version` is the number of entries."""

    code: str
    version: int
    kind: str
    day: date
    unit: str
    matters: tuple[Raised, ...] = ()
    corrections: int = 0
    settled_at: datetime | None = None  # since when nobody waits for an answer: from then its years count
    held: bool = False  # kept beyond them
    anonymised_at: datetime | None = None


def require_receiver(actor: Actor, rules: ReceptionRules) -> None:
    """Raise ForbiddenError for who is of no unit that receives."""
    if actor.unit not in rules.units:
        raise ForbiddenError("not_a_receiver", "Đơn vị của anh/chị không tiếp công dân theo phân công của Trung tâm")


def fold(code: str, entries: Iterable[Entry]) -> Session:
    """Return the session that its entries make."""
    session: Session | None = None
    for entry in entries:
        session = evolve(code, session, entry)
    assert session is not None, "a session begins with HELD"
    return session


def evolve(code: str, session: Session | None, entry: Entry) -> Session:
    """Return the session after an entry."""
    if session is None:
        facts = entry.facts
        day = date.fromisoformat(facts["day"])
        return Session(code, entry.seq, facts["kind"], day, entry.by.unit, settled_at=entry.at)
    return _settled(_changed_by(replace(session, version=entry.seq), entry), entry.at)


def over(session: Session, settled_before: datetime) -> bool:
    """Tell whether nothing keeps a record whole any longer: everybody was answered before then, and it is not held."""
    return session.settled_at is not None and session.settled_at < settled_before and not session.held


def check_kind(session: Session, kind: str) -> None:
    """Raise ConflictError where an entry of this kind makes no sense any more."""
    if session.anonymised_at:
        raise ConflictError("minutes_anonymised", "Biên bản đã hết thời hạn lưu giữ và đã được ẩn danh")
    if kind in (KEPT, LET_GO) and session.held == (kind == KEPT):
        raise ConflictError("hold_unchanged", "Biên bản này đã ở trạng thái đó rồi", held=session.held)


def _changed_by(session: Session, entry: Entry) -> Session:
    match entry.kind:
        case "raised":
            session = replace(session, matters=(*session.matters, Raised(entry.matter, session.day)))
        case "corrected":
            session = replace(session, corrections=session.corrections + 1)
        case "opened":
            session = _changed(session, entry.matter, state=OPENED, case=entry.facts["case"])
        case "told":
            how, reference = entry.facts["how"], entry.facts.get("reference", "")
            session = _changed(session, entry.matter, state=how, reference=reference)
        case "kept" | "let_go":
            session = replace(session, held=entry.kind == KEPT)
        case "anonymised":
            session = replace(session, anonymised_at=entry.at)
    return session


def _settled(session: Session, now: datetime) -> Session:
    waits = any(one.owed for one in session.matters)
    return replace(session, settled_at=None if waits else session.settled_at or now)


def check_held(kind: str, day: date, rules: ReceptionRules, regulation: Regulation, now: datetime) -> None:
    """Raise InvalidError for a session that cannot have been held."""
    if kind not in rules.kinds:
        raise InvalidError("unknown_session", "Loại buổi không hợp lệ", pointer="/kind", allowed=list(rules.kinds))
    if day > now.astimezone(regulation.calendar.zone).date():
        raise InvalidError("session_ahead", "Chỉ ghi biên bản buổi đã diễn ra", pointer="/day")


def next_matter(session: Session) -> int:
    """Return the number of a matter that is raised now; raises ConflictError where there are too many."""
    if len(session.matters) >= MOST_MATTERS:
        raise ConflictError("too_many_matters", "Biên bản đã có quá nhiều nội dung; xin lập biên bản khác")
    return len(session.matters) + 1


def owed(session: Session, number: int) -> Raised:
    """Return a matter that waits; raises NotFoundError, ConflictError where it was answered."""
    found = matter_of(session, number)
    if not found.owed:
        raise ConflictError("matter_settled", "Nội dung này đã được trả lời hoặc đã lập hồ sơ", state=found.state)
    return found


def matter_of(session: Session, number: int) -> Raised:
    """Return a matter of a session; raises NotFoundError."""
    if not 1 <= number <= len(session.matters):
        raise NotFoundError("matter_not_found", "Biên bản không có nội dung này")
    return session.matters[number - 1]


def answer_until(day: date, rules: ReceptionRules, regulation: Regulation) -> datetime:
    """Return the end of the last working day on which the answer is in time; the day of the session does not count."""
    zone = regulation.calendar.zone
    midnight = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    days: list[date] = []
    end = midnight
    for opening, closing in regulation.calendar.open_intervals(midnight):
        local = opening.astimezone(zone).date()
        if local not in days:
            if len(days) == rules.answer_days:
                break
            days.append(local)
        end = closing
    return end.astimezone(UTC)


def _changed(session: Session, number: int, **changes: str) -> Session:
    matters = (replace(one, **changes) if one.number == number else one for one in session.matters)  # type: ignore[arg-type] # names are its own
    return replace(session, matters=tuple(matters))
