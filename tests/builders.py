"""Cases made as in life: `given(receive(), to_officer(), to_agency())`, then `when(story, command, at=…)`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import SENDER, SYSTEM, Actor, Role, Sender
from chalicelib.domain.case import Case, Mailed
from chalicelib.domain.decide import decide
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.regulation import Regulation

REGULATION = regulation("hoa_binh")
CODE = "482109375514"
OPERATOR = Actor(Role.OPERATOR, "tong_dai", "lan")
OFFICER = Actor(Role.OFFICER, "so_tu_phap", "minh")
AGENCY = Actor(Role.AGENCY, "so_tu_phap", "thu")
OTHER_AGENCY = Actor(Role.AGENCY, "so_y_te", "hoa")
POST = Actor(Role.AGENCY, "buu_dien_tinh", "son")
LEADER = Actor(Role.LEADERSHIP, "lanh_dao_trung_tam", "quang")
ADMINISTRATOR = Actor(Role.ADMINISTRATOR, "", "admin")
HUONG = Sender(name="Bùi Thị Hương", phone="+84912345678", email="huong@tongdai.example", address="Phường Tân Thịnh")
TITLE = "Trích lục khai sinh"
CONTENT = "Tôi muốn hỏi thủ tục trích lục khai sinh cho con tại thành phố Hòa Bình."
ACTORS = {
    "watch": SYSTEM,
    "note_phoned": OPERATOR,
    "note_undelivered": SYSTEM,
    "supply_details": SENDER,
    "rate": SENDER,
    "reopen": SENDER,
    "write": SENDER,
    "propose_publication": OPERATOR,
    "approve_publication": LEADER,
    "withdraw_publication": LEADER,
    "close_action": OPERATOR,
    "give_input": OTHER_AGENCY,
    "decline_input": OTHER_AGENCY,
    "correct_late": LEADER,
    "hold_back": LEADER,
    "lift_hold": LEADER,
    "judge": LEADER,
    "note_change": LEADER,
    "propose_reward": LEADER,
    "decide_reward": LEADER,
    "anonymise": SYSTEM,
    "correct_sender": LEADER,
    "restrict": LEADER,
}


def local(text: str) -> datetime:
    """Read a wall clock time of the office, "2026-11-09 09:00", as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).astimezone(UTC)


MONDAY = "2026-11-09 09:00"  # the first of two weeks without a day off


@dataclass(frozen=True, repr=False)
class Story:
    """A case, everything that has happened to it, and what the last command made of it."""

    case: Case
    history: tuple[ev.Recorded, ...]
    last: tuple[ev.Recorded, ...]
    now: datetime
    rules: Regulation = REGULATION

    def __repr__(self) -> str:
        return f"<{' '.join(type(recorded.event).__name__ for recorded in self.history)}; {self.now:%d/%m %H:%M} UTC>"

    @property
    def events(self) -> list[ev.Event]:
        return [recorded.event for recorded in self.last]

    @property
    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.events]

    def due(self) -> datetime:
        assert self.case.stage is not None
        return self.case.stage.due_at


def matter(
    content: str = CONTENT,
    *,
    title: str = TITLE,
    sender: Sender = HUONG,
    anonymous: bool = False,
    declared: str | None = None,
) -> Matter:
    return Matter(title, content, sender, anonymous, declared)


def receive(
    subject: Matter | None = None,
    *,
    at: str | datetime = MONDAY,
    kind: str = "question",
    about: str | None = None,
    channel: str = "web",
    field: str = "ho_tich",
    priority: str = "normal",
    supervisor: str = "",
    actor: Actor = SENDER,
    rules: Regulation = REGULATION,
) -> Story:
    """A matter comes in."""
    now = local(at) if isinstance(at, str) else at
    command = cmd.Receive(
        matter=subject or matter(),
        kind=kind,
        about=about,
        channel=channel,
        field=field,
        priority=priority,
        supervisor=supervisor,
    )
    made = decide(None, command, actor=actor, code=CODE, regulation=rules, now=now)
    return Story(made.case, made.history, made.history, now, rules)


def when(story: Story, command: cmd.Command, *, at: str | datetime | None = None, actor: Actor | None = None) -> Story:
    """One more command, at the story's time unless told, by whoever holds the case unless told."""
    now = local(at) if isinstance(at, str) else at or story.now
    made = decide(
        story.case,
        command,
        actor=actor or actor_for(story.case, command.action),
        code=CODE,
        regulation=story.rules,
        now=now,
    )
    return replace(story, case=made.case, history=story.history + made.history, last=made.history, now=now)


def given(story: Story, *commands: cmd.Command, at: str | datetime | None = None) -> Story:
    """All these happened, one after the other."""
    for command in commands:
        story = when(story, command, at=at)
    return story


def actor_for(case: Case, action: str) -> Actor:
    if action in ACTORS:
        return ACTORS[action]
    if action == "take_back" and case.handed_over:
        return Actor(case.handed_over.holder.role, case.handed_over.holder.unit, "nhân viên")
    return Actor(case.holder.role, case.holder.unit, "nhân viên") if case.holder else OPERATOR


def to_officer(unit: str = "so_tu_phap") -> cmd.Command:
    return cmd.ForwardToOfficer(unit=unit, note="Cần chuyên môn")


def to_agency() -> cmd.Command:
    return cmd.ForwardToAgency(note="Cần xác minh")


def ask(question: str = "Ông/Bà cho biết số hồ sơ?") -> cmd.Command:
    return cmd.RequestDetails(question=question)


def supply(content: str = "Số hồ sơ là H28.12", whole: Matter | None = None) -> cmd.Command:
    return cmd.SupplyDetails(content=content, matter=whole or matter())


def write(content: str = "Tôi xin bổ sung số giấy hẹn 15.", **mail: Any) -> cmd.Command:
    return cmd.Write(content=content, matter=matter(f"{CONTENT}\n\n{content}"), mail=Mailed(**mail))


def answer() -> cmd.Command:
    return cmd.Answer(
        answer="Ông/Bà nộp tờ khai tại một cửa.",
        responsible_officer="Nguyễn Văn Minh",
        approving_leader="Trần Thị Thu",
    )


def result() -> cmd.Command:
    return cmd.SubmitResult(
        result="Đã xác minh.", responsible_officer="Nguyễn Văn Minh", approving_leader="Trần Thị Thu"
    )


def reappoint(at: str | datetime, reason: str = "Chờ sổ gốc từ huyện") -> cmd.Command:
    return cmd.Reappoint(new_due=local(at) if isinstance(at, str) else at, reason=reason)


def only(story: Story, kind: type[ev.Event]) -> Any:
    """The one event of this type that the last command made."""
    found = [event for event in story.events if isinstance(event, kind)]
    assert len(found) == 1, f"{kind.__name__} among {story.names}"
    return found[0]
