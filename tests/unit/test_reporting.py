"""What a period's rounds are, and what they count for: for any lives of cases, and for those that are told by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import read, regulation, report_rules
from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.counting import counters_of
from chalicelib.domain.merits import Judge
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.reporting.cells import Figures, Groups, cells_of, figures
from chalicelib.domain.reporting.fold import Fold, Logged
from chalicelib.domain.reporting.grids import CHANGE, GROWTH, PERCENT, SCORE, Amount
from chalicelib.domain.reporting.indices import Ratio, attitude, explaining, on_time, on_time_of_due, satisfaction
from chalicelib.domain.reporting.layout import dated
from chalicelib.domain.reporting.period import Period
from chalicelib.domain.reporting.rounds import Round
from chalicelib.domain.reporting.rules import Kept
from chalicelib.domain.reports_parsing import from_mapping
from chalicelib.domain.sums import sums
from tests.builders import OFFICER, REGULATION, Story, answer, given, local, matter, receive, to_officer, when
from tests.unit.case.walks import Life, lives

GROUPS = Groups(("report", "suggestion"), ("web", "app", "message"), "not_satisfied")
NOVEMBER = (local("2026-11-10 00:00"), local("2026-11-13 00:00"), local("2027-06-01 00:00"))


def logged(story: Story, code: str) -> list[Logged]:
    return [Logged(replace(one, code=code), f"{one.seq}") for one in story.history]


def rounds_of(histories: dict[str, list[Logged]], span: Sequence[datetime] = NOVEMBER) -> list[Round]:
    """Fold as the worker does: the period's events in order of time, what came after, who is open at last."""
    start, end, as_of = span
    every = (one for each in histories.values() for one in each)
    events = sorted(every, key=lambda one: (one.recorded.at, one.recorded.seq))
    fold = Fold((start, end, as_of), REGULATION, lambda code: histories[code])
    for one in events:
        if start <= one.recorded.at < end:
            fold.add(one)
    for code in histories:
        fold.add_silent(code)
    for one in events:
        if one.recorded.at >= end:
            fold.add_later(one)
    return list(fold.rounds())


def counted(histories: dict[str, list[Logged]], span: Sequence[datetime] = NOVEMBER) -> Figures:
    return figures(rounds_of(histories, span), GROUPS)


def tallied(histories: dict[str, list[Logged]], start: datetime, end: datetime) -> dict[str, int]:
    rows: dict[str, dict[str, int]] = {}
    for recorded in (one.recorded for each in histories.values() for one in each):
        if start <= recorded.at < end:
            for row, names in counters_of(recorded, REGULATION).items():
                if "|" not in row:
                    for name, n in names.items():
                        rows.setdefault(row, {})[name] = rows.get(row, {}).get(name, 0) + n
    return dict(sums(rows).totals)


@settings(max_examples=25)
@for_all(st.lists(lives(), min_size=1, max_size=4), st.integers(0, 200), st.integers(1, 200))
def test_what_came_in_is_what_was_settled_refused_or_is_open_and_the_tallies_say_the_same(
    told: list[Life], after: int, hours: int
) -> None:
    histories = {f"{number:012d}": logged(life[-1], f"{number:012d}") for number, life in enumerate(told)}
    start = told[0][-1].history[0].at + timedelta(hours=after)
    end = start + timedelta(hours=hours)
    found = counted(histories, (start, end, end))
    said = tallied(histories, start, end)
    of = found.of
    assert of("total", "entered") == sum(of("total", name) for name in ("answered", "refused", "open"))
    assert of("total", "entered") == sum(of("total", name) for name in ("received", "reopened", "carried"))
    assert of("total", "answered") == sum(of("total", f"answered_{how}") for how in ("early", "on_time", "late"))
    for table in ("kind:", "channel:", "field:", "unit:"):
        for column in ("entered", "answered", "open", "refused"):
            assert sum(of(row, column) for row in found.rows(table)) == of("total", column)
    for column, name in COUNTERS.items():
        assert of("total", column) == said.get(name, 0), column


