"""Move an ordinary case into the track, when a person has decided that it is a petition.

The petition is made first: its code belongs to the case, so that whoever tries again makes no second one. Then the case
is refused in neutral words and anonymised, in one transaction. Between the two it stands with its holder, whole.
"""

from __future__ import annotations

from chalicelib.domain import commands as case_commands
from chalicelib.domain.actors import SYSTEM, Actor
from chalicelib.domain.attachments import files_of
from chalicelib.domain.case import Case
from chalicelib.domain.decide import Decision, decide
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import LATER_WORDS, Received
from chalicelib.domain.keeping import Anonymise
from chalicelib.domain.permissions import require
from chalicelib.domain.petitions.commands import Receive, Supplement
from chalicelib.domain.petitions.parsing import CASE_CHANNEL
from chalicelib.domain.petitions.rules import PetitionRules
from chalicelib.ports import Dossier, StaleVersionError
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases.carry_out import commit_of
from chalicelib.usecases.petitions.act_on_petition import carry_out
from chalicelib.usecases.petitions.receive_petition import Taken, receive_petition, taken_under
from chalicelib.usecases.petitions.track import rules_of

RACES = 5
MOVED = "moved"  # what the case's log says of why it was anonymised, and no more


def move_case(code: str, *, files_handed_over: bool, actor: Actor, deps: PetitionDeps) -> Taken:
    """Return the petition that a case became; moved again, the same one.

    Raises NotFoundError, ForbiddenError and ConflictError for whoever may not refuse the case, and ConflictError while
    files came with it that nobody handed over: they do not go along.
    """
    rules = rules_of(deps)
    for race in range(RACES):
        dossier = deps.cases.dossier(code)
        if MOVED in _bases(dossier) and (before := taken_under(_key(code), deps)):
            return before
        require(dossier.case, actor, "refuse", deps.regulation)
        if _files(dossier) and not files_handed_over:
            title = "Hồ sơ có tệp kèm theo: xin tải về, chuyển cho phòng xử lý đơn rồi xác nhận"
            raise ConflictError("files_stay_behind", title, files=_files(dossier))
        made = _received(dossier, actor, deps)
        try:
            _end(dossier, rules, actor, deps)
        except StaleVersionError:  # somebody wrote to the case meanwhile: what was written goes along
            if race == RACES - 1:
                raise
        else:
            return made
    raise AssertionError("unreachable")


def _received(dossier: Dossier, actor: Actor, deps: PetitionDeps) -> Taken:
    """Make the petition of a case; one that an attempt cut off had made gets what was said since."""
    key, words = _key(dossier.case.code), _words(dossier)
    wish = Receive(channel=CASE_CHANNEL, content=words, from_case=True)
    try:
        return receive_petition(wish, dossier.sender, key=key, actor=actor, deps=deps)
    except ConflictError:
        before = taken_under(key, deps)
        assert before is not None
        said = f"{key} {dossier.case.version}"
        carry_out(before.code, Supplement(content=words), key=said, actor=actor, deps=deps)
        return before


def _end(dossier: Dossier, rules: PetitionRules, actor: Actor, deps: PetitionDeps) -> None:
    stored = deps.cases.load(dossier.case.code)
    if stored.case.version != dossier.case.version:
        raise StaleVersionError(dossier.case.version)
    refusal = case_commands.Refuse(reason=rules.moved, guidance=rules.moved_guidance)
    refused = _decided(stored.case, refusal, actor, deps)
    away = _decided(refused.case, Anonymise(basis=MOVED), SYSTEM, deps)
    both = Decision(away.case, (*refused.history, *away.history))
    deps.cases.commit(commit_of(stored, both, deps))


def _decided(case: Case, command: case_commands.Command, actor: Actor, deps: PetitionDeps) -> Decision:
    now = deps.clock.now()
    return decide(case, command, actor=actor, code=case.code, regulation=deps.regulation, now=now)


def _key(code: str) -> str:
    return f"case {code}"


def _words(dossier: Dossier) -> str:
    said = [recorded.event for recorded in dossier.history]
    first = next(event for event in said if isinstance(event, Received))
    later = [event.content for event in said if isinstance(event, LATER_WORDS)]
    return "\n\n".join(part for part in (first.title, first.content, *later) if part)


def _files(dossier: Dossier) -> int:
    return len(list(files_of(dossier.history)))


def _bases(dossier: Dossier) -> set[str]:
    return {getattr(recorded.event, "basis", "") for recorded in dossier.history}
