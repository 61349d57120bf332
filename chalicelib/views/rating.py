"""The rating of an answer as the link in its letter asks for it: nothing of the matter itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.satisfaction import SatisfactionView, satisfaction


class RatingView(Struct, frozen=True):
    """Câu trả lời cần đánh giá: của hồ sơ nào, do đơn vị nào, lúc nào; `used`: liên kết đã được dùng để đánh giá."""

    code: str
    unit_name: str
    answered_at: datetime
    standing: SatisfactionView
    used: bool
    scale: Mapping[str, str]
    criteria: Mapping[str, str]


def rating(dossier: Dossier, used: bool, deps: Deps) -> RatingView:
    """Show what may be said of the last answer of a case that has one."""
    case, rules = dossier.case, deps.regulation.satisfaction
    standing = satisfaction(case, deps)
    assert standing is not None
    assert case.ended_at is not None
    return RatingView(
        code=case.code,
        unit_name=unit_name(case.agency or deps.regulation.operators, deps),
        answered_at=case.ended_at,
        standing=standing,
        used=used,
        scale=rules.scale,
        criteria=rules.criteria,
    )
