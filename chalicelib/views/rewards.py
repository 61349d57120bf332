"""What reports and suggestions led to, and what became of the rewards proposed for them (Điều 16.1; R108)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.domain.merit_events import LedToChange, RewardDecided, RewardProposed
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.events import Recorded


class ProposalView(Struct, frozen=True):
    """Một đề xuất khen thưởng và quyết định, nếu đã có; `granted` trống là đang chờ."""

    proposed_at: datetime
    leader: str
    reward: str
    decided_at: datetime | None = None
    granted: bool | None = None
    decided_by: str = ""
    document: str = ""
    reason: str = ""


class RewardRow(Struct, frozen=True):
    """Một phản ánh, kiến nghị đã dẫn đến sửa đổi: văn bản nào, sửa gì, khen thưởng ra sao. Không có tên người gửi."""

    code: str
    kind: str
    unit_name: Annotated[str, Meta(description="Đơn vị đã giải quyết")]
    noted_at: datetime
    document: str
    dated: date
    change: str
    merit: Annotated[str, Meta(description="changed, proposed, granted, declined")]
    proposals: tuple[ProposalView, ...]


class Rewards(Struct, frozen=True):
    """Của một năm, mới nhất trước; `cursor` trống là trang cuối."""

    year: int
    rewards: tuple[RewardRow, ...]
    cursor: str = ""


def rewards(year: int, deps: Deps, *, limit: int, cursor: str = "") -> Rewards:
    """List the cases of which a change was noted in a year of the office's calendar."""
    zone = deps.regulation.calendar.zone
    first, end = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    found = list(islice(deps.lists.led_to_change(first, end, cursor), limit + 1))
    rows = tuple(_row(code, deps) for _, code in found[:limit])
    return Rewards(year, rows, found[limit - 1][0] if len(found) > limit else "")


def _row(code: str, deps: Deps) -> RewardRow:
    dossier = deps.cases.dossier(code)
    case = dossier.case
    noted = next(past for past in dossier.history if isinstance(past.event, LedToChange))
    assert isinstance(noted.event, LedToChange)
    unit = case.agency or case.office
    return RewardRow(
        code=code,
        kind=case.kind,
        unit_name=unit_name(unit, deps) if unit else "",
        noted_at=noted.at,
        document=noted.event.document,
        dated=noted.event.dated,
        change=noted.event.change,
        merit=case.merit,
        proposals=_proposals(dossier.history),
    )


def _proposals(history: Iterable[Recorded]) -> tuple[ProposalView, ...]:
    made: list[ProposalView] = []
    for past in history:
        if isinstance(past.event, RewardProposed):
            made.append(ProposalView(past.at, past.event.leader, past.event.reward))
        elif isinstance(past.event, RewardDecided):
            made[-1] = _decided(made[-1], past.at, past.event)
    return tuple(made)


def _decided(one: ProposalView, at: datetime, event: RewardDecided) -> ProposalView:
    return ProposalView(
        proposed_at=one.proposed_at,
        leader=one.leader,
        reward=one.reward,
        decided_at=at,
        granted=event.granted,
        decided_by=event.leader,
        document=event.document,
        reason=event.reason,
    )
