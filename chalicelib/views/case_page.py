"""A case on one page for whoever works on it: the matter, the clock, what was said, and what can be done now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Actor, Role, Sender
from chalicelib.domain.authority import keeps_from
from chalicelib.domain.case import INPUT, Case, Duty
from chalicelib.domain.permissions import allowed, holds, may_know_sender
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.case_file import CaseFile, case_file
from chalicelib.views.files import FileView, attached
from chalicelib.views.inputs import InputView, inputs_of
from chalicelib.views.publication_draft import Draft, draft_for
from chalicelib.views.worklist import Urgency, urgency

if TYPE_CHECKING:
    from chalicelib.views.suggestions import Suggestions  # noqa: TC004 a page is never encoded: its types are not asked for

NOTHING: Mapping[str, str] = {}
SORTING = frozenset({"classify", "forward_to_officer"})  # whoever can do either has a use for suggestions
BY_THE_ASKED = ("give_input", "decline_input")  # on a page of their own
OF_RIGHTS = ("anonymise", "correct_sender", "restrict")  # decided on the page of what a sender asked for
BY_MAIL = "write"  # what the mail worker asks for, never a person at the desk


class CasePage(Struct, frozen=True):
    """Hồ sơ trên một trang; `sender` trống nếu người xem không được biết người gửi, `ways` là việc làm được lúc này.

    `result` là kết quả của cơ quan đang chờ được chuyển lời đến người gửi; `templates` là mẫu cho từng việc: mã và tên.
    `agency_decides` là căn cứ vì sao người đang giữ chưa được trả lời (không làm thay, R56), trống nếu được.
    `input_most` là số phút làm việc nhiều nhất có thể dành cho một đơn vị được hỏi ý kiến.
    """

    file: CaseFile
    title: str
    content: str
    details: tuple[str, ...]
    files: tuple[FileView, ...]
    sender: Sender | None
    stage_label: str
    urgency: Urgency
    ways: tuple[str, ...]
    duties: tuple[str, ...]
    draft: Draft | None
    result: dict[str, str]
    unit_names: dict[str, str]
    templates: dict[str, tuple[tuple[str, str], ...]]
    agency_decides: str
    hints: Suggestions
    inputs: tuple[InputView, ...]
    input_most: int


def case_page(dossier: Dossier, actor: Actor, deps: Deps, written: Mapping[str, str] = NOTHING) -> CasePage:
    """Show a case to somebody who may read it; `written` is a draft for the board under way."""
    from chalicelib.domain.events import SENDERS_WORDS, Received
    from chalicelib.domain.inputs import longest

    case, rules = dossier.case, deps.regulation
    events = [past.event for past in dossier.history]
    first = next(event for event in events if isinstance(event, Received))
    of_sender = [event for event in events if isinstance(event, SENDERS_WORDS)]
    file, ways = case_file(dossier, actor, deps), ways_open(case, actor, deps)
    return CasePage(
        file=file,
        title=first.title,
        content=first.content,
        details=tuple(event.content for event in of_sender if event is not first and event.content),
        files=tuple(one for event in of_sender for one in attached(event)) if may_know_sender(case, actor) else (),
        sender=dossier.sender if may_know_sender(case, actor) else None,
        stage_label=rules.stages[case.stage.name].label if case.stage else "",
        urgency=urgency(case.stage, deps),
        ways=ways,
        duties=tuple(one.name for one in _closable(case, actor)),
        draft=draft_for(ways, dossier, actor, written),
        result=_result(file),
        unit_names={unit: unit_name(unit, deps) for unit in _units(file)},
        templates={action: _templates(action, case, deps) for action in ways},
        agency_decides=_kept_by(case, actor, deps),
        hints=_hints(dossier, ways, actor, deps),
        inputs=inputs_of(dossier, deps),
        input_most=longest(case, rules, deps.clock.now()) if "ask_input" in ways else 0,
    )


def ways_open(case: Case, actor: Actor, deps: Deps) -> tuple[str, ...]:
    """Name what somebody can do now, without what the case would surely refuse."""
    stage, now = case.stage, deps.clock.now()
    from chalicelib.domain.taking_back import in_time

    vain = {
        BY_MAIL: True,
        **dict.fromkeys(OF_RIGHTS, True),
        **dict.fromkeys(BY_THE_ASKED, True),
        "accept": stage is not None and stage.accepted_at is not None,
        "take_back": not in_time(case, now),
        "appoint": case.appointment is not None,
        "reappoint": case.reappointed >= deps.regulation.reappointments or (stage is not None and now > stage.due_at),
    }
    return tuple(name for name in allowed(case, actor, deps.regulation) if not vain.get(name))


def _hints(dossier: Dossier, ways: tuple[str, ...], actor: Actor, deps: Deps) -> Suggestions:
    from chalicelib.views.suggestions import NONE, suggestions_or_none

    return suggestions_or_none(dossier, actor, deps) if SORTING.intersection(ways) else NONE


def _closable(case: Case, actor: Actor) -> tuple[Duty, ...]:
    documents = (one for one in case.open_actions if one.name != INPUT)
    return tuple(one for one in documents if actor.role == Role.OPERATOR or one.unit == actor.unit)


def _kept_by(case: Case, actor: Actor, deps: Deps) -> str:
    rule = holds(case, actor) and keeps_from(case, actor, "answer", deps.regulation.authority)
    return rule.article if rule else ""


def _templates(action: str, case: Case, deps: Deps) -> tuple[tuple[str, str], ...]:
    fit = ((name, one) for name, one in deps.reply_templates.items() if one.action == action and one.suits(case))
    return tuple((name, one.label) for name, one in fit)


def _result(file: CaseFile) -> dict[str, str]:
    """Return the agency's result and who answers for it, while its one-stop officer has it to pass on."""
    if not file.case.has_result:
        return {}
    last = next(event for event in reversed(file.timeline) if event.type == "ResultSubmitted")
    return last.texts | last.facts


def _units(file: CaseFile) -> set[str]:
    duties = {duty.unit for duty in file.case.actions}
    return (duties | {file.case.agency or "", file.case.supervisor, file.suggested_unit or ""}) - {""}
