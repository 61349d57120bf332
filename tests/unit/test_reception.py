"""Citizen reception: a record of entries, and what is owed to who raised something (R25, R84; Điều 28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.adapters.regulation_files import read, reception, regulation
from chalicelib.domain.actors import Actor, Role, Sender
from chalicelib.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from chalicelib.domain.reception import (
    HELD,
    MOST_MATTERS,
    OPENED,
    RAISED,
    TOLD,
    Entry,
    Session,
    answer_until,
    check_held,
    fold,
    next_matter,
    owed,
    require_receiver,
)
from chalicelib.domain.reception_parsing import from_mapping
from chalicelib.domain.regulation_entries import RegulationError
from tests.builders import REGULATION, local
from tests.unit.case.calendars import day_off, with_changes

RULES = reception("hoa_binh", REGULATION)
LEADER = Actor(Role.LEADERSHIP, "lanh_dao_trung_tam", "quang")
CODE = "482109375514"
AT = datetime(2026, 11, 9, 3, tzinfo=UTC)


def entry(seq: int, what: str, matter: int = 0, **facts: str) -> Entry:
    person = Sender(name="Bùi Thị Hoa") if what == RAISED else None
    return Entry(seq, what, AT, LEADER, RULES.article, matter, facts, {"content": "Đất"}, person)


HELD_ON_MONDAY = entry(1, HELD, kind="reception", day="2026-11-09")
TWO = (HELD_ON_MONDAY, entry(2, RAISED, 1), entry(3, RAISED, 2))


def session(*more: Entry) -> Session:
    return fold(CODE, (*TWO, *more))


def test_a_session_is_the_fold_of_its_entries() -> None:
    made = session(entry(4, OPENED, 1, case="123456789012"), entry(5, TOLD, 2, how="petition", reference="7/KN"))
    assert (made.version, made.kind, made.day, made.unit) == (5, "reception", date(2026, 11, 9), LEADER.unit)
    first, second = made.matters
    assert (first.state, first.case, first.owed) == (OPENED, "123456789012", False)
    assert (second.state, second.reference, second.owed) == ("petition", "7/KN", False)


def test_what_was_answered_is_not_answered_again() -> None:
    assert owed(session(), 2).number == 2
    with pytest.raises(ConflictError, match="matter_settled"):
        owed(session(entry(4, TOLD, 2, how="refused")), 2)
    for nobody in (0, 3):
        with pytest.raises(NotFoundError):
            owed(session(), nobody)


def test_a_record_has_an_end() -> None:
    full = replace(session(), matters=session().matters * (MOST_MATTERS // 2))
    with pytest.raises(ConflictError, match="too_many_matters"):
        next_matter(full)


class TestTheTenDays:
    def test_are_working_days_from_the_day_after(self) -> None:
        """Luật Tiếp công dân, Điều 28."""
        assert answer_until(date(2026, 11, 9), RULES, REGULATION) == local("2026-11-23 17:00")

    def test_step_over_days_off_that_are_announced_later(self) -> None:
        """R63."""
        rules = with_changes(day_off("2026-11-18"))
        assert answer_until(date(2026, 11, 9), RULES, rules) == local("2026-11-25 17:00")  # the 24th is a holiday

    def test_do_not_begin_on_a_day_off(self) -> None:
        assert answer_until(date(2026, 11, 14), RULES, REGULATION) == local("2026-11-30 17:00")


class TestWhoReceives:
    def test_is_of_a_unit_that_the_regulation_names(self) -> None:
        require_receiver(LEADER, RULES)
        with pytest.raises(ForbiddenError):
            require_receiver(Actor(Role.OFFICER, "so_tu_phap", "minh"), RULES)

    def test_holds_only_what_was_held(self) -> None:
        check_held("dialogue", date(2026, 11, 9), RULES, REGULATION, AT)
        with pytest.raises(InvalidError, match="session_ahead"):
            check_held("dialogue", date(2026, 11, 10), RULES, REGULATION, AT)
        with pytest.raises(InvalidError, match="unknown_session"):
            check_held("meeting", date(2026, 11, 9), RULES, REGULATION, AT)


@pytest.mark.parametrize("centre", ["hoa_binh", "ha_noi"])
def test_both_centres_say_who_receives_and_by_which_article(centre: str) -> None:
    rules = reception(centre, regulation(centre))
    units = {entry["id"] for entry in read(f"{centre}.directory.yaml")["units"]}
    assert set(rules.units) <= units
    assert (rules.answer_days, rules.channel) == (10, "reception")
    assert rules.basis["reception"]


FILE = read("hoa_binh.reception.yaml")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({}, "reception: missing"),
        (FILE | {"units": []}, "nobody receives"),
        (FILE | {"answer_days": 0}, "answer_days"),
        (FILE | {"channel": "fax"}, "channel"),
        (FILE | {"basis": {}}, "basis"),
        (FILE | {"article": ""}, "article"),
    ],
)
def test_a_wrong_file_says_where(wrong: Any, where: str) -> None:
    with pytest.raises(RegulationError, match=where):
        from_mapping(wrong, REGULATION)
