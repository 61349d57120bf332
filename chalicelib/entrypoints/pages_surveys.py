"""Pages of the surveys: of the staff who measures and reads, and of those who are asked (R93–R97)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import desk, forms, rating_forms, responses
from chalicelib.entrypoints.api_surveys import SurveyId
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, STAFF, Onward, Sheet, Visit, page

routes = Blueprint(__name__)
SURVEYS: Final = f"{desk.HOME}/khao-sat"
INVITATION: Final = "/khao-sat/{survey}/{mark}"


class DoneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "mo", "cong-bo"] = msgspec.field(default="", name="xong")


class SurveyForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Khảo sát mới."""

    nonce: Nonce
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    first: date
    last: date
    per_unit: Annotated[int, Meta(ge=1, le=10_000)]


class NoForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A button alone."""


@page(routes, "GET", f"/{SURVEYS}", allow=STAFF)
def show_surveys(visit: Visit) -> Sheet:
    """List the surveys; whoever surveys can open one."""
    return _surveys(visit)


@page(routes, "POST", f"/{SURVEYS}/mo", allow=STAFF, form=SurveyForm)
def plan(visit: Visit) -> Sheet | Onward:
    """Open a survey; the form's nonce opens one."""
    from chalicelib.usecases.plan_survey import Wish, plan_survey

    form = visit.form
    assert form is not None
    if form.faults:
        return _surveys(visit, form, status=422)
    body = form.body
    try:
        wish = Wish(body.title, body.first, body.last, body.per_unit)
        made = plan_survey(wish, body.nonce, visit.caller, bootstrap.deps())
    except DomainError as error:
        return _surveys(visit, *forms.refused(form, error), status=responses.status_of(error))
    return Onward(f"{SURVEYS}/{made.id}?xong=mo")


@page(routes, "GET", f"/{SURVEYS}/{{survey}}", allow=STAFF, query=DoneQuery)
def show_survey(visit: Visit, survey: SurveyId) -> Sheet:
    """Show what was measured."""
    return _survey(visit, survey, done=visit.query.done)


@page(routes, "POST", f"/{SURVEYS}/{{survey}}/cong-bo", allow=STAFF, form=NoForm)
def publish(visit: Visit, survey: SurveyId) -> Sheet | Onward:
    """Publish the results; pressed twice it is published."""
    from chalicelib.usecases.publish_survey import publish_survey

    try:
        publish_survey(survey, visit.caller, bootstrap.deps())
    except DomainError as error:
        if error.code != "survey_open":
            raise
        return _survey(visit, survey, error=error.title, status=responses.status_of(error))
    return Onward(f"{SURVEYS}/{survey}?xong=cong-bo")


@page(routes, "GET", INVITATION, allow=PUBLIC)
def show_invitation(visit: Visit, survey: SurveyId, mark: str) -> Sheet:
    """Ask for an opinion; to read the page changes nothing."""
    return _asked(survey, mark)


@page(routes, "POST", INVITATION, allow=PUBLIC, form=rating_forms.RatingForm)
def answer(visit: Visit, survey: SurveyId, mark: str) -> Sheet:
    """Take an opinion; sent twice, or changed afterwards, it is the first."""
    from chalicelib.usecases.answer_survey import Said, answer_survey

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    if form.faults:
        return _asked(survey, mark, form, status=422)
    said = rating_forms.rate(form.body, deps.regulation)
    try:
        answer_survey(survey, mark, Said(said.rating, said.criteria, said.comment), deps)
    except DomainError as error:
        if error.code != "unknown_rating":
            raise
        return _asked(survey, mark, *forms.refused(form, error), status=responses.status_of(error))
    return _asked(survey, mark, done="danh-gia")


def _surveys(visit: Visit, form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.domain.surveys import measures
    from chalicelib.views.surveys import rows

    deps = bootstrap.deps()
    told = {
        "surveys": rows(visit.caller, deps),
        "own": measures(visit.caller, deps.survey_rules),
        "rules": deps.survey_rules,
    }
    return Sheet("surveys", told | {"form": form, "error": error, "nonce": deps.ids.nonce()}, status)


def _survey(visit: Visit, number: str, *, done: str = "", error: str = "", status: int = 200) -> Sheet:
    from chalicelib.views.surveys import survey

    deps = bootstrap.deps()
    rules = deps.regulation.satisfaction
    told = {"shown": survey(number, visit.caller, deps), "smallest": deps.survey_rules.smallest}
    told |= {"scale": rules.scale, "criteria": rules.criteria, "done": done, "error": error}
    return Sheet("survey", told, status)


def _asked(
    survey: str, mark: str, form: Form = UNTYPED, error: str = "", *, done: str = "", status: int = 200
) -> Sheet:
    from chalicelib.ports import unit_name
    from chalicelib.usecases.answer_survey import follow_invitation

    deps = bootstrap.deps()
    found, asked = follow_invitation(survey, mark, deps)
    rules = deps.regulation.satisfaction
    told = {"survey": found, "asked": asked, "unit_name": unit_name(asked.unit, deps), "path": f"{survey}/{mark}"}
    told |= {"scale": rules.scale, "criteria": rules.criteria, "nonce": deps.ids.nonce()}
    return Sheet("invitation", told | {"form": form, "error": error, "done": done}, status)
