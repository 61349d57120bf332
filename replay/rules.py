"""The rules of a replay: one of our regulations, a file of one's own, or a few changes laid over ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from chalicelib.adapters import regulation_files as ours
from chalicelib.domain.centre_calendar import Change, under
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_parsing import RegulationError, from_mapping

DEFAULT = "hoa_binh"


def rules(regulation: str = "", calendar: str = "", changes: Sequence[Change] = ()) -> Regulation:
    """Return a regulation as asked for; raises RegulationError, CalendarError, DomainError, OSError or YAMLError.

    `regulation` is a name of ours or a YAML file. A file with an `id` is a whole regulation, its calendar beside it
    (x.yaml, x.calendar.yaml); one without is laid over ours and changes what it names, e.g.
    `stages: {agency: {minutes: 960}}`. `calendar` is a YAML file that replaces the calendar alone. What the centre
    announced at run time (`changes`) is laid over the calendar of ours, not over another.
    """
    base, more = _regulation(regulation or DEFAULT)
    data = ours.read(f"{base}.yaml")
    days = ours.calendar_file(str(Path(calendar).resolve())) if calendar else ours.calendar(base)
    found = from_mapping(_over(data, more), days)
    if not calendar and not Path(base).is_absolute():
        found = under(found, changes)
    return replace(found, title=_title(found, regulation if more else "", calendar))


def unit_names() -> dict[str, str]:
    """Return the names of the units by id."""
    return {unit["id"]: unit["name"] for unit in ours.read(f"{DEFAULT}.directory.yaml")["units"]}


def _regulation(asked: str) -> tuple[str, Mapping[str, Any]]:
    """Return what to start from, a name or a path without its ending, and what to lay over it."""
    if not asked.endswith(".yaml"):
        return asked, {}
    content = ours.read(str(Path(asked).resolve()))
    if not isinstance(content, Mapping):
        raise RegulationError(f"{asked}: no regulation")
    return (str(Path(asked).resolve().with_suffix("")), {}) if "id" in content else (DEFAULT, content)


def _over(data: Any, more: Any) -> Any:
    if not (isinstance(data, Mapping) and isinstance(more, Mapping)):
        return more
    return {**data, **{key: _over(data.get(key), value) for key, value in more.items()}}


def _title(found: Regulation, laid_over: str, calendar: str) -> str:
    parts = [found.title]
    parts += [f"thay đổi theo {Path(laid_over).name}"] if laid_over else []
    parts += [f"lịch làm việc {Path(calendar).name}"] if calendar else []
    parts += [f"lịch có {len(found.changes)} thông báo thay đổi"] if found.changes else []
    return ", ".join(parts)
