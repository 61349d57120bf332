"""Agency → centre: every reply as a type. Unknown fields are refused, so that a slip of the pen is never overlooked."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from msgspec import UNSET, Meta, UnsetType

from chalicelib.domain import commands as cmd
from chalicelib.exchange.fields import Duty, FileIds, Message, Moment, Name, Slug, Words, said


class Reply(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every reply has."""

    asks: ClassVar[type[cmd.Command]]
    case: Annotated[
        str,
        said("Mã hồ sơ: 12 chữ số, số cuối là số kiểm tra", "Code of the case: 12 digits, the last checks the others"),
        Meta(max_length=40, examples=["482109375514", "4821-0937-5514"]),
    ]
    assigned_at: Annotated[
        Moment | None,
        said(
            "Nên có: `assigned_at` của lần giao được trả lời",
            "Better given: `assigned_at` of the assignment that is answered",
        ),
    ] = None

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return self.asks()

    def files(self) -> tuple[str, ...]:
        """Return the ids of the files that go with it."""
        return ()


class Accepted(Reply, frozen=True, tag="accepted", kw_only=True):
    """Cơ quan đã nhận hồ sơ. / The agency has the case."""

    asks = cmd.Accept


class DetailsWanted(Reply, frozen=True, tag="details_wanted", kw_only=True):
    """Đề nghị người gửi bổ sung; thời hạn tạm dừng. / The sender must say more; the clock waits."""

    asks = cmd.RequestDetails
    question: Annotated[Words, said("Câu hỏi gửi nguyên văn đến người gửi", "Sent to the sender word for word")]

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.RequestDetails(question=self.question)


class Reappointed(Reply, frozen=True, tag="reappointed", kw_only=True):
    """Hẹn lại, tối đa một lần (Điều 9.3). / A new appointment, once."""

    asks = cmd.Reappoint
    new_due: Annotated[Moment, said("Trong giờ hành chính, sau hạn hiện tại", "In office hours, after the due time")]
    reason: Words

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.Reappoint(new_due=self.new_due, reason=self.reason)


class Result(Reply, frozen=True, tag="result", kw_only=True):
    """Kết quả xử lý. / The result, with who answers for it."""

    asks = cmd.SubmitResult
    result: Words
    responsible_officer: Annotated[Name, said("Cán bộ chịu trách nhiệm", "Official who answers for it")]
    approving_leader: Annotated[Name, said("Lãnh đạo phê duyệt", "Leader who approved it")]
    # Left unset, not empty: a result without files is still, byte for byte, what it was before there were any.
    attachments: FileIds | UnsetType = UNSET

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.SubmitResult(
            result=self.result,
            responsible_officer=self.responsible_officer,
            approving_leader=self.approving_leader,
        )

    def files(self) -> tuple[str, ...]:
        """Return the ids of the files that go with it."""
        return tuple(self.attachments or ())


class NotOurs(Reply, frozen=True, tag="not_ours", kw_only=True):
    """Không thuộc thẩm quyền của cơ quan. / Another agency's matter."""

    asks = cmd.Decline
    reason: Words
    suggested: Annotated[Slug | None, said("Mã cơ quan có thẩm quyền", "Id of the unit whose matter it is")] = None

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.Decline(reason=self.reason, suggested=self.suggested)


class ActionDone(Reply, frozen=True, tag="action_done", kw_only=True):
    """Đã xử lý thông báo, hoặc đã cử cán bộ khác. / A notice was dealt with, or another official sent (R75)."""

    asks = cmd.CloseAction
    action: Duty
    outcome: Words

    def command(self) -> cmd.Command:
        """Return what is asked."""
        return cmd.CloseAction(name=self.action, outcome=self.outcome, unit=self.unit)


HEARD = Accepted | DetailsWanted | Reappointed | Result | NotOurs | ActionDone
_TYPE_OF: dict[str, str] = {kind.asks.action: str(kind.__struct_config__.tag) for kind in HEARD.__args__}


def reply_types(actions: Any) -> list[str]:
    """Return the types of reply that ask for these actions; those that no reply asks for are left out."""
    return sorted(_TYPE_OF[action] for action in actions if action in _TYPE_OF)
