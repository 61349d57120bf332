"""Stories that together make every function do everything it does: a new one is written below and named here."""

from tests.stress.stories.cases import (
    asked_elsewhere,
    asked_for_input,
    by_hand,
    detours,
    lost_and_doubled,
    published,
    rewarded,
    three_tiers,
)
from tests.stress.stories.catalogue import catalogued
from tests.stress.stories.clockwork import at_night, late, learned, reminded, rescheduled, too_late_announced
from tests.stress.stories.desk import at_the_desk
from tests.stress.stories.keeping import forgotten, received_and_asked, wished
from tests.stress.stories.links import by_link, filed, telephoned
from tests.stress.stories.mails import written
from tests.stress.stories.office import employed, looked_at, registered
from tests.stress.stories.pages import flowed, found_again, judged, on_pages, rated_by_letter, surveyed, with_photo
from tests.stress.stories.petitions import complained, denounced, shredded
from tests.stress.stories.reception import received
from tests.stress.stories.reports import reported
from tests.stress.stories.supervision import supervised
from tests.stress.stories.trouble import came_back, died, set_aside

STORIES = (
    three_tiers,
    published,
    detours,
    rewarded,
    by_hand,
    asked_elsewhere,
    asked_for_input,
    lost_and_doubled,
    late,
    rescheduled,
    too_late_announced,
    reminded,
    at_night,
    learned,
    by_link,
    filed,
    on_pages,
    judged,
    flowed,
    found_again,
    with_photo,
    rated_by_letter,
    surveyed,
    at_the_desk,
    supervised,
    telephoned,
    written,
    came_back,
    died,
    set_aside,
    received,
    registered,
    employed,
    looked_at,
    catalogued,
    forgotten,
    received_and_asked,
    wished,
    denounced,
    complained,
    shredded,
    reported,
)
