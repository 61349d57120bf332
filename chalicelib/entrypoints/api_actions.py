"""What the staff does with a case: one route an action, all of one shape, made from the table of actions."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Literal

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.actions import (
    ACTIONS,
    AGENCY,
    LEADERSHIP,
    OFFICER,
    OPERATOR,
    Action,
    Do,
    closing_way,
    phoned_way,
    way,
)
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt
from chalicelib.views.case_summary import CaseSummary, summary

routes = Blueprint(__name__)


def _register(action: Action) -> None:
    def view(request: Request, code: given.Code) -> CaseSummary:
        return done(request, code, *way(action, request.body))

    view.__doc__ = action.words
    view.__name__ = f"do_{action.path.replace('-', '_').replace('/', '_')}"
    _route(action.path, action.allow, action.body, action.words)(view)


def _route(path: str, allow: AbstractSet[str], body: type[given.ActionBody], words: str) -> endpoint:
    return endpoint(
        routes,
        "POST",
        f"/v1/desk/cases/{{code}}/{path}",
        allow=allow,
        body=body,
        returns={200: CaseSummary},
        summary=words,
        tags=("desk",),
        idempotency="optional",
        refuses=(409,),
    )


def done(request: Request, code: str, do: Do, *arguments: object, **more: object) -> CaseSummary:
    """Carry an action out on the case as its user saw it, and show the case after it."""
    deps, number = bootstrap.deps(), canonical(code)
    case = do(
        number,
        *arguments,
        actor=request.caller,
        deps=deps,
        version=request.body.version,
        receipt=receipt(request, number),
        **more,
    )
    return summary(case, request.caller, deps)


for _action in ACTIONS:
    _register(_action)


@_route("phoned", {OPERATOR, OFFICER}, given.PhonedBody, "Đã gọi điện cho người gửi (Điều 8.1)")
def phoned(request: Request, code: given.Code) -> CaseSummary:
    """Record a call to a sender whom a letter did not reach."""
    return done(request, code, *phoned_way(request.body))


@_route("publication", {OPERATOR, OFFICER}, given.PublicationBody, "Đề nghị công khai (Điều 10.2.b)")
def propose(request: Request, code: given.Code) -> CaseSummary:
    """Propose a text for the board; personal data is taken out."""
    from chalicelib.usecases.publish_answer import propose_publication

    body = request.body
    return done(request, code, propose_publication, question=body.question, answer=body.answer)


@_route("publication/approve", {LEADERSHIP}, given.ActionBody, "Duyệt công khai (Điều 2.2)")
def approve(request: Request, code: given.Code) -> CaseSummary:
    """Publish exactly what was proposed."""
    from chalicelib.usecases.publish_answer import approve_publication

    return done(request, code, approve_publication)


@_route("actions/{name}/close", {OPERATOR, OFFICER, AGENCY}, given.OutcomeBody, "Hoàn thành việc theo dõi (R75)")
def close_action(request: Request, code: given.Code, name: Literal["notice", "substitution"]) -> CaseSummary:
    """Record what came of a notice or a request for another official."""
    return done(request, code, *closing_way(name, request.body.outcome, request.caller))
