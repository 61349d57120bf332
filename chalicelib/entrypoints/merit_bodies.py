"""What is sent about what a matter turned out to be worth: a verdict, a change, a reward."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.entrypoints.contracts import END, ActionBody, LongText, Name, Words

_NUMBER = r"[0-9]{1,6}(/[0-9]{4})?/[A-ZĐƯ][0-9A-ZĐƯ.&-]{0,59}"  # no word of a person fits in
DocumentNumber = Annotated[str, Meta(pattern=rf"^{_NUMBER}{END}", examples=["12/2026/QĐ-UBND"])]


class VerdictBody(ActionBody, frozen=True, kw_only=True):
    """Lãnh đạo Trung tâm kết luận về phản ánh hành vi: có cơ sở (founded) hay không có cơ sở (unfounded)."""

    verdict: Literal["founded", "unfounded"]
    reason: Words
    leader: Name


class ChangeBody(ActionBody, frozen=True, kw_only=True):
    """Quy định, thủ tục nào đã được sửa đổi, bãi bỏ nhờ phản ánh, kiến nghị; bằng văn bản nào (Điều 16.1)."""

    document: DocumentNumber
    dated: date
    change: Words


class ProposalBody(ActionBody, frozen=True, kw_only=True):
    """Thủ trưởng đơn vị xử lý đề xuất hình thức khen thưởng người gửi (Điều 16.1)."""

    reward: Words
    leader: Name


class RewardBody(ActionBody, frozen=True, kw_only=True):
    """Quyết định về đề xuất khen thưởng; khen thưởng thì phải có số văn bản (Điều 16.1)."""

    granted: bool
    leader: Name
    document: Annotated[str, Meta(pattern=rf"^({_NUMBER})?{END}", examples=["12/QĐ-UBND"])] = ""
    reason: LongText = ""
