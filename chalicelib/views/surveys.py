"""Surveys as the staff sees them: how far they are, and what was measured, by unit (R95)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.surveys import Result, Survey, measures, results
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor


class SurveyRow(Struct, frozen=True):
    """Một cuộc khảo sát: kỳ trả lời được hỏi, số người hỏi mỗi đơn vị, hạn cho ý kiến, đã công bố chưa."""

    id: str
    title: str
    first: date
    last: date
    per_unit: int
    at: datetime
    until: datetime
    phase: str
    published_at: datetime | None
    forgotten_at: datetime | None = None


class Measured(Struct, frozen=True):
    """Kết quả của một đơn vị; tên trống là các đơn vị ít ý kiến gộp chung. Số theo mức, và theo tiêu chí rồi mức."""

    unit_name: str
    answers: int
    ratings: Mapping[str, int]
    criteria: Mapping[str, Mapping[str, int]]


class SurveyView(Struct, frozen=True):
    """Kết quả khảo sát: đã hỏi, đã trả lời, theo đơn vị; ý kiến bằng lời chỉ đơn vị khảo sát xem được."""

    survey: SurveyRow
    asked: int
    answered: int
    measured: tuple[Measured, ...]
    comments: tuple[str, ...]
    own: bool


def rows(actor: Actor, deps: Deps) -> tuple[SurveyRow, ...]:
    """Show all surveys to those who survey, to others those that are published."""
    own = measures(actor, deps.survey_rules)
    return tuple(_row(survey) for survey in deps.surveys.all() if own or survey.published_at)


def survey(number: str, actor: Actor, deps: Deps) -> SurveyView:
    """Show one; raises NotFoundError where it is not there for this reader."""
    own, found = measures(actor, deps.survey_rules), deps.surveys.find(number)
    if found is None or not (own or found.published_at):
        raise NotFoundError("survey_not_found", "Không có khảo sát này")
    asked = len(deps.surveys.asked(number)) if found.asked is None else found.asked
    said = deps.surveys.opinions(number)
    measured = tuple(_measured(result, deps) for result in results(said, deps.survey_rules.smallest))
    words = tuple(sorted(opinion.comment for opinion in said if opinion.comment)) if own else ()
    return SurveyView(_row(found), asked, len(said), measured, words, own)


def _row(survey: Survey) -> SurveyRow:
    return SurveyRow(
        id=survey.id,
        title=survey.title,
        first=survey.first,
        last=survey.last,
        per_unit=survey.per_unit,
        at=survey.at,
        until=survey.until,
        phase=survey.phase.value,
        published_at=survey.published_at,
        forgotten_at=survey.forgotten_at,
    )


def _measured(result: Result, deps: Deps) -> Measured:
    name = unit_name(result.unit, deps) if result.unit else ""
    criteria = {criterion: dict(counts) for criterion, counts in result.criteria.items()}
    return Measured(name, result.answers, dict(Counter(result.ratings)), criteria)
