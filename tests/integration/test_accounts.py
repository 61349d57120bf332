"""The staff's accounts at the desk (R13): register and log-in together, on moto's user pool."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters import log_ins
from chalicelib.adapters.dynamo import accounts as register
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import ConflictError, UnavailableError
from infra.people import ROLES
from tests.integration.world import ADMIN, MONDAY, OPERATOR, World

ACCOUNTS = "/v1/desk/accounts"
WHY = {"reason": "Chuyển công tác"}
NEW = {
    "username": "mc02",
    "name": "Nguyễn Thị Lan",
    "mail": "lan@example.com",
    "role": "officer",
    "unit": "so_tu_phap",
    "reason": "Nhận công tác",
}
MANAGER = "agency:so_tu_phap:cq09"
STRANGER = "agency:buu_dien_tinh:cq08"


@pytest.fixture
def pool(world: World) -> Any:
    """Moto's pool, with the groups of the template and two managers of different units."""
    return staff_pool(world)


def staff_pool(world: World) -> Any:
    """Make it."""
    cognito = world.cloud("cognito-idp")
    made = cognito.create_user_pool(PoolName="staff")["UserPool"]["Id"]
    for group in (*ROLES, "unit:so_tu_phap", "unit:buu_dien_tinh", "unit:tong_dai", "unit:lanh_dao_trung_tam"):
        cognito.create_group(UserPoolId=made, GroupName=group)
    world.deps.__dict__["log_ins"] = log_ins.CognitoLogIns(made)
    for unit, name in (("so_tu_phap", "cq09"), ("buu_dien_tinh", "cq08")):
        make(world, username=name, role="agency", unit=unit, manager=True)

    class Pool:
        def user(self, name: str) -> Any:
            return cognito.admin_get_user(UserPoolId=made, Username=name)

        def groups(self, name: str) -> set[str]:
            found = cognito.admin_list_groups_for_user(UserPoolId=made, Username=name)["Groups"]
            return {group["GroupName"] for group in found}

        def add(self, name: str, *groups: str) -> None:
            cognito.admin_create_user(UserPoolId=made, Username=name)
            for group in groups:
                cognito.admin_add_user_to_group(UserPoolId=made, Username=name, GroupName=group)

    return Pool()


def make(world: World, *, token: str = ADMIN, expect: int = 201, **changes: Any) -> Any:
    status, made = world.call("POST", ACCOUNTS, NEW | changes, token=token)
    assert status == expect, made
    return made


def do(world: World, deed: str, name: str = "mc02", *, token: str = ADMIN, expect: int = 200, **body: Any) -> Any:
    status, made = world.call("POST", f"{ACCOUNTS}/{name}/{deed}", WHY | body, token=token)
    assert status == expect, made
    return made


def names(world: World, token: str = ADMIN, query: str = "") -> list[str]:
    status, found = world.call("GET", f"{ACCOUNTS}{query}", token=token)
    assert status == 200, found
    return [one["username"] for one in found["accounts"]]


def test_the_administrator_makes_one(world: World, pool: Any) -> None:
    made = make(world, name="  Nguyễn  Thị Lan ")
    assert (made["status"], made["unit_name"], made["manager"]) == ("open", "Sở Tư pháp", False)
    assert pool.groups("mc02") == {"officer", "unit:so_tu_phap"}
    attributes = {one["Name"]: one["Value"] for one in pool.user("mc02")["UserAttributes"]}
    assert (attributes["email"], attributes["email_verified"], attributes["name"]) == (
        "lan@example.com",
        "true",
        made["name"],
    )
    [change] = world.call("GET", f"{ACCOUNTS}/mc02", token=ADMIN)[1]["history"]
    assert change == {
        "deed": "made",
        "at": "2026-11-23T02:00:00Z",
        "by": "qt01",
        "by_role": "administrator",
        "reason": "Nhận công tác",
    }


