"""Centre → agency: every message as a type. Readers ignore fields they do not know: version "1" may grow."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.exchange.fields import Duty, FileId, FileSize, MediaType, Message, Moment, Sha256, Slug, said

Due = Annotated[Moment, said("Hạn xử lý", "The time it is due")]
DocumentNumber = Annotated[str, said("Số của văn bản, nêu lại khi trả lời", "Number of the document")]
Stage = Annotated[Slug, said("Chặng xử lý: agency, hoặc post", "Stretch of work: agency, or post")]
Reason = Annotated[str, said("Lý do", "The reason, Vietnamese")]


class Subject(Struct, frozen=True):
    """Hồ sơ được nói đến. / The case that the message is about."""

    code: Annotated[str, said("Mã hồ sơ, 12 chữ số", "Code of the case, 12 digits"), Meta(pattern="^[0-9]{12}$")]
    kind: Annotated[
        Literal["question", "report", "suggestion", "service"],
        said("Câu hỏi, phản ánh, kiến nghị, yêu cầu dịch vụ", "Question, report, suggestion, service request"),
    ]
    about: Annotated[
        Slug | None,
        said(
            "Phản ánh về việc gì, ví dụ conduct: hành vi của cán bộ",
            "What it is about, e.g. conduct",
        ),
    ]
    field: Annotated[Slug, said("Lĩnh vực", "Field of administration")]
    version: Annotated[int, said("Số sự kiện của hồ sơ cho đến nay", "Number of events of the case so far")]


class Citizen(Struct, frozen=True):
    """Người gửi; dữ liệu cá nhân. / Who sent the case; personal data."""

    kind: Literal["individual", "organisation"]
    name: str
    phone: Annotated[str, said("Số điện thoại, dạng E.164 nếu đủ số", "E.164 where it is a full number")]
    email: str
    address: str


class CitizensFile(Struct, frozen=True):
    """Tệp của người gửi. / A file of the sender's: POST /v1/exchange/downloads fetches it."""

    id: FileId
    name: str
    media_type: MediaType
    size: FileSize
    sha256: Sha256


class Told(Message, frozen=True, kw_only=True):
    """What every message of the centre has."""

    message_id: Annotated[
        str,
        said("Nhận lại mã này nghĩa là cùng một thông điệp", "The same id again is the same message"),
        Meta(min_length=1, max_length=200),
    ]
    sent_at: Annotated[Moment, said("Lúc sự việc xảy ra", "When what it tells of happened")]


class OnCase(Told, frozen=True, kw_only=True):
    """A message about a case."""

    case: Subject


class Matter(OnCase, frozen=True, kw_only=True):
    """A message with what the citizen wrote."""

    title: str
    content: Annotated[str, said("Nội dung của người gửi", "What the sender wrote")]
    details: Annotated[list[str], said("Các lần bổ sung, cũ trước", "What the sender added later, oldest first")]
    note: Annotated[str, said("Ghi chú của bộ phận một cửa", "Note of the one-stop officer")]
    shortened: Annotated[
        bool,
        said(
            "Thông điệp quá dài: các lần bổ sung cũ nhất được lược bớt, xem đủ tại hệ thống",
            "It was too large: the oldest details were left out; the desk shows all",
        ),
    ] = False


class Work(Matter, frozen=True, kw_only=True):
    """A message that gives work."""

    stage: Stage
    assigned_at: Annotated[
        Moment,
        said(
            "Lúc giao; chép lại vào thông điệp trả lời để thư cũ không có hiệu lực với lần giao mới",
            "When it was given to you; repeat it in replies, and none of them can hit a later assignment",
        ),
    ]
    due_at: Due
    sender: Annotated[
        Citizen | UnsetType,
        said("Không có khi phản ánh về hành vi cán bộ", "Absent from a report about an official's conduct"),
    ] = UNSET
    attachments: Annotated[
        list[CitizensFile] | UnsetType,
        said("Các tệp của người gửi; không có như `sender`", "Files of the sender's, if any; absent where `sender` is"),
    ] = UNSET


