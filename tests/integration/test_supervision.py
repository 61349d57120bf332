"""Owner and supervisor are two (R54): one handles; the other sees it, urges, hears of lateness, and decides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.routing import Rule
from tests.integration.desk import at_desk
from tests.integration.world import AGENCY, CASE, LEADER, OFFICER, OPERATOR, World

UNIT = "van_phong_ubnd"
WATCHER = f"officer:{UNIT}:vp01"
OVER_THE_APP = Rule("app", "Điều 12.1", "Theo dõi kênh ứng dụng.", 1, {"channel": frozenset({"app"})}, UNIT)
OVER_REPORTS = Rule("rules", "Điều 15", "Theo dõi.", 2, {"matter": frozenset({"report.regulation"})}, UNIT)
NOTE = "Người gửi đã gọi lại hai lần."


@pytest.fixture(autouse=True)
def supervised(world: World) -> None:
    """Hoà Bình has no supervisors of single cases; here the Office supervises what comes by the app."""
    supervise(world, OVER_THE_APP, OVER_REPORTS)


def supervise(world: World, *rules: Rule) -> None:
    """Give the centre rules that say who supervises what."""
    world.deps.__dict__["routing"] = replace(world.deps.routing, supervisors=rules)


def by_app(world: World, **more: Any) -> str:
    return str(world.send(channel="app", **more)["code"])


def at_officer(world: World) -> str:
    code = by_app(world)
    world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap"})
    return code


def listed(world: World, token: str = WATCHER, query: str = "") -> list[str]:
    status, found = world.call("GET", f"/v1/desk/supervised?{query}", token=token)
    assert status == 200, found
    return [case["code"] for case in found["cases"]]


class TestTheList:
    def test_has_what_the_rules_give_the_unit_while_it_is_open(self, world: World) -> None:
        code, other = by_app(world), world.send()["code"]
        assert listed(world) == [code]
        assert world.case(code).supervisor == UNIT
        assert world.case(other).supervisor == ""
        world.act(code, "answer", OPERATOR, {"answer": "Nộp tại một cửa.", **PEOPLE})
        assert listed(world) == []

    def test_follows_a_case_to_whoever_has_it_the_late_ones_first(self, world: World) -> None:
        late = at_officer(world)
        world.act(late, "forward-to-agency", OFFICER)
        world.clock.forward(days=7)
        world.sweep()
        fresh = by_app(world)
        assert listed(world) == [late, fresh]
        assert listed(world, query="late=true") == [late]

    def test_goes_with_the_kind_when_a_case_is_classified_anew(self, world: World) -> None:
        code = world.send()["code"]
        world.act(code, "classify", OPERATOR, {"kind": "report", "about": "regulation", "field": "ho_tich"})
        assert listed(world) == [code]
        world.act(code, "classify", OPERATOR, {"kind": "suggestion", "field": "ho_tich"})
        assert listed(world) == []

    def test_pages(self, world: World) -> None:
        codes = {by_app(world) for _ in range(3)}
        status, first = world.call("GET", "/v1/desk/supervised?limit=2", token=WATCHER)
        _, rest = world.call("GET", f"/v1/desk/supervised?limit=2&cursor={first['cursor']}", token=WATCHER)
        found = [case["code"] for case in (*first["cases"], *rest["cases"])]
        assert (status, len(found), set(found), rest["cursor"]) == (200, 3, codes, "")

    def test_is_the_units_own_and_of_those_who_oversee(self, world: World) -> None:
        code = by_app(world)
        assert world.call("GET", f"/v1/desk/supervised?unit={UNIT}", token=AGENCY)[0] == 403
        assert listed(world, AGENCY) == []
        assert listed(world, LEADER) == listed(world, OPERATOR, f"unit={UNIT}") == [code]

    def test_is_a_page(self, world: World) -> None:
        code = at_officer(world)
        browser = at_desk(world, WATCHER)
        page = browser.open("/ban-lam-viec/ho-so?giam-sat=1")
        assert page.status == 200
        assert f"/ban-lam-viec/ho-so/{code}" in page.html
        assert "Sở Tư pháp" in page.words
        assert "Đơn vị giám sát" in browser.open("/ban-lam-viec/ho-so").words
        assert "Đơn vị giám sát" not in at_desk(world, OFFICER).open("/ban-lam-viec/ho-so").words


PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}


class TestTheSupervisor:
    def test_reads_the_case_and_urges_and_its_holder_is_told(self, world: World) -> None:
        code = at_officer(world)
        world.drain()
        before = world.case(code)
        world.act(code, "urge", WATCHER, {"note": NOTE})
        world.drain()
        after = world.case(code)
        assert (after.holder, after.stage, after.state) == (before.holder, before.stage, before.state)
        [letter] = [mail for mail in world.mails() if "đôn đốc" in mail["subject"].casefold()]
        assert letter["to"] == [world.deps.directory.unit("so_tu_phap").mail]
        assert NOTE in letter["body"]

    def test_decides_nothing(self, world: World) -> None:
        code = at_officer(world)
        _, file = world.call("GET", f"/v1/desk/cases/{code}", token=WATCHER)
        assert file["case"]["allowed"] == ["urge"]
        for action, body in (("answer", {"answer": "Xong.", **PEOPLE}), ("return", {"reason": "Nhầm"})):
            refused = world.act(code, action, WATCHER, body, expect=403)
            assert refused["code"] == "not_holder"

    @pytest.mark.parametrize("token", [OFFICER, AGENCY])
    def test_alone_may_urge(self, world: World, token: str) -> None:
        assert world.act(at_officer(world), "urge", token, expect=409)["code"] == "wrong_state"

    def test_does_not_urge_itself(self, world: World) -> None:
        code = by_app(world)
        world.act(code, "forward", OPERATOR, {"unit": UNIT})
        _, file = world.call("GET", f"/v1/desk/cases/{code}", token=WATCHER)
        assert "urge" not in file["case"]["allowed"]

    def test_is_told_by_the_ladder_in_place_of_the_centres_overseer(self, world: World) -> None:
        supervise(world, replace(OVER_THE_APP, unit="thanh_tra_tinh"))
        code = at_officer(world)
        world.clock.forward(days=9)
        world.sweep()
        told = [
            past.event
            for past in world.deps.cases.dossier(code).history
            if "supervisor" in getattr(past.event, "to", ())
        ]
        assert [event.supervisor for event in told] == ["thanh_tra_tinh"]  # type: ignore[attr-defined]

    def test_urges_on_the_page_of_the_case(self, world: World) -> None:
        code = at_officer(world)
        browser = at_desk(world, WATCHER)
        page = browser.open(f"/ban-lam-viec/ho-so/{code}")
        assert "Giám sát Văn phòng Ủy ban nhân dân tỉnh Hòa Bình" in page.words
        done = browser.send(page, "don-doc", {"note": NOTE})
        assert "Đã đôn đốc" in done.words
        assert "Đơn vị giám sát đôn đốc" in done.words


def test_a_sender_is_told_nothing_of_it(world: World) -> None:
    code = at_officer(world)
    world.act(code, "urge", WATCHER, {"note": NOTE})
    status, content = world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=world.deps.keys.pin(code))
    assert status == 200
    assert NOTE not in str(content)
    assert CASE["title"] in str(content)
