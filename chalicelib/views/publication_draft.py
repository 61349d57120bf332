"""What would stand on the board: with what was taken out of it in its place, and why (R70, R110)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.permissions import may_know_sender

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor
    from chalicelib.domain.redaction import Piece
    from chalicelib.ports import Dossier


class Passage(Struct, frozen=True):
    """Một đoạn: giữ nguyên, hoặc (có `kind`) dữ liệu cá nhân đã ẩn; `words` trống nếu chỉ còn dấu ẩn."""

    words: str
    kind: str


class Text(Struct, frozen=True):
    """Một văn bản sẽ công khai: nguyên văn, và từng đoạn để đối chiếu."""

    text: str
    passages: tuple[Passage, ...]


class Draft(Struct, frozen=True):
    """Nội dung công khai; `hidden` là đã ẩn gì (loại → số chỗ), `sources` là bản gốc để người duyệt đối chiếu."""

    question: Text
    answer: Text
    hidden: dict[str, int]
    sources: tuple[Text, Text] | None = None


def draft_for(ways: Sequence[str], dossier: Dossier, actor: Actor, written: Mapping[str, str]) -> Draft | None:
    """Show who proposes what would be proposed, of `written` where something is; who approves, what was proposed."""
    if "approve_publication" in ways:
        return _proposed(dossier, actor)
    if "propose_publication" not in ways:
        return None
    question, answer = _redacted(dossier, actor, written)
    return Draft(question, answer, _hidden(question, answer))


def _proposed(dossier: Dossier, actor: Actor) -> Draft:
    from chalicelib.domain.events import PublicationProposed
    from chalicelib.domain.redaction import marked

    proposed = next(past.event for past in reversed(dossier.history) if isinstance(past.event, PublicationProposed))
    question, answer = (
        Text(text, _passages(marked(text), shown=True)) for text in (proposed.question, proposed.answer)
    )
    return Draft(question, answer, _hidden(question, answer), _redacted(dossier, actor, {}))


def _redacted(dossier: Dossier, actor: Actor, written: Mapping[str, str]) -> tuple[Text, Text]:
    """What was taken out is shown in its place to whom the sender may be known."""
    from chalicelib.domain.publication import drafted

    known = may_know_sender(dossier.case, actor)
    redactions = drafted(dossier.history, dossier.sender, written.get("question"), written.get("answer"))
    question, answer = (Text(one.text, _passages(one.pieces(), shown=known)) for one in redactions)
    return question, answer


def _passages(pieces: Iterable[Piece], *, shown: bool) -> tuple[Passage, ...]:
    return tuple(
        Passage(one.words if shown or not one.kind else "", one.kind) for one in pieces if one.words or one.kind
    )


def _hidden(*texts: Text) -> dict[str, int]:
    return dict(Counter(passage.kind for one in texts for passage in one.passages if passage.kind))
