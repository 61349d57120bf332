"""Units that change: names of their day, successors of what is no more, and a directory that is held to be whole."""

from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.regulation_files import read
from chalicelib.domain.units import DirectoryError, Unit, from_entries, from_entry, history_of, names_now, successors

ROOM: dict[str, Any] = {"id": "phong_mot", "name": "Phòng Một", "kind": "room", "mail": "mot@tongdai.example"}
OLD: dict[str, Any] = {"id": "so_cu", "name": "Sở Cũ", "kind": "department", "to": "2025-02-28"}
NEW: dict[str, Any] = {
    "id": "so_moi",
    "name": "Sở Mới",
    "kind": "department",
    "mail": "moi@tongdai.example",
    "from": "2025-03-01",
    "formed_from": ["so_cu"],
}
RENAMED = ROOM | {"from": "2024-12-01", "earlier": [{"name": "Phòng Không", "to": "2025-03-31"}]}


@pytest.mark.parametrize("name", ["ha_noi", "hoa_binh"])
def test_the_directories_that_are_shipped_are_whole(name: str) -> None:
    assert from_entries(read(f"{name}.directory.yaml")["units"])


def test_a_unit_is_called_what_it_was_called_on_the_day() -> None:
    unit = from_entry(RENAMED)
    assert [unit.name_on(date(2025, month, day)) for month, day in ((3, 31), (4, 1))] == ["Phòng Không", "Phòng Một"]


def test_a_unit_is_in_force_from_its_first_day_to_its_last() -> None:
    old, new = from_entries([OLD, NEW])
    days = [date(2025, 2, 28), date(2025, 3, 1)]
    assert [(old.in_force(day), new.in_force(day)) for day in days] == [(True, False), (False, True)]
    assert from_entry(ROOM).in_force(date.min)


def test_what_is_no_more_leads_to_what_it_has_become_over_any_number_of_changes() -> None:
    last = NEW | {"id": "so_cuoi", "name": "Sở Cuối", "from": "2026-01-01", "formed_from": ["so_moi"]}
    units = from_entries([OLD, NEW | {"to": "2025-12-31"}, last])
    assert [unit.id for unit in successors(units[0], units, date(2025, 6, 1))] == ["so_moi"]
    assert [unit.id for unit in successors(units[0], units, date(2026, 6, 1))] == ["so_cuoi"]
    assert successors(units[0], units, date(2025, 1, 1)) == (units[0],)


def test_a_unit_divided_among_several_leads_to_each_once() -> None:
    parts = [NEW, NEW | {"id": "so_khac", "name": "Sở Khác", "mail": "khac@tongdai.example"}]
    units = from_entries([OLD, *parts])
    assert [unit.id for unit in successors(units[0], units, date(2026, 1, 1))] == ["so_moi", "so_khac"]


def test_an_old_name_is_the_successors_unless_there_are_several() -> None:
    units = from_entries([OLD, NEW, RENAMED])
    told = {name: unit.id for name, unit in names_now(units, date(2026, 1, 1))}
    assert told == {"Sở Cũ": "so_moi", "Sở Mới": "so_moi", "Phòng Một": "phong_mot", "Phòng Không": "phong_mot"}
    parts = from_entries([OLD, NEW, NEW | {"id": "so_khac", "name": "Sở Khác", "mail": "khac@tongdai.example"}])
    assert "Sở Cũ" not in dict(names_now(parts, date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ([ROOM, ROOM], "phong_mot: stands there twice"),
        ([ROOM | {"kind": "house"}], "phong_mot.kind"),
        ([{**ROOM, "mail": ""}], "phong_mot.mail: missing"),
        ([ROOM | {"colour": "red"}], "'colour'"),
        ([{"id": "x"}], "are missing"),
        ([ROOM | {"from": "2025-13-01"}], "is not like"),
        ([RENAMED | {"earlier": [{"name": "Phòng Không"}]}], "is not like"),
        ([RENAMED | {"from": "2025-03-31"}], "not in order"),
        (
            [RENAMED | {"earlier": [{"name": "A", "to": "2025-03-31"}, {"name": "B", "to": "2025-03-31"}]}],
            "not in order",
        ),
        ([RENAMED | {"earlier": [{"name": "Phòng Một", "to": "2025-03-31"}]}], "follows itself"),
        ([OLD], "so_cu: has ended and has no successor"),
        ([OLD, NEW | {"formed_from": ["so_cu", "so_nao"]}], "so_nao is no unit"),
        ([OLD, NEW | {"from": "2025-03-02"}], "so_moi: a gap"),
        ([OLD, NEW, ROOM | {"name": "Sở Mới"}], "at the same time"),
        ([OLD, NEW, RENAMED | {"earlier": [{"name": "Sở Cũ", "to": "2025-03-31"}]}], "at the same time"),
    ],
)
def test_a_directory_that_is_wrong_says_where(entries: list[dict[str, Any]], named: str) -> None:
    with pytest.raises(DirectoryError, match=named):
        from_entries(entries)


def test_a_name_may_be_borne_again_by_another_later() -> None:
    assert from_entries([OLD, NEW | {"name": "Sở Cũ"}])


@pytest.mark.parametrize("unit", from_entries([OLD, NEW, RENAMED]), ids=lambda unit: str(unit.id))
def test_what_is_kept_is_read_again(unit: Unit) -> None:
    plain = {name: getattr(unit, name) for name in ("id", "name", "kind", "mail")}
    assert from_entry(plain | history_of(unit)) == unit