def test_a_manager_makes_those_of_his_own_unit_only(world: World, pool: Any) -> None:
    make(world, token=MANAGER)
    leader = {"role": "leadership", "unit": "lanh_dao_trung_tam"}
    for change in ({"unit": "buu_dien_tinh"}, leader, {"role": "operator"}):
        assert make(world, token=MANAGER, username="mc03", expect=403, **change)["code"] == "right_not_yours"
    assert make(world, token="officer:so_tu_phap:mc02", username="mc03", expect=403)["code"] == "not_manager"
    assert make(world, token=OPERATOR, username="mc03", expect=403)["code"] == "role_not_allowed"
    with pytest.raises(ClientError, match="UserNotFound"):
        pool.user("mc03")


def test_an_account_of_another_unit_is_invisible(world: World, pool: Any) -> None:
    make(world)
    assert names(world, MANAGER) == ["cq09", "mc02"]
    assert (names(world, STRANGER), names(world, STRANGER, "?unit=so_tu_phap")) == (["cq08"], [])
    for deed in ("close", "reopen", "reset-password"):
        assert do(world, deed, token=STRANGER, expect=404)["code"] == "account_not_found"
    assert do(world, "manager", token=STRANGER, expect=404, manager=True)["code"] == "account_not_found"
    assert world.call("GET", f"{ACCOUNTS}/mc02", token=STRANGER)[0] == 404
    assert world.call("GET", f"{ACCOUNTS}/mc02", token=MANAGER)[0] == 200


def test_the_list_comes_in_pages(world: World, pool: Any) -> None:
    for number in range(5):
        make(world, username=f"mc0{number}")
    found, cursor = [], ""
    while True:
        page = world.call("GET", f"{ACCOUNTS}?unit=so_tu_phap&limit=2&cursor={cursor}", token=ADMIN)[1]
        found += [one["username"] for one in page["accounts"]]
        if not (cursor := page["cursor"]):
            break
    assert found == ["cq09", "mc00", "mc01", "mc02", "mc03", "mc04"]
    do(world, "close", "mc03")
    assert names(world, ADMIN, "?status=closed") == ["mc03"]


def test_closing_takes_the_token_its_power_and_the_case_stays(world: World, pool: Any) -> None:
    """Given a case at an officer, when his account is closed, then he is refused and his colleague goes on."""
    make(world)
    make(world, username="mc05")
    code = world.at_officer()
    token = "officer:so_tu_phap:mc02"
    assert world.call("GET", f"/v1/desk/cases/{code}", token=token)[0] == 200
    done = do(world, "close", token=MANAGER)
    assert (done["status"], done["closed_at"]) == ("closed", "2026-11-23T02:00:00Z")
    assert pool.user("mc02")["Enabled"] is False
    status, refused = world.call("GET", f"/v1/desk/cases/{code}", token=token)
    assert (status, refused["code"]) == (401, "account_closed")
    world.act(code, "forward-to-agency", "officer:so_tu_phap:mc05")
    assert do(world, "close")["history"] == done["history"]


