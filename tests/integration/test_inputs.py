"""A holder asks other units for input (lấy ý kiến, R57): told by mail, answered at the desk or by link, reminded."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.case import State
from tests.builders import local
from tests.integration.browser import open_page, send
from tests.integration.desk import at_desk
from tests.integration.test_reply_links import HEALTH_MAIL, link_in
from tests.integration.world import ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World

HEALTH = "agency:so_y_te:cq07"
JUSTICE_MAIL = "so-tu-phap@tongdai.example"
QUESTION = "Có cần giấy khám sức khỏe của trẻ không?"
OPINION = "Không cần, chỉ cần giấy chứng sinh."
ASK = {"units": ["so_y_te"], "question": QUESTION}
LIST, ONE = "/ban-lam-viec/y-kien", "/ban-lam-viec/y-kien/{}/1"
SECRETS = (SENDER["name"], "912345678", SENDER["email"], SENDER["address"])


@pytest.fixture
def code(world: World) -> str:
    made = world.at_officer()
    world.act(made, "inputs", OFFICER, ASK)
    return made


def answer(world: World, code: str, how: str = "give", token: str = HEALTH, **body: Any) -> tuple[int, Any]:
    path = f"/v1/desk/cases/{code}/inputs/1/{how}"
    return world.call("POST", path, body or {"opinion": OPINION}, token=token)  # type: ignore[no-any-return]


def asked(world: World, token: str = HEALTH) -> list[Any]:
    return world.call("GET", "/v1/desk/inputs", token=token)[1]["inputs"]  # type: ignore[no-any-return]


class TestTheUnitThatIsAsked:
    def test_finds_it_in_its_list_and_nobody_else_does(self, world: World, code: str) -> None:
        [row] = asked(world)
        assert (row["code"], row["id"], row["overdue"]) == (code, 1, False)
        assert asked(world, OFFICER) == asked(world, OPERATOR) == []

    def test_reads_the_matter_and_not_who_sent_it_nor_the_case(self, world: World, code: str) -> None:
        status, shown = world.call("GET", f"/v1/desk/cases/{code}/inputs/1", token=HEALTH)
        assert (status, shown["input"]["question"], shown["contact"]) == (200, QUESTION, None)
        assert "giấy tờ gì" in shown["content"]
        assert not [secret for secret in SECRETS if secret in str(shown)]
        assert world.call("GET", f"/v1/desk/cases/{code}", token=HEALTH)[0] == 403

    def test_knows_who_sent_it_where_whoever_asks_says_so(self, world: World) -> None:
        code = world.at_officer()
        world.act(code, "inputs", OFFICER, ASK | {"with_contact": True})
        shown = world.call("GET", f"/v1/desk/cases/{code}/inputs/1", token=HEALTH)[1]
        assert shown["contact"]["name"] == SENDER["name"]

    def test_answers_and_reads_no_more(self, world: World, code: str) -> None:
        before = world.case(code)
        assert answer(world, code) == (204, None)
        after = world.case(code)
        assert (after.holder, after.stage, after.state) == (before.holder, before.stage, before.state)
        assert asked(world) == []
        assert world.call("GET", f"/v1/desk/cases/{code}/inputs/1", token=HEALTH)[1]["code"] == "not_asked"
        shown = world.call("GET", f"/v1/desk/cases/{code}/inputs/1", token=OFFICER)[1]
        assert (shown["input"]["state"], shown["input"]["words"]) == ("given", OPINION)
        told = world.open(code, OFFICER)["timeline"][-1]
        assert (told["type"], told["actor_unit"], told["texts"]) == ("InputGiven", "so_y_te", {"opinion": OPINION})

    def test_or_has_none(self, world: World, code: str) -> None:
        assert answer(world, code, "decline", reason="Không thuộc lĩnh vực y tế.")[0] == 204
        assert world.open(code, OFFICER)["timeline"][-1]["type"] == "InputDeclined"

    def test_twice_is_refused_and_so_is_a_stranger(self, world: World, code: str) -> None:
        answer(world, code)
        assert answer(world, code)[1]["code"] == "wrong_state"
        assert answer(world, code, token=OPERATOR)[0] == 409
        assert world.call("POST", f"/v1/desk/cases/{code}/inputs/7/give", {"opinion": "x"}, token=HEALTH)[0] == 409

    def test_is_told_by_mail_and_answers_by_its_link(self, world: World, code: str) -> None:
        """Điều 11.1.a: who has no account is told and answers by mail."""
        page = open_page(link_in(world, "Xin ý kiến"))
        assert (set(page.forms), QUESTION in page.words) == ({"y-kien", "khong-co-y-kien"}, True)
        assert not [secret for secret in SECRETS if secret in page.html]
        done = send(page, "y-kien", opinion=OPINION)
        assert (done.status, "Đã ghi nhận ý kiến" in done.words) == (200, True)
        assert send(page, "y-kien", opinion="Khác").status == 410
        world.drain()
        [mail] = [one for one in world.mails(JUSTICE_MAIL) if "đã cho ý kiến" in one["subject"]]
        assert OPINION in str(mail)

    def test_that_is_late_has_its_leader_and_the_centres_reminded_and_is_marked(self, world: World, code: str) -> None:
        world.clock.set(local("2026-11-23 15:01"))
        world.sweep()
        world.drain()
        [event] = [e for e in world.open(code, OFFICER)["timeline"] if e["type"] == "ActionOverdue"]
        assert (event["facts"]["action"], event["facts"]["unit"]) == ("input", "so_y_te")
        world.clock.forward(minutes=5)
        world.remind()
        reminded = {to for mail in world.mails() for to in mail["to"] if "Đôn đốc" in mail["subject"]}
        assert reminded >= {"lanh-dao.so-y-te@tongdai.example"}
        answer(world, code)
        assert "đã cho ý kiến (trễ)" in at_desk(world, OFFICER).open(f"/ban-lam-viec/ho-so/{code}").words


class TestTheHolder:
    def test_answers_without_waiting(self, world: World, code: str) -> None:
        world.act(code, "answer", OFFICER, ANSWER)
        assert (world.case(code).state, asked(world)) == (State.ANSWERED, [])
        world.drain()
        assert [mail for mail in world.mails(HEALTH_MAIL) if "Không cần cho ý kiến" in mail["subject"]]
        assert answer(world, code)[0] == 409

    def test_withdraws(self, world: World, code: str) -> None:
        world.act(code, "inputs/1/withdraw", OFFICER, {"reason": "Đã rõ."})
        assert asked(world) == []

    def test_is_refused_what_cannot_be(self, world: World, code: str) -> None:
        assert (
            world.act(code, "inputs", OFFICER, ASK | {"units": ["so_khong_co"]}, expect=422)["code"] == "unknown_unit"
        )
        assert world.act(code, "inputs", OFFICER, ASK, expect=409)["code"] == "input_asked_already"
        assert world.act(code, "inputs", OPERATOR, ASK, expect=403)["code"] == "not_holder"
        refused = world.act(code, "inputs", OFFICER, ASK | {"units": ["so_noi_vu"], "minutes": 9000}, expect=422)
        assert (refused["code"], refused["least"]) == ("input_time_invalid", 60)

    def test_sees_on_the_page_what_was_said(self, world: World, code: str) -> None:
        answer(world, code)
        assert OPINION in at_desk(world, OFFICER).open(f"/ban-lam-viec/ho-so/{code}").words


class TestNobodyElse:
    def test_the_sender_hears_nothing_of_it(self, world: World) -> None:
        made = world.send()
        code = made["code"]
        world.act(code, "inputs", OPERATOR, ASK)
        answer(world, code)
        world.drain()
        content = world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=made["pin"])[1]
        progress = world.call("GET", f"/v1/cases/{code}")[1]
        mails = world.mails(SENDER["email"])
        for said in (QUESTION, OPINION, "Sở Y tế", "InputAsked"):
            assert said not in str((content, progress, mails))


class TestThePages:
    def test_lead_from_the_list_to_the_answer(self, world: World, code: str) -> None:
        browser = at_desk(world, HEALTH)
        listed = browser.open(LIST)
        assert f"ban-lam-viec/y-kien/{code}/1" in " ".join(listed.every("a", "href"))
        page = browser.open(ONE.format(code))
        assert QUESTION in page.words
        assert not [secret for secret in SECRETS if secret in page.html]
        done = browser.send(page, "cho-y-kien", {"opinion": OPINION})
        assert (done.status, "✓ Đã gửi ý kiến" in done.words) == (200, True)
        assert browser.send(page, "cho-y-kien", {"opinion": OPINION}).status == 200  # a second press
        assert len([e for e in world.open(code, LEADER)["timeline"] if e["type"] == "InputGiven"]) == 1

    def test_an_empty_list_says_what_it_is_for(self, world: World) -> None:
        assert "Hiện không có đơn vị nào hỏi" in at_desk(world, HEALTH).open(LIST).words

    def test_what_was_typed_is_kept_when_a_field_is_empty_or_the_request_is_gone(self, world: World, code: str) -> None:
        browser = at_desk(world, HEALTH)
        page = browser.open(ONE.format(code))
        told = browser.send(page, "khong-co-y-kien", {"reason": " "})
        assert (told.status, "Xin điền mục này" in told.words) == (422, True)
        world.act(code, "inputs/1/withdraw", OFFICER)
        gone = browser.send(page, "cho-y-kien", {"opinion": OPINION})
        assert (gone.status, OPINION in gone.words) == (403, True)

    def test_the_link_is_not_offered_where_the_centre_does_not_ask(self, world: World, code: str) -> None:
        assert "lay-y-kien" in at_desk(world, OFFICER).open(f"/ban-lam-viec/ho-so/{code}").forms
