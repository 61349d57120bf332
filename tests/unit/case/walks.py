"""Random lives of a case: anybody tries anything, time passes, the sweep looks in or does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from hypothesis import strategies as st

from chalicelib.domain import commands as cmd
from chalicelib.domain import keeping, merits
from chalicelib.domain.actors import SENDER, SYSTEM, Sender
from chalicelib.domain.case import FOUNDED, PARTS, UNFOUNDED
from chalicelib.domain.centre_calendar import CLOSURE, DAY_OFF, WITHDRAWAL, WORKING_DAY, Change, announce, under
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.errors import DomainError
from chalicelib.domain.permissions import allowed
from chalicelib.domain.regulation import Regulation
from tests.builders import (
    AGENCY,
    HUONG,
    LEADER,
    OFFICER,
    OPERATOR,
    OTHER_AGENCY,
    POST,
    REGULATION,
    Story,
    answer,
    ask,
    matter,
    reappoint,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
    write,
)

OTHER_OFFICER = replace(OFFICER, unit="so_y_te")
PEOPLE = (OPERATOR, OFFICER, OTHER_OFFICER, AGENCY, OTHER_AGENCY, POST, LEADER, SENDER, SYSTEM)
STARTS = ("2026-11-09 09:00", "2026-11-13 16:50", "2026-02-13 15:00", "2026-11-07 23:00", "2026-11-09 11:30")
SUBJECTS = (matter(), matter(), matter(sender=Sender(name="A")), matter("Hỏi"), matter(anonymous=True))
VERDICTS = (FOUNDED, UNFOUNDED)
KINDS = (("report", "conduct"), ("question", None), ("report", "regulation"), ("suggestion", None), ("service", None))


class Life(list[Story]):
    """The stories of one case; shown short when a property fails."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self[-1]))


def later(story: Story, minutes: int) -> datetime:
    """An appointment that is fair more often than not."""
    return REGULATION.calendar.next_open(story.now + timedelta(minutes=minutes))


