"""The administrator's page of the staff's accounts (R13): made, closed, reopened, given another first password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, STAFF
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import forms, responses
from chalicelib.entrypoints.api_accounts import Reason, Username
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS

if TYPE_CHECKING:
    from chalicelib.domain.accounts import Account

routes = Blueprint(__name__)
ACCOUNTS: Final = f"{ADMINISTRATION}/tai-khoan"
ROWS: Final = 50
WORDS: Final = {
    "username": "Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm, gạch; bắt đầu bằng chữ, từ 2 ký tự.",
    "mail": "Địa chỉ thư điện tử chưa đúng, ví dụ: ten@example.com.",
}


class AccountsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Của đơn vị nào, đang ở trạng thái nào, trang nào."""

    unit: given.Slug | Literal[""] = msgspec.field(default="", name="don-vi")
    status: Literal["", "open", "closed", "unfinished"] = msgspec.field(default="", name="tinh-trang")
    tu: given.Cursor = ""


ALL: Final = AccountsQuery()


class MakeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Tài khoản mới; tên đăng nhập và mật khẩu lần đầu được gửi đến hộp thư này."""

    username: Username
    name: given.Name
    mail: Annotated[str, Meta(max_length=254, pattern=rf"^{given.MAIL}{given.END}")]
    role: Literal["operator", "officer", "agency", "leadership", "administrator", "petition_officer", "petition_head"]
    unit: given.Slug
    manager: bool = False
    reason: Reason


class ChangeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Đóng, mở lại, gửi lại mật khẩu lần đầu, giao hoặc thôi giao quản lý tài khoản của đơn vị."""

    username: Username
    deed: Literal["close", "reopen", "reset", "name", "recall"]
    reason: Reason


@page(routes, "GET", f"/{ACCOUNTS}", allow=ADMINISTRATORS, query=AccountsQuery)
def show_accounts(visit: Visit) -> Sheet:
    """List the accounts."""
    return _accounts(visit, query=visit.query)


@page(routes, "POST", f"/{ACCOUNTS}/lap", allow=ADMINISTRATORS, form=MakeForm)
def make(visit: Visit) -> Sheet | Onward:
    """Make an account; its name makes a second press harmless."""
    from chalicelib.usecases.make_account import Wanted, make_account

    form = visit.form
    assert form is not None
    if form.faults:
        return _accounts(visit, form, status=422)
    wanted = Wanted(**{name: getattr(form.body, name) for name in MakeForm.__struct_fields__})
    try:
        make_account(wanted, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _accounts(visit, form, error.title, status=responses.status_of(error))
    return Onward(ACCOUNTS)


@page(routes, "POST", f"/{ACCOUNTS}/doi", allow=ADMINISTRATORS, form=ChangeForm)
def change(visit: Visit) -> Sheet | Onward:
    """Close, reopen, mail another first password, name or recall a manager."""
    from chalicelib.usecases import change_account

    form = visit.form
    assert form is not None
    if form.faults:
        return _accounts(visit, form, status=422)
    deeds: dict[str, Callable[..., Account]] = {
        "close": change_account.close_account,
        "reopen": change_account.reopen_account,
        "reset": change_account.reset_password,
        "name": partial(change_account.name_manager, manager=True),
        "recall": partial(change_account.name_manager, manager=False),
    }
    try:
        deeds[form.body.deed](form.body.username, form.body.reason, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _accounts(visit, form, error.title, status=responses.status_of(error))
    return Onward(ACCOUNTS)


def _accounts(
    visit: Visit, form: Form = UNTYPED, error: str = "", *, query: AccountsQuery = ALL, status: int = 200
) -> Sheet:
    from chalicelib.entrypoints.unit_choices import every_unit
    from chalicelib.usecases.change_account import keeper_of
    from chalicelib.views import accounts
    from chalicelib.web.filters import role_name

    deps = bootstrap.deps()
    by = keeper_of(visit.caller, deps)
    given_here = STAFF | (PETITION_STAFF if deps.takes_petitions else frozenset())
    shown = accounts.accounts(by, query.unit, query.status, deps, limit=ROWS, cursor=query.tu)
    context = {
        "shown": shown,
        "query": query,
        "form": forms.reworded(form, WORDS),
        "error": error,
        "roles": [(role, role_name(role, deps.centre)) for role in sorted(given_here)],
        "units": every_unit(),
    }
    return Sheet("accounts", context, status)
