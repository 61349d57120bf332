"""The staff's accounts as those see them who keep them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.accounts import Account, Keeper


class AccountChange(Struct, frozen=True):
    """Ai đã làm gì với tài khoản, khi nào, vì sao."""

    deed: Annotated[
        str,
        Meta(
            description="made, adopted, closed, reopened, password_reset, manager_named hoặc manager_recalled",
            examples=["closed"],
        ),
    ]
    at: datetime
    by: str
    by_role: str
    reason: str


class AccountView(Struct, frozen=True):
    """Một tài khoản. `status`: unfinished (gửi lại yêu cầu lập), open hoặc closed."""

    username: str
    name: str
    mail: str
    role: str
    unit: str
    unit_name: str
    manager: Annotated[bool, Meta(description="Quản lý tài khoản cán bộ của đơn vị mình")]
    status: str
    closed_at: datetime | None
    history: tuple[AccountChange, ...]


class AccountViews(Struct, frozen=True):
    """Một trang, theo tên đăng nhập; `cursor` trống là trang cuối."""

    accounts: tuple[AccountView, ...]
    cursor: str = ""


def account(one: Account, deps: Deps) -> AccountView:
    """Show an account and what became of it."""
    return AccountView(
        username=one.username,
        name=one.name,
        mail=one.mail,
        role=one.role,
        unit=one.unit,
        unit_name=unit_name(one.unit, deps),
        manager=one.manager,
        status=_status(one),
        closed_at=one.closed_at,
        history=tuple(AccountChange(c.deed, c.at, c.by, c.by_role, c.reason) for c in one.history),
    )


def accounts(by: Keeper, unit: str, status: str, deps: Deps, *, limit: int, cursor: str) -> AccountViews:
    """Show a page of the accounts somebody keeps, of a unit and in a state where these are given."""
    found = list(islice(_matching(by, unit, status, cursor, deps), limit + 1))
    shown = tuple(account(one, deps) for one in found[:limit])
    return AccountViews(shown, shown[-1].username if len(found) > limit else "")


def _matching(by: Keeper, unit: str, status: str, after: str, deps: Deps) -> Iterator[Account]:
    for one in deps.accounts.all(after):
        if by.sees(one) and unit in ("", one.unit) and status in ("", _status(one)):
            yield one


def _status(one: Account) -> str:
    if one.closed_at is not None:
        return "closed"
    return "open" if one.ready else "unfinished"