COUNTERS = {
    "received": "received",
    "reopened": "reopened",
    "answered": "answered",
    "told_late": "answered_late",
    "refused": "refused",
    "published": "published",
    "late_stages": "late_stages",
}


@settings(max_examples=25)
@for_all(st.lists(lives(), min_size=1, max_size=4), st.integers(0, 200), st.integers(1, 200))
def test_each_number_is_how_often_its_rounds_name_it(told: list[Life], after: int, hours: int) -> None:
    histories = {f"{number:012d}": logged(life[-1], f"{number:012d}") for number, life in enumerate(told)}
    start = told[0][-1].history[0].at + timedelta(hours=after)
    rounds = rounds_of(histories, (start, start + timedelta(hours=hours), NOVEMBER[2]))
    found = figures(rounds, GROUPS)
    for cell, number in found.counts.items():
        assert sum(list(cells_of(one, GROUPS)).count(cell) for one in rounds) == number


@settings(max_examples=25)
@for_all(lives(), st.integers(0, 200))
def test_two_periods_side_by_side_hand_over_what_is_open(life: Life, hours: int) -> None:
    histories = {"000000000001": logged(life[-1], "000000000001")}
    start = life[-1].history[0].at
    middle, end = start + timedelta(hours=hours), start + timedelta(hours=hours + 100)
    first, second = counted(histories, (start, middle, middle)), counted(histories, (middle, end, end))
    assert first.of("total", "open") == second.of("total", "carried")


@settings(max_examples=25)
@for_all(lives(), st.integers(0, 200))
def test_clocks_that_differ_change_nothing(life: Life, hours: int) -> None:
    code = "000000000001"
    histories = {code: logged(life[-1], code)}
    start = life[-1].history[0].at
    span = (start, start + timedelta(hours=hours), NOVEMBER[2])
    in_order = counted(histories, span)
    swapped = list(histories[code])
    if len(swapped) > 2:
        swapped[1], swapped[2] = swapped[2], swapped[1]
    fold = Fold(span, REGULATION, lambda _: histories[code])
    for one in swapped:
        if span[0] <= one.recorded.at < span[1]:
            fold.add(one)
    assert figures(fold.rounds(), GROUPS).of("total", "entered") == in_order.of("total", "entered")


def one_round(story: Story) -> Round:
    (found,) = rounds_of({"000000000001": logged(story, "000000000001")})
    return found


def promised(day: str) -> Story:
    """A case of 10 November that an officer has promised to answer on a day."""
    story = given(receive(at="2026-11-10 08:00"), to_officer())
    story = when(story, cmd.Appoint(at=local(f"2026-11-{day} 15:00")), actor=OFFICER)
    return when(story, answer(), at="2026-11-10 10:00", actor=OFFICER)


def test_an_answer_on_a_day_before_the_promised_one_is_early_on_it_on_time() -> None:
    assert one_round(promised("11")).timing == "early"
    assert one_round(promised("10")).timing == "on_time"


def test_an_answer_after_a_limit_is_late_until_that_is_corrected() -> None:
    story = when(given(receive(at="2026-11-10 08:00"), to_officer()), cmd.Watch(), at="2026-11-10 16:00")
    story = when(story, answer(), at="2026-11-10 16:10", actor=OFFICER)
    assert one_round(story).timing == "late"
    mark = story.case.late[0]
    corrected = ev.LateCorrected(
        stage=mark.stage, unit=mark.unit, since=mark.since, due_at=mark.since, leader="Giám đốc", last=True
    )
    last = story.history[-1]
    word = replace(last, seq=last.seq + 1, at=local("2026-12-20 09:00"), event=corrected)
    found = one_round(replace(story, history=(*story.history, word)))
    assert (found.timing, found.told_late, found.later) == ("on_time", True, ((word.seq, f"{word.seq}"),))


def test_what_nobody_touched_in_the_period_was_open_in_it() -> None:
    silent = given(receive(at="2026-11-03 09:00"))
    assert one_round(silent).origin == "carried"
    ended = when(given(receive(at="2026-11-03 09:00")), answer(), at="2026-12-03 09:30")
    assert one_round(ended).outcome == "open", "what came after the period tells that it was there"


