"""Following a case: by its code how far it has come, with its PIN everything (TT 01/2018: two levels).

The PIN comes by a form and is answered with a cookie of this one case: it has no Path, so a browser sends it below
/theo-doi/<code> and nowhere else, whatever stands before the pages.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Final

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.case import SENDER, Sender
from chalicelib.domain.errors import DomainError, NotFoundError, UnauthenticatedError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.forms import Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, Elsewhere, File, Sheet, Visit, page, refused
from chalicelib.entrypoints.wording import canonical
from chalicelib.exchange.fields import FileId
from chalicelib.ports import Receipt
from chalicelib.views import files
from chalicelib.views.case_file import FOR_SENDER, content

routes = Blueprint(__name__)
UNTYPED: Final = Form({}, {})
COOKIE: Final = "ho_so"
UNKNOWN: Final = "Không có hồ sơ mang mã này. Xin kiểm tra lại từng chữ số trong thư, tin nhắn hoặc giấy đã in."
OVER: Final = "Đã hết thời gian xem bằng mã PIN. Xin mở lại hồ sơ bằng mã PIN rồi gửi lại."


class FollowQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã hồ sơ, như người dùng gõ."""

    ma: Annotated[str, Meta(max_length=100)] = ""


class PinForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã PIN."""

    pin: Annotated[str, Meta(max_length=30)]


class DetailsForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Thông tin bổ sung."""

    nonce: Nonce
    content: given.LongText = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^\s*({given.MAIL})?\s*{given.END}")] = ""


class RatingForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Mức hài lòng và ý kiến thêm."""

    nonce: Nonce
    rating: given.Slug
    comment: given.LongText = ""


class ReopeningForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Điều chưa được trả lời thỏa đáng."""

    nonce: Nonce
    reason: given.Words


class NoForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A button alone."""


@page(routes, "GET", "/theo-doi", allow=PUBLIC, query=FollowQuery)
def look_up(visit: Visit) -> Sheet:
    """Ask for a code, or show the case it names."""
    typed = visit.query.ma.strip()
    if not typed:
        return Sheet("look_up", {"form": UNTYPED})
    try:
        return _case(canonical(typed), visit)
    except NotFoundError:
        return Sheet("look_up", {"form": Form({"ma": typed}, {"ma": UNKNOWN})}, 404)


@page(routes, "GET", "/theo-doi/{code}", allow=PUBLIC)
def follow(visit: Visit, code: given.Code) -> Sheet:
    """Show a case: everything to whoever gave its PIN before, else how far it has come."""
    try:
        return _case(canonical(code), visit)
    except NotFoundError:
        return Sheet("look_up", {"form": Form({"ma": code}, {"ma": UNKNOWN})}, 404)


@page(routes, "GET", "/theo-doi/{code}/qr.svg", allow=PUBLIC)
def show_qr(visit: Visit, code: given.Code) -> File:
    """Draw the address of a case's page, for a telephone's camera."""
    import io

    import segno

    drawn = io.BytesIO()
    address = f"{bootstrap.deps().public_url.rstrip('/')}/theo-doi/{canonical(code)}"
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=4, light="#fff", xmldecl=False)
    return File(drawn.getvalue().decode(), "image/svg+xml", forever=False)


@page(routes, "POST", "/theo-doi/{code}/mo", allow=PUBLIC, form=PinForm)
def unlock(visit: Visit, code: given.Code) -> Sheet:
    """Show everything to whoever gives the PIN; guessing is bounded."""
    from chalicelib.usecases.open_content import PASS_SECONDS, check_pin, give_pass

    deps, number = bootstrap.deps(), canonical(code)
    assert visit.form is not None
    try:
        check_pin(number, visit.form.typed.get("pin", ""), deps)
    except DomainError as error:
        faults = {"pin": error.title.rstrip(".") + "."}
        return _locked(number, Form({}, faults), responses.status_of(error))
    kept = f"{COOKIE}={give_pass(number, deps)}; Max-Age={PASS_SECONDS}; HttpOnly; Secure; SameSite=Strict"
    return _opened(number, headers={"Set-Cookie": kept})


@page(routes, "POST", "/theo-doi/{code}/dong", allow=PUBLIC, form=NoForm)
def lock(visit: Visit, code: given.Code) -> Sheet:
    """Forget that the PIN was given."""
    gone = f"{COOKIE}=; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
    return _locked(canonical(code), headers={"Set-Cookie": gone})


@page(routes, "POST", "/theo-doi/{code}/bo-sung", allow=PUBLIC, form=DetailsForm)
def complete(visit: Visit, code: given.Code) -> Sheet:
    """Add what was asked for; the clock goes on."""
    from chalicelib.usecases.supply_details import supply_details

    def supply(body: DetailsForm, receipt: Receipt) -> None:
        sender = Sender("individual", body.name, body.phone, body.email, body.address)
        supply_details(
            number, content=body.content, sender=sender, actor=SENDER, deps=bootstrap.deps(), receipt=receipt
        )

    number = canonical(code)
    return _done(visit, number, "bo-sung", supply)


@page(routes, "POST", "/theo-doi/{code}/danh-gia", allow=PUBLIC, form=RatingForm)
def rate(visit: Visit, code: given.Code) -> Sheet:
    """Say how satisfying the answer is (R93)."""
    from chalicelib.domain.commands import Rate
    from chalicelib.usecases.carry_out import carry_out

    def say(body: RatingForm, receipt: Receipt) -> None:
        said = Rate(rating=body.rating, comment=body.comment)
        carry_out(number, said, actor=SENDER, deps=bootstrap.deps(), receipt=receipt)

    number = canonical(code)
    return _done(visit, number, "danh-gia", say)


@page(routes, "POST", "/theo-doi/{code}/xem-xet-lai", allow=PUBLIC, form=ReopeningForm)
def reopen(visit: Visit, code: given.Code) -> Sheet:
    """Ask for another answer, once."""
    from chalicelib.domain.commands import Reopen
    from chalicelib.usecases.carry_out import carry_out

    def ask(body: ReopeningForm, receipt: Receipt) -> None:
        carry_out(number, Reopen(reason=body.reason), actor=SENDER, deps=bootstrap.deps(), receipt=receipt)

    number = canonical(code)
    return _done(visit, number, "xem-xet-lai", ask)


@page(routes, "GET", "/theo-doi/{code}/tep/{file}", allow=PUBLIC)
def fetch_file(visit: Visit, code: given.Code, file: FileId) -> Elsewhere:
    """Send whoever gave the PIN to a file of the answer, by an address that is good for two minutes."""
    deps, number = bootstrap.deps(), canonical(code)
    _require_pass(visit, number)
    told = (one for one in deps.cases.dossier(number).history if type(one.event).__name__ in FOR_SENDER)
    return Elsewhere(files.link(number, file, told, deps).url)


def _done(visit: Visit, code: str, sent: str, act: Any) -> Sheet:
    """Do what a form asks for and show the case after it; what was typed is never lost."""
    form = visit.form
    assert form is not None
    try:
        _require_pass(visit, code)
    except UnauthenticatedError as error:
        return refused(error, typed=[words for name, words in form.typed.items() if name != "nonce"])
    if form.faults:
        return _opened(code, sent, form, status=422)
    typed = hashlib.sha256(msgspec.json.encode(form.typed, order="sorted")).hexdigest()
    try:
        act(form.body, Receipt(f"key#{SENDER.role}#{code}#{form.body.nonce}", typed))
    except DomainError as error:
        return _opened(code, sent, form, error.title, responses.status_of(error))
    return _opened(code, done=sent)


def _require_pass(visit: Visit, code: str) -> None:
    from chalicelib.usecases.open_content import opens

    if not opens(code, visit.cookies.get(COOKIE, ""), bootstrap.deps()):
        raise UnauthenticatedError("pin_missing", OVER)


def _case(code: str, visit: Visit) -> Sheet:
    from chalicelib.usecases.open_content import opens

    return _opened(code) if opens(code, visit.cookies.get(COOKIE, ""), bootstrap.deps()) else _locked(code)


def _locked(code: str, form: Form = UNTYPED, status: int = 200, headers: Any = None) -> Sheet:
    """Show how far a case has come; one that does not exist is as one whose PIN is wrong."""
    from chalicelib.views.following import following

    deps = bootstrap.deps()
    try:
        case = deps.cases.load(code).case
    except NotFoundError:
        if not form.faults:
            raise
        return Sheet("look_up", {"form": Form({"ma": code}, {"ma": form.faults["pin"]})}, status)
    shown = following(case, deps.cases.history(code, after=0), deps)
    return Sheet("follow", {"case": shown, "content": None, "form": form, "sent": "mo"}, status, headers or {})


def _opened(
    code: str,
    sent: str = "",
    form: Form = UNTYPED,
    error: str = "",
    status: int = 200,
    *,
    done: str = "",
    headers: Any = None,
) -> Sheet:
    """Show a case whole; `done` names the form that was taken, `sent` the one that was not."""
    from chalicelib.views.following import following

    deps = bootstrap.deps()
    dossier = deps.cases.dossier(code)
    scale = deps.regulation.satisfaction.scale
    told = {"content": content(dossier, deps), "form": form, "sent": sent, "error": error, "done": done, "scale": scale}
    shown = following(dossier.case, dossier.history, deps)
    return Sheet("follow", {"case": shown, "nonce": deps.ids.nonce(), **told}, status, headers or {})
