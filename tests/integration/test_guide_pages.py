"""Help for each role: its own work, the limits of the regulation file, its keys, its first day."""

from __future__ import annotations

import pytest

from chalicelib.web.filters import article_words, working_duration
from tests.integration.desk import at_desk
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

GUIDE = "/ban-lam-viec/tro-giup"
STAFF = {"operator": OPERATOR, "officer": OFFICER, "agency": AGENCY, "leadership": LEADER, "administrator": ADMIN}
OWN = {
    "operator": {"operator"},
    "officer": {"officer", "reply"},
    "agency": {"agency", "post"},
    "leadership": {"leadership"},
    "administrator": set[str](),
}


@pytest.mark.parametrize(("role", "token"), STAFF.items())
class TestEachRole:
    def test_reads_the_limits_of_the_regulation_its_own_first(self, world: World, role: str, token: str) -> None:
        page = at_desk(world, token).open(GUIDE)
        assert page.status == 200, page.words
        stages = world.deps.regulation.stages
        for limit in stages.values():
            assert f"{limit.label} " in page.words
            assert working_duration(limit.minutes) in page.words
            assert article_words(limit.article) in page.words
        heads = page.words.index("Căn cứ")
        own = max((page.words.index(stages[name].label, heads) for name in OWN[role]), default=heads)
        others = [page.words.index(limit.label, heads) for name, limit in stages.items() if name not in OWN[role]]
        assert all(place > own for place in others)
        assert page.words.count("việc của anh/chị") == len(OWN[role])

    def test_has_a_first_day_whose_every_task_leads_to_a_page_of_its_own(
        self, world: World, role: str, token: str
    ) -> None:
        desk = at_desk(world, token)
        page = desk.open(f"{GUIDE}/ngay-dau")
        boxes = page.every("input", "name")
        tasks = [given["href"] for tag, given in page.tags if tag == "a" and "ban-lam-viec" in str(given.get("href"))]
        assert len([name for name in boxes if name.startswith("viec-")]) >= 5
        for address in {str(href).removeprefix("../../") for href in tasks}:
            assert desk.open(f"/{address}").status == 200, address

    def test_every_link_of_its_guide_is_open_to_it(self, world: World, role: str, token: str) -> None:
        desk = at_desk(world, token)
        links = {href for href in desk.open(GUIDE).every("a", "href") if "ban-lam-viec" in href}
        for href in links:
            assert desk.open("/" + href.removeprefix("../")).status == 200, href

    def test_sees_the_digits_of_its_own_navigation(self, world: World, role: str, token: str) -> None:
        page = at_desk(world, token).open(f"{GUIDE}/phim-tat")
        given = [about.get("accesskey") for tag, about in page.tags if tag == "a" and "accesskey" in about]
        assert given == [str(number + 1) for number in range(len(given))]
        assert ("Lưu và chuyển C" in page.words) == (role == "operator")


def test_the_steps_of_the_ladder_are_told(world: World) -> None:
    words = at_desk(world, OFFICER).open(GUIDE).words
    assert "Khi đã dùng 75 % thời gian : báo đơn vị đang giữ hồ sơ." in words.replace("gian:", "gian :")
    assert "Khi hết thời gian" in words
    assert "Quá 16 giờ làm việc" in words


def test_the_desks_home_leads_to_a_first_day(world: World) -> None:
    assert "./ban-lam-viec/tro-giup/ngay-dau" in at_desk(world, OPERATOR).open("/ban-lam-viec").every("a", "href")
