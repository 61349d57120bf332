"""The counts of a period (Biểu 01/XLD)."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.petitions import commands as cmd
from chalicelib.domain.petitions.report import Report, report
from tests.unit.petitions.desk import CALENDAR, accepted, classified, received, settled

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
DECEMBER = date(2026, 12, 1), date(2026, 12, 31)


def counted(period: tuple[date, date]) -> Report:
    moved, guided, urged = received(), classified("complaint"), accepted("complaint")
    moved.do(cmd.Move(case="482109375514", reason="Là phản ánh"), "2026-11-25 09:00")
    guided.do(cmd.Guide(body="Tòa án"), "2026-11-25 09:00")
    urged.do(cmd.Follow(how="urged", note="Văn bản"), "2026-11-27 09:00")
    many = received("2026-12-01 00:30")  # of December at the office, of November in UTC
    lives = [moved, guided, urged, settled(), many]
    return report([life.petition for life in lives if life.petition], "Phòng", *period, CALENDAR)


def test_a_month_counts_what_came_and_how_it_stood_at_its_end() -> None:
    made = counted(NOVEMBER)
    assert (made.carried_over, made.received, made.of_one, made.of_many) == (0, 4, 4, 0)
    assert made.by_kind == {"complaint": 2, "denunciation": 1}
    assert (made.ordinary, made.guided, made.outside_authority, made.within_authority) == (1, 1, 1, 3)
    assert (made.qualified, made.being_settled, made.settled, made.not_yet, made.urged) == (2, 2, 0, 0, 1)


def test_the_next_month_carries_over_what_was_open() -> None:
    made = counted(DECEMBER)
    assert (made.carried_over, made.received) == (2, 1)
    assert (made.settled, made.being_settled, made.not_yet, made.unclassified) == (1, 1, 1, 1)


def test_each_petition_of_the_period_is_settled_being_settled_not_yet_or_ended() -> None:
    for period in (NOVEMBER, DECEMBER):
        made = counted(period)
        ended = made.guided + made.forwarded + made.refused + made.withdrawn + made.ordinary
        assert made.settled + made.being_settled + made.not_yet + ended == made.carried_over + made.received
