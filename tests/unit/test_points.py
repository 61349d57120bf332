"""The nearest branch or point by an address of today or of before, or by a position (R66, R119)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import points, read
from chalicelib.domain.places import Commune, Gazetteer
from chalicelib.domain.points import Near, Point, Reach, distance, nearest
from chalicelib.domain.points_parsing import from_mapping
from chalicelib.domain.regulation_entries import RegulationError

HANOI = points("ha_noi")
REACH = Reach(km=5, minutes=30, kmh=18, detour=1.3)
AREAS = {unit["id"]: unit["area"] for unit in read("ha_noi.directory.yaml")["units"] if "area" in unit}
FILE: dict[str, Any] = read("ha_noi.points.yaml")
BA_DINH = (21.0386, 105.838)


def found(address: str) -> list[str]:
    assert HANOI is not None
    return [commune.name for commune in HANOI.gazetteer.find(address)]


def near(at: tuple[float, float]) -> tuple[Near, ...]:
    assert HANOI is not None
    return nearest(at, HANOI.points, HANOI.reach)


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        ("phường Tây Hồ", "Phường Tây Hồ"),
        ("PHUONG TAY HO", "Phường Tây Hồ"),
        ("258 Võ Chí Công, P. Tây Hồ, Hà Nội", "Phường Tây Hồ"),
        ("số 5, p.truc bach, q.ba dinh", "Phường Ba Đình"),
        ("Trúc Bạch", "Phường Ba Đình"),
        ("thôn 3, xã Phú Cường, huyện Ba Vì", "Xã Cổ Đô"),
        ("thôn 3, xã Phú Cường, huyện Sóc Sơn", "Xã Nội Bài"),
        ("TT Sóc Sơn", "Xã Sóc Sơn"),
        ("Hoà Xá", "Xã Hòa Xá"),
        ("Hòa Xá", "Xã Hòa Xá"),
        ("Xuân La, Tây Hồ", "Phường Xuân Đỉnh"),
        ("quận Hoàn Kiếm", "Phường Hoàn Kiếm"),
    ],
)
def test_an_address_is_understood_however_it_is_written(address: str, commune: str) -> None:
    assert found(address)[0] == commune


def test_a_place_divided_among_several_names_all_the_one_with_most_of_it_first() -> None:
    assert found("phường Dịch Vọng Hậu")[0] == "Phường Cầu Giấy"
    assert "Phường Nghĩa Đô" in found("phường Dịch Vọng Hậu")


@pytest.mark.parametrize("address", ["", "   ", "12 ngõ 3", "phường Bến Nghé, Quận 1", "🙂", "-"])
def test_what_names_no_commune_of_the_city_is_not_guessed_at(address: str) -> None:
    assert found(address) == []


@given(st.text(max_size=300))
def test_whatever_is_written_is_answered(address: str) -> None:
    assert isinstance(found(address), list)


def test_every_commune_is_found_by_its_own_name_and_has_a_point() -> None:
    assert HANOI is not None
    assert [name for name in AREAS.values() if found(name) != [name]] == []
    assert {point.unit for point in HANOI.points} >= set(AREAS)


@pytest.mark.parametrize("old", [old for entry in FILE["communes"].values() for old in entry.get("was", {}).items()])
def test_every_old_name_with_its_district_leads_to_a_commune_of_today(old: tuple[str, list[str]]) -> None:
    district, names = old
    assert [name for name in names if not found(f"{name}, {district}")] == []


def test_distance_is_that_of_the_map() -> None:
    assert distance(BA_DINH, BA_DINH) == 0
    assert distance((21.0, 105.0), (22.0, 105.0)) == pytest.approx(111.19, abs=0.01)
    assert distance((21.0, 105.0), (21.0, 106.0)) == pytest.approx(103.81, abs=0.01)


def test_near_is_five_kilometres_or_under_thirty_minutes_nearest_first() -> None:
    shown = near(BA_DINH)
    assert shown[0].point.unit == "xa_00004"
    assert [way.km for way in shown] == sorted(way.km for way in shown)
    assert all(way.within and (way.km <= 5 or way.minutes < 30) for way in shown)


def test_where_nothing_is_near_the_nearest_is_shown_and_said_not_to_be() -> None:
    (way,) = near((10.78, 106.7))
    assert not way.within
    assert way.km > 1000


@pytest.mark.parametrize(("km", "within"), [(5.0, True), (6.5, True), (7.0, False)])
def test_the_limit_itself_is_near(km: float, within: bool) -> None:
    point = Point("Điểm", "x", "", (21.0 + km / 111.1949, 105.0))
    [way] = nearest((21.0, 105.0), [point], REACH)
    assert way.within is within


def test_travel_takes_what_speed_and_detour_say() -> None:
    assert [REACH.travel(km) for km in (0, 1, 6)] == [0, 5, 26]


def test_two_of_one_name_are_told_apart_by_the_district() -> None:
    one = Commune("a", "Xã Mới", (0, 0), was={"Huyện Một": ("Xã Cũ",)})
    two = Commune("b", "Xã Khác", (0, 0), was={"Huyện Hai": ("Xã Cũ",)})
    known = Gazetteer([one, two])
    assert [place.id for place in known.find("xã Cũ")] == ["a", "b"]
    assert [place.id for place in known.find("xã Cũ, huyện Hai")] == ["b"]


def test_a_centre_without_the_file_has_none() -> None:
    assert points("hoa_binh") is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"within": {"km": 0, "minutes": 30}}, "points.km"),
        ({"travel": {"kmh": "schnell", "detour": 1}}, "points.kmh"),
        ({"points": [{"name": "A", "unit": "x", "address": ""}]}, "points.A"),
        ({"points": [{"name": "A", "unit": "x", "address": "", "at": [200, 1]}]}, "points.A.at"),
        ({"communes": {}}, "points.communes: missing"),
        ({"communes": FILE["communes"] | {"xa_00004": {"at": [21]}}}, "points.communes.xa_00004.at"),
        ({"more": 1}, "unknown"),
    ],
)
def test_a_file_that_is_wrong_says_where(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(RegulationError, match=named):
        from_mapping(FILE | changes, AREAS)


def test_a_point_with_a_position_of_its_own_is_not_approximate() -> None:
    with_one = FILE | {"points": [{"name": "A", "unit": "x", "address": "Số 1", "at": [21.0, 105.8]}]}
    assert not from_mapping(with_one, AREAS).points[0].approximate