def test_another_process_knows_within_half_a_minute(world: World, pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make(world)
    now = [1000.0]
    monkeypatch.setattr(register, "monotonic", lambda: now[0])
    other = register.DynamoAccounts(None)
    assert not other.is_closed("mc02")
    do(world, "close")
    now[0] += register.CACHE_SECONDS
    assert not other.is_closed("mc02")
    now[0] += 1
    assert other.is_closed("mc02")
    assert other.is_closed("MC02")  # the pool lets that in as the same person


def test_in_trouble_a_list_that_is_too_old_lets_nobody_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(register, "monotonic", lambda: now[0])
    accounts = register.DynamoAccounts(None)
    assert not accounts.is_closed("mc02")

    def away(*_: object, **__: object) -> Any:
        raise UnavailableError("store_unavailable", "x")

    monkeypatch.setattr(register, "_query", away)
    now[0] += register.KEPT_SECONDS
    assert not accounts.is_closed("mc02")
    now[0] += 1
    with pytest.raises(UnavailableError):
        accounts.is_closed("mc02")


def test_reopened_it_lets_in_again(world: World, pool: Any) -> None:
    make(world)
    do(world, "close")
    done = do(world, "reopen", token=MANAGER)
    assert (done["status"], done["closed_at"], pool.user("mc02")["Enabled"]) == ("open", None, True)
    assert [one["deed"] for one in done["history"]] == ["made", "closed", "reopened"]
    assert world.call("GET", "/v1/desk/cases", token="officer:so_tu_phap:mc02")[0] == 200


def test_another_first_password(world: World, pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make(world)
    asked: list[tuple[str, dict[str, Any]]] = []
    call = log_ins.CognitoLogIns._call

    def noted(self: Any, operation: str, username: str, **parameters: Any) -> Any:
        asked.append((operation, parameters))
        return call(self, operation, username, **parameters)

    monkeypatch.setattr(log_ins.CognitoLogIns, "_call", noted)
    done = do(world, "reset-password", token=MANAGER)
    assert done["history"][-1]["deed"] == "password_reset"
    assert pool.user("mc02")["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert [operation for operation, _ in asked] == [
        "admin_set_user_password",
        "admin_user_global_sign_out",
        "admin_create_user",
    ]
    assert asked[0][1]["Permanent"] is False
    assert asked[2][1]["MessageAction"] == "RESEND"
    do(world, "close")
    assert do(world, "reset-password", expect=409)["code"] == "account_is_closed"


def test_nobody_closes_himself_or_the_last_administrator(world: World, pool: Any) -> None:
    for name in ("qt01", "qt02"):
        make(world, username=name, role="administrator", unit="tong_dai")
    assert do(world, "close", "qt01", expect=409)["code"] == "own_account"
    assert do(world, "close", "cq09", token=MANAGER, expect=409)["code"] == "own_account"
    do(world, "close", "qt02")
    other = "administrator:tong_dai:qt03"  # known to the pool alone
    assert do(world, "close", "qt01", token=other, expect=409)["code"] == "last_administrator"


def test_two_administrators_who_close_one_another(world: World, pool: Any) -> None:
    """Given two administrators, when each closes the other at once, then one of them stays."""
    for name in ("qt01", "qt02", "qt03"):
        make(world, username=name, role="administrator", unit="tong_dai")
    do(world, "close", "qt03")  # the guard is there, and the race is for its next version
    close = world.deps.accounts.close

    def overtaken(*given: Any) -> None:
        del world.deps.accounts.__dict__["close"]
        do(world, "close", "qt02", token=ADMIN)
        close(*given)

    world.deps.accounts.__dict__["close"] = overtaken
    refused = do(world, "close", "qt01", token="administrator:tong_dai:qt02", expect=409)
    assert refused["code"] == "account_changed"
    assert names(world, "administrator:tong_dai:qt01", "?status=open") == ["cq08", "cq09", "qt01"]


def test_an_attempt_that_was_cut_off_goes_on(world: World, pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a pool that went away after the log-in was made, when the call is sent again, then all is done once."""
    call = log_ins.CognitoLogIns._call

    def away(self: Any, operation: str, username: str, **parameters: Any) -> Any:
        if operation == "admin_add_user_to_group":
            raise log_ins._unavailable("InternalErrorException")
        return call(self, operation, username, **parameters)

    with monkeypatch.context() as trouble:
        trouble.setattr(log_ins.CognitoLogIns, "_call", away)
        assert make(world, expect=503)["code"] == "accounts_unavailable"
    assert (names(world, ADMIN, "?status=unfinished"), pool.groups("mc02")) == (["mc02"], set())
    assert make(world, expect=409, mail="khac@example.com")["code"] == "username_taken"
    assert do(world, "reset-password", expect=409)["code"] == "account_not_made"
    assert make(world)["status"] == "open"
    assert pool.groups("mc02") == {"officer", "unit:so_tu_phap"}


def test_closing_what_was_cut_off(world: World, pool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise log_ins._unavailable("x")

    with monkeypatch.context() as trouble:
        trouble.setattr(log_ins.CognitoLogIns, "make", away)
        make(world, expect=503)
    do(world, "close")
    assert make(world, expect=409)["code"] == "username_taken"
    assert do(world, "reopen")["status"] == "unfinished"
    assert make(world)["status"] == "open"


def test_a_name_is_taken_once(world: World, pool: Any) -> None:
    make(world)
    for token, change in ((ADMIN, {}), (STRANGER, {"unit": "buu_dien_tinh"})):
        assert make(world, token=token, expect=409, **change)["code"] == "username_taken"


def test_a_log_in_of_the_pool_alone_is_adopted_by_who_names_its_groups(world: World, pool: Any) -> None:
    """The first administrator is made at the pool itself (docs/deploy.md)."""
    pool.add("qt01", "administrator", "unit:tong_dai")
    pool.add("mc07", "officer", "unit:so_tu_phap")
    assert make(world, username="qt01", expect=409)["code"] == "username_taken"
    assert make(world, username="mc07", token=MANAGER, expect=409)["code"] == "username_taken"
    adopted = make(world, username="qt01", role="administrator", unit="tong_dai")
    assert (adopted["status"], adopted["history"][0]["deed"]) == ("open", "adopted")
    assert pool.groups("qt01") == {"administrator", "unit:tong_dai"}


def test_the_right_to_keep_accounts_ends_when_it_is_taken(world: World, pool: Any) -> None:
    make(world)
    assert do(world, "manager", "cq09", token=MANAGER, expect=409, manager=False)["code"] == "own_account"
    assert do(world, "manager", token=MANAGER, manager=True)["manager"] is True
    assert do(world, "manager", "cq09", token="officer:so_tu_phap:mc02", manager=False)["manager"] is False
    assert world.call("GET", ACCOUNTS, token=MANAGER)[1]["code"] == "not_manager"


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"unit": "so_khong_co"}, 404, "unit_not_found"),
        ({"unit": "tong_dai"}, 422, "role_not_of_unit"),
        ({"role": "operator", "unit": "tong_dai", "manager": True}, 422, "manager_not_of_unit"),
        ({"username": "Mc02"}, 422, "invalid_request"),
        ({"mail": "khong phai thu"}, 422, "invalid_request"),
        ({"name": " \u00a0"}, 422, "empty_text"),
        ({"reason": "  "}, 422, "empty_text"),
    ],
)
def test_what_makes_no_account(world: World, pool: Any, wrong: Any, status: int, code: str) -> None:
    assert make(world, expect=status, **wrong)["code"] == code
    assert world.call("GET", f"{ACCOUNTS}/mc02", token=ADMIN)[0] == 404


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ("InvalidParameterException", 422, "account_rejected"),
        ("TooManyRequestsException", 429, "too_many_accounts"),
        ("CodeDeliveryFailureException", 503, "invitation_not_sent"),
        ("UnsupportedUserStateException", 409, "account_state"),
        ("SomethingNewException", 503, "accounts_unavailable"),
    ],
)
def test_what_the_pool_refuses_is_told_without_its_words(
    world: World, pool: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any, told: str, status: int, code: str
) -> None:
    class Refusing:
        def admin_list_groups_for_user(self, **_: Any) -> Any:
            raise ClientError({"Error": {"Code": told, "Message": "lan@example.com"}}, "AdminListGroupsForUser")

    monkeypatch.setattr(log_ins.aws, "client", lambda _: Refusing())
    refused = make(world, expect=status)
    assert refused["code"] == code
    assert "lan@" not in str(refused) + capsys.readouterr().out


def test_an_overtaken_change_is_refused(world: World, pool: Any) -> None:
    make(world)
    found = world.deps.accounts.find("mc02")
    do(world, "reset-password")
    assert found is not None
    with pytest.raises(ConflictError, match="account_changed"):
        world.deps.accounts.close(found.changed("closed", "x", Actor(Role.ADMINISTRATOR), MONDAY), None)
    assert world.call("GET", f"{ACCOUNTS}/mc02", token=ADMIN)[1]["status"] == "open"
