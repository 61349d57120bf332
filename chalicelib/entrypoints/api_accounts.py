"""The staff's accounts (R13): the administrator keeps all, a unit's managers those of their officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import accounts as shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.accounts import Account

routes = Blueprint(__name__)
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.AGENCY})
Username = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9._-]{1,63}" + given.END,
        description="Tên đăng nhập: chữ thường không dấu, chữ số, dấu chấm, gạch",
        examples=["mc02.so_tu_phap"],
    ),
]
Reason = Annotated[str, Meta(min_length=1, max_length=500, examples=["Chuyển công tác từ ngày 01/12/2026"])]


class AccountsQuery(given.Body, frozen=True):
    """Của đơn vị nào, đang ở trạng thái nào; mặc định là mọi tài khoản người gọi quản lý."""

    unit: given.Slug | None = None
    status: Literal["unfinished", "open", "closed"] | None = None
    limit: given.Limit = 50
    cursor: given.Cursor = ""


class AccountBody(given.Body, frozen=True, kw_only=True):
    """Tài khoản mới; tên đăng nhập và mật khẩu lần đầu được gửi đến hộp thư này."""

    username: Username
    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Nguyễn Thị Lan"])]
    mail: Annotated[str, Meta(max_length=254, pattern=rf"^{given.MAIL}{given.END}", examples=["lan@example.com"])]
    role: Literal["operator", "officer", "agency", "leadership", "administrator", "petition_officer", "petition_head"]
    unit: given.Slug
    manager: Annotated[bool, Meta(description="Quản lý tài khoản cán bộ của đơn vị mình")] = False
    reason: Reason


class AccountReasonBody(given.Body, frozen=True):
    """Vì sao."""

    reason: Reason


class ManagerBody(given.Body, frozen=True, kw_only=True):
    """Giao, hoặc thôi giao, quản lý tài khoản của đơn vị."""

    manager: bool
    reason: Reason


@endpoint(
    routes,
    "GET",
    "/v1/desk/accounts",
    allow=KEEPERS,
    query=AccountsQuery,
    returns={200: shown.AccountViews},
    summary="Tài khoản của cán bộ",
    tags=("accounts",),
)
def list_accounts(request: Request) -> shown.AccountViews:
    """List the accounts that the caller keeps."""
    from chalicelib.usecases import change_account

    deps, query = bootstrap.deps(), request.query
    by = change_account.keeper_of(request.caller, deps)
    return shown.accounts(by, query.unit or "", query.status or "", deps, limit=query.limit, cursor=query.cursor)


@endpoint(
    routes,
    "GET",
    "/v1/desk/accounts/{username}",
    allow=KEEPERS,
    returns={200: shown.AccountView},
    summary="Một tài khoản và những thay đổi của nó",
    tags=("accounts",),
)
def show_account(request: Request, username: Username) -> shown.AccountView:
    """Show one with its history; one of another unit is not there."""
    from chalicelib.usecases import change_account

    deps = bootstrap.deps()
    return shown.account(change_account.find_account(username, request.caller, deps)[0], deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/accounts",
    allow=KEEPERS,
    body=AccountBody,
    returns={201: shown.AccountView},
    summary="Lập tài khoản",
    tags=("accounts",),
    refuses=(404, 409, 429),
)
def open_account(request: Request) -> shown.AccountView:
    """Make an account. Sent again it is a 409, or goes on where it failed: its name makes the call idempotent."""
    from chalicelib.usecases.make_account import Wanted, make_account

    deps, body = bootstrap.deps(), request.body
    wanted = Wanted(**{name: getattr(body, name) for name in body.__struct_fields__})
    return shown.account(make_account(wanted, actor=request.caller, deps=deps), deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/accounts/{username}/close",
    allow=KEEPERS,
    body=AccountReasonBody,
    returns={200: shown.AccountView},
    summary="Đóng tài khoản",
    tags=("accounts",),
    refuses=(409, 429),
)
def close_account(request: Request, username: Username) -> shown.AccountView:
    """Close: signed out everywhere within half a minute. Closing twice closes once."""
    from chalicelib.usecases import change_account

    return _changed(change_account.close_account, request, username)


@endpoint(
    routes,
    "POST",
    "/v1/desk/accounts/{username}/reopen",
    allow=KEEPERS,
    body=AccountReasonBody,
    returns={200: shown.AccountView},
    summary="Mở lại tài khoản",
    tags=("accounts",),
    refuses=(409, 429),
)
def reopen_account(request: Request, username: Username) -> shown.AccountView:
    """Reopen; the password is the one it had."""
    from chalicelib.usecases import change_account

    return _changed(change_account.reopen_account, request, username)


@endpoint(
    routes,
    "POST",
    "/v1/desk/accounts/{username}/reset-password",
    allow=KEEPERS,
    body=AccountReasonBody,
    returns={200: shown.AccountView},
    summary="Gửi lại mật khẩu lần đầu",
    tags=("accounts",),
    refuses=(409, 429),
)
def reset_account(request: Request, username: Username) -> shown.AccountView:
    """Mail another first password; every session ends."""
    from chalicelib.usecases import change_account

    return _changed(change_account.reset_password, request, username)


@endpoint(
    routes,
    "POST",
    "/v1/desk/accounts/{username}/manager",
    allow=KEEPERS,
    body=ManagerBody,
    returns={200: shown.AccountView},
    summary="Giao hoặc thôi giao quản lý tài khoản của đơn vị",
    tags=("accounts",),
    refuses=(409,),
)
def name_manager(request: Request, username: Username) -> shown.AccountView:
    """Name a manager of the unit's accounts, or recall one."""
    from chalicelib.usecases import change_account

    deps, body = bootstrap.deps(), request.body
    done = change_account.name_manager(username, body.reason, manager=body.manager, actor=request.caller, deps=deps)
    return shown.account(done, deps)


def _changed(change: Callable[..., Account], request: Request, username: str) -> shown.AccountView:
    deps = bootstrap.deps()
    return shown.account(change(username, request.body.reason, actor=request.caller, deps=deps), deps)
