"""The sender rates the answer and asks once for another, by the API and on the page of the case (R72, R93)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.domain.case import State
from tests.integration.browser import Page, open_page, send
from tests.integration.test_following import cookie_of, unlock
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ANSWER, OPERATOR, SENDER, World

WHY = "Tôi hỏi về lệ phí nhưng câu trả lời chỉ nói về giấy tờ."


def say(world: World, code: str, what: str, body: Any, **headers: str) -> tuple[int, Any]:
    pin = world.deps.keys.pin(code)
    return world.call("POST", f"/v1/cases/{code}/{what}", body, X_Case_Pin=pin, **headers)  # type: ignore[no-any-return]


def totals(world: World) -> dict[str, int]:
    world.drain()
    found = world.call("GET", "/v1/desk/tallies?month=2026-11", token=OPERATOR)[1]["totals"]
    return {name: count for name, count in found.items() if name.startswith("rated") or name == "reopened"}


class TestByTheApi:
    def test_a_rating_is_kept_shown_and_counted(self, world: World) -> None:
        code = world.answered()
        assert say(world, code, "rating", {"rating": "accepted", "comment": WHY})[0] == 200
        read = world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=world.deps.keys.pin(code))[1]
        assert read["satisfaction"]["rating"] == "accepted"
        assert read["said"][-1]["texts"] == {"rating": "accepted", "comment": WHY, "unit": "tong_dai"}
        assert world.open(code)["case"]["rating"] == "accepted"
        assert totals(world) == {"rated_accepted": 1}

    def test_a_changed_mind_counts_once(self, world: World) -> None:
        code = world.answered()
        for step in ("satisfied", "not_satisfied"):
            say(world, code, "rating", {"rating": step})
        assert {name: count for name, count in totals(world).items() if count} == {"rated_not_satisfied": 1}

    def test_the_scale_is_told_to_programs(self, world: World) -> None:
        ratings = world.call("GET", "/v1/centre")[1]["ratings"]
        assert [one["label"] for one in ratings] == ["Hài lòng", "Chấp nhận", "Không hài lòng"]

    def test_reopened_it_goes_to_the_operators_and_the_sender_is_told(self, world: World) -> None:
        code = world.answered()
        assert say(world, code, "reopening", {"reason": WHY})[1]["code"] == "rating_wanted"
        say(world, code, "rating", {"rating": "not_satisfied"})
        status, made = say(world, code, "reopening", {"reason": WHY}, Idempotency_Key="once")
        assert (status, made["state"], made["holder"]["role"]) == (200, "received", "operator")
        assert say(world, code, "reopening", {"reason": WHY}, Idempotency_Key="once") == (status, made)
        assert say(world, code, "reopening", {"reason": WHY})[1]["code"] == "wrong_state"
        waiting = world.call("GET", "/v1/desk/cases", token=OPERATOR)[1]
        assert code in [one["code"] for one in waiting["cases"]]
        assert totals(world) == {"rated_not_satisfied": 1, "reopened": 1}
        assert [mail for mail in world.mails(SENDER["email"]) if "xem xét lại" in mail["subject"]]

    @pytest.mark.parametrize(("what", "body"), [("rating", {"rating": "satisfied"}), ("reopening", {"reason": WHY})])
    def test_not_without_the_pin(self, world: World, what: str, body: Any) -> None:
        code = world.answered()
        assert world.call("POST", f"/v1/cases/{code}/{what}", body)[0] == 401
        assert world.call("POST", f"/v1/cases/{code}/{what}", body, X_Case_Pin="000000")[0] == 401

    @pytest.mark.parametrize("body", [{"rating": "great"}, {"rating": ""}, {}, {"rating": "satisfied", "x": 1}])
    def test_what_is_no_rating_is_refused(self, world: World, body: Any) -> None:
        assert say(world, world.answered(), "rating", body)[0] == 422

    def test_after_the_window_it_is_over(self, world: World) -> None:
        code = world.answered()
        world.clock.forward(days=14)
        status, refusal = say(world, code, "rating", {"rating": "satisfied"})
        assert (status, refusal["code"]) == (409, "rating_over")


class TestOnThePage:
    @pytest.fixture
    def opened(self, world: World) -> tuple[str, Page]:
        code = world.answered()
        return code, unlock(world, code)

    def test_from_a_poor_answer_to_a_good_one(self, world: World, opened: tuple[str, Page]) -> None:
        code, shown = opened
        cookie = cookie_of(shown)
        assert "xem-xet-lai" not in shown.forms
        rated = send(shown, "danh-gia", cookie=cookie, rating="not_satisfied", comment="Chưa rõ lệ phí")
        assert "Đã ghi nhận đánh giá" in rated.words
        assert "Không hài lòng Chưa rõ lệ phí" in rated.words
        again = send(rated, "xem-xet-lai", cookie=cookie, reason=WHY)
        assert "Hồ sơ được mở lại" in again.words
        assert "Xem xét lại theo đề nghị" in again.words
        assert world.case(code).state is State.RECEIVED
        assert {"danh-gia", "xem-xet-lai"} & set(again.forms) == set()
        world.act(code, "answer", OPERATOR, ANSWER | {"answer": "Lệ phí là 8.000 đồng."})
        last = unlock(world, code)
        assert "Lệ phí là 8.000 đồng." in last.words
        happy = send(last, "danh-gia", cookie=cookie_of(last), rating="not_satisfied", comment="")
        assert "xem-xet-lai" not in happy.forms  # once a case

    def test_sent_twice_is_one(self, world: World, opened: tuple[str, Page]) -> None:
        code, shown = opened
        for _ in range(2):
            send(shown, "danh-gia", cookie=cookie_of(shown), rating="satisfied", comment="Cảm ơn")
        names = [type(past.event).__name__ for past in world.deps.cases.dossier(code).history]
        assert names.count("Rated") == 1

    @pytest.mark.parametrize("step", ["", "great", HOSTILE])
    def test_faults_are_told_and_keep_the_words(self, opened: tuple[str, Page], step: str) -> None:
        _, shown = opened
        hurt = send(shown, "danh-gia", cookie=cookie_of(shown), rating=step, comment=HOSTILE)
        assert hurt.status == 422
        assert hurt.forms["danh-gia"]["comment"] == HOSTILE
        harmless(hurt)

    def test_without_words_nothing_is_reopened(self, world: World, opened: tuple[str, Page]) -> None:
        code, shown = opened
        rated = send(shown, "danh-gia", cookie=cookie_of(shown), rating="not_satisfied")
        hurt = send(rated, "xem-xet-lai", cookie=cookie_of(shown), reason=" ")
        assert hurt.status == 422
        assert "#xem-xet-lai-reason" in hurt.every("a", "href")
        assert world.case(code).state is State.ANSWERED

    def test_not_without_the_pin(self, world: World, opened: tuple[str, Page]) -> None:
        code, shown = opened
        assert send(shown, "danh-gia", rating="satisfied").status == 401
        assert world.case(code).rating == ""


class TestCriteria:
    """R93: by written criteria, of the regulation file."""

    def test_they_are_told_kept_and_counted(self, world: World) -> None:
        code = world.answered()
        known = [one["id"] for one in world.call("GET", "/v1/centre")[1]["rating_criteria"]]
        say(
            world,
            code,
            "rating",
            {"rating": "accepted", "criteria": {known[0]: "satisfied", known[1]: "not_satisfied"}},
        )
        say(world, code, "rating", {"rating": "accepted", "criteria": {known[0]: "satisfied", known[1]: "accepted"}})
        world.drain()
        found = world.call("GET", "/v1/desk/tallies?month=2026-11", token=OPERATOR)[1]["totals"]
        counted = {name: count for name, count in found.items() if name.startswith("criterion") and count}
        assert counted == {f"criterion_{known[0]}:satisfied": 1, f"criterion_{known[1]}:accepted": 1}

    @pytest.mark.parametrize("criteria", [{"colour": "satisfied"}, {"timeliness": "great"}, {"timeliness": 1}])
    def test_unknown_ones_are_refused(self, world: World, criteria: Any) -> None:
        assert say(world, world.answered(), "rating", {"rating": "accepted", "criteria": criteria})[0] == 422


class TestByTheLinkInTheLetter:
    """R93: asked after each answer, by a link that rates once."""

    def link(self, world: World) -> str:
        world.drain()
        mail = next(mail for mail in world.mails(SENDER["email"]) if "Trả lời hồ sơ" in mail["subject"])
        found = re.search(r"/danh-gia/([A-Za-z0-9_-]{32})", " ".join(mail["links"]))
        assert found
        return found[1]

    def test_the_letter_leads_to_a_page_that_tells_nothing_of_the_matter(self, world: World) -> None:
        code = world.answered()
        page = open_page(f"/danh-gia/{self.link(world)}")
        assert page.status == 200
        assert "Ông/Bà có hài lòng với câu trả lời?" in page.words
        assert ANSWER["answer"] not in page.words
        assert SENDER["name"] not in page.words
        assert world.open(code)["case"]["rating"] == ""

    def test_it_rates_once_and_the_same_form_twice_is_one(self, world: World) -> None:
        code, token = world.answered(), self.link(world)
        page, late = open_page(f"/danh-gia/{token}"), open_page(f"/danh-gia/{token}")
        said = {"rating": "accepted", "criterion_1": "satisfied", "comment": WHY}
        for _ in range(2):
            assert "Đã ghi nhận đánh giá" in send(page, token, **said).words
        assert send(late, token, rating="satisfied").status == 410
        assert world.open(code)["case"]["rating"] == "accepted"
        assert "đã được dùng để đánh giá" in open_page(f"/danh-gia/{token}").words
        assert totals(world) == {"rated_accepted": 1}

    def test_who_is_not_satisfied_has_it_opened_again_once(self, world: World) -> None:
        code, token = world.answered(), self.link(world)
        rated = send(open_page(f"/danh-gia/{token}"), token, rating="not_satisfied")
        assert send(rated, "xem-xet-lai", reason="").status == 422
        for _ in range(2):
            assert "Đã nhận đề nghị xem xét lại" in send(rated, "xem-xet-lai", reason=WHY).words
        assert world.case(code).state is State.RECEIVED
        assert open_page(f"/danh-gia/{token}").status == 410
        assert totals(world) == {"rated_not_satisfied": 1, "reopened": 1}

    def test_not_for_ever_and_nobody_makes_one(self, world: World) -> None:
        code, token = world.answered(), self.link(world)
        page, other = open_page(f"/danh-gia/{token}"), "A" if token[-1] != "A" else "B"
        assert open_page(f"/danh-gia/{token[:-1]}{other}").status == 404
        assert open_page(f"/tra-loi/{token}").status == 404
        assert open_page(f"/danh-gia/{world.deps.keys.link('rating', code, 1)}").status == 410
        world.clock.forward(days=30)
        assert open_page(f"/danh-gia/{token}").status == 410
        assert send(page, token, rating="satisfied").status == 410
