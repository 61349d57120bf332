"""Intake by phone: who calls, what is like it already, and one form from the number to the answer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.domain.case import State
from chalicelib.domain.errors import UnavailableError
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ANSWER, OFFICER, OPERATOR, SENDER, World

INTAKE = "/ban-lam-viec/tiep-nhan"
OTHER = "Đường vào thôn tôi bị ngập nước sau mưa, đề nghị sửa chữa cống thoát nước trước mùa mưa tới."
CALL = {"kind": "question", "field": "ho_tich", "content": OTHER, **SENDER}
AGAIN = "Tôi muốn hỏi tiếp thủ tục đăng ký khai sinh cho con cần những giấy tờ gì"


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, OPERATOR)


def write(browser: Browser, step: str, page: Page | None = None, **typed: Any) -> Page:
    given = {"sender_kind": "individual", **CALL, **typed, "step": step}
    return browser.send(page or browser.open(INTAKE), "ghi", given)


def code_on(page: Page) -> str:
    found = re.search(r"\d{4}-\d{4}-\d{4}", page.words)
    assert found, page.words
    return found[0].replace("-", "")


def cases(world: World, phone: str = SENDER["phone"]) -> list[Any]:
    status, found = world.call("POST", "/v1/desk/senders", {"contact": phone}, token=OPERATOR)
    assert status == 200
    return list(found["cases"])


class TestTheSender:
    def test_a_new_one_is_said_to_be_new(self, browser: Browser) -> None:
        shown = write(browser, "find", kind="", content="")
        assert (shown.status, "người gửi mới" in shown.words) == (200, True)

    @pytest.mark.parametrize("part", ["HEAD", "EVENT#00001"])
    def test_is_heard_whatever_is_wrong_with_an_earlier_case(self, world: World, browser: Browser, part: str) -> None:
        world.spoil(world.send()["code"], part, body="{}")
        assert write(browser, "find").status == 200
        assert write(browser, "save").status == 201

    def test_a_known_one_is_told_by_number_with_history(self, world: World, browser: Browser) -> None:
        code = world.send()["code"]
        typed: dict[str, Any] = {"phone": "+84 912 345 678", "name": "", "address": "", "email": "", "content": ""}
        shown = write(browser, "find", **typed)
        assert shown.status == 200
        assert {name: shown.forms["ghi"][name] for name in ("name", "address", "email")} == {
            name: SENDER[name] for name in ("name", "address", "email")
        }
        assert f"../../ban-lam-viec/ho-so/{code}" in shown.every("a", "href")
        assert "gần giống" not in shown.words
        assert shown.forms["ghi"]["phone"] == typed["phone"]

    def test_what_earlier_cases_fill_in_is_to_be_confirmed(self, world: World, browser: Browser) -> None:
        world.send()
        shown = write(browser, "forward", name="", address="", email="")
        assert (shown.status, "Còn thiếu" in shown.words) == (422, False)
        assert shown.words.count("Vừa được điền theo hồ sơ gần nhất") == 4  # above and at the field
        assert (
            browser.send(
                shown, "ghi", {"step": "forward", "kind": "question", "field": "ho_tich", "sender_kind": "individual"}
            ).status
            == 201
        )

    def test_what_is_typed_is_not_overwritten(self, world: World, browser: Browser) -> None:
        world.send()
        shown = write(browser, "find", name="Bùi Văn Em")
        assert shown.forms["ghi"]["name"] == "Bùi Văn Em"

    def test_the_number_is_in_no_address(self, world: World, browser: Browser) -> None:
        world.send()
        shown = write(browser, "find")
        assert not [address for address in (shown.address, *shown.every("a", "href")) if "912" in address]

    def test_a_wrong_number_is_said_at_its_field_and_kept(self, browser: Browser) -> None:
        shown = write(browser, "find", phone="12 gà")
        assert (shown.status, shown.forms["ghi"]["phone"]) == (422, "12 gà")
        assert "Số điện thoại chưa đúng" in shown.words
        assert shown.forms["ghi"]["content"] == OTHER


class TestSaving:
    def test_makes_the_case_as_the_api_does(self, world: World, browser: Browser) -> None:
        saved = write(browser, "save", kind="report.conduct", priority="urgent")
        case = world.case(code_on(saved))
        assert (saved.status, case.state, case.channel, case.priority) == (201, State.RECEIVED, "phone", "urgent")
        assert (case.kind, case.about, case.field) == ("report", "conduct", "ho_tich")
        assert world.deps.keys.pin(case.code) in saved.words
        assert world.open(case.code)["timeline"][0]["actor_name"] == "dtv01"

    def test_what_an_agency_decides_is_not_answered_at_once(self, world: World, browser: Browser) -> None:
        """R56: said at the field before anything is saved."""
        told = write(browser, "answer", kind="report.conduct", **ANSWER)
        assert (told.status, cases(world)) == (422, [])
        assert "do cơ quan có thẩm quyền quyết định" in told.words

    def test_twice_is_one_case(self, world: World, browser: Browser) -> None:
        page = browser.open(INTAKE)
        first, second = (write(browser, "save", page) for _ in range(2))
        assert code_on(first) == code_on(second)
        assert len(cases(world)) == 1

    def test_a_form_used_for_another_matter_is_told(self, world: World, browser: Browser) -> None:
        page = browser.open(INTAKE)
        write(browser, "save", page)
        shown = write(browser, "save", page, content="Đề nghị bộ phận một cửa nhận hồ sơ vào sáng thứ Bảy")
        assert (shown.status, "đã lưu một hồ sơ với nội dung khác" in shown.words) == (409, True)
        assert shown.forms["ghi"]["nonce"] != page.forms["ghi"]["nonce"]
        assert len(cases(world)) == 1

    def test_without_contact_the_case_waits(self, world: World, browser: Browser) -> None:
        saved = write(browser, "save", phone="", name="", address="", email="")
        assert (saved.status, world.case(code_on(saved)).state) == (201, State.AWAITING_DETAILS)
        assert "Xin hỏi thêm người gửi" in saved.words

    def test_what_is_not_accepted_says_where_to_go(self, world: World, browser: Browser) -> None:
        saved = write(browser, "save", content="ĐƠN TỐ CÁO\nTôi tố cáo ông A nhận tiền của dân khi làm thủ tục.")
        assert world.case(code_on(saved)).state is State.REFUSED
        assert "Xin hướng dẫn người gửi" in saved.words

    def test_trouble_keeps_what_was_typed(self, world: World, browser: Browser) -> None:
        def down(_: Any) -> None:
            raise UnavailableError("store", "Hệ thống đang bận, vui lòng thử lại", retry_after=1)

        page = browser.open(INTAKE)
        world.deps.cases.__dict__["commit"] = down
        shown = write(browser, "save", page)
        del world.deps.cases.__dict__["commit"]
        assert (shown.status, shown.forms["ghi"]["content"]) == (503, OTHER)
        assert write(browser, "save", shown).status == 201
        assert len(cases(world)) == 1


class TestSimilarCases:
    def test_are_shown_before_the_case_is_saved_and_then_it_is(self, world: World, browser: Browser) -> None:
        code = world.send()["code"]
        shown = write(browser, "forward", content=AGAIN)
        assert (shown.status, len(cases(world))) == (409, 1)
        assert "Người gửi đã có hồ sơ gần giống" in shown.words
        assert code in shown.forms["ghi"]["seen"]
        assert write(browser, "forward", shown, content=AGAIN).status == 201
        assert len(cases(world)) == 2

    def test_of_others_or_long_past_do_not_count(self, world: World, browser: Browser) -> None:
        world.send(sender=SENDER | {"phone": "0987 654 321"})
        world.answered()
        world.clock.forward(days=31)
        assert write(browser, "save", content=AGAIN).status == 201

    def test_a_second_press_does_not_meet_its_own_case(self, world: World, browser: Browser) -> None:
        page = browser.open(INTAKE)
        assert [write(browser, "save", page, content=AGAIN).status for _ in range(2)] == [201, 201]
        assert len(cases(world)) == 1


class TestTheNextStep:
    def test_answers_at_once(self, world: World, browser: Browser) -> None:
        page = browser.open(INTAKE)
        first, second = (write(browser, "answer", page, **ANSWER) for _ in range(2))
        assert (first.status, second.status) == (201, 201)
        case = world.case(code_on(first))
        assert (case.state, case.version) == (State.ANSWERED, world.case(code_on(second)).version)
        assert [event["type"] for event in world.open(case.code)["timeline"]] == ["Received", "Answered"]

    def test_forwards_to_whom_the_field_leads(self, world: World, browser: Browser) -> None:
        assert "Hộ tịch – Sở Tư pháp" in browser.open(INTAKE).words
        page = browser.open(INTAKE)
        codes = {code_on(write(browser, "forward", page, note="Xin gọi lại trước 16 giờ")) for _ in range(2)}
        holder = world.case(codes.pop()).holder
        assert holder is not None
        assert (holder.role, holder.unit, codes) == ("officer", "so_tu_phap", set())

    def test_or_to_whom_the_operator_says(self, world: World, browser: Browser) -> None:
        holder = world.case(code_on(write(browser, "forward", unit="so_y_te"))).holder
        assert holder is not None
        assert holder.unit == "so_y_te"

    def test_the_suggestion_says_why(self, browser: Browser) -> None:
        assert (
            "Gợi ý: Sở Tư pháp. Theo Điều 7.3, 10.1.b: Cơ quan có thẩm quyền, chức năng về lĩnh vực này."
            in write(browser, "find").words
        )

    @pytest.mark.parametrize(
        ("step", "typed", "words"),
        [
            ("forward", {"field": "khac"}, "Xin chọn cơ quan nhận hồ sơ"),
            ("forward", {"kind": "service"}, "chuyển ngay đến Bưu điện"),
            ("forward", {"address": ""}, "Còn thiếu: Địa chỉ liên hệ"),
            ("answer", {"answer": "Xin đến bộ phận một cửa."}, "Lãnh đạo phê duyệt: Xin điền mục này."),
            ("answer", {"content": "ĐƠN TỐ CÁO\nTôi tố cáo ông A nhận tiền của dân."}, "Xin chỉ bấm Lưu"),
            ("save", {"kind": "tin_don"}, "Xin chọn một loại nội dung"),
            ("save", {"field": "tin_don"}, "Xin chọn một lĩnh vực"),
            ("save", {"priority": "tin_don"}, "Xin chọn một mức độ"),
            ("save", {"content": " "}, "Nội dung: Xin điền mục này."),
        ],
    )
    def test_what_it_lacks_is_asked_before_anything_is_saved(
        self, world: World, browser: Browser, step: str, typed: dict[str, Any], words: str
    ) -> None:
        shown = write(browser, step, **typed)
        assert (shown.status, words in shown.words) == (422, True), shown.words
        assert cases(world) == []

    def test_one_that_fails_leaves_the_case_and_the_words(self, world: World, browser: Browser) -> None:
        shown = write(browser, "forward", unit="khong_co", note="Gọi lại trước 16 giờ")
        assert (shown.status, world.case(code_on(shown)).state) == (422, State.RECEIVED)
        assert "Cơ quan, đơn vị này không có trong danh bạ" in shown.words
        assert "Gọi lại trước 16 giờ" in shown.words


class TestWalls:
    def test_it_is_the_operators(self, world: World) -> None:
        assert at_desk(world, OFFICER).open(INTAKE).status == 403

    def test_nothing_a_caller_says_is_markup(self, world: World, browser: Browser) -> None:
        who = SENDER | {"name": HOSTILE, "address": HOSTILE}
        world.send(title=HOSTILE[:100], content=f"Tôi muốn hỏi thủ tục này. {HOSTILE}", sender=who)
        shown = write(browser, "find", name=HOSTILE, content=HOSTILE, answer=HOSTILE, title=HOSTILE[:100])
        harmless(shown)
        assert shown.forms["ghi"]["answer"] == HOSTILE
        harmless(write(browser, "forward", shown, unit="khong_co", note=HOSTILE, content=HOSTILE, address=HOSTILE))
