"""What an agency may fill in on the page of its link, and the command that each form asks for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta, Struct, structs

from chalicelib.entrypoints.forms import Nonce
from chalicelib.exchange.fields import END, Name, Slug, Words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from chalicelib.domain.commands import Command
    from chalicelib.domain.reply_links import Task


class ReplyForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every form has."""

    asks: ClassVar[str]  # in domain/commands/
    nonce: Nonce


class AcceptForm(ReplyForm, frozen=True, kw_only=True):
    """Nhận xử lý."""

    asks = "Accept"


class ResultForm(ReplyForm, frozen=True, kw_only=True):
    """Kết quả xử lý, cán bộ chịu trách nhiệm, lãnh đạo phê duyệt (Điều 11.1)."""

    asks = "SubmitResult"
    result: Words
    responsible_officer: Name
    approving_leader: Name


class QuestionForm(ReplyForm, frozen=True, kw_only=True):
    """Cần thêm thông tin từ người gửi."""

    asks = "RequestDetails"
    question: Words


class ReappointForm(ReplyForm, frozen=True, kw_only=True):
    """Hẹn lại một lần (Điều 9.3): ngày, giờ theo giờ của cơ quan, lý do."""

    asks = "Reappoint"
    day: date
    hour: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]" + END)]
    reason: Words


class DeclineForm(ReplyForm, frozen=True, kw_only=True):
    """Không thuộc thẩm quyền; cơ quan nào thì đúng, nếu biết."""

    asks = "Decline"
    reason: Words
    suggested: Slug | None = None


class DoneForm(ReplyForm, frozen=True, kw_only=True):
    """Đã thực hiện việc được thông báo hoặc đề nghị (R75)."""

    asks = "CloseAction"
    outcome: Words


class GiveInputForm(ReplyForm, frozen=True, kw_only=True):
    """Ý kiến của đơn vị được hỏi (R57)."""

    asks = "GiveInput"
    opinion: Words


class DeclineInputForm(ReplyForm, frozen=True, kw_only=True):
    """Không có ý kiến, hoặc không thuộc lĩnh vực của đơn vị (R57)."""

    asks = "DeclineInput"
    reason: Words


def kind_of(form: type[ReplyForm]) -> type[Command]:
    """Return the type of the command that a form asks for."""
    from chalicelib.domain import commands

    kind: type[Command] = getattr(commands, form.asks)
    return kind


def command_of(form: ReplyForm, task: Task, zone: ZoneInfo) -> Command:
    """Return what a form asks for, of the work that its link leads to."""
    given: dict[str, Any] = structs.asdict(form)
    del given["nonce"]
    if isinstance(form, ReappointForm):
        day, hour = given.pop("day"), given.pop("hour")
        given["new_due"] = datetime.combine(day, time.fromisoformat(hour), zone)
    if isinstance(form, DoneForm):
        given |= {"name": task.duty, "unit": task.unit}
    if isinstance(form, GiveInputForm | DeclineInputForm):
        given["unit"] = task.unit
    return kind_of(type(form))(**given)
