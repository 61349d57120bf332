"""The door of chatbots and assistants (R115): a question, what the catalogue says to it, and from where it has it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.views import ask

routes = Blueprint(__name__)


class QuestionBody(given.Body, frozen=True):
    """Một câu hỏi, như người dân nói; xin không gửi thông tin cá nhân. Câu hỏi không được lưu lại."""

    question: Annotated[str, Meta(min_length=1, max_length=2000, examples=["Làm lại sổ đỏ bị mất cần giấy tờ gì?"])]
    reword: Annotated[bool, Meta(description="false: chỉ nguyên văn, không nhờ mô hình ngôn ngữ nói gọn lại")] = True


@endpoint(
    routes,
    "POST",
    "/v1/ask",
    allow=PUBLIC,
    body=QuestionBody,
    returns={200: ask.AnswerView},
    summary="Hỏi thủ tục hành chính; trả lời kèm nguồn, hoặc nói rõ là không biết",
    tags=("procedures",),
)
def ask_catalogue(request: Request) -> ask.AnswerView:
    """Say what the catalogue says, each passage with its source; `unknown` where it does not know. Nothing is kept."""
    from chalicelib.usecases.reword_answer import reword_answer

    deps, question = bootstrap.deps(), request.body.question
    given = ask.answer(question, deps)
    if given.unknown or not request.body.reword:
        return given
    words = reword_answer(question, ask.quoted(given), source_ip=request.source_ip, deps=deps)
    return msgspec.structs.replace(given, reworded=words)
