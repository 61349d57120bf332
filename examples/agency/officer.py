"""What we answer. A stand-in for people and their own system: replace this file, keep the others.

A reply here is its type, the case and the type's own fields; the worker adds the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Message = dict[str, Any]
FEW_WORDS = 8
WEEK = timedelta(days=7)  # the same hour of the same weekday: an office hour, unless it is a holiday
SLOW = ("sổ gốc", "thực địa", "đo đạc", "quan trắc")


@dataclass(frozen=True, slots=True)
class Officer:
    """Answers for the fields of administration that are ours (none given: all), with two names below each result."""

    responsible_officer: str
    approving_leader: str
    fields: tuple[str, ...] = ()

    def answer(self, message: Message, assignment: Message | None, rejected: Message | None) -> list[Message]:
        """Return what a message makes us say; `assignment` is what gave us its case, `rejected` what it says no to."""
        match message["type"]:
            case "case_assigned" | "details_added":
                return self._look_into(message)
            case "conduct_notice":
                return [_done(message, "Đã làm việc với công chức và yêu cầu rút kinh nghiệm.")]
            case "substitution_requested":
                return [_done(message, "Đã cử công chức khác tiếp nhận và giải quyết.")]
            case "reminder" if assignment:
                return [self._result(assignment)]
            case "message_rejected" if assignment and rejected and rejected["type"] == "reappointed":
                return [self._result(assignment)]  # no more time was given
        return []  # nothing to say, or a type that did not exist when this was written

    def _look_into(self, message: Message) -> list[Message]:
        if self.fields and message["case"]["field"] not in self.fields:
            reason = "Nội dung này không thuộc thẩm quyền giải quyết của cơ quan chúng tôi."
            return [_reply("not_ours", message, reason=reason, suggested=None)]
        words = " ".join([message["title"], message["content"], *message["details"]])
        if not message["details"] and len(message["content"].split()) < FEW_WORDS:
            question = "Xin Ông/Bà cho biết rõ hơn sự việc: ở đâu, khi nào, liên quan đến hồ sơ nào."
            return [_reply("details_wanted", message, question=question)]
        if message["type"] == "case_assigned" and message["stage"] == "agency" and any(w in words for w in SLOW):
            later = datetime.fromisoformat(message["due_at"]) + WEEK
            reason = "Cần kiểm tra tại chỗ và đối chiếu hồ sơ lưu."
            promise = _reply("reappointed", message, new_due=later.isoformat(), reason=reason)
            return [_reply("accepted", message), promise]
        return [self._result(message)]

    def _result(self, assignment: Message) -> Message:
        return _reply(
            "result",
            assignment,
            result=f"Cơ quan đã kiểm tra nội dung “{assignment['title']}” và giải quyết theo quy định.",
            responsible_officer=self.responsible_officer,
            approving_leader=self.approving_leader,
        )


def _reply(kind: str, assignment: Message, **fields: Any) -> Message:
    # With assigned_at a reply that was long on its way cannot hit a later assignment of the same case.
    return {"type": kind, "case": assignment["case"]["code"], "assigned_at": assignment["assigned_at"], **fields}


def _done(message: Message, outcome: str) -> Message:
    return {"type": "action_done", "case": message["case"]["code"], "action": message["action"], "outcome": outcome}
