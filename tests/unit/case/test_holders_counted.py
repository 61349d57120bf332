"""What is counted of holders: how many cases each has, and what each finished itself (R111: the pace of a holder)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import counting
from tests.builders import (
    OFFICER,
    OPERATOR,
    REGULATION,
    Story,
    answer,
    ask,
    given,
    matter,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
)
from tests.unit.case.walks import lives

REFUSED = matter(anonymous=True)


def counted(story: Story, partition: str) -> Counter[tuple[str, str]]:
    """(row, role) → count of a partition, from the whole history; a row's shard is left out."""
    found: Counter[tuple[str, str]] = Counter()
    for recorded in story.history:
        for key, names in counting.counters_of(recorded, REGULATION).items():
            if key.startswith(f"{partition}|"):
                row = key.removeprefix(f"{partition}|").partition("#" if partition == "holders" else "~")[0]
                found.update({(row, role): count for role, count in names.items()})
    return found


@for_all(lives())
@settings(max_examples=120, deadline=None)
def test_the_gauges_of_holders_show_each_open_case_once_where_it_is(life: list[Story]) -> None:
    """R18: one owner at any time; whoever gives away and takes is read from the events alone."""
    for story in life:
        holder = story.case.holder
        left = {key: count for key, count in counted(story, "holders").items() if count}
        assert left == ({(holder.unit, holder.role): 1} if holder else {})


@for_all(lives())
@settings(max_examples=60, deadline=None)
def test_nobody_finishes_more_than_it_has_had(life: list[Story]) -> None:
    for story in life:
        taken = Counter((taken.unit, taken.role) for r in story.history if (taken := counting.taken_by(r)))
        finished: Counter[tuple[str, str]] = Counter()
        for (row, role), count in counted(story, "finished").items():
            finished[row.split("#")[1], role] += count
        assert finished <= taken


def test_a_stage_is_finished_on_the_offices_day_by_who_brought_it_to_an_end() -> None:
    story = when(given(receive(at="2026-11-09 16:00"), to_officer("so_y_te")), to_agency(), at="2026-11-10 10:00")
    story = when(when(story, result(), at="2026-11-12 10:00"), answer(), at="2026-11-13 00:10")
    assert counted(story, "finished") == {
        ("2026-11-09#tong_dai", "operator"): 1,
        ("2026-11-10#so_y_te", "officer"): 1,
        ("2026-11-12#so_y_te", "agency"): 1,
        ("2026-11-13#so_y_te", "officer"): 1,
    }


def test_handing_back_declining_and_giving_an_opinion_finish_a_stage() -> None:
    monday = "2026-11-09"
    back = given(receive(), to_officer(), to_agency(), cmd.Decline(reason="Nhầm"), cmd.ReturnToOperator(reason="Nhầm"))
    asked = given(back, cmd.Refer(reason="Ngoài tỉnh"), cmd.GiveOpinion(opinion="Trả lời", leader="Giám đốc"))
    assert counted(asked, "finished") == {
        (f"{monday}#tong_dai", "operator"): 2,
        (f"{monday}#so_tu_phap", "officer"): 2,
        (f"{monday}#so_tu_phap", "agency"): 1,
        (f"{monday}#lanh_dao_trung_tam", "leadership"): 1,
    }


def test_what_the_rules_do_by_themselves_makes_nobody_faster() -> None:
    """Điều 7.2, 8.2.a: refused or sent on at once is nobody's work; but who takes down a call has worked on it."""
    for story in (receive(REFUSED), receive(kind="service"), receive(REFUSED, actor=OFFICER)):
        assert counted(story, "finished") == {}
    assert counted(receive(REFUSED, actor=OPERATOR), "finished") == {("2026-11-09#tong_dai", "operator"): 1}
    assert counted(receive(kind="service"), "holders") == {("tong_dai", "operator"): 0, ("buu_dien_tinh", "agency"): 1}


def test_asking_and_waiting_finish_nothing() -> None:
    assert counted(given(receive(), to_officer(), ask(), supply()), "finished") == {
        ("2026-11-09#tong_dai", "operator"): 1
    }


def test_rows_are_spread_by_the_digits_of_the_code() -> None:
    """A gauge that every case passes would make transactions collide."""
    first = receive(actor=OPERATOR).last[0]
    codes = [f"{number:06d}000000" for number in range(40)]
    rows = {key for code in codes for key in counting.counters_of(replace(first, code=code), REGULATION)}
    assert sum(row.startswith("holders|tong_dai#") for row in rows) == counting.GAUGE_SHARDS
