"""Lists of cases: whole, in order, only one's own, over any number of shards (R68, R98)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo import shards
from chalicelib.adapters.dynamo.centre import DynamoDirectory
from chalicelib.domain.case_code import from_number
from chalicelib.domain.units import Unit
from tests.builders import local
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World


def worklist(world: World, token: str, query: str = "") -> Any:
    status, page = world.call("GET", f"/v1/desk/cases?{query}", token=token)
    assert status == 200, page
    return page


def codes(page: Any) -> list[str]:
    return [case["code"] for case in page["cases"]]


def turn(world: World, token: str, limit: int, query: str = "") -> list[dict[str, Any]]:
    """Turn the pages to the end and return all cases."""
    cases, cursor = [], ""
    for _ in range(200):
        page = worklist(world, token, f"limit={limit}&cursor={cursor}{query}")
        cases += page["cases"]
        if not (cursor := page["cursor"]):
            return cases
    raise AssertionError("the pages do not end")


class Numbered:
    """Codes whose first digits run through all shards."""

    def __init__(self) -> None:
        self._number = 0

    def case_code(self) -> str:
        self._number += 1
        return from_number(self._number * 100_000 + 7)


class TestPaging:
    @pytest.fixture(autouse=True)
    def _ids(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(world.deps.__dict__, "ids", Numbered())

    def sent(self, world: World, count: int) -> list[str]:
        """Send cases, several a minute, over all shards, those that are due first last."""
        found = []
        for number in range(count):
            world.clock.set(local(f"2026-11-23 09:{59 - number // 3:02}"))
            found.append(world.send()["code"])
        assert {shards.of(code, shards.HOLDER) for code in found} == set(range(shards.HOLDER[-1]))
        return found

    def test_no_gap_no_repeat_by_due_time(self, world: World) -> None:
        sent = self.sent(world, 103)
        for limit in (7, 100):
            cases = turn(world, OPERATOR, limit)
            assert sorted(case["code"] for case in cases) == sorted(sent)
            due = [(case["due_at"], case["code"]) for case in cases]
            assert due == sorted(due)

    def test_a_page_stays_right_while_cases_leave(self, world: World) -> None:
        """Given a case answered between two pages, then nothing else is missed or shown twice."""
        sent = self.sent(world, 15)
        first = worklist(world, OPERATOR, "limit=4")
        world.act(codes(first)[2], "answer", OPERATOR, ANSWER)
        rest: list[str] = []
        cursor = first["cursor"]
        while cursor:
            page = worklist(world, OPERATOR, f"limit=4&cursor={cursor}")
            rest, cursor = rest + codes(page), page["cursor"]
        assert sorted(codes(first) + rest) == sorted(sent)


class TestUnreadable:
    """A case that another version wrote, or nobody can read, hides no other."""

    def test_the_list_goes_on_over_its_pages(self, world: World) -> None:
        sent = [world.send()["code"] for _ in range(5)]
        world.spoil(sent[2], "HEAD", body="{}")
        assert sorted(case["code"] for case in turn(world, OPERATOR, 2)) == sorted(sent[:2] + sent[3:])

    def test_late_ones_too(self, world: World) -> None:
        late = [world.at_agency() for _ in range(3)]
        world.clock.set(local("2026-11-25 16:01"))
        world.sweep()
        world.spoil(late[0], "HEAD", body="{}")
        status, page = world.call("GET", "/v1/desk/late?unit=so_tu_phap&month=2026-11", token=LEADER)
        assert (status, sorted(codes(page))) == (200, sorted(late[1:]))


class TestWhose:
    def test_each_sees_what_is_theirs(self, world: World) -> None:
        at_desk, at_officer, at_agency = world.send()["code"], world.at_officer(), world.at_agency()
        world.answered()
        world.at_officer("so_y_te")
        assert codes(worklist(world, OPERATOR)) == [at_desk]
        assert codes(worklist(world, OFFICER)) == [at_officer]
        assert codes(worklist(world, AGENCY)) == [at_agency]

    def test_overseers_look_at_anyones(self, world: World) -> None:
        code = world.at_officer("so_y_te")
        for token in (OPERATOR, LEADER):
            assert codes(worklist(world, token, "role=officer&unit=so_y_te")) == [code]
        assert codes(worklist(world, LEADER)) == []

    def test_an_officer_may_look_at_the_units_focal_officers_list(self, world: World) -> None:
        code = world.at_agency()
        assert codes(worklist(world, OFFICER, "role=agency")) == [code]

    def test_waiting_cases_stay_on_the_list(self, world: World) -> None:
        code = world.at_officer()
        world.act(code, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        [case] = worklist(world, OFFICER)["cases"]
        assert (case["code"], case["state"], case["paused"]) == (code, "awaiting_details", True)

    def test_a_new_appointment_moves_the_case_down(self, world: World) -> None:
        """Given a promise in the office's own zone, then the list is still in order of time."""
        first, second = world.at_agency(), world.at_agency()
        assert set(codes(worklist(world, AGENCY))) == {first, second}
        body = {"new_due": "2026-11-25T09:45:00+07:00", "reason": "Chờ sổ gốc"}
        world.act(first, "reappointment", AGENCY, body)
        assert codes(worklist(world, AGENCY)) == [second, first]
        world.clock.forward(hours=3)
        third = world.at_agency()
        assert codes(worklist(world, AGENCY)) == [second, first, third]


