"""Learn triage anew once a week from the cases of a year that have ended (R48). docs/signals.md.

Everything is learned from the log each time: what is erased there is out of the next version. What the version before
would have said of the cases that ended since is held against how they ended, and kept with the new one.
"""

from __future__ import annotations

from datetime import timedelta

from chalicelib.domain.heard import heard
from chalicelib.domain.past import Past
from chalicelib.domain.signals import Hits
from chalicelib.domain.triage import FIELD, HOLDER, KIND, Model
from chalicelib.domain.triage_training import Lesson, score, train
from chalicelib.ports import Deps
from chalicelib.ports.learned import Facts, Release
from chalicelib.usecases.read_past import Each, read_past

EVERY = timedelta(days=7)
YEAR = timedelta(days=365)
MOST = 20_000  # cases: three processor minutes


def train_triage(deps: Deps, *, each: Each = map) -> int:
    """Publish a new version where the newest is a week old; return its number, 0 where nothing was due."""
    now = deps.clock.now()
    newest = deps.learned.triage.newest(now)
    if newest and now - newest.at < EVERY:
        return 0
    past = [one for one in read_past(now - YEAR, deps, most=MOST, each=each) if one.ended]
    model = train([lesson_of(one) for one in past])
    facts = Facts(len(past), _hits(newest, past))
    return deps.learned.triage.publish(model, facts, now, after=newest.number if newest else 0)


def lesson_of(past: Past) -> Lesson:
    """Return what is learned from a case."""
    truth = {KIND: past.kind, FIELD: past.field} | ({HOLDER: past.answered_by} if past.answered_by else {})
    return Lesson(heard(past.words, kind=past.first_kind, field=past.first_field), past.sender, truth)


def _hits(newest: Release[Model] | None, past: list[Past]) -> dict[str, Hits]:
    """Hold the version before against the cases that came in since it was made: it cannot have learned from them."""
    if newest is None:
        return {}
    new = [lesson_of(one) for one in past if one.at >= newest.at]
    scores = score(newest.content, new)
    return {task: Hits(one.cases, one.told, one.right) for task, one in scores.items()}
