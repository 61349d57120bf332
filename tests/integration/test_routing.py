"""Whom a case is suggested to, on what grounds, and that it is remembered where somebody chose otherwise (R48, R54)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib.domain.events import ForwardedToOfficer
from tests.integration.browser import FORM, open_page
from tests.integration.desk import OWN, at_desk
from tests.integration.world import ADMIN, AGENCY, CASE, LEADER, OFFICER, OPERATOR, World

TRY = "/v1/desk/routing/try"
NAMES_HEALTH = "Tôi đến sở y tế hỏi về khai sinh mà không ai trả lời."
CHOSEN = {"kind": "question", "field": "ho_tich", "channel": "phone", "sender_kind": "individual"}
PAGE = "/ban-lam-viec/quan-tri/dinh-tuyen"


def explained(world: World, code: str, token: str = OPERATOR) -> Any:
    status, found = world.call("GET", f"/v1/desk/cases/{code}/routing", token=token)
    assert status == 200, found
    return found


def forwarded(world: World, code: str, unit: str) -> ForwardedToOfficer:
    world.act(code, "forward", OPERATOR, {"unit": unit})
    event = world.deps.cases.dossier(code).history[-1].event
    assert isinstance(event, ForwardedToOfficer)
    return event


class TestExplained:
    def test_the_field_decides_where_nobody_is_named(self, world: World) -> None:
        found = explained(world, world.send()["code"])
        assert (found["owner"], found["way"], found["article"]) == ("so_tu_phap", "forward", "Điều 7.3, 10.1.b")
        deciding = [rule["id"] for rule in found["owners"] if rule["decides"]]
        assert deciding == ["competent_by_field"]
        behind = {rule["id"]: rule["behind"] for rule in found["owners"] if rule["behind"]}
        assert behind == {"operators": "competent_by_field"}
        unmet = {rule["id"]: [one["name"] for one in rule["conditions"] if not one["met"]] for rule in found["owners"]}
        assert unmet["named_agency"] == ["Cơ quan được nêu tên"]

    def test_who_is_named_in_the_words_decides_and_the_words_are_shown(self, world: World) -> None:
        found = explained(world, world.send(content=NAMES_HEALTH)["code"])
        assert (found["owner"], found["article"]) == ("so_y_te", "Điều 7.3")
        assert found["named"] == [{"unit": "so_y_te", "unit_name": "Sở Y tế", "words": "sở y tế"}]

    def test_what_the_sender_adds_counts(self, world: World) -> None:
        code = world.send()["code"]
        world.act(code, "request-details", OPERATOR, {"question": "Ông/Bà đã đến cơ quan nào?"})
        world.act(code, "details", OPERATOR, {"content": NAMES_HEALTH})
        assert explained(world, code)["owner"] == "so_y_te"

    def test_only_to_who_may_read_the_case(self, world: World) -> None:
        code = world.send()["code"]
        assert world.call("GET", f"/v1/desk/cases/{code}/routing", token=OFFICER)[0] == 403
        assert explained(world, code, LEADER)["owner"] == "so_tu_phap"

    def test_on_a_page_of_the_case(self, world: World) -> None:
        code = world.send()["code"]
        browser = at_desk(world, OPERATOR)
        assert "Theo Điều 7.3, 10.1.b: Cơ quan có thẩm quyền" in browser.open(f"/ban-lam-viec/ho-so/{code}").words
        page = browser.open(f"/ban-lam-viec/ho-so/{code}/dinh-tuyen")
        assert page.status == 200
        assert "Quy tắc này quyết định: Sở Tư pháp." in page.words
        assert "nhưng quy tắc đứng trước đã quyết định" in page.words

    def test_out_of_jurisdiction_the_leadership_is_suggested(self, world: World) -> None:
        """Điều 8.3 (R80)."""
        words = "Sở Tư pháp tỉnh Nghệ An chậm cấp phiếu lý lịch tư pháp cho tôi."
        code = world.send(content=words)["code"]
        _, file = world.call("GET", f"/v1/desk/cases/{code}", token=OPERATOR)
        assert (file["suggested_unit"], file["suggested_way"]) == (None, "refer")
        page = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}")
        assert "Được đề xuất. Theo Điều 8.3: Cơ quan được nêu thuộc tỉnh khác" in page.words


class TestRecorded:
    def test_the_suggestion_stands_beside_the_unit_chosen(self, world: World) -> None:
        event = forwarded(world, world.send()["code"], "so_y_te")
        assert (event.holder.unit, event.suggested, event.rule) == ("so_y_te", "so_tu_phap", "competent_by_field")

    def test_also_where_it_was_followed_but_only_a_deviation_is_shown(self, world: World) -> None:
        followed, other = world.send()["code"], world.send()["code"]
        assert forwarded(world, followed, "so_tu_phap").suggested == "so_tu_phap"
        forwarded(world, other, "so_y_te")
        for code, shown in ((followed, None), (other, "so_tu_phap")):
            _, file = world.call("GET", f"/v1/desk/cases/{code}", token=OPERATOR)
            assert file["timeline"][-1]["facts"].get("suggested") == shown
            assert file["suggested_unit"] is None  # the desk has it no more

    def test_nothing_is_suggested_for_what_leads_nowhere(self, world: World) -> None:
        code = world.send(field="khac", content="Cho tôi hỏi một việc như thế này thì làm sao?")["code"]
        _, file = world.call("GET", f"/v1/desk/cases/{code}", token=OPERATOR)
        assert file["suggested_unit"] is None
        assert forwarded(world, code, "so_y_te").suggested == "tong_dai"


class TestTried:
    def test_with_words_as_people_write_them(self, world: World) -> None:
        body = {"kind": "report", "about": "conduct", "content": "can bo so tn&mt hach sach toi"}
        status, found = world.call("POST", TRY, body, token=ADMIN)
        assert (status, found["owner"]) == (200, "so_tai_nguyen_moi_truong")
        assert found["article"] == "Điều 8.1, điểm c thứ hai"

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"kind": "report"}, "unknown_about"),
            ({"kind": "tin_don"}, "unknown_kind"),
            ({"kind": "question", "field": "tin_don"}, "unknown_field"),
            ({"kind": "question", "channel": "fax"}, "unknown_channel"),
            ({"kind": "question", "address": "Tổ 5"}, "invalid_request"),  # where one lives is not asked
        ],
    )
    def test_what_the_regulation_does_not_know_is_said(self, world: World, body: dict[str, Any], code: str) -> None:
        status, refused = world.call("POST", TRY, body, token=ADMIN)
        assert (status, refused["code"]) == (422, code)

    def test_by_who_oversees_alone(self, world: World) -> None:
        assert world.call("POST", TRY, {"kind": "question"}, token=AGENCY)[0] == 403
        assert world.call("POST", TRY, {"kind": "question"}, token=LEADER)[0] == 200

    def test_on_the_administrators_page(self, world: World) -> None:
        browser = at_desk(world, ADMIN)
        page = browser.open(PAGE)
        assert page.status == 200
        assert "Công ty Điện lực Hòa Bình" in page.words  # of the table of who gets what
        typed = CHOSEN | {"content": NAMES_HEALTH}
        tried = browser.send(page, "thu", typed)
        assert tried.status == 200
        assert "Quy tắc này quyết định: Sở Y tế." in tried.words
        assert NAMES_HEALTH in tried.forms["thu"]["content"]
        assert len(tried.html.encode()) < 60_000

    def test_the_table_for_another_channel_and_who_is_named(self, world: World) -> None:
        browser = at_desk(world, ADMIN)
        page = browser.open(f"{PAGE}?kenh=app&nguoi-gui=organisation&neu-ten=unit")
        assert page.status == 200
        assert "Đơn vị được nêu tên" in page.words

    def test_a_kind_that_is_none_is_said_at_its_field(self, world: World) -> None:
        browser = at_desk(world, ADMIN)
        refused = browser.send(browser.open(PAGE), "thu", CHOSEN | {"kind": "tin_don", "content": "Giữ lại câu này"})
        assert (refused.status, "Xin chọn một loại nội dung" in refused.words) == (422, True)
        assert refused.forms["thu"]["content"] == "Giữ lại câu này"


def test_while_a_call_is_written_down_the_suggestion_keeps_up(world: World) -> None:
    """What suggest.js asks for: half a form, and no step chosen."""
    browser = at_desk(world, OPERATOR)
    form = browser.open("/ban-lam-viec/tiep-nhan").forms["ghi"] | {"kind": "question", "content": NAMES_HEALTH}
    body = urlencode({name: value for name, value in form.items() if name}).encode()
    about: dict[str, Any] = {"method": "POST", "body": body, "media_type": FORM, "cookie": browser.cookie, "site": OWN}
    told = open_page("/ban-lam-viec/tiep-nhan/goi-y", **about)
    words = "Gợi ý: Sở Y tế. Theo Điều 7.3: Nội dung nêu tên cơ quan này."
    assert (told.status, json.loads(told.html)) == (200, {"words": words})


def test_intake_forwards_to_who_is_named_where_the_operator_leaves_it_to_the_rules(world: World) -> None:
    browser = at_desk(world, OPERATOR)
    sender = {name: CASE["sender"][name] for name in ("name", "phone", "email", "address")}  # type: ignore[index]
    typed = sender | {"kind": "question", "field": "ho_tich", "content": NAMES_HEALTH, "step": "forward"}
    saved = browser.send(browser.open("/ban-lam-viec/tiep-nhan"), "ghi", typed)
    assert saved.status == 201, saved.words
    [found] = world.call("POST", "/v1/desk/senders", {"contact": sender["phone"]}, token=OPERATOR)[1]["cases"]
    holder = world.case(found["code"]).holder
    assert holder is not None
    assert holder.unit == "so_y_te"
