"""What is sent over HTTP; what is told lives in views/. The OpenAPI document is made from both."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.exchange import fields

END = fields.END
Code = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}[- .]?[0-9]{4}[- .]?[0-9]{4}" + END,
        description="Mã hồ sơ: 12 chữ số, số cuối là số kiểm tra",
        examples=["4821-0937-5514"],
    ),
]
MAIL = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}"
Kind = Literal["question", "report", "suggestion", "service"]
Slug = fields.Slug
ShortText = Annotated[str, Meta(max_length=300)]
LongText = Annotated[str, Meta(max_length=20000)]
Name = fields.Name
Words = fields.Words
Month = Annotated[str, Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])" + END, examples=["2026-11"])]
Version = Annotated[int, Meta(ge=1, le=1_000_000, description="Phiên bản hồ sơ mà người dùng đang xem")]
Moment = fields.Moment
BoardId = Annotated[str, Meta(pattern=r"^[0-9a-f]{12}" + END, examples=["0f3a9c1b2d4e"])]
Limit = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(max_length=200, description="Giá trị `cursor` của trang trước")]


EXAMPLE = "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì, nộp ở đâu?"


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """What is sent; unknown fields are refused."""


class SenderBody(Body, frozen=True):
    """Người gửi (Điều 6.c)."""

    kind: Literal["individual", "organisation"] = "individual"
    name: Annotated[str, Meta(max_length=200, examples=["Bùi Thị Hoa"])] = ""
    phone: Annotated[str, Meta(max_length=30, examples=["0912 345 678"])] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({MAIL})?{END}", examples=["hoa@example.com"])] = ""
    address: Annotated[str, Meta(max_length=500, examples=["Số 5 phố Trần Hưng Đạo"])] = ""


class CaseBody(Body, frozen=True):
    """Một câu hỏi, phản ánh, kiến nghị hoặc yêu cầu dịch vụ."""

    kind: Annotated[Kind, Meta(description="Câu hỏi, phản ánh, kiến nghị, hoặc dịch vụ")]
    content: Annotated[Words, Meta(description="Nội dung: việc gì, ở đâu, khi nào, cơ quan nào", examples=[EXAMPLE])]
    field: Annotated[Slug, Meta(description="Lĩnh vực; danh sách ở GET /v1/centre")] = "khac"
    about: Annotated[
        Slug | None, Meta(description="Nội dung cụ thể, với loại có `about` ở GET /v1/centre; để trống với loại khác")
    ] = None
    title: Annotated[ShortText, Meta(description="Tiêu đề ngắn")] = ""
    channel: Annotated[Literal["web", "app"], Meta(description="Gửi từ đâu")] = "web"
    sender: Annotated[SenderBody, Meta(description="Thiếu tên, địa chỉ hoặc cách liên hệ thì hồ sơ chờ bổ sung")] = (
        SenderBody()
    )
    anonymous: Annotated[bool, Meta(description="Người gửi muốn giấu tên: quy chế không tiếp nhận (Điều 6.c)")] = False
    declared_petition: Annotated[
        Literal["complaint", "denunciation"] | None, Meta(description="Người gửi tự xác định là đơn khiếu nại, tố cáo")
    ] = None


class DeskCaseBody(CaseBody, frozen=True):
    """Nội dung do điện thoại viên ghi lại thay người gửi (Điều 7.1)."""

    priority: Annotated[Slug, Meta(description="Mức độ; danh sách ở GET /v1/centre")] = "normal"

    channel: Annotated[Slug, Meta(description="Kênh; danh sách ở GET /v1/centre")] = "phone"  # type: ignore[assignment] # wider: the desk writes down every channel


class DetailsBody(Body, frozen=True):
    """Thông tin bổ sung."""

    content: LongText = ""
    sender: SenderBody = SenderBody()
    attachments: fields.FileIds = []


class DeskDetailsBody(DetailsBody, frozen=True, kw_only=True):
    """Thông tin bổ sung, do điện thoại viên ghi lại."""

    version: Version


class ActionBody(Body, frozen=True, kw_only=True):
    """An action on a case as its user saw it."""

    version: Version


class QuestionBody(ActionBody, frozen=True, kw_only=True):
    """Câu hỏi đề nghị người gửi bổ sung."""

    question: Words


class RefusalBody(ActionBody, frozen=True, kw_only=True):
    """Lý do không tiếp nhận và hướng dẫn nơi liên hệ; cần có cả hai (R39)."""

    reason: Words
    guidance: Words


class ClassifyBody(ActionBody, frozen=True, kw_only=True):
    """Phân loại lại."""

    kind: Kind
    field: Slug
    about: Slug | None = None
    priority: Annotated[
        str, Meta(pattern=rf"^([a-z][a-z0-9_]{{0,63}})?{END}", description="Mức độ; để trống thì giữ nguyên")
    ] = ""


class ForwardBody(ActionBody, frozen=True, kw_only=True):
    """Chuyển bộ phận một cửa của một cơ quan."""

    unit: Slug
    note: LongText = ""


class NoteBody(ActionBody, frozen=True, kw_only=True):
    """Chuyển cán bộ đầu mối của cơ quan."""

    note: LongText = ""


class AgencyBody(NoteBody, frozen=True, kw_only=True):
    """Chuyển cán bộ đầu mối: của chính đơn vị mình, hoặc của cơ quan `unit` nếu quy chế cho phép."""

    unit: Slug | Literal[""] = ""


class ReasonBody(ActionBody, frozen=True, kw_only=True):
    """Lý do."""

    reason: Words


class TakeBackBody(ActionBody, frozen=True, kw_only=True):
    """Lý do thu hồi, nếu có."""

    reason: LongText = ""


class OpinionBody(ActionBody, frozen=True, kw_only=True):
    """Ý kiến của lãnh đạo Trung tâm (Điều 8.3)."""

    opinion: Words
    leader: Name


class CorrectionBody(ActionBody, frozen=True, kw_only=True):
    """Lãnh đạo Trung tâm đính chính tình trạng trễ hạn do ngày nghỉ chưa được thông báo kịp."""

    reason: Words
    leader: Name


class AppointmentBody(ActionBody, frozen=True, kw_only=True):
    """Hẹn thời gian trả lời (Điều 8.1.c)."""

    at: Moment


class ReappointmentBody(ActionBody, frozen=True, kw_only=True):
    """Hẹn lại, tối đa một lần (Điều 9.3)."""

    new_due: Moment
    reason: Words


class AnswerBody(ActionBody, frozen=True, kw_only=True):
    """Trả lời người gửi, nêu người chịu trách nhiệm và lãnh đạo phê duyệt (Điều 8.1.c)."""

    answer: Words
    responsible_officer: Name
    approving_leader: Name
    attachments: fields.FileIds = []


class ResultBody(ActionBody, frozen=True, kw_only=True):
    """Kết quả xử lý của cơ quan."""

    result: Words
    responsible_officer: Name
    approving_leader: Name
    attachments: fields.FileIds = []


class DeclineBody(ActionBody, frozen=True, kw_only=True):
    """Không thuộc thẩm quyền của cơ quan."""

    reason: Words
    suggested: Slug | None = None


class PhonedBody(ActionBody, frozen=True, kw_only=True):
    """Đã gọi điện cho người gửi thay cho thư không đến được."""

    reached: Annotated[bool, Meta(description="Người gửi đã nghe máy và được báo nội dung")]
    number: Annotated[str, Meta(max_length=30, description="Số đã gọi, nếu khác số trong hồ sơ")] = ""
    note: Annotated[str, Meta(max_length=1000, description="Ghi chú ngắn")] = ""


class OutcomeBody(ActionBody, frozen=True, kw_only=True):
    """Kết quả thực hiện việc theo dõi của phản ánh hành vi."""

    outcome: Words


class PublicationBody(ActionBody, frozen=True, kw_only=True):
    """Nội dung đề nghị công khai; để trống thì lấy nội dung và câu trả lời của hồ sơ, đã ẩn dữ liệu cá nhân."""

    question: LongText | None = None
    answer: LongText | None = None


class SenderQuery(Body, frozen=True):
    """Tìm hồ sơ của một người gửi; không đặt số điện thoại trên địa chỉ."""

    contact: Annotated[str, Meta(min_length=3, max_length=254, examples=["0912 345 678"])]


class Health(Struct, frozen=True):
    """Máy chủ đang trả lời."""

    status: Literal["ok"] = "ok"