class TestSender:
    @pytest.mark.parametrize(
        "spelling", ["0912345678", "+84 912 345 678", "0084912345678", "84912345678", "0912.345.678", " 0912-345-678 "]
    )
    def test_history_by_phone_in_any_spelling(self, world: World, spelling: str) -> None:
        old = world.send(sender=SENDER | {"phone": "+84912345678", "email": ""})["code"]
        world.clock.forward(days=1)
        new = world.answered()
        world.send(sender=SENDER | {"phone": "0987654321"})
        status, found = world.call("POST", "/v1/desk/senders", {"contact": spelling}, token=OPERATOR)
        assert (status, codes(found)) == (200, [new, old])

    def test_history_by_mail_when_there_is_no_phone(self, world: World) -> None:
        code = world.send(sender=SENDER | {"phone": ""})["code"]
        _, found = world.call("POST", "/v1/desk/senders", {"contact": "HOA@example.com"}, token=OPERATOR)
        assert codes(found) == [code]

    def test_history_by_mail_beside_a_phone(self, world: World) -> None:
        """Given cases with mail alone and with both, then mail finds all, and the number those that have it."""
        by_mail = world.send(sender=SENDER | {"phone": ""})["code"]
        world.clock.forward(hours=1)
        both = world.answered()
        for contact, cases in (("hoa@example.com", [both, by_mail]), ("0912345678", [both])):
            _, found = world.call("POST", "/v1/desk/senders", {"contact": contact}, token=OPERATOR)
            assert codes(found) == cases

    def test_a_phone_supplied_later_leaves_the_mail(self, world: World) -> None:
        made = world.send(sender=SENDER | {"phone": "", "name": ""})
        body = {"sender": {"name": "Bùi Thị Hoa", "phone": "0912 345 678"}}
        world.call("POST", f"/v1/cases/{made['code']}/details", body, X_Case_Pin=made["pin"])
        world.act(made["code"], "answer", OPERATOR, ANSWER)
        for contact in ("hoa@example.com", "0912345678"):
            _, found = world.call("POST", "/v1/desk/senders", {"contact": contact}, token=OPERATOR)
            assert codes(found) == [made["code"]]

    def test_details_supplied_later_lead_to_the_case(self, world: World) -> None:
        made = world.send(sender=SENDER | {"phone": "", "name": ""})
        body = {"sender": {"name": "Bùi Thị Hoa", "phone": "0912 345 678"}}
        world.call("POST", f"/v1/cases/{made['code']}/details", body, X_Case_Pin=made["pin"])
        _, found = world.call("POST", "/v1/desk/senders", {"contact": "0912345678"}, token=OPERATOR)
        assert codes(found) == [made["code"]]

    def test_not_for_officers(self, world: World) -> None:
        status, refused = world.call("POST", "/v1/desk/senders", {"contact": "0912345678"}, token=OFFICER)
        assert (status, refused["code"]) == (403, "role_not_allowed")

    def test_no_number(self, world: World) -> None:
        status, refused = world.call("POST", "/v1/desk/senders", {"contact": "không số"}, token=OPERATOR)
        assert (status, refused["code"], refused["errors"][0]["pointer"]) == (422, "invalid_phone", "/contact")


class TestSuppliedTogether:
    def test_two_who_complete_one_matter_lose_nothing(self, world: World) -> None:
        """Given a name and an address that arrive at the same moment, then both are kept (R40)."""
        made = world.send(sender=SENDER | {"name": "", "address": "", "phone": ""})
        path = f"/v1/cases/{made['code']}/details"

        def supply(**details: str) -> int:
            status: int = world.call("POST", path, {"sender": details}, X_Case_Pin=made["pin"])[0]
            return status

        world.meanwhile(lambda: supply(name="Bùi Thị Hoa"))
        assert supply(address="Phường Phương Lâm") == 200
        shown = world.open(made["code"])
        assert (shown["sender"]["name"], shown["sender"]["address"]) == ("Bùi Thị Hoa", "Phường Phương Lâm")
        assert shown["case"]["state"] == "received"


class TestDirectory:
    def test_a_unit_added_by_another_process_is_known_at_once(self, world: World) -> None:
        """A process keeps the directory for a minute; a name it does not know makes it look again."""
        code = world.send()["code"]
        world.deps.directory.units()
        DynamoDirectory().put(Unit("so_moi", "Sở Mới", "department", "so-moi@tongdai.example"))
        assert world.act(code, "forward", OPERATOR, {"unit": "so_moi"})["holder"]["unit_name"] == "Sở Mới"
