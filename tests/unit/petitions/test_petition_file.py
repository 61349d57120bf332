"""The file of petitions: what it must say, and how it is told what is wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.adapters.petition_files import petition_rules
from chalicelib.adapters.regulation_files import read
from chalicelib.domain.petitions.parsing import from_mapping
from chalicelib.domain.regulation_entries import RegulationError

FILE = read("ha_noi.petitions.yaml")


def changed(path: str, value: Any) -> Any:
    data = copy.deepcopy(FILE)
    *way, last = path.split(".")
    place = data
    for name in way:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data


def test_a_centre_without_the_file_takes_no_petitions() -> None:
    assert petition_rules("hoa_binh") is None


def test_the_file_of_ha_noi_has_the_limits_of_the_law() -> None:
    rules = from_mapping(FILE)
    complaint, denunciation = rules.kinds["complaint"], rules.kinds["denunciation"]
    assert (rules.told.days, rules.told.counted) == (10, "working")
    assert (complaint.accept.days, complaint.accept.counted, complaint.settle.days) == (10, "calendar", 30)
    assert complaint.settle.days + sum(complaint.extensions["complex"]) == 45
    assert denunciation.extensions == {"complex": (30,), "very_complex": (30, 30)}


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("unit", None, "missing .'unit'"),
        ("warn", -1, "warn"),
        ("kinds", {}, "kinds"),
        ("kinds.complaint.accept.days", 0, "kinds.complaint.accept.days"),
        ("kinds.complaint.accept.counted", "hours", "kinds.complaint.accept.counted"),
        ("kinds.complaint.settle", None, "kinds.complaint"),
        ("kinds.complaint.extensions", {"urgent": [1]}, "urgent"),
        ("kinds.complaint.extensions", {"complex": ["many"]}, "kinds.complaint.extensions.complex"),
        ("kinds.denunciation.may_go_on", "yes", "kinds.denunciation.may_go_on"),
        ("kinds.denunciation.documents", {}, "kinds.denunciation.documents"),
        ("kinds.denunciation.label", " ", "kinds.denunciation.label"),
        ("channels.case", None, "channels"),
        ("elsewhere", "Tòa án", "elsewhere"),
        ("moved", "", "moved"),
    ],
)
def test_what_is_wrong_is_named(path: str, value: Any, told: str) -> None:
    with pytest.raises(RegulationError, match=told):
        from_mapping(changed(path, value))
