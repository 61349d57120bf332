"""What administrators decide of dead letters. They are sent again by the next run of `collect`, never by a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from chalicelib.domain.actors import Actor
from chalicelib.domain.dead_letters import DeadLetter
from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps

AT_ONCE = 200  # letters of one request: it must answer well within its time


@dataclass(frozen=True, slots=True)
class Redriven:
    """Letters that are sent again, or would be; `more` when there are others of that kind."""

    letters: tuple[DeadLetter, ...]
    more: bool


def redrive_letter(letter: str, actor: Actor, deps: Deps) -> DeadLetter:
    """Have one sent again; raises NotFoundError, ConflictError."""
    return _ask(_found(letter, deps), actor, deps)


def redrive_letters(reason: str, queue: str, actor: Actor, deps: Deps, *, dry_run: bool) -> Redriven:
    """Have those sent again that died for a reason, of all queues or of one; with `dry_run` only say which."""
    chosen = tuple(islice((one for one in matching(deps, reason, queue) if one.can_be_redriven), AT_ONCE + 1))
    letters = chosen[:AT_ONCE]
    if not dry_run:
        letters = tuple(asked for one in letters if (asked := _unless_overtaken(one, actor, deps)))
    return Redriven(letters, len(chosen) > AT_ONCE)


def close_letter(letter: str, note: str, actor: Actor, deps: Deps) -> DeadLetter:
    """Give one up, saying why; raises NotFoundError, ConflictError, InvalidError."""
    words = normalise(note, multiline=True)
    if not words:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/note")
    closed = _found(letter, deps).close(actor, words, deps.clock.now())
    deps.dead_letters.save(closed)
    return closed


def matching(
    deps: Deps, reason: str = "", queue: str = "", after: str = "", *, settled: bool = False
) -> Iterator[DeadLetter]:
    """Letters that stand, or the settled ones, of a reason and of a queue where these are given.

    A letter that was settled a moment ago is on neither list until the next run of `collect`.
    """
    kept = deps.dead_letters.settled(after) if settled else deps.dead_letters.standing(after)
    for letter in kept:
        if letter.stands != settled and reason in ("", letter.reason) and queue in ("", letter.queue):
            yield letter


def _found(letter: str, deps: Deps) -> DeadLetter:
    found = deps.dead_letters.find(letter)
    if found is None:
        raise NotFoundError("letter_not_found", "Không tìm thấy thông điệp này")
    return found


def _ask(letter: DeadLetter, actor: Actor, deps: Deps) -> DeadLetter:
    asked = letter.redrive(actor, deps.clock.now())
    if asked is not letter:
        deps.dead_letters.save(asked)
    return asked


def _unless_overtaken(letter: DeadLetter, actor: Actor, deps: Deps) -> DeadLetter | None:
    try:
        return _ask(letter, actor, deps)
    except ConflictError:  # somebody else was quicker with this one; the others are ours
        return None
