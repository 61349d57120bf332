"""Make an account (R13). The register is written first, the log-in follows; sent again, an attempt goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.accounts import Account, Change, Keeper, check_new, check_track, keeper
from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError
from chalicelib.ports import Deps
from chalicelib.usecases.carry_out import tidy
from chalicelib.usecases.choose_unit import choose_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is to have an account, and why."""

    username: str
    name: str
    mail: str
    role: str
    unit: str
    manager: bool
    reason: str


def make_account(wanted: Wanted, *, actor: Actor, deps: Deps) -> Account:
    """Return the account, its invitation sent.

    A log-in that was made at the pool itself is adopted, by an administrator who names the groups it has.
    Raises ForbiddenError, InvalidError, NotFoundError for the unit, ConflictError where the name is taken.
    """
    by = keeper(actor, deps.accounts.find(actor.name))
    draft = _draft(tidy(wanted), actor, deps)
    check_new(draft, by, choose_unit(draft.unit, deps).kind)
    check_track(draft, deps.petition_unit)
    kept = deps.accounts.find(draft.username)
    account = _resumed(kept, draft) if kept else _added(draft, by, deps)
    if account.ready:
        return account
    deps.log_ins.make(account)
    ready = replace(account, ready=True, version=account.version + 1)
    deps.accounts.save(ready)
    return ready


def _draft(wanted: Wanted, actor: Actor, deps: Deps) -> Account:
    made = Change("made", deps.clock.now(), actor.name, actor.role, wanted.reason)
    return Account(
        username=wanted.username,
        name=wanted.name,
        mail=wanted.mail,
        role=wanted.role,
        unit=wanted.unit,
        manager=wanted.manager,
        history=(made,),
    )


def _resumed(kept: Account, draft: Account) -> Account:
    """Go on with an attempt that a failure cut off; anything else is another person of that name."""
    same = (kept.name, kept.mail, kept.groups, kept.manager) == (draft.name, draft.mail, draft.groups, draft.manager)
    if kept.ready or kept.closed_at or not same:
        raise _taken(draft)
    return kept


def _added(draft: Account, by: Keeper, deps: Deps) -> Account:
    groups = deps.log_ins.groups(draft.username)
    if groups is not None:
        if by.unit is not None or groups != draft.groups:
            raise _taken(draft)
        draft = replace(draft, ready=True, history=(replace(draft.history[0], deed="adopted"),))
    deps.accounts.add(draft)
    return draft


def _taken(account: Account) -> ConflictError:
    return ConflictError("username_taken", "Tên đăng nhập này đã có người dùng", username=account.username)
