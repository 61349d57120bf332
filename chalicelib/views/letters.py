"""The centre's letters as they would be sent, with sample data: for the staff to know what people are told (R72)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.sms import size
from chalicelib.views.letter_contexts import contexts
from chalicelib.views.letter_samples import SAMPLES

if TYPE_CHECKING:
    from chalicelib.ports import Deps, Letter

ABOUT = {
    "acknowledged": "Báo đã tiếp nhận",
    "details_wanted": "Đề nghị người gửi bổ sung thông tin",
    "refused": "Báo không tiếp nhận, kèm lý do và hướng dẫn",
    "appointed": "Hẹn thời gian trả lời",
    "reappointed": "Hẹn lại thời gian trả lời",
    "rescheduled": "Báo thời hạn thay đổi theo lịch làm việc",
    "answered": "Trả lời người gửi",
    "reopened": "Báo đã nhận đề nghị xem xét lại",
    "survey": "Mời tham gia khảo sát sự hài lòng",
    "one_time_code": "Gửi mã dùng một lần để xem các hồ sơ của mình",
    "assigned": "Chuyển hồ sơ cho cơ quan",
    "overdue": "Báo trễ hạn",
    "reminder": "Đôn đốc một hồ sơ",
    "reminders": "Đôn đốc nhiều hồ sơ",
    "urged": "Đơn vị giám sát đôn đốc một hồ sơ",
    "conduct_notice": "Thông báo phản ánh về cán bộ",
    "substitution_request": "Đề nghị cử cán bộ khác",
    "taken_back": "Thu hồi hồ sơ đã chuyển nhầm",
    "opinion_wanted": "Xin ý kiến lãnh đạo Trung tâm",
    "written_back": "Báo đã nhận thư trả lời của người gửi",
    "sender_wrote": "Báo người gửi đã viết thêm",
    "input_wanted": "Xin ý kiến đơn vị khác",
    "input_came": "Đơn vị được hỏi đã trả lời",
    "input_withdrawn": "Không cần cho ý kiến nữa",
    "undelivered": "Đề nghị gọi điện cho người gửi",
    "petitions_due": "Nhắc hạn xử lý đơn khiếu nại, tố cáo",
    "digest": "Tình hình đầu ngày",
    "week": "Tình hình tuần",
    "breach": "Nhắc báo sự cố dữ liệu cá nhân",
    "right_due": "Nhắc trả lời yêu cầu về dữ liệu cá nhân",
}


class SmsView(Struct, frozen=True):
    """Tin nhắn thay thư; `cost` trống khi chưa biết đơn giá."""

    text: str
    encoding: str
    units: int
    parts: Annotated[int, Meta(description="Số phần phải trả tiền")]
    cost: str


class LetterSummary(Struct, frozen=True):
    """Một mẫu thư: để làm gì, gửi ai, dài bao nhiêu."""

    name: Annotated[str, Meta(description="Tên mẫu; sau dấu chấm là một dạng khác của nó", examples=["answered"])]
    about: str
    to: Literal["sender", "staff"]
    subject: str
    text_bytes: int
    html_bytes: int
    sms_parts: Annotated[int, Meta(description="0: không có tin nhắn")]


class LetterViews(Struct, frozen=True):
    """Mọi mẫu thư."""

    letters: tuple[LetterSummary, ...]


class LetterView(Struct, frozen=True):
    """Một mẫu thư với dữ liệu giả định, như người nhận thấy."""

    name: str
    about: str
    to: Literal["sender", "staff"]
    subject: str
    text: str
    html: str
    sms: SmsView | None = None


def letters(deps: Deps) -> LetterViews:
    """List every letter in each of its faces."""
    return LetterViews(tuple(_summary(name, _rendered(name, deps)) for name in contexts(deps.regulation)))


def letter(name: str, deps: Deps) -> LetterView:
    """Show one; raises NotFoundError."""
    if name not in contexts(deps.regulation):
        raise NotFoundError("letter_unknown", "Không có mẫu thư này")
    made = _rendered(name, deps)
    return LetterView(name, _about(name), _to(name), made.subject, made.text, made.html, sms(made, deps))


def sms(made: Letter, deps: Deps) -> SmsView | None:
    """Show what a letter is as an SMS, and what that costs."""
    if made.sms is None:
        return None
    measured, price = size(made.sms), deps.regulation.sms_price
    cost = price.of(measured.parts) if price else ""
    return SmsView(made.sms, measured.encoding, measured.units, measured.parts, cost)


def _summary(name: str, made: Letter) -> LetterSummary:
    parts = size(made.sms).parts if made.sms is not None else 0
    sizes = (len(made.text.encode()), len(made.html.encode()))
    return LetterSummary(name, _about(name), _to(name), made.subject, *sizes, parts)


def _rendered(name: str, deps: Deps) -> Letter:
    return deps.letters.render(name.partition(".")[0], contexts(deps.regulation)[name])


def _about(name: str) -> str:
    return ABOUT[name.partition(".")[0]]


def _to(name: str) -> Literal["sender", "staff"]:
    return "sender" if "sender_kind" in SAMPLES[name.partition(".")[0]] else "staff"
