"""Bottlenecks, the forecast, and how the suggestions did, for leadership and whoever plans shifts (R111–R113)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.signals import Found
    from chalicelib.ports.learned import Facts

TASK_NAMES = {"kind": "Loại", "field": "Lĩnh vực", "holder": "Cơ quan giải quyết"}


class Part(Struct, frozen=True):
    """Một lĩnh vực hoặc đơn vị và số hồ sơ của nó."""

    id: str
    label: str
    cases: int


class BottleneckView(Struct, frozen=True):
    """Một điểm nghẽn: nội dung được nhắc nhiều hơn thường lệ trong tuần, so với tám tuần trước.

    `senders` là số người gửi khác nhau, `usual` là mức thường lệ cho một tuần như tuần này, `chance` là xác suất để số
    ấy tự nhiên cao như vậy. `codes` là các hồ sơ đứng sau con số.
    """

    subject: Literal["words", "field", "unit", "conduct"]
    label: str
    senders: int
    usual: float
    times: float
    chance: float
    fields: tuple[Part, ...]
    units: tuple[Part, ...]
    codes: tuple[str, ...]


class Bottlenecks(Struct, frozen=True):
    """Điểm nghẽn của bảy ngày trước `today` (trống khi chưa tính lần nào); `cases` là số hồ sơ của bảy ngày ấy."""

    today: date | None
    made_at: datetime | None
    cases: int
    found: tuple[BottleneckView, ...]


class DayView(Struct, frozen=True):
    """Một ngày dự báo: số hồ sơ dự kiến, khoảng mà bốn trong năm ngày sẽ nằm trong, và theo giờ (24 số)."""

    day: date
    worked: bool
    cases: float
    low: float
    high: float
    hours: tuple[float, ...]


class Forecast(Struct, frozen=True):
    """Dự báo lượng tiếp nhận bốn tuần kể từ `today`; không có ngày nào khi số liệu chưa đủ tám tuần."""

    today: date | None
    made_at: datetime | None
    days: tuple[DayView, ...]
    learned_from: Annotated[int, Meta(ge=0, description="Số hồ sơ trong số liệu dùng để dự báo")]


class HitView(Struct, frozen=True):
    """Gợi ý của bản trước, đối chiếu với cách các hồ sơ đến sau nó đã được giải quyết."""

    task: str
    label: str
    cases: int
    told: int
    right: int
    percent: float | None


class Triage(Struct, frozen=True):
    """Bản gợi ý đang dùng: số, lúc học, số hồ sơ đã học; `hits` là tỷ lệ đúng trong thực tế."""

    version: int
    made_at: datetime
    learned_from: int
    hits: tuple[HitView, ...]


def bottlenecks(deps: Deps) -> Bottlenecks:
    """Return the newest findings."""
    release = deps.learned.findings.newest(deps.clock.now())
    if release is None:
        return Bottlenecks(None, None, 0, ())
    found = tuple(_shown(one, deps) for one in release.content.found)
    return Bottlenecks(release.content.today, release.at, release.content.cases, found)


def forecast(deps: Deps) -> Forecast:
    """Return the newest forecast, to the tenth of a case."""
    release = deps.learned.forecast.newest(deps.clock.now())
    if release is None:
        return Forecast(None, None, (), 0)
    days = tuple(
        DayView(
            one.day,
            one.worked,
            round(one.cases, 1),
            round(one.low, 1),
            round(one.high, 1),
            tuple(round(hour, 1) for hour in one.hours),
        )
        for one in release.content.days
    )
    return Forecast(release.content.today, release.at, days, release.facts.cases)


def triage(deps: Deps) -> Triage | None:
    """Return what is known of the newest model; None of none."""
    release = deps.learned.triage.newest(deps.clock.now())
    return Triage(release.number, release.at, release.facts.cases, _hits(release.facts)) if release else None


def _hits(facts: Facts) -> tuple[HitView, ...]:
    return tuple(
        HitView(
            task, TASK_NAMES[task], one.cases, one.told, one.right, 100 * one.right / one.told if one.told else None
        )
        for task, one in facts.before.items()
        if task in TASK_NAMES
    )


def _shown(found: Found, deps: Deps) -> BottleneckView:
    one, fields = found.bottleneck, {name: field.label for name, field in deps.regulation.fields.items()}
    return BottleneckView(
        subject=one.subject[0],  # type: ignore[arg-type] # the four names of domain/bottlenecks.py
        label=found.named(fields, lambda unit: unit_name(unit, deps)),
        senders=one.senders,
        usual=one.usual,
        times=round(one.times, 1),
        chance=one.chance,
        fields=tuple(Part(field, fields.get(field, field), count) for field, count in one.fields),
        units=tuple(Part(unit, unit_name(unit, deps), count) for unit, count in one.units),
        codes=one.codes,
    )
