"""Following a case: by its code how far it has come, with its PIN everything (TT 01/2018: two levels).

The PIN comes by a form and is answered with a cookie of this one case: it has no Path, so a browser sends it below
/theo-doi/<code> and nowhere else, whatever stands before the pages.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.case import State
from chalicelib.domain.errors import DomainError, NotFoundError, UnauthenticatedError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import PUBLIC, File, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical
from chalicelib.views.case_file import content

routes = Blueprint(__name__)
UNTYPED: Final = Form({}, {})
COOKIE: Final = "ho_so"
UNKNOWN: Final = "Không có hồ sơ mang mã này. Xin kiểm tra lại từng chữ số trong thư, tin nhắn hoặc giấy đã in."
OVER: Final = "Đã hết thời gian xem bằng mã PIN. Xin mở lại hồ sơ bằng mã PIN rồi gửi lại."
LEAVE_OVER: Final = "Đã hết thời gian xem. Xin mở lại trang Hồ sơ của tôi bằng mã mới."


class FollowQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã hồ sơ, như người dùng gõ."""

    ma: Annotated[str, Meta(max_length=100)] = ""


class PinForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã PIN."""

    pin: Annotated[str, Meta(max_length=30)]


class LeaveForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Giấy phép mở hồ sơ, do trang Hồ sơ của tôi cấp."""

    leave: Annotated[str, Meta(max_length=100)]


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


for _form in ("mo", "vao", "dong", "bo-sung", "danh-gia", "xem-xet-lai"):  # a telephone opens anew what it showed last
    page(routes, "GET", f"/theo-doi/{{code}}/{_form}", allow=PUBLIC)(follow)


@page(routes, "GET", "/theo-doi/{code}/qr.svg", allow=PUBLIC)
def show_qr(visit: Visit, code: given.Code) -> File:
    """Draw the address of a case's page, for a telephone's camera."""
    import io

    import segno

    from chalicelib.usecases.addresses import FOLLOW, address

    drawn = io.BytesIO()
    page_of_case = address(bootstrap.deps(), FOLLOW, canonical(code))
    segno.make(page_of_case, error="m", micro=False).save(drawn, kind="svg", scale=4, light="#fff", xmldecl=False)
    return File(drawn.getvalue().decode(), "image/svg+xml", forever=False)


@page(routes, "POST", "/theo-doi/{code}/mo", allow=PUBLIC, form=PinForm)
def unlock(visit: Visit, code: given.Code) -> Sheet:
    """Show everything to whoever gives the PIN; guessing is bounded."""
    from chalicelib.usecases.open_content import check_pin

    deps, number = bootstrap.deps(), canonical(code)
    assert visit.form is not None
    if visit.form.faults:  # nothing was tried
        return _locked(number, Form({}, visit.form.faults), 422)
    try:
        check_pin(number, visit.form.body.pin, deps)
    except DomainError as error:
        faults = {"pin": error.title.rstrip(".") + "."}
        return _locked(number, Form({}, faults), responses.status_of(error))
    return _entered(number)


@page(routes, "POST", "/theo-doi/{code}/vao", allow=PUBLIC, form=LeaveForm)
def enter(visit: Visit, code: given.Code) -> Sheet:
    """Show everything to whoever comes from the list of the sender's own cases."""
    from chalicelib.usecases.open_content import opens

    number = canonical(code)
    assert visit.form is not None
    if not opens(number, visit.form.typed.get("leave", ""), bootstrap.deps()):
        raise UnauthenticatedError("leave_over", LEAVE_OVER)
    return _entered(number)


def _entered(code: str) -> Sheet:
    from chalicelib.usecases.open_content import PASS_SECONDS, give_pass

    kept = f"{COOKIE}={give_pass(code, bootstrap.deps())}; Max-Age={PASS_SECONDS}; HttpOnly; Secure; SameSite=Strict"
    return opened(code, headers={"Set-Cookie": kept})


@page(routes, "POST", "/theo-doi/{code}/dong", allow=PUBLIC, form=NoForm)
def lock(visit: Visit, code: given.Code) -> Sheet:
    """Forget that the PIN was given."""
    gone = f"{COOKIE}=; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
    return _locked(canonical(code), headers={"Set-Cookie": gone})


def require_pass(visit: Visit, code: str) -> None:
    """Let nobody by who did not give the PIN of this case a while ago; raises UnauthenticatedError."""
    from chalicelib.usecases.open_content import opens

    if not opens(code, visit.cookies.get(COOKIE, ""), bootstrap.deps()):
        raise UnauthenticatedError("pin_missing", OVER)


def _case(code: str, visit: Visit) -> Sheet:
    from chalicelib.usecases.open_content import opens

    return opened(code) if opens(code, visit.cookies.get(COOKIE, ""), bootstrap.deps()) else _locked(code)


def _locked(code: str, form: Form = UNTYPED, status: int = 200, headers: Any = None) -> Sheet:
    """Show how far a case has come; one that does not exist is as one whose PIN is wrong."""
    from chalicelib.views.following import following

    deps = bootstrap.deps()
    try:
        dossier = deps.cases.dossier(code)  # one query
    except NotFoundError:
        if not form.faults:
            raise
        return Sheet("look_up", {"form": Form({"ma": code}, {"ma": next(iter(form.faults.values()))})}, status)
    shown = following(dossier.case, dossier.history, deps)
    return Sheet("follow", {"case": shown, "content": None, "form": form, "sent": "mo"}, status, headers or {})


def opened(
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
    from chalicelib.views.centre import file_rules
    from chalicelib.views.following import following

    deps = bootstrap.deps()
    dossier = deps.cases.dossier(code)
    rules = deps.regulation.satisfaction
    told = {"content": content(dossier, deps), "form": form, "sent": sent, "error": error, "done": done}
    told |= {"scale": rules.scale, "criteria": rules.criteria}
    shown = following(dossier.case, dossier.history, deps)
    told |= {"files": file_rules(deps), "nonce": deps.ids.nonce()}
    store = deps.files.origin() if dossier.case.state is State.AWAITING_DETAILS else ""
    return Sheet("follow", {"case": shown, **told}, status, headers or {}, sends_to=store)
