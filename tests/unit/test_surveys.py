"""Independent surveys: who is drawn, and what may be told of few answers (R95; Nghị định 61/2018 Điều 27.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters import regulation_files
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.small_groups import too_small
from chalicelib.domain.surveys import Opinion, Survey, SurveyRules, check_wish, results, sample
from chalicelib.domain.surveys_parsing import from_mapping

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SURVEY = Survey("0a1b2c3d4e5f", "Quý IV", date(2026, 10, 1), date(2026, 10, 31), 2, "thu", NOW, NOW)
RULES = SurveyRules("phong", 4500, 200, 5, "Điều 1")
UNITS = st.sampled_from(["mot", "hai", "ba", "bon"])
ANSWERED = st.dictionaries(st.from_regex(r"[0-9]{12}", fullmatch=True), st.tuples(UNITS, st.just("question")))


@given(ANSWERED, st.integers(1, 5))
def test_of_each_unit_so_many_or_all(answered: dict[str, tuple[str, str]], per_unit: int) -> None:
    drawn = Counter(unit for unit, _ in sample(answered, replace(SURVEY, per_unit=per_unit)).values())
    there = Counter(unit for unit, _ in answered.values())
    assert drawn == {unit: min(number, per_unit) for unit, number in there.items()}


@given(ANSWERED)
def test_drawn_again_it_is_the_same_whatever_the_order(answered: dict[str, tuple[str, str]]) -> None:
    assert sample(answered, SURVEY) == sample(dict(reversed(answered.items())), SURVEY)


def test_another_survey_asks_others() -> None:
    answered = {f"{number:012d}": ("mot", "question") for number in range(1000)}
    one, other = (set(sample(answered, replace(SURVEY, id=name, per_unit=100))) for name in ("a", "b"))
    assert len(one & other) < 30  # of a hundred; ten by chance


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 20)), st.integers(3, 8))
def test_nobody_in_a_small_group_can_be_worked_out(numbers: dict[str, int], smallest: int) -> None:
    hidden = too_small(numbers, smallest)
    assert all(numbers[unit] >= smallest for unit in numbers.keys() - hidden)
    together = sum(numbers[unit] for unit in hidden)
    assert together == 0 or together >= smallest or hidden == numbers.keys()


@given(st.lists(st.tuples(UNITS, st.sampled_from(["satisfied", "accepted"])), max_size=60))
def test_what_is_told_adds_up_to_what_was_said(said: list[tuple[str, str]]) -> None:
    found = results([Opinion(unit, "question", step) for unit, step in said], 5)
    assert all(result.answers >= 5 for result in found)
    total = sum((Counter(result.ratings) for result in found), Counter[str]())
    assert total == Counter(step for _, step in said) or len(said) < 5


@pytest.mark.parametrize(
    ("first", "last", "per_unit", "code"),
    [
        (date(2026, 10, 2), date(2026, 10, 1), 5, "survey_period"),
        (date(2026, 11, 1), date(2026, 11, 23), 5, "survey_period"),
        (date(2025, 10, 1), date(2026, 11, 1), 5, "survey_period"),
        (date(2026, 10, 1), date(2026, 10, 1), 0, "survey_size"),
        (date(2026, 10, 1), date(2026, 10, 1), 201, "survey_size"),
    ],
)
def test_what_cannot_be_asked(first: date, last: date, per_unit: int, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_wish(first, last, per_unit, date(2026, 11, 23), RULES)
    assert refused.value.code == code


@pytest.mark.parametrize("regulation", ["hoa_binh", "ha_noi"])
def test_the_files_name_a_unit_that_is_not_the_desk(regulation: str) -> None:
    rules, units = regulation_files.survey_rules(regulation), regulation_files.read(f"{regulation}.directory.yaml")
    assert rules.surveyor in {unit["id"] for unit in units["units"]}
    assert rules.surveyor != regulation_files.regulation(regulation).operators


@pytest.mark.parametrize(
    ("changed", "named"),
    [({"smallest": 2}, "surveys.smallest"), ({"lasts": 0}, "surveys.lasts"), ({"surveyor": ""}, "surveys.surveyor")],
)
def test_a_file_that_is_wrong_is_refused(changed: dict[str, object], named: str) -> None:
    good = {"surveyor": "phong", "lasts": 4500, "most": 200, "smallest": 5, "article": "Điều 1"}
    assert from_mapping(good) == RULES
    with pytest.raises(RegulationError, match=named):
        from_mapping(good | changed)
