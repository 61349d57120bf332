"""Take what died out of its queues and keep it where people see it, and do what they decided: send again, or put away.

A message is deleted after it is recorded; one that comes again is recognised by its id. So nothing is lost and nothing
dies twice, wherever this stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chalicelib.domain.dead_letters import (
    AGENCY,
    FAILED,
    REDRIVEN,
    REDRIVING,
    RELAY,
    DeadLetter,
    id_of,
    reason,
    subject,
)
from chalicelib.domain.errors import ConflictError, DomainError, UnavailableError
from chalicelib.ports import Deps, Died
from chalicelib.usecases.relay_events import Happened, relay_events

WORKERS = ("notices", "outgoing", "tallies", "board", "replies", "bounces", "mails", "reports")
BATCHES = 100  # of one queue in a run: a flood in one must not hide the others


@dataclass(slots=True)
class Collected:
    """One run. `oldest` is in working minutes; `failed` names queue or letter, and the error."""

    recorded: int = 0
    sent: int = 0
    standing: int = 0
    overdue: int = 0
    oldest: float = 0
    failed: list[tuple[str, Exception]] = field(default_factory=list)


def collect_dead_letters(deps: Deps, *, go_on: Callable[[], bool]) -> Collected:
    """Empty the dead-letter queues, then look at every letter that stands. What fails is left for the next run."""
    run = Collected()
    for queue in _queues(deps):
        try:
            _empty(queue, deps, run, go_on)
        except DomainError as error:  # this queue cannot be reached: the others can
            run.failed.append((queue, error))
    for letter in deps.dead_letters.standing():
        try:
            kept = _carry_on(letter, deps, run) if go_on() else letter
        except ConflictError:  # another run was quicker
            kept = letter
        except Exception as error:  # noqa: BLE001 one letter that nobody understands must not hold up the others
            run.failed.append((letter.queue, error))
            kept = letter
        if kept.stands:
            _measure(kept, deps, run)
    return run


def _queues(deps: Deps) -> Iterator[str]:
    yield from WORKERS
    yield RELAY
    for unit in deps.directory.units():
        if unit.exchange == "sqs":
            yield f"{AGENCY}{unit.id}"


def _empty(queue: str, deps: Deps, run: Collected, go_on: Callable[[], bool]) -> None:
    for _ in range(BATCHES):
        died = deps.dead_queues.take(queue) if go_on() else ()
        if not died:
            return
        recorded: list[Died] = []
        for one in died:
            try:
                run.recorded += _record(queue, one, deps)
                recorded.append(one)
            except ConflictError:  # same; it comes again, and is known then
                continue
            except Exception as error:  # noqa: BLE001 same; it stays in its queue and comes again
                run.failed.append((queue, error))
        deps.dead_queues.remove(queue, recorded)


def _record(queue: str, died: Died, deps: Deps) -> bool:
    """Record a death; False when this one was recorded before."""
    before = _known(queue, died, deps)
    if before and before.message == died.message:
        return False
    noted, failures = deps.inbox.noted(f"{FAILED}{died.message}")
    why, now = reason(queue, died.words.body, noted), deps.clock.now()
    if before:
        letter = before.died_again(died.message, why, failures, now)
    else:
        about = subject(queue, died.words.body)
        letter = DeadLetter(
            id=id_of(queue, died.message, died.sent_at),
            queue=queue,
            message=died.message,
            reason=why,
            since=now,
            died_at=now,
            failures=failures,
            code=about.code,
            seq=about.seq,
            type=about.type,
        )
    deps.dead_letters.record(letter, died.words)
    return True


def _known(queue: str, died: Died, deps: Deps) -> DeadLetter | None:
    """Find the letter that a message was; the mark is the sender's word and opens nothing that was not sent again."""
    if died.letter:
        before = deps.dead_letters.find(died.letter)
        if before and before.queue == queue and (_sent_again(before) or _same(before, died, deps)):
            return before
    return deps.dead_letters.find(id_of(queue, died.message, died.sent_at))


def _sent_again(letter: DeadLetter) -> bool:
    return letter.state in (REDRIVING, REDRIVEN)


def _same(letter: DeadLetter, died: Died, deps: Deps) -> bool:
    """True for the message that died last, and for its twin: who dies before noting that he sent it sends it twice."""
    return letter.message == died.message or deps.dead_letters.words(letter.id) == died.words


def _carry_on(letter: DeadLetter, deps: Deps, run: Collected) -> DeadLetter:
    """Do what was decided of a letter and return it as it is then."""
    if letter.state == REDRIVING:
        letter = _send_again(letter, deps)
        deps.dead_letters.save(letter)
        run.sent += letter.state == REDRIVEN
    if not letter.stands:
        deps.dead_letters.settle(letter)
    return letter


def _send_again(letter: DeadLetter, deps: Deps) -> DeadLetter:
    now = deps.clock.now()
    if letter.queue == RELAY:
        try:
            recorded = deps.cases.event(letter.code, letter.seq)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 it died because it could not be read: whatever that is, it still is
            return letter.died_again(letter.message, getattr(error, "code", type(error).__name__), 0, now)
        relay_events([Happened(letter.code, letter.seq, type(recorded.event).__name__)], deps.outgoing)
    elif words := deps.dead_letters.words(letter.id):
        deps.dead_queues.send_again(letter.queue, words, letter.id)
    return letter.sent(now)


def _measure(letter: DeadLetter, deps: Deps, run: Collected) -> None:
    stood = deps.regulation.calendar.elapsed_minutes(letter.since, deps.clock.now())
    run.standing += 1
    run.oldest = max(run.oldest, stood)
    run.overdue += stood > deps.regulation.dead_letters_stand
