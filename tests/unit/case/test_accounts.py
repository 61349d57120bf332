"""Who keeps whose account (R13): nobody gives a right he has not, and somebody is always left to let people in."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import (
    OF_UNITS,
    Account,
    Keeper,
    check_close,
    check_manager,
    check_new,
    check_open,
    check_other,
    keeper,
)
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import ConflictError, DomainError, ForbiddenError, InvalidError, NotFoundError

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KINDS = {"tong_dai": "centre", "lanh_dao": "leadership", "so_a": "department", "so_b": "enterprise"}
STAFF = ("operator", "officer", "agency", "leadership", "administrator")
EVERYTHING = Keeper("qt01", None)


def account(username="mc01", role="officer", unit="so_a", **more):
    return Account(
        **{"username": username, "name": "A", "mail": "a@b.vn", "role": role, "unit": unit, "ready": True} | more
    )


accounts = st.builds(
    account,
    username=st.sampled_from(["a", "b", "c"]),
    role=st.sampled_from(STAFF),
    unit=st.sampled_from(sorted(KINDS)),
    manager=st.booleans(),
    ready=st.booleans(),
    closed_at=st.sampled_from([None, NOW]),
)
actors = st.builds(Actor, role=st.sampled_from(STAFF), unit=st.sampled_from(sorted(KINDS)), name=st.just("a"))


@given(actors, st.none() | accounts, accounts)
def test_whoever_keeps_accounts_gives_only_rights_of_his_own(actor, own, wanted):
    try:
        by = keeper(actor, own)
        check_new(wanted, by, KINDS[wanted.unit])
    except DomainError:
        return
    if actor.role != Role.ADMINISTRATOR:
        assert (own.manager, own.closed_at, own.role, own.unit) == (True, None, actor.role, actor.unit)
        assert (wanted.unit, wanted.role in OF_UNITS) == (actor.unit, True)
    assert wanted.manager <= (wanted.role in OF_UNITS)


@pytest.mark.parametrize(
    "own",
    [
        None,
        account(manager=False),
        account(manager=True, closed_at=NOW),
        account(manager=True, unit="so_b"),
        account(manager=True, role="agency"),
    ],
)
def test_who_is_no_manager_keeps_nothing(own):
    with pytest.raises(ForbiddenError, match="not_manager"):
        keeper(Actor("officer", "so_a", "mc01"), own)


def test_an_account_of_another_unit_is_not_there():
    by = keeper(Actor("officer", "so_a", "mc01"), account(manager=True))
    assert by.require(account("mc02", role="agency")).username == "mc02"
    for other in (None, account("mc03", unit="so_b"), account("qt", role="administrator", unit="so_a")):
        with pytest.raises(NotFoundError, match="account_not_found"):
            by.require(other)


@pytest.mark.parametrize(
    ("role", "unit"),
    [("officer", "tong_dai"), ("agency", "lanh_dao"), ("operator", "so_a"), ("leadership", "tong_dai")],
)
def test_a_role_belongs_to_a_kind_of_unit(role, unit):
    with pytest.raises(InvalidError, match="role_not_of_unit"):
        check_new(account(role=role, unit=unit), EVERYTHING, KINDS[unit])


def test_only_officers_manage():
    with pytest.raises(InvalidError, match="manager_not_of_unit"):
        check_manager(account(role="operator", unit="tong_dai", manager=True))


@given(st.lists(accounts, unique_by=lambda one: one.username), st.permutations(["a", "b", "c"]))
def test_however_many_are_closed_an_administrator_is_left(everybody, order):
    """Given a register with an administrator, when accounts are closed one by one, then one administrator stays."""
    register = {one.username: one for one in everybody}

    def administrators():
        return [one for one in register.values() if one.role == "administrator" and one.ready and not one.closed_at]

    before = administrators()
    for name in order:
        if name not in register:
            continue
        try:
            check_close(register[name], EVERYTHING, register.values())
        except ConflictError:
            continue
        register[name] = register[name].changed("closed", "Nghỉ việc", Actor("administrator", "", "qt01"), NOW)
    assert bool(before) == bool(administrators())


def test_nobody_closes_himself():
    for check in (lambda one, by: check_close(one, by, [one]), check_other):
        with pytest.raises(ConflictError, match="own_account"):
            check(account("mc01"), Keeper("mc01", "so_a"))


@pytest.mark.parametrize(
    ("one", "code"), [(account(closed_at=NOW), "account_is_closed"), (account(ready=False), "account_not_made")]
)
def test_what_is_closed_or_unfinished_is_opened_or_finished_first(one, code):
    with pytest.raises(ConflictError, match=code):
        check_open(one)


DEEDS = ("closed", "reopened", "password_reset", "manager_named", "manager_recalled")


@given(st.lists(st.sampled_from(DEEDS)))
def test_every_deed_is_kept_and_counts_one_write(deeds):
    stages = [account(manager=True)]
    for deed in deeds:
        stages.append(stages[-1].changed(deed, "Vì sao", Actor("agency", "so_a", "cq01"), NOW))
    assert tuple(change.deed for change in stages[-1].history) == tuple(deeds)
    assert all(after.version == before.version + 1 for before, after in pairwise(stages))
    opened = [deed for deed in deeds if deed in ("closed", "reopened")][-1:]
    assert (stages[-1].closed_at is not None) == (opened == ["closed"])
