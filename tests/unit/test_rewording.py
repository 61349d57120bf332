"""Other words for a passage: what adds a number, unit, code, claim or address is not taken, nor what never comes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.rewording import faithful
from chalicelib.usecases.reword_answer import OF_A_CALLER, reword_answer

PASSAGE = (
    "Thời hạn giải quyết: Trực tiếp: 10 Ngày làm việc; Trực tuyến: 3 Ngày làm việc. Phí: 50.000 đồng/giấy. "
    "Căn cứ Nghị định 151/2025/NĐ-CP ngày 12/6/2025. Mã 1.012786."
)


@pytest.mark.parametrize(
    "made",
    [
        "Nộp trực tiếp thì 10 ngày làm việc, trực tuyến 3 ngày làm việc.",
        "Phí là 50.000 đồng/giấy, theo Nghị định 151/2025/NĐ-CP.",
        "Theo thủ tục 1.012786 (ngày 12/6/2025), thời hạn là 10 ngày làm việc ạ.",
        PASSAGE,
    ],
)
def test_the_same_in_other_words_is_taken(made: str) -> None:
    assert faithful(PASSAGE, made)


@pytest.mark.parametrize(
    "made",
    [
        "Thời hạn là 5 ngày làm việc.",
        "Thời hạn là năm ngày làm việc.",
        "Thời hạn là 10 tháng.",
        "Phí là 50.000.000 đồng.",
        "Phí là 500 đồng.",
        "Thủ tục này miễn phí.",
        "Không cần giấy tờ.",
        "Theo Nghị định 152/2025/NĐ-CP.",
        "Mã 1.012787, 10 ngày làm việc.",
        "Xem tại https://example.com nhé.",
        "Gửi thư đến ai@example.com.",
        "Gọi 0912345678.",
        "",
        "Xin chào. " * 100,
    ],
)
def test_what_says_something_of_its_own_is_not(made: str) -> None:
    assert not faithful(PASSAGE, made)


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_breaks_it(passage: str, made: str) -> None:
    faithful(passage, made)


class Model:
    def __init__(self, says: str | Exception) -> None:
        self.says, self.asked = says, list[tuple[str, str]]()

    def reword(self, question: str, passage: str) -> str:
        self.asked.append((question, passage))
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def deps(model: Model | None, *, before: int = 0) -> Any:
    counted = iter(range(before + 1, before + 1000))
    inbox = SimpleNamespace(count_failure=lambda *_, **__: next(counted))
    keys = SimpleNamespace(caller=lambda ip: f"hash-{ip}")
    return SimpleNamespace(rewording=model, inbox=inbox, keys=keys, clock=SimpleNamespace(now=lambda: None))


class TestRewording:
    def test_without_a_model_there_are_no_other_words(self) -> None:
        assert reword_answer("Hỏi", PASSAGE, source_ip="1.1.1.1", deps=deps(None)) == ""

    def test_what_is_faithful_is_taken(self) -> None:
        model = Model("Trực tiếp 10 ngày làm việc.")
        assert reword_answer("Bao lâu?", PASSAGE, source_ip="1.1.1.1", deps=deps(model)) == model.says

    @pytest.mark.parametrize("says", ["Thời hạn 99 ngày.", UnavailableError("model_unavailable", "Chậm"), ""])
    def test_else_the_passage_stands(self, says: str | Exception) -> None:
        assert reword_answer("Bao lâu?", PASSAGE, source_ip="1.1.1.1", deps=deps(Model(says))) == ""

    def test_the_model_learns_nothing_of_who_asks(self) -> None:
        model = Model("")
        question = "Tôi là Bùi Thị Hoa, CCCD 001301000001, số 0912345678, hoa@example.com, bao lâu thì xong?"
        reword_answer(question, PASSAGE, source_ip="1.1.1.1", deps=deps(model))
        [(told, _)] = model.asked
        for secret in ("001301000001", "0912345678", "hoa@example.com"):
            assert secret not in told

    def test_one_caller_cannot_make_it_dear(self) -> None:
        model = Model("")
        assert reword_answer("Hỏi", PASSAGE, source_ip="1.1.1.1", deps=deps(model, before=OF_A_CALLER)) == ""
        assert model.asked == []


class TestBedrock:
    @pytest.mark.parametrize(
        "answer", [{}, {"output": {"message": {"content": []}}}, TimeoutError, "ThrottlingException", "text"]
    )
    def test_whatever_the_service_does_it_is_an_answer_or_unavailable(self, answer: Any) -> None:
        from botocore.exceptions import ClientError, ReadTimeoutError

        from chalicelib.adapters.bedrock import BedrockRewording

        def converse(**asked: Any) -> Any:
            assert asked["modelId"] == "a-model"
            if answer is TimeoutError:
                raise ReadTimeoutError(endpoint_url="x")
            if answer == "ThrottlingException":
                raise ClientError({"Error": {"Code": answer}}, "Converse")
            return {"output": {"message": {"content": [{"text": " lời "}]}}} if answer == "text" else answer

        model = BedrockRewording("a-model")
        model.__dict__["_client"] = SimpleNamespace(converse=converse)
        if answer == "text":
            assert model.reword("Hỏi", "Đoạn") == "lời"
        else:
            with pytest.raises(UnavailableError):
                model.reword("Hỏi", "Đoạn")
