"""Messages that did not arrive, for those who see to it: which case, why, since when; never what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.case_code import display

if TYPE_CHECKING:
    from chalicelib.domain.dead_letters import DeadLetter as Letter
    from chalicelib.ports import Deps


class LetterStep(Struct, frozen=True):
    """Ai đã làm gì, lúc nào, vì sao."""

    state: str
    by: str
    role: str
    at: datetime
    note: str = ""


class DeadLetter(Struct, frozen=True):
    """Một thông điệp không đến nơi. `stood_minutes`: số phút làm việc từ lần hỏng đầu; `reason`: mã lỗi sau cùng."""

    id: str
    queue: str
    reason: str
    state: str
    code: str
    display_code: str
    seq: int
    type: str
    since: datetime
    died_at: datetime
    stood_minutes: int
    overdue: bool
    deaths: int
    failures: int
    can_be_redriven: bool
    history: tuple[LetterStep, ...]


class DeadLetters(Struct, frozen=True):
    """Một trang, thông điệp gửi sớm nhất trước; `cursor` trống là trang cuối."""

    letters: tuple[DeadLetter, ...]
    cursor: str = ""


class RedrivenLetters(Struct, frozen=True):
    """Các thông điệp sẽ được gửi lại; `dry_run` là chỉ xem trước. `more`: còn nữa, xin gọi lại."""

    dry_run: bool
    count: int
    letters: tuple[DeadLetter, ...]
    more: bool = False


def page(letters: Iterable[Letter], deps: Deps, *, limit: int) -> DeadLetters:
    """Show the first of these letters."""
    found = tuple(islice(letters, limit + 1))
    shown = tuple(dead_letter(letter, deps) for letter in found[:limit])
    return DeadLetters(shown, shown[-1].id if len(found) > limit else "")


def dead_letter(letter: Letter, deps: Deps) -> DeadLetter:
    """Show one; a settled one stands no longer, its time ends with its last step."""
    until = deps.clock.now() if letter.stands else letter.history[-1].at
    stood = deps.regulation.calendar.elapsed_minutes(letter.since, until)
    return DeadLetter(
        id=letter.id,
        queue=letter.queue,
        reason=letter.reason,
        state=letter.state,
        code=letter.code,
        display_code=display(letter.code) if letter.code else "",
        seq=letter.seq,
        type=letter.type,
        since=letter.since,
        died_at=letter.died_at,
        stood_minutes=int(stood),
        overdue=letter.stands and stood > deps.regulation.dead_letters_stand,
        deaths=letter.deaths,
        failures=letter.failures,
        can_be_redriven=letter.can_be_redriven,
        history=tuple(
            LetterStep(step.state, step.by.name, step.by.role, step.at, step.note) for step in letter.history
        ),
    )
