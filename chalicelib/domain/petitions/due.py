"""What must be done by when. Reckoned anew whenever it is asked: a day off that is announced moves it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition, State
from chalicelib.domain.petitions.rules import PetitionRules
from chalicelib.domain.working_time import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: to accept it, to settle it (both of the law), or to look after it again (the centre's own)."""

    what: str
    on: date
    article: str
    binding: bool = True

    def standing(self, today: date, warn: int) -> str:
        """Tell how it stands: late, soon or in_time."""
        if today > self.on:
            return "late"
        return "soon" if today + timedelta(days=warn) >= self.on else "in_time"


def due_of(petition: Petition, rules: PetitionRules, calendar: WorkingCalendar) -> Due | None:
    """Return what is due; None for a petition that is closed."""
    received = local_date(petition.received_at, calendar)
    if petition.state in (State.RECEIVED, State.CLASSIFIED):
        kinds = [rules.kinds[petition.kind]] if petition.kind else list(rules.kinds.values())
        limits = [rules.told, *(kind.accept for kind in kinds)]  # until it is known what it is, the shortest holds
        on, article = min((limit.ends_on(received, calendar), limit.article) for limit in limits)
        return Due("accept", on, article)
    if petition.state is State.ACCEPTED:
        assert petition.accepted_on is not None
        limit = rules.kinds[petition.kind].settle
        return Due("settle", limit.ends_on(petition.accepted_on, calendar, sum(petition.granted)), limit.article)
    if petition.state is State.SETTLED:
        since = max(filter(None, (petition.settled_on, petition.followed_on)))
        return Due("follow", since + timedelta(days=rules.follow), rules.basis, binding=False)
    return None
