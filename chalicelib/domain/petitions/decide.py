"""`decide(petition, command, rules, calendar, now)` -> event, words and article; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.petitions import commands as cmd
from chalicelib.domain.petitions import events as ev
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import CONTENT, IDENTITY, Petition, State
from chalicelib.domain.petitions.rules import PetitionRules
from chalicelib.domain.working_time import WorkingCalendar

RECEIVED, CLASSIFIED, ACCEPTED, SETTLED = State.RECEIVED, State.CLASSIFIED, State.ACCEPTED, State.SETTLED
ACTIONS: Mapping[str, frozenset[State]] = {
    "supplement": frozenset(State) - {State.CLOSED},
    "classify": frozenset({RECEIVED, CLASSIFIED}),
    "accept": frozenset({CLASSIFIED}),
    "refuse": frozenset({CLASSIFIED}),
    "transfer": frozenset({RECEIVED, CLASSIFIED}),
    "guide": frozenset({RECEIVED, CLASSIFIED}),
    "move": frozenset({RECEIVED, CLASSIFIED}),
    "extend": frozenset({ACCEPTED}),
    "settle": frozenset({ACCEPTED}),
    "follow": frozenset({ACCEPTED, SETTLED}),
    "execute": frozenset({SETTLED}),
    "withdraw": frozenset({CLASSIFIED, ACCEPTED}),
    "open": frozenset(State),
    "hold": frozenset(State),
    "lift": frozenset(State),
}
FOLLOWING = ("urged", "checked")


class Decision(NamedTuple):
    """What happened, and the words that came with it."""

    event: ev.Event
    words: Mapping[str, str]
    article: str


class Setting(NamedTuple):
    """What a decision is made under: rules, calendar, and the day at the office."""

    rules: PetitionRules
    calendar: WorkingCalendar
    today: date


def allowed(petition: Petition, rules: PetitionRules) -> tuple[str, ...]:
    """Name what can be done with a petition now."""
    if petition.erased_on:
        return ()
    return tuple(name for name, states in ACTIONS.items() if petition.state in states and _sense(name, petition, rules))


def decide(
    petition: Petition | None, command: cmd.Command, rules: PetitionRules, calendar: WorkingCalendar, now: datetime
) -> Decision:
    """Return what a command makes happen; raises InvalidError, or ConflictError where it is not the time for it."""
    setting = Setting(rules, calendar, local_date(now, calendar))
    if isinstance(command, cmd.Receive):
        _known("channel", command.channel, rules.channels)
        event = ev.Received(command.channel, command.joint, command.from_case)
        return Decision(event, {"content": command.content}, rules.basis)
    assert petition is not None
    if isinstance(command, cmd.Erase):
        return _erase(petition, command)
    if command.action not in allowed(petition, rules):
        raise ConflictError(
            "wrong_state",
            "Việc này không thực hiện được ở bước hiện tại của đơn",
            state=petition.state,
            allowed=allowed(petition, rules),
        )
    return _DECIDERS[type(command)](petition, command, setting)


def _sense(name: str, petition: Petition, rules: PetitionRules) -> bool:
    if name == "extend":
        most = max(map(len, rules.kinds[petition.kind].extensions.values()), default=0)
        return len(petition.granted) < most
    if name in cmd.OF_THE_HEAD:
        return petition.held == (name == "lift")
    return name != "withdraw" or not petition.withdrawn


def over(petition: Petition, closed_before: date) -> bool:
    """Tell whether nothing keeps it whole any longer: closed before that day, and not held."""
    return petition.closed_on is not None and petition.closed_on < closed_before and not petition.held


def _erase(petition: Petition, command: cmd.Erase) -> Decision:
    if petition.erased_on or not over(petition, command.closed_before):
        raise ConflictError("still_kept", "Đơn này còn phải lưu giữ")
    return Decision(ev.Erased(), {}, command.article)


def _supplement(_: Petition, command: cmd.Supplement, setting: Setting) -> Decision:
    return Decision(ev.Supplemented(), {"content": command.content}, setting.rules.basis)


def _classify(_: Petition, command: cmd.Classify, setting: Setting) -> Decision:
    _known("kind", command.kind, setting.rules.kinds)
    return Decision(ev.Classified(command.kind), {"note": command.note}, setting.rules.basis)


def _accept(petition: Petition, command: cmd.Accept, setting: Setting) -> Decision:
    _on(command.on, local_date(petition.received_at, setting.calendar), setting.today)
    words = {"body": command.body, "note": command.note}
    return Decision(ev.Accepted(command.on), words, setting.rules.kinds[petition.kind].accept.article)


def _refuse(petition: Petition, command: cmd.Refuse, setting: Setting) -> Decision:
    article = setting.rules.kinds[petition.kind].accept.article
    return Decision(ev.Ended("refused"), {"reason": command.reason}, article)


def _transfer(_: Petition, command: cmd.Transfer, setting: Setting) -> Decision:
    return Decision(ev.Ended("transferred"), {"body": command.body, "note": command.note}, setting.rules.told.article)


def _guide(_: Petition, command: cmd.Guide, setting: Setting) -> Decision:
    return Decision(ev.Ended("guided"), {"body": command.body, "note": command.note}, setting.rules.told.article)


def _move(_: Petition, command: cmd.Move, setting: Setting) -> Decision:
    return Decision(ev.Ended("moved"), {"case": command.case, "reason": command.reason}, setting.rules.basis)


def _extend(petition: Petition, command: cmd.Extend, setting: Setting) -> Decision:
    kind, before = setting.rules.kinds[petition.kind], len(petition.granted)
    _known("grade", command.grade, kind.extensions)
    steps = kind.extensions[command.grade]
    if before >= len(steps):
        raise ConflictError(
            "extended_enough", "Đã gia hạn đủ số lần luật cho phép", times=before, article=kind.extension_article
        )
    event = ev.Extended(command.grade, steps[before])
    return Decision(event, {"reason": command.reason}, kind.extension_article)


def _settle(petition: Petition, command: cmd.Settle, setting: Setting) -> Decision:
    assert petition.accepted_on is not None
    kind = setting.rules.kinds[petition.kind]
    _known("document", command.document, kind.documents)
    _on(command.on, petition.accepted_on, setting.today)
    event = ev.Settled(command.document, command.number, command.on)
    return Decision(event, {"note": command.note}, kind.settle.article)


def _follow(_: Petition, command: cmd.Follow, setting: Setting) -> Decision:
    _known("how", command.how, FOLLOWING)
    return Decision(ev.Followed(command.how, setting.today), {"note": command.note}, setting.rules.basis)


def _execute(_: Petition, command: cmd.Execute, setting: Setting) -> Decision:
    return Decision(ev.Executed(), {"note": command.note}, setting.rules.basis)


def _withdraw(petition: Petition, command: cmd.Withdraw, setting: Setting) -> Decision:
    kind = setting.rules.kinds[petition.kind]
    if command.goes_on and not kind.may_go_on:
        title = "Rút đơn thì việc giải quyết được đình chỉ; luật không cho tiếp tục với loại đơn này"
        raise InvalidError("withdrawn_is_over", title, pointer="/goes_on", article=kind.withdrawal_article)
    return Decision(ev.Withdrawn(command.goes_on), {"reason": command.reason}, kind.withdrawal_article)


def _open(_: Petition, command: cmd.Open, setting: Setting) -> Decision:
    _known("part", command.part, (CONTENT, IDENTITY))
    if command.part == IDENTITY and not command.reason:
        title = "Xin ghi lý do cần biết người gửi là ai; lý do được lưu lại"
        raise InvalidError("reason_missing", title, pointer="/reason")
    return Decision(ev.Opened(command.part), {"reason": command.reason}, setting.rules.basis)


def _hold(_: Petition, command: cmd.HoldBack, setting: Setting) -> Decision:
    return Decision(ev.HeldBack(), {"reason": command.reason}, setting.rules.basis)


def _lift(_: Petition, command: cmd.LiftHold, setting: Setting) -> Decision:
    return Decision(ev.HoldLifted(), {"reason": command.reason}, setting.rules.basis)


def _known(name: str, given: str, known: Any) -> None:
    if given not in known:
        raise InvalidError(f"unknown_{name}", "Lựa chọn này không có", pointer=f"/{name}", allowed=list(known))


def _on(day: date, first: date, today: date) -> None:
    if not first <= day <= today:
        title = "Ngày này phải từ bước trước đến hôm nay"
        raise InvalidError("day_out_of_order", title, pointer="/on", first=str(first), last=str(today))


_DECIDERS: Mapping[type[cmd.Command], Callable[[Petition, Any, Setting], Decision]] = {
    cmd.Supplement: _supplement,
    cmd.Classify: _classify,
    cmd.Accept: _accept,
    cmd.Refuse: _refuse,
    cmd.Transfer: _transfer,
    cmd.Guide: _guide,
    cmd.Move: _move,
    cmd.Extend: _extend,
    cmd.Settle: _settle,
    cmd.Follow: _follow,
    cmd.Execute: _execute,
    cmd.Withdraw: _withdraw,
    cmd.Open: _open,
    cmd.HoldBack: _hold,
    cmd.LiftHold: _lift,
}
