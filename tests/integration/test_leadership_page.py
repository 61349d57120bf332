"""The leadership's page: its lists, and numbers that add up with those of the API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.builders import local
from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ANSWER, LEADER, OFFICER, OPERATOR, World

OVERVIEW = "/ban-lam-viec/lanh-dao"
CELLS = r"((?:<td[^>]*>.*?</td>\s*)+)"
ROW = re.compile(
    rf'<tr[^>]*>\s*<th scope="row">(?:<bdi>)?([^<]*)(?:</bdi>)?(?:<svg.*?</svg>)?</th>\s*{CELLS}</tr>', re.DOTALL
)


def numbers(page: Page) -> dict[str, list[str]]:
    """Return the rows of the tables of numbers by their names."""
    return {
        name: [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in ROW.findall(page.html)
    }


def shown(world: World, path: str = OVERVIEW) -> Page:
    page = at_desk(world, LEADER).open(path)
    assert page.status == 200, page.words
    return page


@pytest.fixture
def busy(world: World) -> World:
    """A week and two days with something of each kind."""
    world.clock.set(local("2026-11-12 09:00"))
    old = world.at_officer("so_y_te")
    world.at_officer()
    world.clock.set(local("2026-11-16 09:00"))
    world.sweep()
    world.act(old, "answer", "officer:so_y_te:mc01", ANSWER)
    world.answered()
    world.send(anonymous=True)
    world.clock.set(local("2026-11-17 09:00"))
    world.answered()
    world.at_agency()
    world.send()
    world.drain()
    return world


class TestNumbers:
    def test_add_up_with_the_api(self, busy: World) -> None:
        status, told = busy.call("GET", "/v1/desk/tallies", token=LEADER)
        assert status == 200
        rows, labels = numbers(shown(busy)), busy.deps.regulation.states
        for state, number in told["states"].items():
            if state not in ("answered", "refused", "closed"):
                assert rows[labels[state]] == [str(number)], state
        totals, day = told["totals"], told["by_day"]["2026-11-17"]
        assert rows["Tiếp nhận"] == [str(day["received"]), str(totals["received"])]
        assert rows["Đã trả lời"] == [str(day["answered"]), str(totals["answered"])] == ["1", "3"]
        assert rows["Trả lời đúng hạn"] == ["1", str(totals["answered"] - totals["answered_late"])] == ["1", "2"]
        assert rows["Không tiếp nhận"] == ["0", str(totals["refused"])]
        assert rows["Ghi trễ hạn"] == ["0", str(totals["late"])]
        assert rows["Tỷ lệ đúng hạn"] == ["100,0 %", "66,7 %"]
        still = sum(n for state, n in told["states"].items() if state not in ("answered", "refused", "closed"))
        assert rows["Tổng số"] == [str(still)] == ["3"]

    def test_of_the_week_add_up_with_the_days_and_the_units(self, busy: World) -> None:
        _, told = busy.call("GET", "/v1/desk/tallies", token=LEADER)
        page = shown(busy)
        received = sum(told["by_day"][day].get("received", 0) for day in ("2026-11-16", "2026-11-17"))
        assert f"Đầu kỳ còn 2, tiếp nhận {received}, đã giải quyết 4 (trả lời 3, trong đó đúng hạn 2;" in page.words
        units = [list(map(int, cells)) for cells in numbers(page).values() if len(cells) == 6]
        opening, came, went, still, answered, _ = (sum(column) for column in zip(*units, strict=True))
        assert (opening, still, answered, opening + came - went) == (2, 3, 3, still)

    def test_what_came_in_by_hour_is_held_against_the_same_day_of_the_weeks_before(self, world: World) -> None:
        for at, cases in (
            ("2026-10-27 08:10", 1),
            ("2026-11-03 08:59", 3),
            ("2026-11-17 08:00", 1),
            ("2026-11-17 09:30", 2),
        ):
            world.clock.set(local(at))
            for _ in range(cases):
                world.send()
        world.clock.set(local("2026-11-17 10:40"))
        world.drain()
        page = shown(world)
        assert {hour: numbers(page)[hour] for hour in ("8 giờ", "9 giờ")} == {
            "8 giờ": ["2,0", "1"],
            "9 giờ": ["0,0", "2"],
        }
        assert "So với các ngày 27/10/2026, 03/11/2026" in page.words
        assert "đến 10 giờ: 3, thường lệ 2,0" in page.words
        _, told = world.call("GET", "/v1/desk/tallies", token=LEADER)
        assert told["by_hour"]["2026-11-17"] == {"08": 1, "09": 2}

    def test_the_weeks_add_up_with_the_month(self, busy: World) -> None:
        page = shown(busy)
        weeks = {name: cells for name, cells in numbers(page).items() if re.fullmatch(r"\d\d/\d\d/2026", name)}
        assert len(weeks) == 8
        assert weeks["09/11/2026"] == ["2", "0", "0", "–"]
        assert weeks["16/11/2026"] == ["5", "3", "1", "66,7 %"]
        assert sum(int(cells[0]) for cells in weeks.values()) == int(numbers(page)["Tiếp nhận"][1])

    def test_what_senders_said_of_the_answers(self, world: World) -> None:
        for rating in ("satisfied", "satisfied", "not_satisfied"):
            code = world.answered()
            status, _ = world.call(
                "POST", f"/v1/cases/{code}/rating", {"rating": rating}, X_Case_Pin=world.deps.keys.pin(code)
            )
            assert status == 200
        world.drain()
        rows = numbers(shown(world))
        assert (rows["Hài lòng"], rows["Chấp nhận"], rows["Không hài lòng"]) == (
            ["2 (66,7 %)"],
            ["0 (0,0 %)"],
            ["1 (33,3 %)"],
        )
        assert rows["Tổng số đánh giá"] == ["3"]

    def test_of_the_week_before(self, busy: World) -> None:
        page = shown(busy, f"{OVERVIEW}?tuan=truoc")
        assert "Tuần trước: 09/11/2026 đến hết 15/11/2026" in page.words
        assert "Đầu kỳ còn 0, tiếp nhận 2, đã giải quyết 0" in page.words

    def test_of_a_centre_without_a_case(self, world: World) -> None:
        page = shown(world)
        assert numbers(page)["Tỷ lệ đúng hạn"] == ["chưa có", "chưa có"]
        for words in ("Không có hồ sơ nào đang chờ ý kiến", "chưa có hồ sơ nào trễ hạn", "không có hồ sơ nào sẽ trễ"):
            assert words in page.words


class TestLists:
    def test_what_needs_an_opinion(self, world: World) -> None:
        code = world.send()["code"]
        world.act(code, "refer", OPERATOR, {"reason": "Chưa rõ thẩm quyền"})
        page = shown(world)
        assert f"../ban-lam-viec/ho-so/{code}" in page.every("a", "href")
        assert "1 hồ sơ, hạn sớm nhất trước" in page.words

    def test_what_is_late_by_agency_and_is_the_oldest(self, busy: World) -> None:
        page = shown(busy)
        assert "Sở Y tế : 1 hồ sơ Các hồ sơ này đều đã xong." in page.words
        assert re.search(r"Sở Tư pháp : 1 hồ sơ Chưa xong: 1 .* Quá hạn", page.words)
        assert re.search(r"Lâu nhất chưa xong \d{4}-\d{4}-\d{4} từ 09:00 12/11/2026", page.words)

    def test_what_will_be_late(self, world: World) -> None:
        """Twenty cases of five hours each with one officer cannot all be done in time."""
        for _ in range(20):
            world.at_officer()
        world.drain()
        status, told = world.call("GET", "/v1/desk/risk", token=LEADER)
        assert (status, told["will_be_late"] > 0) == (200, True)
        page = shown(world)
        assert f"{told['will_be_late']} hồ sơ, nặng nhất trước" in page.words
        links: Any = {href.rpartition("/")[2] for href in page.every("a", "href")}
        assert {one["code"] for one in told["cases"]} <= links


class TestWalls:
    @pytest.mark.parametrize("token", [OPERATOR, OFFICER])
    def test_it_is_the_leaderships(self, world: World, token: str) -> None:
        assert at_desk(world, token).open(OVERVIEW).status == 403

    def test_no_unit_can_name_itself_in_markup(self, world: World) -> None:
        body = {"name": HOSTILE[:100], "kind": "department", "mail": "a@tongdai.example"}
        world.call("PUT", "/v1/desk/units/so_y_te", body, token="administrator:tong_dai:qt01")
        world.at_officer("so_y_te")
        world.drain()
        harmless(shown(world))
