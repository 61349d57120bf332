"""What cases like this one came to: kind, field, holder with reasons; what was told before. Never more than a hint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, structs

from chalicelib.domain.actors import OVERSEERS, Actor
from chalicelib.domain.errors import NotFoundError, UnavailableError
from chalicelib.domain.heard import heard, syllables, ways
from chalicelib.domain.past import Past, kind_with, past_of
from chalicelib.domain.sketches import alike, sketch
from chalicelib.domain.triage import FIELD, HOLDER, KIND, TASKS, Guess, guess
from chalicelib.domain.units import successors
from chalicelib.ports import local_day
from chalicelib.views.routing import routing_of

if TYPE_CHECKING:
    from chalicelib.ports import Deps, Dossier

AGAINST = 0.9  # so sure at least to speak against what a person chose


class Suggested(Struct, frozen=True):
    """Một gợi ý: giá trị, tên gọi, mức tin cậy (0–1), các từ trong nội dung đã dẫn đến gợi ý."""

    value: str
    label: str
    confidence: float
    words: tuple[str, ...]


class Alike(Struct, frozen=True):
    """Một hồ sơ gần đây có nội dung gần giống; `sameness` là phần trùng ước tính (0–1)."""

    code: str
    received_at: datetime
    state_label: str
    sameness: float


class Suggestions(Struct, frozen=True):
    """Gợi ý phân loại cho một hồ sơ, rút ra từ các hồ sơ đã giải quyết; người xử lý quyết định.

    `version` là số của bản đã học (0: chưa học được gì). Mục để trống là hệ thống không đủ chắc để gợi ý. `kind` có
    thể kèm đối tượng phản ánh (report.conduct). `by_rules` là đơn vị theo quy tắc phân công.
    `similar` chỉ có cho Tổng đài, lãnh đạo và quản trị.
    """

    version: Annotated[int, Meta(ge=0)]
    kind: Suggested | None = None
    field: Suggested | None = None
    holder: Suggested | None = None
    by_rules: str = ""
    by_rules_name: str = ""
    similar: tuple[Alike, ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether there is anything to look at."""
        return bool(self.kind or self.field or self.holder or self.similar)


NONE = Suggestions(0)


def suggestions(dossier: Dossier, actor: Actor, deps: Deps) -> Suggestions:
    """Return what is suggested for a case; nothing that the case has already. Raises UnavailableError."""
    case, own = dossier.case, {deps.regulation.operators, deps.regulation.leadership}
    past = past_of(case, dossier.sender, dossier.history, own)
    has = {KIND: kind_with(case.kind, case.about), FIELD: case.field, HOLDER: past.unit}
    ruled = routing_of(dossier, deps)
    return structs.replace(
        _told(past.words, (past.first_kind, past.first_field), has, deps),
        by_rules=ruled.owner,
        by_rules_name=ruled.owner_name,
        similar=_similar(past, deps) if actor.role in OVERSEERS else (),
    )


def suggestions_or_none(dossier: Dossier, actor: Actor, deps: Deps) -> Suggestions:
    """Return the same; nothing where what was learned cannot be read: a case is worked on without it, too."""
    try:
        return suggestions(dossier, actor, deps)
    except UnavailableError:
        return NONE


def for_words(words: str, field: str, deps: Deps) -> Suggestions:
    """Suggest for a matter that is being written down, for which a field may be chosen; the words are kept nowhere."""
    return _told(words, ("", field), {FIELD: field}, deps)


def _told(words: str, chosen: tuple[str, str], has: dict[str, str], deps: Deps) -> Suggestions:
    release = deps.learned.triage.newest(deps.clock.now())
    if release is None:
        return NONE
    said, tasks = heard(words, kind=chosen[0], field=chosen[1]), release.content.tasks
    found = {task: guess(tasks[task], said) for task in TASKS if task in tasks}
    shown = {task: _shown(task, found.get(task), has.get(task, ""), words, deps) for task in TASKS}
    return Suggestions(release.number, shown[KIND], shown[FIELD], shown[HOLDER])


def _shown(task: str, guessed: Guess | None, has: str, text: str, deps: Deps) -> Suggested | None:
    """Leave out what is not sure, what the case has, and what the rules do not know any more; give the words back."""
    if guessed is None or not guessed.sure:
        return None
    value, label = _holder(guessed.label, deps) if task == HOLDER else _chosen(task, guessed.label, deps)
    if not label or value == has:
        return None
    if has and task != HOLDER and guessed.confidence < AGAINST:
        return None
    words = tuple(next(iter(ways(text, word.split())), word) for word in guessed.words)
    return Suggested(value, label, round(guessed.confidence, 2), words)


def _holder(learned: str, deps: Deps) -> tuple[str, str]:
    """Return id and name of the unit that has today what was learned of one; nothing where that is none or several."""
    try:
        unit = deps.directory.unit(learned)
    except NotFoundError:
        return "", ""
    today = local_day(deps.clock.now(), deps.regulation)
    heirs = (unit,) if unit.in_force(today) else successors(unit, deps.directory.units(), today)
    return (heirs[0].id, heirs[0].name) if len(heirs) == 1 else ("", "")


def _chosen(task: str, value: str, deps: Deps) -> tuple[str, str]:
    """Return a field or kind with what it is called; no name where the rules do not know it any more."""
    rules = deps.regulation
    if task == FIELD:
        return value, rules.fields[value].label if value in rules.fields else ""
    kind, _, about = value.partition(".")
    if kind not in rules.kinds or (about and about not in rules.about):
        return value, ""
    return value, rules.kinds[kind].label + (f": {rules.about[about]}" if about else "")


def _similar(past: Past, deps: Deps) -> tuple[Alike, ...]:
    release = deps.learned.sketches.newest(deps.clock.now())
    if release is None:
        return ()
    near = alike(sketch(syllables(past.words)), release.content, past.code)
    cases = deps.cases.load_all([code for code, _ in near]) if near else {}
    return tuple(
        Alike(code, case.received_at, deps.regulation.states[case.state], round(share, 2))
        for code, share in near
        if code in cases and (case := cases[code].case)
    )
