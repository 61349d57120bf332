"""Carry out a command on a petition: load, decide, remember."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.petitions.commands import OF_THE_HEAD, Command
from chalicelib.domain.petitions.decide import decide
from chalicelib.domain.petitions.events import Recorded
from chalicelib.domain.petitions.evolve import evolve
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition
from chalicelib.ports import StaleVersionError
from chalicelib.ports.petitions import DoneBeforeError, PetitionCommit, PetitionDeps, StoredPetition
from chalicelib.usecases.carry_out import tidy
from chalicelib.usecases.petitions.track import fingerprint, require_track, rules_of

RACES = 5


def act_on_petition(code: str, command: Command, *, key: str, actor: Actor, deps: PetitionDeps) -> Petition:
    """Return the petition after the command; the same key does nothing twice.

    Raises NotFoundError for who is not of the track, InvalidError, ConflictError, UnavailableError.
    """
    require_track(actor, head=command.action in OF_THE_HEAD)
    return carry_out(code, tidy(command), key=key, actor=actor, deps=deps)


def carry_out(code: str, command: Command, *, key: str, actor: Actor, deps: PetitionDeps) -> Petition:
    """Do it for whoever the caller has let in."""
    mark, kept_as = fingerprint(command, deps), deps.petition_keys.petition_mark(key)
    for race in range(RACES):
        stored = deps.petitions.load(code)
        # Looked for after the petition is read: a twin that changed what was read must be found, not refused.
        if (done := deps.petitions.done(code, kept_as)) is not None:
            return _again(done, mark, stored.petition)
        commit = commit_of(stored, command, actor, deps, key=kept_as, mark=mark)
        try:
            deps.petitions.commit(commit)
        except DoneBeforeError as again:
            return _again(again.fingerprint, mark, deps.petitions.load(code).petition)
        except StaleVersionError:
            if race == RACES - 1:
                raise
        else:
            return commit.petition
    raise AssertionError("unreachable")


def commit_of(
    stored: StoredPetition, command: Command, actor: Actor, deps: PetitionDeps, *, key: str = "", mark: str = ""
) -> PetitionCommit:
    """Decide on a petition as it was read, and return what is to be written."""
    now, calendar, before = deps.clock.now(), deps.regulation.calendar, stored.petition
    made = decide(before, command, rules_of(deps), calendar, now)
    recorded = Recorded(
        code=before.code,
        seq=before.version + 1,
        at=now,
        actor=actor,
        article=made.article,
        event=made.event,
        words=made.words,
    )
    return PetitionCommit(
        petition=evolve(before, recorded, local_date(now, calendar)),
        recorded=recorded,
        chain=stored.chain,
        expected=before.version,
        key=key,
        fingerprint=mark,
    )


def _again(done: str, mark: str, petition: Petition) -> Petition:
    if done != mark:
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    return petition
