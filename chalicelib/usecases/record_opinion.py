"""Whoever surveys writes down what a drawn sender says by telephone or at the counter (R95, R96): once, with no name.

The opinion is kept as one given by link is: beside the used mark, joined to it by nothing.
"""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError, ForbiddenError, NotFoundError
from chalicelib.domain.reply_links import LinkOverError, LinkUnknownError
from chalicelib.domain.surveys import Asked
from chalicelib.ports import Deps
from chalicelib.usecases.answer_survey import Said, answer_survey, follow_invitation
from chalicelib.usecases.plan_survey import require_surveyor


def record_opinion(survey: str, mark: str, said: Said, actor: Actor, deps: Deps) -> None:
    """Keep it. Raises NotFoundError for who was not drawn or does not survey, ConflictError for who has answered or
    where the survey is over, ForbiddenError for who would measure the own unit, InvalidError.
    """
    if _drawn(survey, mark, actor, deps).answered:
        raise ConflictError("answered_before", "Người này đã cho ý kiến; mỗi người một lần")
    answer_survey(survey, mark, said, deps)


def record_silence(survey: str, mark: str, actor: Actor, deps: Deps) -> None:
    """Note that one who was telephoned would rather not say anything: nobody calls again. Raises as above."""
    deps.surveys.called(survey, _drawn(survey, mark, actor, deps))


def _drawn(survey: str, mark: str, actor: Actor, deps: Deps) -> Asked:
    require_surveyor(actor, deps)
    try:
        _, asked = follow_invitation(survey, mark, deps)
    except LinkUnknownError as error:
        raise NotFoundError("not_drawn", "Người này không được chọn hỏi trong khảo sát này") from error
    except LinkOverError as error:
        raise ConflictError("survey_over", "Khảo sát đã hết thời gian lấy ý kiến") from error
    if asked.unit == actor.unit:
        raise ForbiddenError("measures_itself", "Ý kiến về đơn vị của anh/chị phải do đơn vị khác ghi")
    return asked
