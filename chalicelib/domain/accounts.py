"""The accounts of the staff (R13): who keeps whose, and what became of each.

The administrator keeps every account; a unit's managers keep those of their own one-stop and focal officers. Whether
somebody is a manager stands in the register, not in the token: the right ends when it is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.actors import PETITION_STAFF, Actor, Role
from chalicelib.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

Deed = Literal["made", "adopted", "closed", "reopened", "password_reset", "manager_named", "manager_recalled"]
OF_UNITS = frozenset({Role.OFFICER, Role.AGENCY})
OF_CENTRE = {Role.OPERATOR: "centre", Role.LEADERSHIP: "leadership"}  # role → kind of the unit; administrators: any


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to an account, when and why."""

    deed: Deed
    at: datetime
    by: str  # log-in name
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's log-in. `ready` when the log-in itself is made; `version` is the number of writes."""

    username: str
    name: str
    mail: str
    role: str
    unit: str
    manager: bool = False
    ready: bool = False
    closed_at: datetime | None = None
    history: tuple[Change, ...] = ()
    version: int = 1

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the log-in: role and unit."""
        return frozenset({self.role, f"unit:{self.unit}"})

    def changed(self, deed: Deed, reason: str, actor: Actor, now: datetime) -> Account:
        """Return the account after a deed."""
        change = Change(deed, now, actor.name, actor.role, reason)
        after = replace(self, history=(*self.history, change), version=self.version + 1)
        match deed:
            case "closed":
                return replace(after, closed_at=now)
            case "reopened":
                return replace(after, closed_at=None)
            case "manager_named" | "manager_recalled":
                return replace(after, manager=deed == "manager_named")
        return after


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who keeps accounts: all of them, or those of the officers of one unit."""

    username: str
    unit: str | None  # None: all

    def sees(self, account: Account) -> bool:
        """True for the accounts this person keeps."""
        return self.unit is None or (account.unit == self.unit and account.role in OF_UNITS)

    def require(self, account: Account | None) -> Account:
        """Return the account, or raise NotFoundError: what belongs to another unit is not there."""
        if account is None or not self.sees(account):
            raise NotFoundError("account_not_found", "Không tìm thấy tài khoản này")
        return account


def keeper(actor: Actor, own: Account | None) -> Keeper:
    """Return what this person keeps; raises ForbiddenError for who keeps nothing."""
    if actor.role == Role.ADMINISTRATOR:
        return Keeper(actor.name, None)
    if own and own.manager and own.closed_at is None and own.groups == {actor.role, f"unit:{actor.unit}"}:
        return Keeper(actor.name, actor.unit)
    raise ForbiddenError("not_manager", "Chỉ quản trị viên và người quản lý tài khoản của đơn vị được làm việc này")


def check_new(account: Account, by: Keeper, unit_kind: str) -> None:
    """Refuse rights the maker has not (403), and a role that the unit has not (422)."""
    if not by.sees(account):
        raise ForbiddenError("right_not_yours", "Anh/chị chỉ lập được tài khoản cán bộ của đơn vị mình")
    wrong = unit_kind in OF_CENTRE.values() if account.role in OF_UNITS else _not_of_the_centre(account, unit_kind)
    if wrong:
        raise InvalidError("role_not_of_unit", "Đơn vị này không có vai trò đã chọn", pointer="/role")
    check_manager(account)


def check_track(account: Account, department: str) -> None:
    """Refuse the rights of petitions' track outside of the department that has it (R86)."""
    if account.role in PETITION_STAFF and account.unit != department:
        raise InvalidError("role_not_of_unit", "Đơn vị này không có vai trò đã chọn", pointer="/role")


def check_manager(account: Account) -> None:
    """Refuse to make a manager of somebody who is no officer: the centre's own accounts are the administrator's."""
    if account.manager and account.role not in OF_UNITS:
        raise InvalidError("manager_not_of_unit", "Chỉ cán bộ của cơ quan mới làm người quản lý", pointer="/manager")


def check_close(account: Account, by: Keeper, accounts: Iterable[Account]) -> None:
    """Refuse to close one's own account, or that of the last administrator (409)."""
    check_other(account, by)
    if account.role != Role.ADMINISTRATOR:
        return
    if not any(_administers(one) and one.username != account.username for one in accounts):
        raise ConflictError("last_administrator", "Đây là quản trị viên cuối cùng, không thể đóng tài khoản này")


def check_other(account: Account, by: Keeper) -> None:
    """Refuse to change one's own account (409)."""
    if account.username == by.username:
        raise ConflictError("own_account", "Anh/chị không thể tự thay đổi tài khoản của mình")


def check_open(account: Account) -> None:
    """Refuse what makes no sense for a closed account, or one whose log-in is not made yet (409)."""
    if account.closed_at is not None:
        raise ConflictError("account_is_closed", "Tài khoản này đã đóng, vui lòng mở lại trước")
    if not account.ready:
        raise ConflictError("account_not_made", "Tài khoản này chưa lập xong, vui lòng gửi lại yêu cầu lập")


def _administers(account: Account) -> bool:
    return account.role == Role.ADMINISTRATOR and account.ready and account.closed_at is None


def _not_of_the_centre(account: Account, unit_kind: str) -> bool:
    if account.role == Role.ADMINISTRATOR or account.role in PETITION_STAFF:  # of theirs the unit itself is checked
        return False
    return OF_CENTRE[Role(account.role)] != unit_kind
