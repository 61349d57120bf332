"""What the sender has said of the last answer, and what may still be said of it (R93)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from chalicelib.domain.case import Case
    from chalicelib.ports import Deps


class SatisfactionView(Struct, frozen=True):
    """Đánh giá câu trả lời: đã đánh giá gì, đánh giá hoặc đề nghị xem xét lại được đến khi nào.

    `rating` trống khi chưa đánh giá; `may_reopen`: đề nghị xem xét lại được ngay lúc này.
    """

    rating: str
    until: datetime
    may_rate: bool
    may_reopen: bool


def satisfaction(case: Case, deps: Deps) -> SatisfactionView | None:
    """Show it; None where the case has no answer that stands."""
    from chalicelib.domain.case import ENDED

    if case.state not in ENDED:
        return None
    from chalicelib.domain.satisfaction import window_ends

    rules = deps.regulation.satisfaction
    until = window_ends(case, deps.regulation)
    in_time = deps.clock.now() <= until
    may_reopen = in_time and case.rating == rules.reopens and case.reopened < rules.reopenings
    return SatisfactionView(case.rating, until, in_time, may_reopen)