class CaseAssigned(Work, frozen=True, tag="case_assigned", kw_only=True):
    """Chuyển hồ sơ đến cơ quan (Điều 8.1.c, 8.2.a). / A case is given to the agency."""


class DetailsAdded(Work, frozen=True, tag="details_added", kw_only=True):
    """Người gửi viết thêm; thời hạn đã dừng thì tính tiếp. / The sender wrote; a clock that had stopped runs again."""


class DeadlineMoved(OnCase, frozen=True, tag="deadline_moved", kw_only=True):
    """Hạn xử lý thay đổi theo lịch làm việc hoặc đính chính. / The due time has moved: calendar, or a correction."""

    stage: Stage
    old_due: Annotated[Moment | None, said("Hạn trước đó", "Due time until now")]
    due_at: Due
    reason: Reason


class Reminder(OnCase, frozen=True, tag="reminder", kw_only=True):
    """Hồ sơ đã quá hạn (Điều 9.2). / The limit has passed."""

    stage: Stage
    late_since: Annotated[Moment, said("Quá hạn từ lúc", "When the limit passed")]


class Withdrawn(OnCase, frozen=True, tag="withdrawn", kw_only=True):
    """Cơ quan không còn phải xử lý trên phần mềm. / The case, or a duty, has left the agency's software."""

    because: Annotated[
        Literal["done_at_desk", "taken_back"],
        said(
            "Cán bộ của cơ quan đã xử lý trên hệ thống của Trung tâm; hoặc Trung tâm rút lại",
            "The agency's own people dealt with it at the centre's desk; or the centre took it back",
        ),
    ]
    action: Annotated[Duty | None, said("Trống: cả hồ sơ", "Null: the whole case")] = None


class ConductNotice(Matter, frozen=True, tag="conduct_notice", kw_only=True):
    """Thông báo phản ánh về cán bộ (Điều 8.1); không nêu người gửi. / Notice of a report about an official."""

    action: Annotated[Literal["notice"], said("Tên việc để báo lại", "Name of the duty to report done")]
    number: DocumentNumber
    due_at: Due


class SubstitutionRequested(OnCase, frozen=True, tag="substitution_requested", kw_only=True):
    """Đề nghị cử cán bộ khác thay thế (Điều 8.1). / Another official is asked for."""

    action: Annotated[Literal["substitution"], said("Tên việc để báo lại", "Name of the duty to report done")]
    number: DocumentNumber
    due_at: Due


class Grounds(Struct, frozen=True):
    """Vì sao không có hiệu lực. / Why it had no effect, for people; may be reworded."""

    vi: str
    en: str


class MessageRejected(Told, frozen=True, tag="message_rejected", kw_only=True):
    """Thông điệp của cơ quan không có hiệu lực. / A message of the agency had no effect."""

    rejected_message_id: Annotated[str, said("Mã thông điệp bị từ chối", "Id of the message that had no effect")]
    code: Annotated[str, said("Mã lý do, không đổi", "Stable, for programs")]
    reason: Grounds
    pointer: Annotated[
        str, said("Chỗ sai trong thông điệp (JSON Pointer)", "JSON Pointer to the fault; empty: the whole message")
    ]
    allowed: Annotated[
        list[str], said("Loại thông điệp đang được nhận cho hồ sơ", "Types of reply that the case would take now")
    ]
    context: Annotated[dict[str, Any], said("Dữ kiện kèm theo mã", "Facts that go with the code")]


TOLD = (
    CaseAssigned
    | DetailsAdded
    | DeadlineMoved
    | Reminder
    | Withdrawn
    | ConductNotice
    | SubstitutionRequested
    | MessageRejected
)
TYPES: dict[str, type[Any]] = {str(kind.__struct_config__.tag): kind for kind in TOLD.__args__}
