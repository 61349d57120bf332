"""The tallies of a month, summed the ways people ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct

from chalicelib.ports import Deps

NOW = "now"


class Tallies(Struct, frozen=True):
    """Số liệu của một tháng (giờ Việt Nam), và số hồ sơ đang ở từng trạng thái lúc này.

    `totals`: received, answered, answered_late, refused, late (số hồ sơ trễ hạn), published, sms, sms_parts…
    `sms_cost` là tiền của sms_parts theo đơn giá của Trung tâm; trống khi chưa biết đơn giá.
    """

    month: str
    totals: dict[str, int]
    by_kind: dict[str, dict[str, int]]
    by_unit: dict[str, dict[str, int]]
    by_day: dict[str, dict[str, int]]
    states: dict[str, int]
    sms_cost: str = ""


def tallies(month: str, deps: Deps) -> Tallies:
    """Read two partitions: the month's counters and the gauges of states."""
    totals: Counter[str] = Counter()
    parts: tuple[defaultdict[str, Counter[str]], ...] = tuple(defaultdict(Counter) for _ in range(3))
    for key, counts in deps.tallies.month(month).items():
        totals.update(counts)
        for part, name in zip(parts, key.split("#"), strict=True):
            part[name].update(counts)
    by_day, by_unit, by_kind = ({name: dict(counts) for name, counts in part.items()} for part in parts)
    price = deps.regulation.sms_price
    cost = price.of(totals["sms_parts"]) if price else ""
    return Tallies(month, dict(totals), by_kind, by_unit, by_day, _states(deps.tallies.month(NOW), deps), cost)


def _states(gauges: Mapping[str, Mapping[str, int]], deps: Deps) -> dict[str, int]:
    return {state: sum(shard.get(state, 0) for shard in gauges.values()) for state in deps.regulation.states}
