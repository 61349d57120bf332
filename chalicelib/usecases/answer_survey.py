"""Somebody who was asked answers, by the link in the invitation: once, and nobody can say who it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.errors import InvalidError
from chalicelib.domain.reply_links import LinkOverError, LinkUnknownError
from chalicelib.domain.surveys import Asked, Opinion, Phase, Survey
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: step of the scale, criterion → step, free words."""

    rating: str
    criteria: Mapping[str, str]
    comment: str


def follow_invitation(survey: str, mark: str, deps: Deps) -> tuple[Survey, Asked]:
    """Return what a link leads to; raises LinkUnknownError, LinkOverError when the survey is over."""
    found = deps.surveys.find(survey)
    asked = deps.surveys.asked_by(survey, mark) if found else None
    if found is None or asked is None:
        raise LinkUnknownError
    if found.phase is Phase.CLOSED or deps.clock.now() > found.until:
        raise LinkOverError
    return found, asked


def answer_survey(survey: str, mark: str, said: Said, deps: Deps) -> None:
    """Keep the answer, apart from the mark; a second one is as if it had not been sent: the page thanks for both.

    Raises LinkUnknownError, LinkOverError, InvalidError.
    """
    rules = deps.regulation.satisfaction
    if not {said.rating, *said.criteria.values()} <= rules.scale.keys():
        raise InvalidError("unknown_rating", "Mức đánh giá không hợp lệ", allowed=list(rules.scale), pointer="/rating")
    found, asked = follow_invitation(survey, mark, deps)
    opinion = Opinion(asked.unit, asked.kind, said.rating, said.criteria, normalise(said.comment))
    deps.surveys.answer(found.id, asked, opinion, deps.ids.nonce())
