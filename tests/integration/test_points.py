"""The nearest branch or point, over the API and on the page (R66, R119)."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.integration.browser import open_page
from tests.integration.world import World

at_ha_noi = pytest.mark.parametrize("regulation", ["ha_noi"])


def nearest(world: World, query: str) -> tuple[int, dict[str, object]]:
    status, made = world.call("GET", f"/v1/points/nearest?{query}")
    return status, made


@at_ha_noi
class TestApi:
    def test_by_the_name_of_before(self, world: World) -> None:
        status, made = nearest(world, f"commune={quote('p. Trúc Bạch, q. Ba Đình')}")
        assert (status, made["communes"]) == (200, ["Phường Ba Đình"])
        points = made["points"]
        assert isinstance(points, list)
        assert points[0] == {
            "name": "Điểm phục vụ hành chính công phường Ba Đình",
            "unit": "xa_00004",
            "address": "",
            "km": 0.0,
            "minutes": 0,
            "within": True,
            "approximate": True,
        }
        assert 1 < len(points) <= 5

    def test_by_position_with_the_hours_of_the_centre(self, world: World) -> None:
        status, made = nearest(world, "at=21.0686,105.8138")
        assert (status, made["communes"], made["open_now"]) == (200, [], True)
        assert made["changes_at"] == "2026-11-23T12:00:00+07:00"

    def test_at_night_it_says_when_it_opens(self, world: World) -> None:
        world.clock.forward(hours=12)
        _, made = nearest(world, "commune=hoan+kiem")
        assert (made["open_now"], made["changes_at"]) == (False, "2026-11-25T08:00:00+07:00")  # the 24th is a holiday

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("", "place_missing"),
            ("commune=%20", "place_missing"),
            ("commune=ba+dinh&at=21,105", "place_missing"),
            ("commune=1+ngo+2", "place_unknown"),
            ("at=91,105", "place_unknown"),
            ("at=21,181", "place_unknown"),
            ("at=21;105", "invalid_request"),
            ("where=here", "invalid_request"),
        ],
    )
    def test_what_cannot_be_found_says_why(self, world: World, query: str, code: str) -> None:
        status, refused = nearest(world, query)
        assert (status, refused["code"]) == (422, code)


@at_ha_noi
class TestPage:
    def test_without_a_script_by_address(self, world: World) -> None:
        page = open_page("/lien-he?noi=T%C3%A2y+H%E1%BB%93")
        assert page.status == 200
        for words in ("Nơi này nay thuộc Phường Tây Hồ", "Chi nhánh số 1", "258 Võ Chí Công", "vị trí xấp xỉ"):
            assert words in page.words
        assert "theo giờ làm việc của Trung tâm" in page.words

    def test_what_is_not_known_is_said_at_the_field(self, world: World) -> None:
        page = open_page("/lien-he?noi=%3Cb%3E")
        assert "Chưa nhận ra phường, xã" in page.words
        assert "<b>" not in page.html

    def test_far_away_the_nearest_is_named_and_said_to_be_far(self, world: World) -> None:
        assert "Không có điểm nào trong 5 km" in open_page("/lien-he?vi-tri=10.78,106.70").words

    def test_the_page_is_light_without_a_question(self, world: World) -> None:
        page = open_page("/lien-he")
        assert len(page.html.encode()) < 60_000
        assert page.every("button", "data-locate") != []


def test_a_centre_without_points_shows_none(world: World) -> None:
    status, refused = nearest(world, "commune=ba+dinh")
    assert (status, refused["code"]) == (404, "no_points")
    page = open_page("/lien-he?noi=ba+dinh")
    assert (page.status, "gần nhất" in page.words) == (200, False)
