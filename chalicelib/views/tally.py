"""The tallies of a month, summed the ways people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.sums import Counts, sums

if TYPE_CHECKING:
    from chalicelib.ports import Deps

NOW = "now"


class Tallies(Struct, frozen=True):
    """Số liệu của một tháng (giờ Việt Nam), và số hồ sơ đang ở từng trạng thái lúc này.

    `totals`: received, answered, answered_late, refused, late (số hồ sơ trễ hạn), published, sms, sms_parts…
    `by_hour`: ngày → giờ (00–23) → số hồ sơ tiếp nhận; chỉ nêu giờ có tiếp nhận.
    `sms_cost` là tiền của sms_parts theo đơn giá của Trung tâm; trống khi chưa biết đơn giá.
    """

    month: str
    totals: Counts
    by_kind: Mapping[str, Counts]
    by_unit: Mapping[str, Counts]
    by_day: Mapping[str, Counts]
    states: dict[str, int]
    sms_cost: str = ""
    by_hour: Mapping[str, Counts] = {}


def tallies(month: str, deps: Deps) -> Tallies:
    """Read two partitions: the month's counters and the gauges of states."""
    found = sums(deps.tallies.month(month))
    price = deps.regulation.sms_price
    return Tallies(
        month=month,
        totals=found.totals,
        by_kind=found.by_kind,
        by_unit=found.by_unit,
        by_day=found.by_day,
        states=_states(deps.tallies.month(NOW), deps),
        sms_cost=price.of(found.totals.get("sms_parts", 0)) if price else "",
        by_hour=found.by_hour,
    )


def _states(gauges: Mapping[str, Mapping[str, int]], deps: Deps) -> dict[str, int]:
    return {state: sum(shard.get(state, 0) for shard in gauges.values()) for state in deps.regulation.states}
