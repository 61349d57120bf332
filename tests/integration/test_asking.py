"""The catalogue answers: chatbots, who is about to send a question, and who is about to answer one."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from tests import procedures
from tests.integration.browser import open_page, send
from tests.integration.desk import at_desk
from tests.integration.test_desk_case_page import CASE as PAGE
from tests.integration.test_intake_page import CALL, INTAKE
from tests.integration.test_procedures import accept, propose
from tests.integration.test_sending import typed
from tests.integration.test_templates_page import fill
from tests.integration.world import OPERATOR, World


@pytest.fixture
def catalogue(world: World) -> World:
    accept(world, propose(world, procedures.rows())["id"])
    world.clock.forward(minutes=2)
    return world


def ask(world: World, question: str) -> Any:
    status, said = world.call("POST", "/v1/ask", {"question": question})
    assert status == 200, said
    return said


class TestTheChatbotsDoor:
    def test_every_passage_has_its_source(self, catalogue: World) -> None:
        said = ask(catalogue, "Khai sinh cho con cần giấy tờ gì, nộp ở đâu?")
        assert said["unknown"] is False
        assert [one["part"] for one in said["passages"]] == ["dossier", "where"]
        for one in said["passages"]:
            assert one["source"] == {
                "code": "9.000001",
                "name": "Đăng ký khai sinh",
                "decision": "01/QĐ-VIDU",
                "decided_on": "2026-06-15",
                "valid_from": "2026-07-01",
                "valid_to": None,
                "version": 1,
                "path": "/thu-tuc/9.000001",
            }

    @pytest.mark.parametrize("question", ["mai trời có mưa không", "đèn đường hỏng đã lâu", "xin chào", "!!!"])
    def test_what_it_does_not_know_it_says(self, catalogue: World, question: str) -> None:
        said = ask(catalogue, question)
        assert (said["unknown"], said["passages"], said["others"], said["reworded"]) == (True, [], [], "")

    def test_without_a_catalogue_it_knows_nothing(self, world: World) -> None:
        assert ask(world, "khai sinh cho con")["unknown"] is True

    def test_a_model_rewords_and_the_passages_stay(self, catalogue: World) -> None:
        class Model:
            def reword(self, question: str, passage: str) -> str:
                return "Ông/Bà nộp Tờ khai đăng ký khai sinh và Giấy chứng sinh của cơ sở y tế."

        catalogue.deps.__dict__["rewording"] = Model()
        said = ask(catalogue, "khai sinh cho con cần giấy tờ gì")
        assert said["reworded"].startswith("Ông/Bà nộp Tờ khai")
        plain = {"question": "khai sinh cho con cần giấy tờ gì", "reword": False}
        assert catalogue.call("POST", "/v1/ask", plain) == (200, said | {"reworded": ""})
        assert said["passages"][0]["text"].startswith("- Tờ khai đăng ký khai sinh")

    @pytest.mark.parametrize("question", ["", "x" * 2001, None, 5])
    def test_what_is_no_question_is_refused(self, world: World, question: Any) -> None:
        assert world.call("POST", "/v1/ask", {"question": question})[0] == 422


class TestBeforeAQuestionIsSent:
    def test_the_answer_is_shown_once_and_then_it_is_sent(self, catalogue: World) -> None:
        asked = send(open_page("/gui"), "gui", **typed(content="Khai sinh cho con cần giấy tờ gì?"))
        assert asked.status == 200
        for words in ("Có phải Ông/Bà muốn hỏi", "Giấy chứng sinh", "01/QĐ-VIDU", "Vẫn gửi nội dung"):
            assert words in asked.words
        assert "./thu-tuc/9.000001" in asked.every("a", "href")
        said = typed(content="Khai sinh cho con cần giấy tờ gì?", shown=asked.forms["gui"]["shown"])
        assert send(asked, "gui", **said).status == 201

    def test_what_is_not_in_the_catalogue_is_sent_at_once(self, catalogue: World) -> None:
        said = typed(content="Vì sao loa phường kêu to lúc năm giờ sáng?")
        assert send(open_page("/gui"), "gui", **said).status == 201

    def test_a_report_is_not_held_up(self, catalogue: World) -> None:
        offers = catalogue.deps.regulation.offers
        offer = next(name for name, one in offers.items() if one.kind == "suggestion")
        said = typed(offer=offer, content="Đăng ký khai sinh cho con tôi bị chậm.")
        assert send(open_page("/gui"), "gui", **said).status == 201

    def test_trouble_with_the_catalogue_keeps_nobody_from_asking(
        self, catalogue: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise UnavailableError("catalogue_unavailable", "Bận")

        monkeypatch.setattr(catalogue.deps.procedures, "shelf", broken)
        assert send(open_page("/gui"), "gui", **typed(content="Khai sinh cho con cần gì?")).status == 201


class TestAtTheDesk:
    def test_the_operator_sees_what_a_call_may_be_about(self, catalogue: World) -> None:
        desk = at_desk(catalogue, OPERATOR)
        call = {**CALL, "sender_kind": "individual", "step": "find", "content": "mất sổ đỏ thì làm thế nào"}
        page = desk.send(desk.open(INTAKE), "ghi", call)
        assert any(one.endswith("thu-tuc/9.000009") for one in page.every("a", "href"))

    def test_a_draft_of_the_reply_quotes_the_source(self, catalogue: World) -> None:
        code = catalogue.send(title="", content="Khai sinh cho con cần giấy tờ gì, nộp ở đâu?")["code"]
        desk = at_desk(catalogue, OPERATOR)
        page = fill(desk, desk.open(PAGE + code), "answer", "theo_danh_muc_thu_tuc")
        text = page.forms["tra-loi"]["answer"]
        for words in (
            "Thủ tục “Đăng ký khai sinh” (mã 9.000001)",
            "Giấy chứng sinh",
            "Nguồn: 01/QĐ-VIDU ngày 15/06/2026",
        ):
            assert words in text
        assert "[…" not in text

    def test_what_is_not_known_is_a_gap(self, catalogue: World) -> None:
        code = catalogue.send(title="", content="Vì sao loa phường kêu to lúc năm giờ sáng?")["code"]
        desk = at_desk(catalogue, OPERATOR)
        page = fill(desk, desk.open(PAGE + code), "answer", "theo_danh_muc_thu_tuc")
        assert "[…nội dung của thủ tục, kèm quyết định công bố]" in page.forms["tra-loi"]["answer"]
