"""The staff's log-in in a browser: name and password, the further step that the user pool asks for, and the way out."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, UnauthenticatedError, UnavailableError
from chalicelib.domain.sign_in import SETUP, Challenge, Enrolment, Tokens
from chalicelib.entrypoints import browser_session, desk, identity, responses
from chalicelib.entrypoints.api_sessions import ChallengeName, Secret, SessionText, Username
from chalicelib.entrypoints.contracts import END
from chalicelib.entrypoints.pages import PUBLIC, WHOEVER_LOGS_IN, Form, Onward, Sheet, Visit, page

routes = Blueprint(__name__)
SIGN_IN = f"{desk.HOME}/dang-nhap"
Base32 = Annotated[str, Meta(pattern=r"^[A-Z2-7]{16,128}" + END)]
Path = Annotated[str, Meta(max_length=2000)]
INVALID = 422


class SignInForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Tên đăng nhập và mật khẩu; `wanted` is the page that was asked for."""

    username: Username
    password: Secret
    wanted: Path = ""


class StepForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Mật khẩu mới, hai lần, hoặc mã của ứng dụng xác thực."""

    username: Username
    challenge: ChallengeName
    session: SessionText
    answer: Secret
    again: Annotated[str, Meta(max_length=256)] = ""
    wanted: Path = ""


class EnrolmentForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã đầu tiên của ứng dụng xác thực vừa thiết lập."""

    username: Username
    session: SessionText
    secret: Base32
    answer: Annotated[str, Meta(pattern=r"^ *[0-9]{3} ?[0-9]{3} *" + END)]
    wanted: Path = ""


class SignOutForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Đăng xuất."""


@page(routes, "GET", f"/{SIGN_IN}", allow=PUBLIC)
def show_sign_in(visit: Visit) -> Sheet:
    """Ask for name and password."""
    return _first_step()


@page(routes, "POST", f"/{SIGN_IN}", allow=PUBLIC, form=SignInForm)
def sign_in(visit: Visit) -> Sheet | Onward:
    """Open a session, or ask what the user pool asks."""
    form = visit.form
    assert form is not None
    if form.faults:
        return _first_step(form.typed, status=INVALID, faults=form.faults)
    try:
        outcome = bootstrap.deps().sessions.sign_in(form.body.username, form.body.password)
        return _after(outcome, form)
    except DomainError as error:
        return _first_step(form.typed, error, responses.status_of(error))


@page(routes, "POST", f"/{SIGN_IN}/buoc-tiep", allow=PUBLIC, form=StepForm)
def next_step(visit: Visit) -> Sheet | Onward:
    """Set the first password, or take the code of the authenticator."""
    form = visit.form
    assert form is not None
    if form.faults:
        return _next_step(form, status=INVALID, faults=form.faults)
    body, challenge = form.body, Challenge(form.body.challenge, form.body.session)
    if challenge.name == "NEW_PASSWORD_REQUIRED" and body.answer != body.again:
        return _next_step(form, status=INVALID, faults={"again": "Hai lần nhập mật khẩu mới không giống nhau."})
    try:
        return _after(bootstrap.deps().sessions.answer(challenge, body.username, body.answer), form)
    except DomainError as error:
        if error.code == "wrong_credentials":  # the step has taken too long: its session is over
            return _first_step(form.typed, error, responses.status_of(error))
        return _next_step(form, error=error, status=responses.status_of(error))


@page(routes, "POST", f"/{SIGN_IN}/xac-thuc-hai-buoc", allow=PUBLIC, form=EnrolmentForm)
def confirm_enrolment(visit: Visit) -> Sheet | Onward:
    """Take the first code of a new authenticator; from then on the log-in asks for one."""
    form = visit.form
    assert form is not None
    if form.faults:
        if form.faults.keys() - {"answer"}:
            return _first_step(form.typed, status=INVALID)
        return _enrolment(form, faults={"answer": "Mã xác thực gồm 6 chữ số."}, status=INVALID)
    body = form.body
    try:
        enrolled = Enrolment(body.secret, body.session)
        return _after(bootstrap.deps().sessions.confirm(enrolled, body.username, body.answer.replace(" ", "")), form)
    except DomainError as error:
        if error.code == "wrong_code":
            return _enrolment(form, error=error, status=responses.status_of(error))
        return _first_step(form.typed, error, responses.status_of(error))


@page(routes, "GET", f"/{desk.HOME}", allow=WHOEVER_LOGS_IN)
def show_home(visit: Visit) -> Sheet:
    """Show where one can go."""
    return Sheet("desk_home")


@page(routes, "GET", f"/{desk.HOME}/tai-khoan", allow=WHOEVER_LOGS_IN)
def show_account(visit: Visit) -> Sheet:
    """Show who one is, and the ways out."""
    return Sheet("account")


@page(routes, "POST", f"/{desk.HOME}/tai-khoan/dang-xuat", allow=WHOEVER_LOGS_IN, form=SignOutForm)
def sign_out(visit: Visit) -> Onward:
    """End the session of this browser; its cookies go even where the user pool does not answer."""
    assert visit.session is not None
    with suppress(UnauthenticatedError, UnavailableError):
        bootstrap.deps().sessions.revoke(visit.session.refresh)
    return Onward(SIGN_IN, browser_session.forgetting())


@page(routes, "POST", f"/{desk.HOME}/tai-khoan/dang-xuat-moi-noi", allow=WHOEVER_LOGS_IN, form=SignOutForm)
def sign_out_everywhere(visit: Visit) -> Onward:
    """End every session of the account; raises UnavailableError where that cannot be said to have happened."""
    assert visit.session is not None
    with suppress(UnauthenticatedError):  # another browser was quicker
        bootstrap.deps().sessions.sign_out(visit.session.access)
    return Onward(SIGN_IN, browser_session.forgetting())


def _after(outcome: Tokens | Challenge, form: Form) -> Sheet | Onward:
    wanted = form.typed.get("wanted", "")
    if isinstance(outcome, Challenge):
        asked = {"username": form.body.username, "challenge": outcome.name, "session": outcome.session}
        if outcome.name != SETUP:
            return _next_step(Form({**asked, "wanted": wanted}, {}))
        begun = bootstrap.deps().sessions.enrol(outcome)
        return _enrolment(Form({**asked, "session": begun.session, "secret": begun.secret, "wanted": wanted}, {}))
    who = identity.authenticate(outcome.access)  # a closed account is told here
    return Onward(desk.own_path(wanted, who.role), browser_session.keeping(outcome))


def _enrolment(form: Form, *, error: DomainError | None = None, status: int = 200, faults: Any = None) -> Sheet:
    """Show the secret, to be read by a camera or typed: on this page alone, in no address."""
    from chalicelib.web.codes import quick_response

    centre = bootstrap.deps().centre["short_name"]
    shown = {name: form.typed.get(name, "") for name in ("username", "session", "secret", "wanted")}
    about = urlencode({"secret": shown["secret"], "issuer": centre}, quote_via=quote)
    drawn = quick_response(f"otpauth://totp/{quote(centre)}:{quote(shown['username'])}?{about}")
    return Sheet("sign_in_enrolment", shown | {"code": drawn, "error": error, "faults": faults or {}}, status)


def _first_step(typed: Any = None, error: DomainError | None = None, status: int = 200, faults: Any = None) -> Sheet:
    given = typed or {}
    shown = {"wanted": given.get("wanted", ""), "username": given.get("username", "")}
    return Sheet("sign_in", shown | {"error": error, "faults": faults or {}, "typed": []}, status)


def _next_step(form: Form, *, error: DomainError | None = None, status: int = 200, faults: Any = None) -> Sheet:
    shown = {name: form.typed.get(name, "") for name in ("username", "challenge", "session", "wanted")}
    return Sheet("sign_in_step", shown | {"error": error, "faults": faults or {}}, status)