def test_what_was_refused_names_the_rule() -> None:
    found = one_round(given(receive(matter(anonymous=True), at="2026-11-10 08:00")))
    assert (found.outcome, found.reason, found.timing) == ("refused", "anonymous", "")


class TestOpenedAgain:
    def again(self) -> Story:
        story = when(given(receive(at="2026-11-10 08:00")), answer(), at="2026-11-10 08:10")
        story = when(story, cmd.Rate(rating="not_satisfied"), at="2026-11-10 09:00")
        return when(story, cmd.Reopen(reason="Chưa đúng"), at="2026-11-10 09:05")

    def test_it_is_another_round(self) -> None:
        rounds = rounds_of({"000000000001": logged(self.again(), "000000000001")})
        assert [(one.number, one.origin, one.outcome) for one in rounds] == [
            (1, "received", "answered"),
            (2, "reopened", "open"),
        ]

    def test_who_reports_again_was_not_satisfied_once(self) -> None:
        story = when(self.again(), cmd.Classify(kind="report", about="regulation", field="khac"), at="2026-11-10 10:00")
        found = counted({"000000000001": logged(story, "000000000001")})
        assert (found.of("total", "unsatisfied"), found.of("total", "reopened")) == (1, 1)


class TestJudged:
    def conduct(self) -> Story:
        story = given(receive(at="2026-11-10 08:00", kind="report", about="conduct"), to_officer())
        return when(story, answer(), at="2026-11-10 08:10")

    def judged(self, story: Story, verdict: str, at: str) -> Story:
        return when(story, Judge(verdict=verdict, leader="Giám đốc", reason="Đã xác minh"), at=at)

    def of_the_unit(self, story: Story, span: Sequence[datetime] = NOVEMBER) -> dict[str, int]:
        found = counted({"000000000001": logged(story, "000000000001")}, span)
        row = "unit:so_tu_phap/conduct"
        return {cell.removeprefix(row): n for cell, n in found.counts.items() if cell.startswith(row)}

    def test_nobody_has_said_anything_yet(self) -> None:
        assert self.of_the_unit(self.conduct()) == {"": 1, "_unjudged": 1}

    def test_the_last_verdict_counts_and_each_is_in_the_log(self) -> None:
        story = self.judged(self.judged(self.conduct(), "founded", "2026-11-11 09:00"), "unfounded", "2026-11-12 09:00")
        assert self.of_the_unit(story) == {"": 1, "_unfounded": 1}
        assert [type(one.event).__name__ for one in story.history].count("Judged") == 2

    def test_a_verdict_after_the_period_counts_if_it_was_there_when_the_report_was_made(self) -> None:
        story = self.judged(self.conduct(), "unfounded", "2026-11-20 09:00")
        assert self.of_the_unit(story) == {"": 1, "_unfounded": 1}
        assert one_round(story).later == ((story.case.version, f"{story.case.version}"),)
        before = (*NOVEMBER[:2], local("2026-11-19 09:00"))
        assert self.of_the_unit(story, before) == {"": 1, "_unjudged": 1}

    def test_it_is_about_every_round_of_the_case(self) -> None:
        story = when(self.conduct(), cmd.Rate(rating="not_satisfied"), at="2026-11-10 09:00")
        story = when(story, cmd.Reopen(reason="Chưa đúng"), at="2026-11-10 09:05")
        story = when(given(story, to_officer()), answer(), at="2026-11-10 09:30")
        story = self.judged(story, "unfounded", "2026-11-11 09:00")
        found = counted({"000000000001": logged(story, "000000000001")})
        assert (found.of("conduct", "conduct"), found.of("conduct", "conduct_unfounded")) == (2, 2)


