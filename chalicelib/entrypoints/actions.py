"""What the staff can do with a case: one table, of which the API makes routes and the desk forms."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from chalicelib.domain.actors import Actor, Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import merit_bodies as merits_given
from chalicelib.entrypoints.wording import telephone

if TYPE_CHECKING:
    from chalicelib.domain.case import Case

OPERATOR, OFFICER, AGENCY, LEADERSHIP = Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP
FILES = "attachments"  # what the body calls the ids of uploads
UNITS = frozenset({OFFICER, AGENCY, LEADERSHIP})
Do = Callable[..., "Case"]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: whom its route lets in (the case itself decides the rest), what is sent, what is asked."""

    path: str
    allow: AbstractSet[str]
    body: type[given.ActionBody]
    name: str  # in domain/permissions/; its command is called the same
    words: str


ACTIONS = (
    Action("answer", {OPERATOR, OFFICER}, given.AnswerBody, "answer", "Trả lời người gửi (Điều 8.1)"),
    Action("request-details", {OPERATOR, OFFICER, AGENCY}, given.QuestionBody, "request_details", "Đề nghị bổ sung"),
    Action("refuse", {OPERATOR, OFFICER}, given.RefusalBody, "refuse", "Không tiếp nhận (Điều 7.2)"),
    Action("classify", {OPERATOR}, given.ClassifyBody, "classify", "Phân loại lại (Điều 10.2.b)"),
    Action(
        "forward",
        {OPERATOR},
        given.ForwardBody,
        "forward_to_officer",
        "Chuyển bộ phận một cửa (Điều 8.1.b)",
    ),
    Action("forward-to-agency", {OFFICER}, given.AgencyBody, "forward_to_agency", "Chuyển cơ quan (Điều 8.1.c)"),
    Action("send-to-post", {OPERATOR}, given.ActionBody, "send_to_post", "Chuyển bưu điện (Điều 8.2.a)"),
    Action("return", {OFFICER}, given.ReasonBody, "return_to_operator", "Trả lại tổng đài"),
    Action("take-back", {OPERATOR, OFFICER}, given.TakeBackBody, "take_back", "Thu hồi hồ sơ chuyển nhầm (Điều 7.3)"),
    Action("refer", {OPERATOR, OFFICER}, given.ReasonBody, "refer", "Trình lãnh đạo Trung tâm (Điều 8.3)"),
    Action("opinion", {LEADERSHIP}, given.OpinionBody, "give_opinion", "Cho ý kiến (Điều 8.3)"),
    Action("correct-late", {LEADERSHIP}, given.CorrectionBody, "correct_late", "Đính chính trễ hạn (Điều 9.2)"),
    Action("verdict", {LEADERSHIP}, merits_given.VerdictBody, "judge", "Kết luận về phản ánh hành vi (Điều 14)"),
    Action("change", UNITS | {OPERATOR}, merits_given.ChangeBody, "note_change", "Dẫn đến thay đổi (Điều 16.1)"),
    Action("reward", UNITS, merits_given.ProposalBody, "propose_reward", "Đề xuất khen thưởng (Điều 16.1)"),
    Action(
        "reward/decision", {LEADERSHIP}, merits_given.RewardBody, "decide_reward", "Quyết định khen thưởng (Điều 16.1)"
    ),
    Action("appointment", {OFFICER}, given.AppointmentBody, "appoint", "Hẹn thời gian trả lời (Điều 8.1.c)"),
    Action("urge", {OFFICER, AGENCY}, given.NoteBody, "urge", "Đôn đốc đơn vị đang giữ hồ sơ"),
    Action("accept", {AGENCY}, given.ActionBody, "accept", "Cơ quan nhận việc"),
    Action("reappointment", {AGENCY}, given.ReappointmentBody, "reappoint", "Hẹn lại một lần (Điều 9.3)"),
    Action("result", {AGENCY}, given.ResultBody, "submit_result", "Nhập kết quả xử lý (Điều 11.1.a)"),
    Action("decline", {AGENCY}, given.DeclineBody, "decline", "Không thuộc thẩm quyền của cơ quan"),
    Action("hold", {LEADERSHIP}, given.ReasonBody, "hold_back", "Giữ lại hồ sơ, chưa ẩn danh (R100)"),
    Action("hold/lift", {LEADERSHIP}, given.ReasonBody, "lift_hold", "Thôi giữ hồ sơ (R100)"),
    Action("publication/withdraw", {LEADERSHIP}, given.ReasonBody, "withdraw_publication", "Gỡ hoặc không công khai"),
)
FORWARDING = ("forward", "forward-to-agency")


def command_of(action: Action) -> Any:
    """Return the command's type; commands are loaded when somebody acts, not with the routes."""
    from chalicelib.domain import commands, keeping, merits

    name = action.name.title().replace("_", "")
    return next(getattr(room, name) for room in (commands, keeping, merits) if hasattr(room, name))


def command_from(action: Action, body: given.ActionBody) -> Any:
    """Return what is asked; the files that are to go with it are not there yet."""
    kind = command_of(action)
    said = {item.name for item in fields(kind)} & {*body.__struct_fields__} - {FILES}
    return kind(**{name: getattr(body, name) for name in said})


def way(action: Action, body: given.ActionBody) -> tuple[Any, ...]:
    """Return the use case of an action and what it is given."""
    command = command_from(action, body)
    if uploads := getattr(body, FILES, ()):
        from chalicelib.usecases.attach_files import carry_out_with_files

        return carry_out_with_files, command, uploads
    if action.path in FORWARDING:
        from chalicelib.usecases.forward_case import forward_case

        return forward_case, command
    if action.path == "classify":
        from chalicelib.usecases.assign_supervisor import classify_case

        return classify_case, command
    from chalicelib.usecases.carry_out import carry_out

    return carry_out, command


def phoned_way(body: given.PhonedBody) -> tuple[Do, Any]:
    """Return the use case of a call, and its command."""
    from chalicelib.domain.commands import NotePhoned
    from chalicelib.usecases.carry_out import carry_out

    number = telephone(body.number, "/number") if body.number else ""
    return carry_out, NotePhoned(reached=body.reached, number=number, note=body.note)


def closing_way(name: str, outcome: str, caller: Actor) -> tuple[Do, Any]:
    """Return the use case of a duty that is done, and its command."""
    from chalicelib.domain.commands import CloseAction
    from chalicelib.usecases.carry_out import carry_out

    return carry_out, CloseAction(name=name, outcome=outcome, unit="" if caller.role == OPERATOR else caller.unit)
