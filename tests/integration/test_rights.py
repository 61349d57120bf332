"""What a sender may know and ask of the data held about them, and how it is decided (R99)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CaseItem, CentreItem
from tests.builders import local
from tests.integration.browser import open_page, send
from tests.integration.desk import at_desk
from tests.integration.test_my_cases import PHONE, mine, session
from tests.integration.test_retention import close, everything_kept
from tests.integration.world import ADMIN, LEADER, OPERATOR, SENDER, World

DATA = "/ho-so-cua-toi/du-lieu"
RIGHTS = "/ban-lam-viec/quyen-du-lieu"
BY_PHONE = SENDER | {"email": ""}
UNFOUNDED = {"granted": False}
REFUSAL = {"granted": False, "article": "Luật Lưu trữ", "reason": "Hồ sơ còn trong thời hạn lưu."}


@pytest.fixture
def code(world: World) -> str:
    made: str = world.answered(sender=BY_PHONE)
    world.drain()
    return made


def token(world: World, contact: str = PHONE) -> str:
    """Ask for a code by program, give it, and return the session."""
    status, _ = world.call("POST", "/v1/my/codes", {"contact": contact}, Idempotency_Key="c1")
    assert status == 202
    before = len(world.texts())
    assert world.work() == 0
    digits = world.texts()[before:][0][1][:6]
    status, made = world.call("POST", "/v1/my/sessions", {"contact": contact, "code": digits}, Idempotency_Key="s1")
    assert status == 201, made
    return str(made["session"])


def ask(world: World, code: str, kind: str, words: str = "", expect: int = 201) -> Any:
    body = {"kind": kind, "case": code, "words": words}
    status, made = world.call("POST", "/v1/my/requests", body, token=token(world), Idempotency_Key=f"r-{kind}")
    assert status == expect, made
    return made


def decide(world: World, right: str, expect: int = 200, **decision: Any) -> Any:
    status, made = world.call("POST", f"/v1/desk/rights/{right}/decision", decision, token=LEADER)
    assert status == expect, made
    return made


def test_a_sender_has_a_copy_of_everything_and_who_looked(world: World, code: str) -> None:
    world.open(code, LEADER)
    status, copy = world.call("GET", "/v1/my/data", token=token(world))
    assert status == 200
    [case] = copy["cases"]
    assert case["content"]["sender"]["name"] == SENDER["name"]
    assert [one["type"] for one in case["content"]["said"]] == ["Received", "Answered"]
    assert [(one["role"], "name" in one, "login" in one) for one in case["looks"]] == [("leadership", False, False)]
    assert world.call("GET", "/v1/my/data", token="0.abc")[0] == 401
    assert world.call("GET", "/v1/my/data")[0] == 401
    [only] = world.call("GET", "/v1/my/cases", token=token(world))[1]["cases"]
    assert only["progress"]["code"] == code


def test_on_pages_and_as_a_file(world: World, code: str) -> None:
    listed = mine(world)
    assert "ai đã xem" in listed.words
    away = send(send(open_page("/ho-so-cua-toi"), "ma", contact=PHONE), "mo", code=told_again(world))
    cookie = session(away)
    page = open_page(DATA, cookie=cookie)
    assert (page.status, SENDER["name"] in page.words) == (200, True)
    copy = json.loads(open_page(f"{DATA}/ban-sao.json", cookie=cookie).html)
    assert copy["cases"][0]["content"]["progress"]["code"] == code
    hurt = send(page, "yeu-cau", cookie=cookie, kind="correction", case=code, words="")
    assert (hurt.status, "thông tin đúng" in hurt.words) == (422, True)
    sent = send(page, "yeu-cau", cookie=cookie, kind="erasure", case=code)
    assert sent.status == 303
    assert "Đã nhận yêu cầu" in open_page(f"{DATA}?xong=yeu-cau", cookie=cookie).words
    assert open_page(DATA).status == 303
    assert open_page(f"{DATA}/ban-sao.json").status == 401


def told_again(world: World) -> str:
    before = len(world.texts())
    assert world.work() == 0
    return world.texts()[before:][0][1][:6]


def test_nobody_asks_about_anothers_case(world: World, code: str) -> None:
    other = world.answered(sender=SENDER | {"phone": "0987 654 321", "email": ""})
    ask(world, other, "erasure", expect=404)


def test_erasure_is_decided_by_a_person_and_leaves_no_trace(world: World, code: str) -> None:
    asked = ask(world, code, "erasure", "Xin xóa hết giúp tôi.")
    assert asked["due_at"] == "2026-11-26T02:00:00Z"
    decide(world, asked["id"], granted=True, expect=409)  # answered, and not closed yet
    close(world)
    way = f"/v1/desk/rights/{asked['id']}/decision"
    assert world.call("POST", way, {"granted": True}, token=OPERATOR)[0] == 403
    done = decide(world, asked["id"], granted=True, article="Nghị định 13/2023/NĐ-CP, Điều 16")
    assert (done["state"], done["words"]) == ("granted", "")
    assert world.open(code)["sender"]["name"] == ""
    world.clock.forward(hours=1)
    world.forget()
    kept = everything_kept(world)
    marks = (SENDER["name"], "+84912345678", world.deps.keys.sender("+84912345678"), "Xin xóa hết", SENDER["address"])
    held = {key: item for key, item in kept.items() if not key.startswith("inbox")}  # rows of 90 days, keyed hashes
    assert [key for key, item in held.items() for mark in marks if mark in item or json.dumps(mark)[1:-1] in item] == []
    assert {item.sk.partition("#")[0] for item in CaseItem.query(code)} == {"EVENT", "HEAD"}
    decide(world, asked["id"], granted=True, expect=409)


def test_what_is_being_erased_is_not_refused_meanwhile(world: World, code: str) -> None:
    asked = ask(world, code, "erasure", "Xin xóa hết giúp tôi.")
    decide(world, asked["id"], granted=True, expect=409)  # still kept, and free to be refused
    close(world)
    told = []
    world.meanwhile(lambda: told.append(decide(world, asked["id"], expect=409, **REFUSAL)["code"]))
    done = decide(world, asked["id"], granted=True, article="Nghị định 13/2023/NĐ-CP, Điều 16")
    assert (told, done["state"]) == (["right_being_granted"], "granted")
    assert world.open(code)["sender"]["name"] == ""


def test_what_is_still_kept_can_be_refused(world: World, code: str) -> None:
    asked = ask(world, code, "erasure")
    decide(world, asked["id"], granted=True, expect=409)
    assert decide(world, asked["id"], **REFUSAL)["state"] == "refused"


def test_a_refusal_rests_on_an_article_and_says_where_to_complain(world: World, code: str) -> None:
    asked = ask(world, code, "erasure")
    decide(world, asked["id"], expect=422, **UNFOUNDED)
    decide(world, asked["id"], **REFUSAL)
    [seen] = world.call("GET", "/v1/my/data", token=token(world))[1]["requests"]
    assert (seen["state"], seen["article"]) == ("refused", "Luật Lưu trữ")
    assert "khiếu nại" in seen["where_to_complain"]


def test_details_are_set_right_and_words_only_added(world: World, code: str) -> None:
    asked = ask(world, code, "correction", "Tên tôi là Bùi Thị Hòa.")
    decide(world, asked["id"], granted=True, expect=200, sender={"name": "Bùi Thị Hòa"})
    shown = world.open(code)
    assert (shown["sender"]["name"], shown["sender"]["phone"]) == ("Bùi Thị Hòa", "+84912345678")
    assert shown["timeline"][-1]["texts"] == {"content": "Tên tôi là Bùi Thị Hòa."}
    assert shown["timeline"][0]["texts"]["content"].startswith("Tôi muốn hỏi")
    assert world.deps.cases.faults(code) == ()


def test_what_is_restricted_leaves_the_board_and_does_not_come_back(world: World, code: str) -> None:
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.drain()
    name = world.deps.keys.public_name(code)
    assert world.call("GET", f"/v1/board/{name}")[0] == 200
    asked = ask(world, code, "restriction")
    decide(world, asked["id"], granted=True)
    world.drain()
    assert world.call("GET", f"/v1/board/{name}")[0] == 404
    world.act(code, "publication", OPERATOR, expect=409)


def test_leadership_is_reminded_before_the_hours_are_over(world: World, code: str) -> None:
    ask(world, code, "erasure")
    for at, mails in (("24 09:00", 0), ("25 09:05", 1), ("25 12:00", 1), ("26 09:05", 2)):
        world.clock.set(local(f"2026-11-{at}"))
        world.digest()
        told = [mail for mail in world.mails() if "yêu cầu về dữ liệu" in mail["subject"]]
        assert len(told) == mails, at
    assert "Quá hạn" in told[-1]["subject"]


def test_at_the_counter_after_looking_at_a_paper(world: World, code: str) -> None:
    browser = at_desk(world, OPERATOR)
    page = browser.open(RIGHTS)
    hurt = browser.send(page, "ban-sao", {"case": code, "identity": ""})
    assert hurt.status == 422
    copy = browser.send(page, "ban-sao", {"case": code, "identity": "Căn cước"})
    assert (copy.status, SENDER["name"] in copy.words) == (200, True)
    status, seen = world.call("GET", f"/v1/desk/access?case={code}", token=ADMIN)
    assert (status, [(one["door"], one["parts"]) for one in seen["seen"]]) == (200, [("counter", ["copy"])])
    written = browser.send(page, "ghi-nhan", {"kind": "erasure", "case": code, "identity": "Căn cước"})
    assert "Đã ghi nhận yêu cầu" in written.words
    [row] = [one for one in world.call("GET", "/v1/desk/rights", token=LEADER)[1]["requests"] if one["state"] == "open"]
    shown = at_desk(world, LEADER).open(f"{RIGHTS}/{row['id']}")
    refused = at_desk(world, LEADER).send(shown, "quyet-dinh", {"outcome": "refused"})
    assert refused.status == 422
    done = at_desk(world, LEADER).send(
        shown, "quyet-dinh", {"outcome": "refused", "article": "Luật Lưu trữ", "reason": "Còn thời hạn lưu."}
    )
    assert "Đã ghi nhận quyết định" in done.words
    assert "quyet-dinh" not in browser.open(f"{RIGHTS}/{row['id']}").forms


def test_two_clicks_at_the_counter_are_one_copy(world: World, code: str) -> None:
    path, why = f"/v1/desk/cases/{code}/copy", {"identity": "Căn cước"}
    assert [world.call("POST", path, why, token=OPERATOR)[0] for _ in range(2)] == [200, 200]
    [only] = world.call("GET", "/v1/desk/rights", token=LEADER)[1]["requests"]
    assert (only["kind"], only["state"]) == ("copy", "granted")


def test_a_key_that_asked_for_a_copy_asks_for_no_erasure(world: World, code: str) -> None:
    session_of = token(world)
    answers = [
        world.call("POST", "/v1/my/requests", {"kind": kind, "case": code}, token=session_of, Idempotency_Key="r1")
        for kind in ("copy", "erasure")
    ]
    assert [status for status, _ in answers] == [201, 409]
    assert answers[1][1]["code"] == "idempotency_key_reused"


def test_the_same_request_sent_twice_is_one(world: World, code: str) -> None:
    ask(world, code, "erasure")
    ask(world, code, "erasure")
    assert len(list(CentreItem.query("RIGHT"))) == 1
