"""Who decides what: the Centre answers, chases and publishes, but does not do in place of (không làm thay; R56).

Which matters an agency decides is data, `<regulation>.authority.yaml`. The Centre's own people may pass on an answer to
such a matter once an agency that is not the Centre's own has given its result; until then they forward it or refuse it.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case, State


@dataclass(frozen=True, slots=True)
class Reserved:
    """Matters that an agency decides: of which kinds, about what, in which fields; what is empty does not count.

    `competent` are units of the Centre that an article gives such matters to: they decide as an agency does.
    """

    article: str
    kinds: tuple[str, ...] = ()
    abouts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    competent: tuple[str, ...] = ()

    def covers(self, kind: str, about: str | None, field: str) -> bool:
        """Tell whether a matter so classified is such a one."""
        pairs = ((self.kinds, kind), (self.abouts, about), (self.fields, field))
        return all(not wanted or found in wanted for wanted, found in pairs)


@dataclass(frozen=True, slots=True)
class Authority:
    """The units that are the Centre itself, and what they do not decide; without either, nothing is reserved."""

    own: tuple[str, ...] = ()
    agency_decides: tuple[Reserved, ...] = ()

    def reserves(self, kind: str, about: str | None, field: str) -> Reserved | None:
        """Return the rule by which an agency decides a matter; None where the Centre may answer it."""
        return next((rule for rule in self.agency_decides if rule.covers(kind, about, field)), None)


def keeps_from(case: Case, actor: Actor, action: str, authority: Authority) -> Reserved | None:
    """Return the rule that keeps somebody from answering a case now; None where nothing does."""
    if actor.unit not in authority.own or not _answers(case, action):
        return None
    rule = authority.reserves(case.kind, case.about, case.field)
    if rule is None or actor.unit in rule.competent:
        return None
    decided = case.has_result and (case.agency not in authority.own or case.agency in rule.competent)
    return None if decided else rule


def _answers(case: Case, action: str) -> bool:
    """Who serves a request at once (Điều 8.2) answers by its result; any other result comes to its officer first."""
    return action == "answer" or (action == "submit_result" and case.state is State.WITH_POST)
