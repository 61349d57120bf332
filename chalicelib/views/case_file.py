"""A whole case as its handlers see it, and as its sender may see it."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

from msgspec import Meta, Struct

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import Mailed, State
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.case_summary import CaseSummary, summary
from chalicelib.views.files import FileView, attached, with_files
from chalicelib.views.progress import Progress, progress
from chalicelib.views.satisfaction import SatisfactionView, satisfaction

if TYPE_CHECKING:
    from chalicelib.domain.events import Event, Recorded


class SignatureView(Struct, frozen=True):
    """Chữ ký số đã được xác minh (R73): khóa nào, ai chịu trách nhiệm, ký lúc nào; digest và value dạng base64url."""

    kid: str
    signer: str
    signed_at: datetime
    digest: str
    value: str


class EventView(Struct, frozen=True):
    """Một sự kiện trong dòng thời gian: khi nào, ai, theo điều nào, nội dung gì; `unit_names` là tên của ngày đó."""

    seq: int
    at: datetime
    type: str
    actor_role: str
    actor_unit: str
    actor_name: str
    article: str
    before: str | None
    after: str
    texts: dict[str, str]
    facts: dict[str, str]
    signature: SignatureView | None = None
    attachments: list[FileView] = []
    unit_names: dict[str, str] = {}


class CaseFile(Struct, frozen=True):
    """Toàn bộ hồ sơ cho người xử lý."""

    case: CaseSummary
    sender: Sender | None
    suggested_unit: Annotated[str | None, Meta(description="Theo quy tắc phân luồng, khi Tổng đài giữ hồ sơ")]
    timeline: tuple[EventView, ...]
    suggested_because: str = ""
    suggested_way: Annotated[str, Meta(description="forward, hoặc refer: trình lãnh đạo Trung tâm")] = ""


class Said(Struct, frozen=True):
    """Một lời trong hồ sơ."""

    at: datetime
    type: str
    texts: dict[str, str]
    attachments: list[FileView] = []


class Content(Struct, frozen=True):
    """Nội dung và trả lời, cho người gửi."""

    progress: Progress
    sender: Sender
    said: tuple[Said, ...]
    satisfaction: SatisfactionView | None = None


# What the sender may read: own words, what was said to them; never notes between offices.
FOR_SENDER = frozenset(
    {
        *("Received", "DetailsRequested", "DetailsSupplied", "Refused", "Appointed", "Reappointed", "DeadlineMoved"),
        *("SenderWrote", "Answered", "Rated", "Reopened", "SenderCorrected"),
    }
)
FACTS = (
    "unit",
    "stage",
    "responsible_officer",
    "approving_leader",
    "leader",
    "at",
    "due_at",
    "since",
    "old_due",
    "new_due",
    "suggested",
    "action",
    "author",
    "rule",
    "rating",
)
UNIT_FACTS = ("unit", "suggested")  # those of them that are units
AT_THE_DESK = (State.RECEIVED, State.AWAITING_DETAILS)
FILE_NAMES = "file_names"  # which stand with the files
MORE_FACTS = {
    "Received": ("source",),
    "DeliveryFailed": ("channel", "reason", "letter"),
    "SenderPhoned": ("outcome", "attempt"),
    "Judged": ("verdict",),
    "LedToChange": ("document", "dated"),
    "RewardDecided": ("granted", "document"),
}  # by these names others keep free text


def case_file(dossier: Dossier, actor: Actor, deps: Deps) -> CaseFile:
    """Show a case whole, with its timeline."""
    from chalicelib.domain.permissions import may_know_sender

    open_to = {recorded.seq for recorded in with_files(dossier, actor)}
    suggested = _suggestion(dossier, deps) if dossier.case.state in AT_THE_DESK else None
    return CaseFile(
        case=summary(dossier.case, actor, deps),
        sender=dossier.sender if may_know_sender(dossier.case, actor) else None,
        suggested_unit=suggested.unit if suggested else None,
        suggested_way=suggested.way if suggested else "",
        timeline=tuple(_event(recorded, deps, files=recorded.seq in open_to) for recorded in dossier.history),
        suggested_because=suggested.because if suggested else "",
    )


class _Suggested(NamedTuple):
    unit: str | None
    because: str
    way: str


def _suggestion(dossier: Dossier, deps: Deps) -> _Suggested | None:
    """Whom the case should be forwarded to, or that the leadership should be asked; nothing where it should stay."""
    from chalicelib.views.routing import FORWARD, REFER, routing_of

    found = routing_of(dossier, deps)
    if found.way not in (FORWARD, REFER):
        return None
    unit = found.owner if found.way == FORWARD else None
    return _Suggested(unit, f"{found.article}: {found.reason}", found.way)


def content(dossier: Dossier, deps: Deps) -> Content:
    """Show a sender's own case."""
    told = [recorded for recorded in dossier.history if type(recorded.event).__name__ in FOR_SENDER]
    return Content(
        progress=progress(dossier.case, deps),
        sender=dossier.sender,
        said=tuple(
            Said(r.at, type(r.event).__name__, texts(r.event) | facts(r.event), attached(r.event)) for r in told
        ),
        satisfaction=satisfaction(dossier.case, deps),
    )


def texts(event: Event) -> dict[str, str]:
    """Return the free texts of an event that are there."""
    from chalicelib.domain.events import private_fields

    told = (name for name in private_fields(type(event)) if name != FILE_NAMES)
    return {name: value for name in told if (value := getattr(event, name))}


def facts(event: Event) -> dict[str, str]:
    """Return the plain facts of an event that people ask for, as text; times in RFC 3339."""
    names = {item.name for item in fields(event)}  # type: ignore[arg-type] # all events are dataclasses
    asked = (*FACTS, *MORE_FACTS.get(type(event).__name__, ()))
    found = {name: getattr(event, name) for name in asked if name in names and getattr(event, name) is not None}
    if "suggested" in found and found["suggested"] == getattr(getattr(event, "holder", None), "unit", ""):
        del found["suggested"]  # as it was done: worth saying only where it was not
    found = {name: getattr(value, "name", value) for name, value in found.items() if value != ""}
    return {name: _written(value) for name, value in found.items()} | _mailed(getattr(event, "mail", None))


def _mailed(mail: Mailed | None) -> dict[str, str]:
    """Say that words came by mail; what else there is to know of it only where it is unusual."""
    if mail is None:
        return {}
    unusual = {"other_address": mail.other_address, "files_not_taken": mail.attachments, "shortened": mail.shortened}
    return {"channel": "mail"} | {name: str(value).lower() for name, value in unusual.items() if value}


def _written(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _event(recorded: Recorded, deps: Deps, *, files: bool) -> EventView:
    known = facts(recorded.event)
    units = {recorded.actor.unit, *(known[name] for name in UNIT_FACTS if name in known)} - {""}
    return EventView(
        seq=recorded.seq,
        at=recorded.at,
        type=type(recorded.event).__name__,
        actor_role=recorded.actor.role,
        actor_unit=recorded.actor.unit,
        actor_name=recorded.actor.name,
        article=recorded.article,
        before=recorded.before,
        after=recorded.after,
        texts=texts(recorded.event),
        facts=known,
        signature=_signature(recorded.actor),
        attachments=attached(recorded.event) if files else [],
        unit_names={unit: unit_name(unit, deps, recorded.at) for unit in units},
    )


def _signature(actor: Actor) -> SignatureView | None:
    made = actor.signature
    return SignatureView(made.kid, made.signer, made.signed_at, made.digest, made.value) if made else None
