"""Two centres side by side, of one program on one server, IAM enforced: each has its own rules, limits and people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from examples.client import Centre, RefusedError
from infra.functions import FUNCTIONS
from infra.grants import GRANTS
from infra.names import named
from tests.builders import regulation

from .conftest import Client, Stack
from .test_main_job import PEOPLE, eventually, mails
from .test_petitions import stack_key
from .test_roles import CODE, Role, refused

HERE, THERE = "hoa_binh", "ha_noi"
OFFICES = {HERE: "so_tai_nguyen_moi_truong", THERE: "phong_ho_tro_dat_dai"}  # of land, by each centre's own rules
NAMES = {HERE: "Hòa Bình", THERE: "Hà Nội"}
LAND = {
    "kind": "question",
    "field": "dat_dai",
    "content": "Tôi muốn hỏi thủ tục cấp lại giấy chứng nhận quyền sử dụng đất bị mất, nộp ở đâu?",
}
SENDER = {"name": "Bùi Thị Hoa", "phone": "0912345678", "address": "Tổ 5, xã Quang Minh"}
Each = Mapping[str, Any]  # by the regulation


def other(name: str) -> str:
    return THERE if name == HERE else HERE


@pytest.fixture(scope="module")
def both(stack: Stack, neighbour: Stack) -> Each:
    return {each["regulation"]: each for each in (stack, neighbour)}


@pytest.fixture(scope="module")
def doors(both: Each) -> Iterator[Each]:
    made = {name: Centre(each["base_url"]) for name, each in both.items()}
    yield made
    for door in made.values():
        door.close()


@pytest.fixture(scope="module")
def tokens(both: Each, doors: Each) -> Each:
    """The session of an operator of each."""
    made = {}
    for name, each in both.items():
        user = next(user for user in each["users"] if user["role"] == "operator")
        who = {"username": user["username"], "password": user["password"]}
        made[name] = doors[name].call("POST", "/v1/sessions", who)["access_token"]
    return made


@pytest.fixture(scope="module")
def desks(both: Each, tokens: Each) -> Iterator[Each]:
    """An operator at the desk of each."""
    made = {name: Centre(each["base_url"], tokens[name]) for name, each in both.items()}
    yield made
    for desk in made.values():
        desk.close()


@pytest.fixture(scope="module")
def cases(doors: Each) -> Each:
    """The same matter, sent to both."""
    return {
        name: door.send(LAND | {"sender": SENDER | {"email": f"{name}@example.com"}}) for name, door in doors.items()
    }


@pytest.fixture(scope="module")
def roles(both: Each, aws: Client) -> Iterator[Each]:
    made = {
        name: {each.name: Role(aws, named(stack["stage"], each.short_name)) for each in FUNCTIONS}
        for name, stack in both.items()
    }
    yield made
    for role in (role for some in made.values() for role in some.values()):
        role.close()


def test_they_share_a_server_and_nothing_else(both: Each, doors: Each) -> None:
    here, there = both[HERE], both[THERE]
    assert here["endpoint_url"] == there["endpoint_url"]
    for what in ("tables", "queues", "dead_letters"):
        assert not set(here[what].values()) & set(there[what].values())
    for what in ("user_pool_id", "files", "mails_bucket", "reports_bucket", "replies_queue"):
        assert here[what] != there[what]
    for name, door in doors.items():
        told = json.dumps(door.call("GET", "/v1/centre"), ensure_ascii=False)
        assert NAMES[name] in told
        assert NAMES[other(name)] not in told


@pytest.mark.parametrize("name", [HERE, THERE])
def test_a_case_is_due_by_the_limits_and_the_calendar_of_its_centre(name: str, cases: Each, desks: Each) -> None:
    case, rules = desks[name].open(cases[name]["code"])["case"], regulation(name)
    received = datetime.fromisoformat(case["received_at"])
    minutes = rules.limit(case["stage"], case["priority"]).minutes
    assert datetime.fromisoformat(case["due_at"]) == rules.calendar.due(received, minutes)
    assert minutes != regulation(other(name)).limit(case["stage"], case["priority"]).minutes


@pytest.mark.parametrize("name", [HERE, THERE])
def test_it_goes_where_the_rules_of_its_centre_say_and_is_answered_in_its_name(
    name: str, both: Each, cases: Each, desks: Each, doors: Each
) -> None:
    code, desk = cases[name]["code"], desks[name]
    assert desk.call("GET", f"/v1/desk/cases/{code}/routing")["owner"] == OFFICES[name]
    moved = desk.act(code, "forward", unit=OFFICES[name])
    assert moved["holder"]["unit"] == OFFICES[name]
    user = next(user for user in both[name]["users"] if user["username"] == f"officer.{OFFICES[name]}")
    officer = doors[name].log_in(user["username"], user["password"])
    officer.act(code, "answer", answer="Nộp tại bộ phận một cửa.", **PEOPLE)
    officer.close()

    def letter() -> str:
        told = [str(mail) for mail in mails(both[name], f"{name}@example.com")]
        return next((mail for mail in told if "bộ phận một cửa" in mail), "")

    words = eventually(letter)
    assert NAMES[name] in words
    assert NAMES[other(name)] not in words


@pytest.mark.parametrize("name", [HERE, THERE])
def test_code_pin_and_session_open_nothing_of_the_other(
    name: str, both: Each, cases: Each, desks: Each, doors: Each, tokens: Each
) -> None:
    made = cases[other(name)]
    with pytest.raises(RefusedError, match="case_not_found"):
        desks[name].open(made["code"])
    with pytest.raises(RefusedError, match="wrong_pin"):
        doors[name].content(made["code"], made["pin"])
    stranger = Centre(both[name]["base_url"], tokens[other(name)])
    with pytest.raises(RefusedError, match="token_invalid"):
        stranger.call("GET", "/v1/desk/cases")
    stranger.close()


def test_complaints_are_taken_where_the_regulation_has_them(doors: Each) -> None:
    body = {"content": "Tôi khiếu nại quyết định thu hồi đất.", "sender": SENDER}
    assert doors[THERE].call("POST", "/v1/petitions", body, {"Idempotency-Key": "hai-trung-tam"})["pin"]
    with pytest.raises(RefusedError, match="not_found"):
        doors[HERE].call("POST", "/v1/petitions", body, {"Idempotency-Key": "hai-trung-tam"})


@pytest.mark.parametrize("name", [HERE, THERE])
def test_no_function_of_one_touches_what_is_the_others(name: str, both: Each, roles: Each, aws: Client) -> None:
    theirs = both[other(name)]
    key = stack_key(aws, f"alias/{named(theirs['stage'], 'petitions')}")
    for function, role in roles[name].items():
        uses = {grant.partition("/")[0] for grant in GRANTS[function]}  # what it uses of its own centre
        dynamodb = role.client("dynamodb")
        for table in theirs["tables"].values() if "table" in uses else ():
            assert refused(dynamodb.get_item, TableName=table, Key=CODE), (function, table)
        if "bucket" in uses:
            put = {"Bucket": theirs["files"], "Key": "cases/NOBODY/probe", "Body": b""}
            assert refused(role.client("s3").put_object, **put), function
        if "queue" in uses:
            message = {"QueueUrl": theirs["queues"]["notices"], "MessageBody": "{}"}
            assert refused(role.client("sqs").send_message, **message), function
        if "secret" in uses:
            secret = named(theirs["stage"], "keys")
            assert refused(role.client("secretsmanager").get_secret_value, SecretId=secret), function
        if "petition-key" in uses:
            assert refused(role.client("kms").generate_data_key, KeyId=key, KeySpec="AES_256"), function
