"""All cases of one sender: by a one-time code that goes to the telephone number or mail address given with them (R68).

Number and address come by a form and go on in the next one, never in an address. What is answered says nothing of
whether they are known. Each case is opened as by its PIN, by a pass that stands in its form.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.forms import Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_follow import NoForm
from chalicelib.usecases.addresses import MY_CASES

routes = Blueprint(__name__)
UNTYPED: Final = Form({}, {})
COOKIE: Final = "ho_so_cua_toi"
MAIL: Final = re.compile(given.MAIL)
NO_MAIL: Final = "Địa chỉ thư điện tử chưa đúng, ví dụ: ten@example.com."
NO_PHONE: Final = "Số điện thoại chưa đúng, ví dụ: 0912 345 678."
NO_SMS: Final = "Số này không nhận được tin nhắn. Xin nhập số di động hoặc địa chỉ thư điện tử đã dùng khi gửi hồ sơ."


class ContactForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Số điện thoại hoặc địa chỉ thư điện tử đã dùng khi gửi hồ sơ."""

    nonce: Nonce
    contact: Annotated[str, Meta(max_length=254)]


class CodeForm(ContactForm, frozen=True, kw_only=True):
    """Mã vừa nhận được."""

    code: Annotated[str, Meta(max_length=30)]


@page(routes, "GET", f"/{MY_CASES}", allow=PUBLIC)
def show_mine(visit: Visit) -> Sheet:
    """List the cases of whoever gave a code a while ago, else ask for a number or address."""
    from chalicelib.usecases.check_code import whose
    from chalicelib.usecases.open_content import give_pass
    from chalicelib.views.my_cases import MOST, my_cases

    deps = bootstrap.deps()
    sender = whose(visit.cookies.get(COOKIE, ""), deps)
    if not sender:
        return _asked_for()
    cases = my_cases(sender, deps)
    leaves = {one.progress.code: give_pass(one.progress.code, deps) for one in cases}
    return Sheet("my_cases", {"cases": cases, "leaves": leaves, "most": MOST})


for _form in ("ma", "mo", "dong"):  # a telephone opens anew what it showed last
    page(routes, "GET", f"/{MY_CASES}/{_form}", allow=PUBLIC)(show_mine)


@page(routes, "POST", f"/{MY_CASES}/ma", allow=PUBLIC, form=ContactForm)
def ask(visit: Visit) -> Sheet:
    """Have a code sent, if the number or address is that of a sender."""
    from chalicelib.usecases.ask_for_code import ask_for_code

    form = visit.form
    assert form is not None
    if form.faults:
        return _asked_for(form, status=422)
    try:
        contact = contact_of(form.body.contact)
        ask_for_code(contact, form=form.body.nonce, source_ip=visit.source_ip, deps=bootstrap.deps())
    except DomainError as error:
        return _asked_for(Form(form.typed, {"contact": _sentence(error)}), responses.status_of(error))
    return _wanted(form.body.contact)


@page(routes, "POST", f"/{MY_CASES}/mo", allow=PUBLIC, form=CodeForm)
def unlock(visit: Visit) -> Sheet | Onward:
    """Take the code and lead to the cases."""
    from chalicelib.usecases.check_code import check_code, give_session
    from chalicelib.usecases.open_content import PASS_SECONDS

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    typed = form.typed.get("contact", "")
    if form.faults:  # nothing was tried
        return _wanted(typed, form.faults, 422)
    try:
        sender = check_code(contact_of(form.body.contact), form.body.code, form=form.body.nonce, deps=deps)
    except DomainError as error:
        return _wanted(typed, {"code": _sentence(error)}, responses.status_of(error))
    return Onward(MY_CASES, (_cookie(give_session(sender, deps), PASS_SECONDS),))


@page(routes, "POST", f"/{MY_CASES}/dong", allow=PUBLIC, form=NoForm)
def lock(visit: Visit) -> Onward:
    """Forget that a code was given."""
    return Onward(MY_CASES, (_cookie("", 0),))


def _sentence(error: DomainError) -> str:
    return f"{error.title.rstrip('.')}."


def contact_of(typed: str) -> str:
    """Return a number or address as it is stored; raises InvalidError."""
    from chalicelib.domain.phone import InvalidPhoneError, parse

    text = typed.strip()
    if "@" in text:
        if not MAIL.fullmatch(text):
            raise InvalidError("invalid_contact", NO_MAIL)
        return text
    try:
        phone = parse(text)
    except InvalidPhoneError as error:
        raise InvalidError("invalid_contact", NO_PHONE) from error
    if not phone.can_receive_sms:
        raise InvalidError("invalid_contact", NO_SMS)
    return phone.number


def _asked_for(form: Form = UNTYPED, status: int = 200) -> Sheet:
    return Sheet("my_cases_ask", {"form": form, "nonce": bootstrap.deps().ids.nonce()}, status)


def _wanted(contact: str, faults: Any = None, status: int = 200) -> Sheet:
    from chalicelib.usecases.ask_for_code import GOOD_FOR

    ids, minutes = bootstrap.deps().ids, GOOD_FOR.seconds // 60
    nonces = {"nonce": ids.nonce(), "another": ids.nonce()}
    return Sheet("my_cases_code", {"contact": contact, "faults": faults or {}, "minutes": minutes, **nonces}, status)


def _cookie(value: str, seconds: int) -> str:
    """Make the cookie of these pages: without a Path a browser sends it to them alone, whatever stands before."""
    return f"{COOKIE}={value}; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"
