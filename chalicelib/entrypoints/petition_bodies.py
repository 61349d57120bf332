"""What is sent of petitions, by programs as JSON and by pages as forms."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.domain.petitions import commands as cmd
from chalicelib.entrypoints import contracts as given

Body = Annotated[str, Meta(min_length=1, max_length=500, description="Cơ quan, người có thẩm quyền")]
Note = Annotated[str, Meta(max_length=20_000)]
Wanted = Annotated[str, Meta(min_length=1, max_length=20_000)]
Number = Annotated[str, Meta(min_length=1, max_length=100, examples=["123/QĐ-UBND"])]
Reason = Annotated[str, Meta(min_length=10, max_length=2000, description="Vì sao cần biết; được lưu lại")]
Month = Annotated[str, Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])" + given.END, examples=["2026-11"])]


class PetitionBody(given.Body, frozen=True, kw_only=True):
    """Một đơn khiếu nại hoặc tố cáo; người có trách nhiệm phân loại, không phải máy."""

    content: given.Words
    sender: given.SenderBody
    joint: Annotated[bool, Meta(description="Đơn của nhiều người")] = False


class DeskPetitionBody(PetitionBody, frozen=True, kw_only=True):
    """Đơn do cán bộ ghi lại thay người gửi."""

    channel: Literal["phone", "counter", "post"]


class SupplementBody(given.Body, frozen=True, kw_only=True):
    """Lời người gửi nói thêm."""

    content: given.Words


class ClassifyBody(given.Body, frozen=True, kw_only=True):
    """Đơn thuộc loại nào."""

    kind: given.Slug
    note: Note = ""


class AcceptBody(given.Body, frozen=True, kw_only=True):
    """Thụ lý: cơ quan nào, ngày nào."""

    body: Body
    on: date
    note: Note = ""


class RefuseBody(given.Body, frozen=True, kw_only=True):
    """Không thụ lý, vì sao."""

    reason: Wanted


class TransferBody(given.Body, frozen=True, kw_only=True):
    """Chuyển đến nơi có thẩm quyền."""

    body: Body
    note: Note = ""


class GuideBody(given.Body, frozen=True, kw_only=True):
    """Hướng dẫn người gửi đến nơi có thẩm quyền."""

    body: Body
    note: Note = ""


class MoveBody(given.Body, frozen=True, kw_only=True):
    """Là phản ánh, kiến nghị: đã ghi thành hồ sơ nào."""

    case: given.Code
    reason: Wanted


class ExtendBody(given.Body, frozen=True, kw_only=True):
    """Gia hạn giải quyết."""

    grade: given.Slug
    reason: Wanted


class SettleBody(given.Body, frozen=True, kw_only=True):
    """Quyết định, kết luận: loại, số, ngày."""

    document: given.Slug
    number: Number
    on: date
    note: Note = ""


class FollowBody(given.Body, frozen=True, kw_only=True):
    """Đã đôn đốc (urged) hoặc kiểm tra (checked)."""

    how: Literal["urged", "checked"]
    note: Wanted


class ExecuteBody(given.Body, frozen=True, kw_only=True):
    """Đã thi hành xong."""

    note: Wanted


class WithdrawBody(given.Body, frozen=True, kw_only=True):
    """Người gửi rút đơn; có tiếp tục giải quyết không."""

    goes_on: bool = False
    reason: Wanted


class HoldBody(given.Body, frozen=True, kw_only=True):
    """Giữ đơn quá thời hạn lưu giữ (vụ việc nghiêm trọng), hoặc thôi giữ; vì sao."""

    reason: Wanted


class MoveCaseBody(given.Body, frozen=True, kw_only=True):
    """Một người đã đọc và thấy hồ sơ là đơn khiếu nại, tố cáo."""

    files_handed_over: Annotated[bool, Meta(description="Tệp của hồ sơ, nếu có, đã chuyển cho phòng xử lý đơn")] = False


class ReasonBody(given.Body, frozen=True, kw_only=True):
    """Lý do cần biết người gửi là ai."""

    reason: Reason


BODIES: Final[dict[type[cmd.Command], type[msgspec.Struct]]] = {
    cmd.Supplement: SupplementBody,
    cmd.Classify: ClassifyBody,
    cmd.Accept: AcceptBody,
    cmd.Refuse: RefuseBody,
    cmd.Transfer: TransferBody,
    cmd.Guide: GuideBody,
    cmd.Move: MoveBody,
    cmd.Extend: ExtendBody,
    cmd.Settle: SettleBody,
    cmd.Follow: FollowBody,
    cmd.Execute: ExecuteBody,
    cmd.Withdraw: WithdrawBody,
    cmd.HoldBack: HoldBody,
    cmd.LiftHold: HoldBody,
}


def who_may(kind: type[cmd.Command]) -> frozenset[Role]:
    """Name the roles whose a command is."""
    return frozenset({Role.PETITION_HEAD}) if kind.action in cmd.OF_THE_HEAD else PETITION_STAFF


def command_of(kind: type[cmd.Command], body: Any) -> cmd.Command:
    """Return the command that a body asks for: the fields have the same names."""
    return kind(**msgspec.structs.asdict(body))
