"""What becomes of an account: closed, reopened, another first password, manager of its unit or no longer (R13).

The register is written first: it is what counts. The log-in follows, and follows again when the call is repeated.
"""

from __future__ import annotations

from chalicelib.domain.accounts import (
    Account,
    Deed,
    Keeper,
    check_close,
    check_manager,
    check_open,
    check_other,
    keeper,
)
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps


def keeper_of(actor: Actor, deps: Deps) -> Keeper:
    """Return which accounts this person keeps; raises ForbiddenError."""
    return keeper(actor, deps.accounts.find(actor.name))


def find_account(username: str, actor: Actor, deps: Deps) -> tuple[Account, Keeper]:
    """Return an account that this person keeps; raises ForbiddenError, NotFoundError."""
    by = keeper_of(actor, deps)
    return by.require(deps.accounts.find(username)), by


def close_account(username: str, reason: str, *, actor: Actor, deps: Deps) -> Account:
    """Let nobody in by this account any more; what lies with its unit stays there. Raises ConflictError."""
    account, by = find_account(username, actor, deps)
    if account.closed_at is None:
        guard = deps.accounts.administrators() if account.role == Role.ADMINISTRATOR else None
        check_close(account, by, deps.accounts.all())
        account = _changed(account, "closed", reason, actor, deps)
        deps.accounts.close(account, guard)
    deps.log_ins.close(username)
    return account


def reopen_account(username: str, reason: str, *, actor: Actor, deps: Deps) -> Account:
    """Let a closed account in again, with the password it had."""
    account, _ = find_account(username, actor, deps)
    if account.closed_at is not None:
        account = _changed(account, "reopened", reason, actor, deps)
        deps.accounts.reopen(account)
    deps.log_ins.reopen(username)
    return account


def reset_password(username: str, reason: str, *, actor: Actor, deps: Deps) -> Account:
    """Mail another first password to an open account and end its sessions; raises ConflictError."""
    account, _ = find_account(username, actor, deps)
    check_open(account)
    account = _changed(account, "password_reset", reason, actor, deps)
    deps.accounts.save(account)
    deps.log_ins.reset(username)
    return account


def name_manager(username: str, reason: str, *, manager: bool, actor: Actor, deps: Deps) -> Account:
    """Let somebody keep the accounts of his unit, or no longer; raises ConflictError, InvalidError."""
    account, by = find_account(username, actor, deps)
    check_other(account, by)
    check_open(account)
    if account.manager != manager:
        account = _changed(account, "manager_named" if manager else "manager_recalled", reason, actor, deps)
        check_manager(account)
        deps.accounts.save(account)
    return account


def _changed(account: Account, deed: Deed, reason: str, actor: Actor, deps: Deps) -> Account:
    words = normalise(reason, multiline=False)
    if not words:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/reason")
    return account.changed(deed, words, actor, deps.clock.now())
