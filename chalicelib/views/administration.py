"""What waits for the administrator, in numbers that cost a short query each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chalicelib.domain.unassigned_mail import OPEN
from chalicelib.views.agencies import in_need

if TYPE_CHECKING:
    from chalicelib.ports import Deps

MOST: Final = 100  # none is counted further: then there are "100 or more"


class Waiting(Struct, frozen=True):
    """Numbers up to MOST: letters that stand, cases set aside, mails without a case, agencies whose keys want care.

    `retiming`: open cases have not all followed the calendar yet.
    """

    letters: int
    aside: int
    mails: int
    agencies: int
    retiming: bool


def waiting(deps: Deps) -> Waiting:
    """Count what waits now."""
    standing = (letter for letter in deps.dead_letters.standing() if letter.stands)
    mails = (mail for mail in deps.unassigned_mails.all() if mail.state == OPEN)
    newest = deps.retimings.newest()
    return Waiting(
        letters=sum(1 for _ in islice(standing, MOST)),
        aside=deps.alarms.count_aside(up_to=MOST),
        mails=sum(1 for _ in islice(mails, MOST)),
        agencies=in_need(deps),
        retiming=newest is not None and newest.finished_at is None,
    )
