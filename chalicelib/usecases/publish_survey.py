"""Let the whole staff see what was measured."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError, NotFoundError
from chalicelib.domain.surveys import Phase, Survey
from chalicelib.ports import Deps
from chalicelib.usecases.plan_survey import require_surveyor


def publish_survey(survey: str, actor: Actor, deps: Deps) -> Survey:
    """Publish the results of one that is closed and return it; twice is once.

    Raises NotFoundError for whoever does not survey, ConflictError while answers come in.
    """
    require_surveyor(actor, deps)
    found = deps.surveys.find(survey)
    if found is None:
        raise NotFoundError("survey_not_found", "Không có khảo sát này")
    if found.phase is not Phase.CLOSED:
        raise ConflictError("survey_open", "Khảo sát còn đang lấy ý kiến", until=found.until.isoformat())
    if found.published_at:
        return found
    published = replace(found, published_at=deps.clock.now(), version=found.version + 1)
    deps.surveys.save(published)
    return published
