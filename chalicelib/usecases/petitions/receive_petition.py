"""Take a petition in: through its own page, at the desk, or out of an ordinary case."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.domain.petitions.commands import Receive
from chalicelib.domain.petitions.decide import decide
from chalicelib.domain.petitions.events import Recorded
from chalicelib.domain.petitions.evolve import evolve
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition
from chalicelib.ports import CodeTakenError
from chalicelib.ports.petitions import DoneBeforeError, PetitionCommit, PetitionDeps
from chalicelib.usecases.carry_out import tidy
from chalicelib.usecases.petitions.track import fingerprint, rules_of
from chalicelib.usecases.receive_case import clean_sender

CODE_DRAWS = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """The code of a petition that was taken in, its PIN, and whether it had been before."""

    code: str
    pin: str
    repeated: bool


def receive_petition(command: Receive, identity: Sender, *, key: str, actor: Actor, deps: PetitionDeps) -> Taken:
    """Store a new petition; the same key gives the same one again.

    Its code belongs to the key, so that a repeat finds it where no receipt was kept. Raises InvalidError for what
    cannot be, ConflictError for a key that was used otherwise.
    """
    rules_of(deps)
    command, identity = tidy(command), clean_sender(identity)
    mark = fingerprint((command, identity), deps)
    for attempt in range(CODE_DRAWS):
        code = deps.petition_keys.petition_code(key, attempt)
        repeated = False
        try:
            deps.petitions.commit(_first(code, command, identity, key, mark, actor, deps))
        except CodeTakenError:  # by another key
            continue
        except DoneBeforeError as done:
            if done.fingerprint != mark:
                raise ConflictError("idempotency_key_reused", "Lần gửi này đã được nhận với nội dung khác") from done
            repeated = True
        return Taken(code, deps.petition_keys.petition_pin(code), repeated)
    raise UnavailableError("no_code", "Hệ thống đang bận, vui lòng thử lại", retry_after=1)


def taken_under(key: str, deps: PetitionDeps) -> Taken | None:
    """Return the petition that was taken in under a key; None where none was."""
    kept_as = deps.petition_keys.petition_mark(key)
    for attempt in range(CODE_DRAWS):
        code = deps.petition_keys.petition_code(key, attempt)
        if deps.petitions.done(code, kept_as) is not None:
            return Taken(code, deps.petition_keys.petition_pin(code), repeated=True)
    return None


def _first(
    code: str, command: Receive, identity: Sender, key: str, mark: str, actor: Actor, deps: PetitionDeps
) -> PetitionCommit:
    now, calendar, rules = deps.clock.now(), deps.regulation.calendar, rules_of(deps)
    made = decide(None, command, rules, calendar, now)
    recorded = Recorded(code=code, seq=1, at=now, actor=actor, article=made.article, event=made.event, words=made.words)
    petition: Petition = evolve(None, recorded, local_date(now, calendar))
    return PetitionCommit(
        petition=petition,
        recorded=recorded,
        chain="",
        expected=0,
        key=deps.petition_keys.petition_mark(key),
        fingerprint=mark,
        identity=identity,
    )
