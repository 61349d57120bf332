"""Records of citizen reception and dialogue (tiếp công dân, đối thoại; R25, R84): added to, never changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.desk import RECEIVING
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt
from chalicelib.exchange.fields import END
from chalicelib.ports import Receipt
from chalicelib.views import reception as shown

routes = Blueprint(__name__)
ALL = "/v1/desk/receptions"
ONE = f"{ALL}/{{code}}"
Number = Annotated[int, Meta(ge=1, le=200, description="Nội dung thứ mấy của biên bản")]
Line = Annotated[str, Meta(min_length=1, max_length=300)]


class SessionBody(given.Body, frozen=True, kw_only=True):
    """Một buổi đã diễn ra; người đến và điều họ nêu ghi sau, từng nội dung một."""

    kind: given.Slug
    day: date
    place: Line
    presided: Line
    present: given.LongText = ""
    proceedings: given.LongText = ""
    conclusions: given.LongText = ""
    promises: given.LongText = ""


class MatterBody(given.Body, frozen=True, kw_only=True):
    """Ai nêu điều gì."""

    sender: given.SenderBody
    content: given.Words
    title: given.ShortText = ""


class CorrectionBody(given.Body, frozen=True, kw_only=True):
    """Điều cần đính chính; điều đã ghi vẫn còn nguyên."""

    correction: given.Words


class SortingBody(given.Body, frozen=True, kw_only=True):
    """Hồ sơ thuộc loại nào, lĩnh vực nào."""

    kind: given.Slug
    field: given.Slug = "khac"
    about: given.Slug | None = None


class TellingBody(given.Body, frozen=True, kw_only=True):
    """Đã trả lời người nêu: thụ lý, chuyển, từ chối, hay chuyển sang khiếu nại, tố cáo (nêu số đơn)."""

    how: Literal["accepted", "transferred", "refused", "petition"]
    words: given.Words
    reference: Annotated[str, Meta(pattern=rf"^([0-9A-Za-z./-]{{1,64}})?{END}")] = ""


class MonthQuery(given.Body, frozen=True):
    """Tháng nào."""

    month: given.Month


class FollowUp(Struct, frozen=True):
    """Hồ sơ được lập từ một nội dung."""

    code: str
    state: str
    source: str


@endpoint(
    routes,
    "POST",
    ALL,
    allow=RECEIVING,
    body=SessionBody,
    returns={201: shown.MinutesView},
    summary="Lập biên bản tiếp công dân, đối thoại",
    tags=("reception",),
    idempotency="required",
    refuses=(409,),
)
def hold_session(request: Request) -> shown.MinutesView:
    """Begin a record."""
    from chalicelib.usecases.write_minutes import hold_session as hold

    deps, body = bootstrap.deps(), request.body
    texts = {name: getattr(body, name) for name in shown.SAID}
    made = hold(body.kind, body.day, texts, actor=request.caller, receipt=_receipt(request, "reception"), deps=deps)
    return shown.minutes_of(made.session.code, request.caller, deps)


@endpoint(
    routes,
    "GET",
    ALL,
    allow=RECEIVING,
    query=MonthQuery,
    returns={200: shown.Sessions},
    summary="Các buổi tiếp công dân, đối thoại trong tháng",
    tags=("reception",),
)
def list_sessions(request: Request) -> shown.Sessions:
    """List the sessions of a month, the latest first."""
    return shown.of_month(request.query.month, request.caller, bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/reception-duties",
    allow=RECEIVING,
    returns={200: shown.OwedList},
    summary="Nội dung tiếp công dân chờ trả lời",
    tags=("reception",),
)
def list_owed(request: Request) -> shown.OwedList:
    """List what waits for an answer on acceptance, transfer or refusal."""
    return shown.owed_list(request.caller, bootstrap.deps())


@endpoint(
    routes,
    "GET",
    ONE,
    allow=RECEIVING,
    returns={200: shown.MinutesView},
    summary="Một biên bản",
    tags=("reception",),
)
def show_session(request: Request, code: given.Code) -> shown.MinutesView:
    """Show a record whole."""
    return shown.minutes_of(canonical(code), request.caller, bootstrap.deps())


@endpoint(
    routes,
    "POST",
    f"{ONE}/matters",
    allow=RECEIVING,
    body=MatterBody,
    returns={200: shown.MinutesView},
    summary="Ghi người đến và điều được nêu",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def raise_matter(request: Request, code: given.Code) -> shown.MinutesView:
    """Write down who raised what."""
    from chalicelib.entrypoints.wording import sender
    from chalicelib.usecases.write_minutes import raise_matter as raised

    body, number = request.body, canonical(code)
    texts = {"title": body.title, "content": body.content}
    raised(number, sender(body.sender), texts, **by(request, number))
    return shown.minutes_of(number, request.caller, bootstrap.deps())


@endpoint(
    routes,
    "POST",
    f"{ONE}/corrections",
    allow=RECEIVING,
    body=CorrectionBody,
    returns={200: shown.MinutesView},
    summary="Đính chính biên bản",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def correct_minutes(request: Request, code: given.Code) -> shown.MinutesView:
    """Correct by an entry of its own."""
    from chalicelib.usecases.write_minutes import correct_minutes as correct

    number = canonical(code)
    correct(number, request.body.correction, **by(request, number))
    return shown.minutes_of(number, request.caller, bootstrap.deps())


@endpoint(
    routes,
    "POST",
    f"{ONE}/matters/{{number}}/case",
    allow=RECEIVING,
    body=SortingBody,
    returns={200: FollowUp},
    summary="Lập hồ sơ từ một nội dung",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def open_case_of_matter(request: Request, code: given.Code, number: Number) -> FollowUp:
    """Make a case of a matter; asked again, the same case."""
    from chalicelib.usecases.follow_up_matter import Sorting, follow_up_matter

    body, record = request.body, canonical(code)
    sorting = Sorting(body.kind, body.about, body.field)
    case = follow_up_matter(record, number, sorting, actor=request.caller, deps=bootstrap.deps())
    return FollowUp(case.code, case.state, f"{record}-{number}")


@endpoint(
    routes,
    "POST",
    f"{ONE}/matters/{{number}}/telling",
    allow=RECEIVING,
    body=TellingBody,
    returns={200: shown.MinutesView},
    summary="Ghi đã trả lời về việc thụ lý, chuyển, từ chối",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def tell_of_matter(request: Request, code: given.Code, number: Number) -> shown.MinutesView:
    """Write down what whoever raised a matter was told."""
    from chalicelib.usecases.write_minutes import Telling
    from chalicelib.usecases.write_minutes import tell_of_matter as tell

    body, record = request.body, canonical(code)
    tell(record, Telling(number, body.how, body.words, body.reference), **by(request, record))
    return shown.minutes_of(record, request.caller, bootstrap.deps())


def by(request: Request, code: str) -> dict[str, Any]:
    """Say who writes, and under which receipt."""
    return {"actor": request.caller, "deps": bootstrap.deps(), "receipt": receipt(request, f"reception-{code}")}


def _receipt(request: Request, scope: str) -> Receipt:
    made = receipt(request, scope)
    assert made is not None, "the route needs a key"
    return made
