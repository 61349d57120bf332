"""The file of retention: both centres' can be read, and what is wrong with one is named."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.regulation_files import read, retention
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.retention import LIFETIMES, RIGHTS, YEARS
from chalicelib.domain.retention_parsing import from_mapping

COUNTRY = read("vietnam.retention.yaml")
OWN = read("hoa_binh.retention.yaml")


@pytest.mark.parametrize("name", ["hoa_binh", "ha_noi"])
def test_every_centre_has_one_and_says_where_each_number_is_from(name: str) -> None:
    rules = retention(name)
    assert set(rules.lifetimes) == set(LIFETIMES)
    assert set(rules.rights) == set(RIGHTS)
    assert rules.breach.hours == 72
    assert "A05" in rules.breach.authority
    every = [*(getattr(rules, name) for name in YEARS), *rules.lifetimes.values(), *rules.rights.values(), rules.breach]
    assert [one for one in every if not ("Điều" in one.source or "setting of the centre" in one.source)] == []


def test_a_centre_may_say_otherwise_and_the_rest_is_the_countrys() -> None:
    own = OWN | {"lifetimes": {"logs": {"days": 30, "source": "setting of the centre"}}}
    rules = from_mapping(own, COUNTRY)
    assert (rules.lifetimes["logs"].days, rules.lifetimes["inbox"].days) == (30, 90)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"cases": {"years": 0, "source": "x"}}, "cases.years"),
        ({"cases": {"years": 5, "source": ""}}, "cases.source"),
        ({"cases": {"months": 5}}, "cases"),
        ({"petitions": {"years": 0, "source": "x"}}, "petitions.years"),
        ({"surveys": None}, "surveys"),
        ({"first_day": "2019"}, "first_day"),
        ({"lifetimes": {"gossip": {"days": 1, "source": "x"}}}, "gossip"),
        ({"rights": {"remind_before": [4, 24]}}, "rights.remind_before"),
        ({"rights": {"erasure": {"hours": -1, "source": "x"}}}, "rights.erasure.hours"),
        ({"breach": {"remind_before": [1, 2]}}, "breach.remind_before"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(RegulationError, match=named):
        from_mapping(OWN | wrong, COUNTRY)
