"""The page from which whoever surveys telephones, and writes down what is said there or at the counter (R95, R96)."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, forms, rating_forms, responses
from chalicelib.entrypoints.api_survey_calls import CallView, ContactText, MarkText, call_view, mark_of
from chalicelib.entrypoints.api_surveys import SurveyId
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import STAFF, Onward, Sheet, Visit, page

routes = Blueprint(__name__)
CALLS: Final = f"{desk.HOME}/khao-sat/{{survey}}/goi-dien"
NOBODY: Final = CallView()


class DoneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "ghi", "khong-tra-loi"] = msgspec.field(default="", name="xong")


class NextForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Người tiếp theo, sau người có dấu này."""

    after: MarkText = ""


class OpinionForm(rating_forms.RatingForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Ý kiến của người vừa gọi (dấu), hoặc của người nêu số điện thoại, thư điện tử."""

    rating: given.Slug = ""
    mark: MarkText = ""
    contact: ContactText = ""
    outcome: Literal["answered", "declined"] = "answered"


@page(routes, "GET", f"/{CALLS}", allow=STAFF, query=DoneQuery)
def show_calls(visit: Visit, survey: SurveyId) -> Sheet:
    """Show how many are to be telephoned, and the form for who calls or comes."""
    return _page(visit, survey, done=visit.query.done)


@page(routes, "POST", f"/{CALLS}/tiep", allow=STAFF, form=NextForm)
def take_next(visit: Visit, survey: SurveyId) -> Sheet:
    """Show whom to telephone, after it was noted who is told."""
    form = visit.form
    assert form is not None
    after = "" if form.faults else form.body.after
    return _page(visit, survey, call=call_view(survey, after, visit.caller), asked=True)


@page(routes, "POST", f"/{CALLS}/ghi", allow=STAFF, form=OpinionForm)
def record(visit: Visit, survey: SurveyId) -> Sheet | Onward:
    """Write down what was said, or that nothing was."""
    from chalicelib.usecases.answer_survey import Said
    from chalicelib.usecases.record_opinion import record_opinion, record_silence

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    if form.faults:
        return _page(visit, survey, form, status=422)
    body = form.body
    try:
        mark = body.mark or mark_of(survey, body.contact)
        if body.outcome == "declined":
            record_silence(survey, mark, visit.caller, deps)
            return Onward(f"{CALLS.format(survey=survey)}?xong=khong-tra-loi")
        if not body.rating:
            raise InvalidError("rating_missing", "Xin chọn một mức", pointer="/rating")
        said = rating_forms.rate(body, deps.regulation)
        record_opinion(survey, mark, Said(said.rating, said.criteria, said.comment), visit.caller, deps)
    except DomainError as error:
        return _page(visit, survey, *forms.refused(form, error), status=responses.status_of(error))
    return Onward(f"{CALLS.format(survey=survey)}?xong=ghi")


def _page(  # noqa: PLR0913 - each by its name
    visit: Visit,
    number: str,
    form: Form = UNTYPED,
    error: str = "",
    *,
    call: CallView = NOBODY,
    asked: bool = False,
    done: str = "",
    status: int = 200,
) -> Sheet:
    from chalicelib.usecases.hand_out_call import to_call
    from chalicelib.usecases.plan_survey import require_surveyor
    from chalicelib.views.surveys import survey

    deps = bootstrap.deps()
    require_surveyor(visit.caller, deps)
    rules = deps.regulation.satisfaction
    about = {"shown": survey(number, visit.caller, deps), "waiting": len(to_call(number, deps)), "call": call}
    about |= {"scale": rules.scale, "criteria": rules.criteria, "asked": asked, "nonce": deps.ids.nonce()}
    return Sheet("survey_calls", about | {"form": form, "error": error, "done": done}, status)
