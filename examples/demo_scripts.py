"""Which script a path of the corpus names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from examples import script_agencies, script_desk
from examples.demo_cases import Case, DemoError
from examples.script_matter import Matter

Script = Callable[[Matter], Awaitable[None]]
SCRIPTS: Mapping[str, Script] = {
    script.__name__: script
    for script in (
        script_desk.answered_at_once,
        script_desk.officer_answers,
        script_agencies.refused_by_operator,
        script_desk.refused_by_rule,
        script_desk.awaiting_details,
        script_agencies.details_supplied,
        script_desk.referred,
        script_desk.left_late_at_officer,
        script_desk.left_late_at_agency,
        script_desk.left_open,
        script_agencies.agency_result,
        script_agencies.agency_reappoints,
        script_agencies.agency_wants_details,
        script_agencies.agency_not_ours,
        script_agencies.conduct,
        script_agencies.service_done,
    )
}


def check(cases: Iterable[Case]) -> None:
    """Raise DemoError for a path nobody has written."""
    unknown = sorted({case.path for case in cases} - SCRIPTS.keys())
    if unknown:
        raise DemoError(f"no script for the path {', '.join(unknown)}")
