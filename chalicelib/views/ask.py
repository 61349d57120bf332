"""An answer out of the catalogue, never without its source; a person answers what it does not know (R29, R92, R115)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chalicelib.views.procedures import ProcedureCard, card, shelf

if TYPE_CHECKING:
    from chalicelib.domain.procedures import Procedure
    from chalicelib.ports.deps import Deps
    from chalicelib.ports.procedures import Shelf

UNKNOWN: Final = "Danh mục thủ tục không có nội dung trả lời chắc chắn cho câu hỏi này; xin gửi câu hỏi đến Tổng đài."


class Source(Struct, frozen=True):
    """Nguồn: thủ tục nào, theo quyết định nào, có hiệu lực từ ngày nào đến ngày nào; `path` là trang của thủ tục."""

    code: str
    name: str
    decision: str
    decided_on: date | None
    valid_from: date
    valid_to: date | None
    version: int
    path: str


class PassageView(Struct, frozen=True):
    """Một đoạn nguyên văn của thủ tục, kèm nguồn."""

    part: str
    heading: str
    text: str
    source: Source


class AnswerView(Struct, frozen=True):
    """Trả lời từ danh mục. `unknown`: không biết, `passages` trống, xin hỏi Tổng đài.

    `others`: thủ tục khác cũng có thể là điều được hỏi. `reworded`: chính các đoạn ấy nói gọn lại, trống nếu không có.
    """

    unknown: bool
    passages: tuple[PassageView, ...]
    others: tuple[ProcedureCard, ...]
    title: str
    reworded: str = ""

    @property
    def source(self) -> Source:
        """The source of everything that is said."""
        return self.passages[0].source


NOTHING: Final = AnswerView(unknown=True, passages=(), others=(), title=UNKNOWN)


def answer(question: str, deps: Deps) -> AnswerView:
    """Say what the catalogue says to a question, or that it does not know; raises UnavailableError."""
    from chalicelib.domain.answering import asked_for, meant, passages

    held = shelf(deps)
    found = meant(held.index.find(question))
    if found.place is None:
        return NOTHING
    one = held.standing[found.place]
    source = _source(one, held)
    parts = asked_for(question, one.name, held.index.everyday)
    said = tuple(PassageView(part.part, part.heading, part.text, source) for part in passages(one, parts))
    return AnswerView(False, said, tuple(card(held.standing[place]) for place in found.others), one.name)


def quoted(given: AnswerView) -> str:
    """Write an answer as a reply may quote it, the source with it; empty where there is none."""
    if given.unknown:
        return ""
    source = given.source
    decided = f" ngày {source.decided_on:%d/%m/%Y}" if source.decided_on else ""
    parts = "\n\n".join(f"{one.heading}:\n{one.text}" for one in given.passages)
    return (
        f"Thủ tục “{source.name}” (mã {source.code}):\n\n{parts}\n\n"
        f"Nguồn: {source.decision}{decided}, có hiệu lực từ {source.valid_from:%d/%m/%Y}."
    )


def _source(one: Procedure, held: Shelf) -> Source:
    return Source(
        code=one.code,
        name=one.name,
        decision=one.decision,
        decided_on=one.decided_on,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        version=held.version.number if held.version else 0,
        path=f"/thu-tuc/{one.code}",
    )
