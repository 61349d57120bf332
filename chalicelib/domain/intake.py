"""Tier 1: receiving a matter and judging it (Điều 6, 7)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.actors import Role, Sender
from chalicelib.domain.case import Case, Holder, Stage, State
from chalicelib.domain.eligibility import Assessment, assess
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.phone import InvalidPhoneError, parse
from chalicelib.domain.regulation import Regulation

NOT_KEPT = "[Nội dung không được lưu theo quy định]"


class Subject(NamedTuple):
    """What decides where a matter goes at once, and how fast."""

    kind: str
    about: str | None
    priority: str


def receive(_: None, command: cmd.Receive, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record the matter with its judgement; refuse, ask back or send on at once where the rules say so."""
    check_kind(command.kind, command.about, command.field, regulation)
    _check_priority(command.priority, regulation)
    check_channel(command.channel, regulation)
    judged = assess(command.matter, regulation)
    first = ev.Received(
        kind=command.kind,
        about=command.about,
        channel=command.channel,
        field=command.field,
        sender_kind=command.matter.sender.kind,
        outcome=judged.outcome,
        reachable=reachable(command.matter.sender),
        flags=judged.flags,
        holder=Holder(Role.OPERATOR, regulation.operators),
        stage=stages.begin("operator", regulation, now, command.priority),
        in_office_hours=regulation.calendar.is_open(now),
        priority=command.priority,
        supervisor=command.supervisor,
        title=kept(command.matter.title, judged),
        content=kept(command.matter.content, judged),
        attachments=command.attachments if keeps(judged) else (),
        file_names=command.file_names if keeps(judged) else "",
        source=command.source,
    )
    subject = Subject(command.kind, command.about, command.priority)
    return [first, *_consequences(first.stage, judged, subject, regulation, now)]


def supply_details(case: Case, command: cmd.SupplyDetails, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Let the case go on where it waited; what the rules still miss is asked again."""
    assert case.stage is not None
    assert case.holder is not None
    back_to = case.waiting_from or State.RECEIVED
    judged = assess(command.matter, regulation)
    stage = stages.resume(case.stage, regulation, now)
    supplied = ev.DetailsSupplied(
        back_to=back_to,
        stage=stage,
        holder=case.holder,
        reachable=reachable(command.matter.sender),
        content=kept(command.content, judged),
        attachments=command.attachments if keeps(judged) else (),
        file_names=command.file_names if keeps(judged) else "",
    )
    if back_to is not State.RECEIVED:
        return [supplied]
    return [supplied, *_consequences(stage, judged, Subject(case.kind, case.about, case.priority), regulation, now)]


def classify(case: Case, command: cmd.Classify, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Correct kind, field and priority; a service request found so goes on at once."""
    check_kind(command.kind, command.about, command.field, regulation)
    if command.priority:
        _check_priority(command.priority, regulation)
    corrected = ev.Classified(
        kind=command.kind,
        about=command.about,
        field=command.field,
        priority=command.priority,
        supervisor=case.supervisor if command.supervisor is None else command.supervisor,
    )
    priority = command.priority or case.priority
    return [corrected, *_sent_at_once(Subject(command.kind, command.about, priority), regulation, now)]


def refuse(case: Case, command: cmd.Refuse, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """A person refuses: reason and guidance are both needed (R39)."""
    if not command.reason or not command.guidance:
        raise InvalidError("guidance_missing", "Cần nêu lý do không tiếp nhận và hướng dẫn nơi liên hệ")
    return [
        ev.Refused(
            article=regulation.article("Refused"), rule="operator", reason=command.reason, guidance=command.guidance
        )
    ]


def send_to_post(case: Case, command: cmd.SendToPost, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Send a service request on (Điều 8.2.a)."""
    return _sent_at_once(Subject(case.kind, case.about, case.priority), regulation, now)


def reachable(sender: Sender) -> tuple[str, ...]:
    """Name the ways the sender can be told: e-mail, SMS."""
    ways = ("email",) if sender.email else ()
    try:
        return (*ways, "sms") if sender.phone and parse(sender.phone).mobile else ways
    except InvalidPhoneError:
        return ways


def kept(text: str, judged: Assessment) -> str:
    """Return the words as they may be stored: what a rule forbids to keep is not."""
    return text if keeps(judged) else NOT_KEPT


def keeps(judged: Assessment) -> bool:
    """Tell whether what was sent may be stored."""
    return judged.rule is None or judged.rule.keep_text


def _consequences(
    stage: Stage, judged: Assessment, subject: Subject, regulation: Regulation, now: datetime
) -> list[ev.Event]:
    rule = judged.rule
    if judged.outcome == "refuse" and rule:
        return [ev.Refused(article=rule.article, rule=rule.id, reason=rule.reason, guidance=rule.guidance)]
    if judged.outcome == "await_details" and rule:
        question = "\n".join(f"- {regulation.details[item]}" for item in judged.missing)
        paused = stages.pause(stage, regulation, now)
        return [ev.DetailsRequested(stage=paused, article=rule.article, missing=judged.missing, question=question)]
    return _sent_at_once(subject, regulation, now)


def _sent_at_once(subject: Subject, regulation: Regulation, now: datetime) -> list[ev.Event]:
    unit = regulation.kinds[subject.kind].at_once(subject.about)
    if unit is None:
        return []
    stage = stages.begin("post", regulation, now, subject.priority)
    return [ev.SentToPost(holder=Holder(Role.AGENCY, unit), stage=stage)]


def _check_priority(priority: str, regulation: Regulation) -> None:
    if priority not in regulation.priorities:
        raise InvalidError("unknown_priority", "Mức độ không hợp lệ", allowed=list(regulation.priorities))


def check_channel(channel: str, regulation: Regulation) -> None:
    """Refuse a channel that the regulation does not know."""
    if channel not in regulation.channels:
        raise InvalidError("unknown_channel", "Kênh tiếp nhận không hợp lệ", allowed=list(regulation.channels))


def check_kind(kind: str, about: str | None, field: str, regulation: Regulation) -> None:
    """Refuse a kind, what it is about, or a field that the regulation does not know."""
    if kind not in regulation.kinds:
        raise InvalidError("unknown_kind", "Loại nội dung không hợp lệ", allowed=list(regulation.kinds))
    known = regulation.kinds[kind].about
    if (about is not None or known) and about not in known:
        raise InvalidError(
            "unknown_about", "Cần chọn rõ nội dung thuộc nhóm nào của loại này", kind=kind, allowed=list(known)
        )
    if field not in regulation.fields:
        raise InvalidError("unknown_field", "Lĩnh vực không hợp lệ", allowed=list(regulation.fields))