class TestIndices:
    @pytest.mark.parametrize(
        ("early", "on_time", "late", "prolonged", "score"),
        [(0, 0, 0, 0, 2), (4, 6, 0, 0, 2), (9, 0, 1, 0, 1), (89, 0, 11, 0, 0), (5, 5, 0, 1, 0)],
    )
    def test_index_8(self, early: int, on_time: int, late: int, prolonged: int, score: int) -> None:
        told = {"answered_early": early, "answered_on_time": on_time, "due": early + on_time + late}
        found = Figures({f"pakn:a/{name}": n for name, n in (told | {"prolonged": prolonged}).items()})
        assert explaining(found, "pakn:a").score == score

    @pytest.mark.parametrize(("every", "unfounded", "score"), [(0, 0, 2), (3, 3, 2), (3, 2, 0), (3, 0, 0)])
    def test_index_7_leaves_out_what_is_unfounded(self, every: int, unfounded: int, score: int) -> None:
        found = attitude(Figures({"unit:a/conduct": every, "unit:a/conduct_unfounded": unfounded}), "unit:a")
        assert (found.score, found.basis) == (score, Ratio(every - unfounded, every))

    def test_the_ratios_of_766(self) -> None:
        told = {"entered": 11, "refused": 1, "reopened": 1, "answered_early": 3, "answered_on_time": 4, "due": 8}
        found = Figures({f"pakn/{name}": n for name, n in (told | {"unsatisfied": 2}).items()})
        assert (on_time(found), on_time(found).percent) == (Ratio(7, 10), 70.0)
        assert on_time_of_due(found) == Ratio(7, 8)
        assert (satisfaction(found), satisfaction(Figures()).percent) == (Ratio(8, 10), None)


@pytest.mark.parametrize(
    ("first", "last", "name", "before"),
    [
        ("2026-10-01", "2026-10-31", "Tháng 10 năm 2026", ("2026-09-01", "2026-09-30")),
        ("2026-01-01", "2026-03-31", "Quý I năm 2026", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", "Năm 2026", ("2025-01-01", "2025-12-31")),
        ("2026-10-05", "2026-10-11", "Từ ngày 05/10/2026 đến ngày 11/10/2026", ("2026-09-28", "2026-10-04")),
    ],
)
def test_periods(first: str, last: str, name: str, before: tuple[str, str]) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert f"{period}" == name
    assert (f"{period.before.first}", f"{period.before.last}") == before


def test_a_year_from_a_leap_day_ends_on_the_day_before() -> None:
    assert Kept("COMPLIANCE", 1).until(local("2028-02-29 09:00")) == local("2029-02-28 09:00")


@pytest.mark.parametrize(("name", "said"), [("hoa_binh", "BC-VPUBND"), ("ha_noi", "BC-TTPVHCC")])
def test_the_files_of_both_centres_are_read(name: str, said: str) -> None:
    assert report_rules(name, regulation(name)).symbol == said


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        ({"pakn": ["rumour"]}, "pakn"),
        ({"online": ["telex"]}, "online"),
        ({"sign_off": ["citizen"]}, "sign_off"),
        ({"head": ["one"]}, "head"),
        ({"kept": {"mode": "SOME", "years": 1}}, "kept.mode"),
        ({"kept": {"mode": "COMPLIANCE", "years": 0}}, "kept.years"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_entry_is_named(change: dict[str, object], entry: str) -> None:
    with pytest.raises(RegulationError, match=entry):
        from_mapping(read("hoa_binh.reports.yaml") | change, REGULATION)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_a_day_is_written_as_in_state_papers(day: date, words: str) -> None:
    assert dated(day) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(1234), "1.234"),
        (Amount(-5, CHANGE), "-5"),
        (Amount(1200, CHANGE), "+1.200"),
        (Amount(0, CHANGE), "0"),
        (Amount(12.5, PERCENT), "12,5 %"),
        (Amount(1250.0, GROWTH), "+1.250,0 %"),
        (Amount(None, GROWTH), "–"),
        (Amount(2, SCORE), "2,0"),
    ],
)
def test_an_amount_is_written_as_vietnamese_does(amount: Amount, words: str) -> None:
    assert str(amount) == words
