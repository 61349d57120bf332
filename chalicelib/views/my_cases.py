"""The cases of one sender, as that sender sees them: how far each has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chalicelib.views.following import minutes_left
from chalicelib.views.progress import Progress, progress

if TYPE_CHECKING:
    from chalicelib.domain.case import Case
    from chalicelib.ports import Deps

MOST: Final = 50


class MyCase(Struct, frozen=True):
    """Một hồ sơ; `minutes` và `binding` như ở trang theo dõi."""

    progress: Progress
    field_label: str
    minutes: float | None
    binding: bool


def my_cases(sender: str, deps: Deps) -> tuple[MyCase, ...]:
    """List a sender's cases, the newest first and at most MOST of them."""
    return tuple(_mine(case, deps) for case in deps.lists.of_sender(sender, limit=MOST))


def _mine(case: Case, deps: Deps) -> MyCase:
    return MyCase(
        progress=progress(case, deps),
        field_label=deps.regulation.fields[case.field].label,
        minutes=minutes_left(case, deps),
        binding=case.stage is not None and case.stage.binding,
    )