def commands(story: Story, spice: int) -> dict[str, list[cmd.Command]]:
    """Every action, with a choice of contents."""
    kind, about = KINDS[spice % len(KINDS)]
    return {
        "answer": [answer()],
        "request_details": [ask()],
        "refuse": [cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương")],
        "classify": [cmd.Classify(kind=kind, about=about, field="khac")],
        "forward_to_officer": [to_officer(), to_officer("so_y_te")],
        "send_to_post": [cmd.SendToPost()],
        "forward_to_agency": [to_agency()],
        "return_to_operator": [cmd.ReturnToOperator(reason="Nhầm")],
        "appoint": [cmd.Appoint(at=later(story, 2000))],
        "take_back": [cmd.TakeBack(reason="Chuyển nhầm" * (spice % 2))],
        "refer": [cmd.Refer(reason="Ngoài tỉnh")],
        "accept": [cmd.Accept()],
        "urge": [cmd.Urge(note="Quá lâu" * (spice % 2))],
        "reappoint": [reappoint(later(story, 60 + 45 * spice))],
        "submit_result": [result()],
        "decline": [cmd.Decline(reason="Nhầm")],
        "give_opinion": [cmd.GiveOpinion(opinion="Trả lời", leader="Giám đốc")],
        "supply_details": [supply(), supply(whole=matter(sender=replace(HUONG, address="")))],
        "write": [write(), write(attachments=1)],
        "rate": [cmd.Rate(rating=step, comment="Ý kiến" * (spice % 2)) for step in REGULATION.satisfaction.scale],
        "reopen": [cmd.Reopen(reason="Chưa trả lời đúng câu hỏi")],
        "propose_publication": [cmd.ProposePublication(question="Hỏi", answer="Đáp")],
        "approve_publication": [cmd.ApprovePublication(question="Hỏi", answer="Đáp")],
        "withdraw_publication": [cmd.WithdrawPublication(reason="Sai")],
        "correct_late": [cmd.CorrectLate(reason="Ngày nghỉ đột xuất", leader="Giám đốc")],
        "close_action": [cmd.CloseAction(name=name, outcome="Xong") for name in ("notice", "substitution")],
        "ask_input": [cmd.AskInput(units=("so_y_te", "so_noi_vu")[: 1 + spice % 2], question="Ý kiến?")],
        "give_input": [cmd.GiveInput(unit="so_y_te", opinion="Đồng ý", id=spice % 3)],
        "decline_input": [cmd.DeclineInput(unit="so_y_te", reason="Không thuộc lĩnh vực")],
        "withdraw_input": [cmd.WithdrawInput(id=1 + spice % 2)],
        "note_undelivered": [cmd.NoteUndelivered(channel="email", reason="bounce", letter="answered")],
        "note_phoned": [cmd.NotePhoned(reached=spice % 2 == 0, note="Đã gọi")],
        "watch": [cmd.Watch()],
        "hold_back": [keeping.HoldBack(reason="Đang khiếu nại")],
        "correct_sender": [keeping.CorrectSender(fields=("name",), content="Tên tôi viết sai")],
        "restrict": [keeping.Restrict()],
        "judge": [merits.Judge(verdict=word, leader="Giám đốc", reason="Đã xác minh") for word in VERDICTS],
        "note_change": [merits.NoteChange(document="12/QĐ-UBND", dated=date(2026, 11, 9), change="Bỏ một giấy tờ")],
        "propose_reward": [merits.ProposeReward(leader="Giám đốc", reward="Giấy khen")],
        "decide_reward": [
            merits.DecideReward(granted=granted, leader="Giám đốc", document="13/QĐ-UBND") for granted in (True, False)
        ],
        "lift_hold": [keeping.LiftHold(reason="Đã xong")],
        "anonymise": [keeping.Anonymise(basis=keeping.REQUEST, parts=parts) for parts in (("contact",), PARTS)],
    }


def step(story: Story, move: tuple[int, int, int]) -> Story:
    """Let time pass; then somebody does something that is open to them, or now and then something that is not."""
    choice, spice, minutes = move
    now = story.now + timedelta(minutes=minutes)
    if spice % 9 == 4:
        story = recalendared(story, now, choice)
    everything = commands(replace(story, now=now), spice)
    rare = {"refuse", "answer", "request_details"} if spice % 3 else set()  # else most lives would be short
    possible = [
        (actor, name) for actor in PEOPLE for name in allowed(story.case, actor, story.rules) if name not in rare
    ]
    if spice % 7 == 0:
        possible = [(actor, name) for actor in PEOPLE for name in everything]
    actor, name = possible[choice % len(possible)]
    command = everything[name][spice % len(everything[name])]
    try:
        return when(story, command, at=now, actor=actor)
    except DomainError:
        return replace(story, now=now, last=())


def recalendared(story: Story, now: datetime, choice: int) -> Story:
    """The administrator changes the calendar of the days about now, and every case is looked at once."""
    known = story.rules.changes
    today = now.astimezone(REGULATION.calendar.zone).date()
    wanted = (
        {"kind": DAY_OFF, "dates": (today + timedelta(days=choice % 5 - 2),)},
        {"kind": WORKING_DAY, "dates": (today + timedelta(days=choice % 6 + 1),)},
        {"kind": CLOSURE, "dates": (today + timedelta(days=choice % 3),), "frames": (("13:30", "16:00"),)},
        {"kind": WITHDRAWAL, "dates": (), "withdraws": choice % 4},
    )[choice % 4]
    change = Change(number=len(known) + 1, reason="Bão số 5", author="admin", at=now, **wanted)
    try:
        changes = (*known, announce(change, known, REGULATION, now))
    except DomainError:
        return story
    rules = replace(under(REGULATION, changes), authority=story.rules.authority)
    return when(replace(story, rules=rules), cmd.Watch(), at=now)


def lives(size: int = 14, rules: Regulation = REGULATION) -> st.SearchStrategy[Life]:
    """The same case after each of its steps, from its reception on."""
    minutes = st.sampled_from((0, 1, 5, 30, 60, 240, 480, 1440, 4320, 14400))
    moves = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 40), minutes), min_size=size // 2, max_size=size)
    starts = st.builds(
        begun,
        *(st.sampled_from(choices) for choices in (STARTS, SUBJECTS, KINDS, (0, 0, 1, 2, 2, 5, 6))),
        st.just(rules),
    )
    return st.builds(walked, starts, moves).map(Life)


def begun(at: str, subject: Matter, kind: tuple[str, str | None], tiers: int, rules: Regulation) -> list[Story]:
    """A reception and, where it was accepted, some of the way to the agency or to an answer that disappoints."""
    supervisor = OTHER_OFFICER.unit if kind[0] == "report" else ""
    done = [receive(subject, at=at, kind=kind[0], about=kind[1], rules=rules, supervisor=supervisor)]
    disappointed = (answer(), cmd.Rate(rating="not_satisfied"), cmd.Reopen(reason="Chưa trả lời đúng câu hỏi"))
    way = (to_officer(), to_agency(), result(), *disappointed)
    for command in way[:tiers]:
        if any(command.action in allowed(done[-1].case, actor, rules) for actor in PEOPLE):
            done.append(when(done[-1], command))
    return done


def walked(start: list[Story], moves: list[tuple[int, int, int]]) -> list[Story]:
    return reduce(lambda done, move: [*done, step(done[-1], move)], moves, start)
