"""Who was shown whose data is written down before it is shown; a breach lists them, with a clock (R99, R101)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import AccessItem
from chalicelib.domain.errors import UnavailableError
from tests.builders import local
from tests.integration.browser import open_page
from tests.integration.desk import at_desk
from tests.integration.test_reply_links import link_in
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, SENDER, World

DAYS = "from=2026-11-01&to=2026-11-30"
BREACH = {
    "discovered_at": "2026-11-23T09:00:00+07:00",
    "happened": "Máy tính của điện thoại viên bị mất.",
    "logins": ["dtv01"],
    "first": "2026-11-01",
    "last": "2026-11-23",
}
PAGE = "/ban-lam-viec/quan-tri/truy-cap"
BREACHES = "/ban-lam-viec/quan-tri/su-co"


def seen_by(world: World, login: str) -> list[dict[str, Any]]:
    status, found = world.call("GET", f"/v1/desk/access?login={login}&{DAYS}", token=ADMIN)
    assert status == 200, found
    return found["seen"]  # type: ignore[no-any-return]


def test_every_opening_is_written_down_with_what_was_seen(world: World) -> None:
    code = world.at_officer()
    world.open(code)
    world.clock.forward(minutes=1)
    at_desk(world, OFFICER).open(f"/ban-lam-viec/ho-so/{code}")
    (api,), (page,) = seen_by(world, "dtv01"), seen_by(world, "mc01")
    assert (api["code"], api["parts"], api["door"]) == (code, ["contact", "content"], "api")
    assert (page["role"], page["unit"], page["door"]) == ("officer", "so_tu_phap", "page")
    status, of_case = world.call("GET", f"/v1/desk/access?case={code}", token=LEADER)
    assert (status, [one["login"] for one in of_case["seen"]]) == (200, ["mc01", "dtv01"])


def test_whom_the_sender_is_hidden_from_is_not_said_to_have_seen_it(world: World) -> None:
    code = world.at_agency(kind="report", about="conduct")
    world.open(code, AGENCY)
    assert [one["parts"] for one in seen_by(world, "cq01")] == [["content"]]


def test_what_cannot_be_written_down_is_not_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.answered()

    def broken(_: object) -> None:
        raise UnavailableError("store_unavailable", "Hệ thống đang bận", retry_after=2)

    monkeypatch.setattr(world.deps.access, "note", broken)
    status, refused = world.call("GET", f"/v1/desk/cases/{code}", token=OPERATOR)
    assert (status, refused["code"]) == (503, "store_unavailable")
    page = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}")
    assert (page.status, SENDER["name"] in page.html) == (503, False)


def test_nobody_without_a_right_leaves_or_finds_a_trace(world: World) -> None:
    code = world.at_officer("so_y_te")
    assert world.call("GET", f"/v1/desk/cases/{code}", token=OFFICER)[0] == 403
    assert list(AccessItem.scan()) == []
    assert world.call("GET", f"/v1/desk/access?case={code}", token=OPERATOR)[0] == 403


def test_who_calls_again_shows_the_operator_earlier_matters(world: World) -> None:
    code = world.answered()
    browser = at_desk(world, OPERATOR)
    sheet = browser.open("/ban-lam-viec/tiep-nhan")
    browser.send(sheet, "ghi", {"phone": SENDER["phone"], "step": "find"})
    assert [(one["code"], one["door"]) for one in seen_by(world, "dtv01")] == [(code, "caller")]


def test_an_agency_without_log_in_is_known_by_its_unit(world: World) -> None:
    world.at_agency("so_y_te")
    assert open_page(link_in(world, "Chuyển xử lý")).status == 200
    assert [one["door"] for one in seen_by(world, "link:so_y_te")] == ["link"]


def test_rows_go_by_themselves_and_hold_no_personal_data(world: World) -> None:
    world.open(world.answered())
    (row,) = AccessItem.scan()
    assert row.expires == int(local("2028-11-22 09:00").timestamp())
    assert not any(SENDER["name"].split()[-1] in str(value) for value in row.attribute_values.values())


def test_the_page_asks_and_answers(world: World) -> None:
    code = world.answered()
    world.open(code)
    browser = at_desk(world, LEADER)
    assert "Nhật ký truy cập" in browser.open(PAGE).words
    found = browser.open(f"{PAGE}?tai-khoan=DTV01&tu-ngay=2026-11-01&den-ngay=2026-11-30&ho-so=")
    assert (found.status, "người gửi, nội dung" in found.words) == (200, True)
    assert "Không có lần xem nào" in browser.open(f"{PAGE}?tai-khoan=ai-do").words
    for wrong in ("tai-khoan=a&tu-ngay=hom-qua", "tai-khoan=a&tu-ngay=2026-01-01", "ho-so=123"):
        assert browser.open(f"{PAGE}?{wrong}").status in (404, 422)


class TestBreaches:
    def recorded(self, world: World, **changes: Any) -> Any:
        status, made = world.call("POST", "/v1/desk/breaches", BREACH | changes, token=ADMIN, Idempotency_Key="b1")
        assert status == 201, made
        return made

    def test_lists_whose_data_a_log_in_touched_with_contacts(self, world: World) -> None:
        one, other = world.answered(), world.answered()
        world.open(one)
        world.clock.forward(minutes=1)
        world.open(one)
        world.open(other, LEADER)
        made = self.recorded(world)
        assert made["due_at"] == "2026-11-26T02:00:00Z"
        assert self.recorded(world)["id"] == made["id"]
        status, report = world.call("GET", f"/v1/desk/breaches/{made['id']}", token=LEADER)
        (touched,) = report["touched"]
        assert (status, touched["code"], touched["times"], touched["name"]) == (200, one, 2, SENDER["name"])
        assert touched["phone"] == "+84912345678"
        assert {one["door"] for one in seen_by(world, "ld01")} == {"api", "breach"}

    def test_leadership_is_reminded_by_the_clock_until_the_authority_is_told(self, world: World) -> None:
        made = self.recorded(world)
        before = len(world.mails())
        world.digest()
        assert len(world.mails()) == before
        for at, mails in (("2026-11-24 09:00", 1), ("2026-11-24 12:00", 1), ("2026-11-25 09:05", 2)):
            world.clock.set(local(at))
            world.digest()
            told = [mail for mail in world.mails() if "sự cố dữ liệu cá nhân" in mail["subject"]]
            assert len(told) == mails, at
        assert "Sắp hết hạn báo" in told[-1]["subject"]
        said = {"at": "2026-11-25T08:00:00+07:00", "measures": "Đã khóa tài khoản."}
        status, noted = world.call("POST", f"/v1/desk/breaches/{made['id']}/notice", said, token=LEADER)
        assert (status, noted["overdue"], noted["measures"]) == (200, False, "Đã khóa tài khoản.")
        world.clock.set(local("2026-11-27 09:05"))
        world.digest()
        told = [mail for mail in world.mails() if "sự cố dữ liệu cá nhân" in mail["subject"]]
        assert len(told) == 2

    def test_on_pages(self, world: World) -> None:
        code = world.answered()
        world.open(code)
        browser = at_desk(world, ADMIN)
        page = browser.open(BREACHES)
        assert "72 giờ" in page.words
        hurt = browser.send(page, "ghi-nhan", {"happened": "Lộ <b>dữ liệu</b>"})
        assert (hurt.status, "Tài khoản liên quan" in hurt.words) == (422, True)
        typed = {"happened": "Lộ dữ liệu", "logins": "dtv01, mc01", "day": "2026-11-23", "hour": "08:00"}
        shown = browser.send(hurt, "ghi-nhan", typed | {"first": "2026-11-20"})
        assert shown.status == 200, shown.words
        assert SENDER["name"] in shown.words
        table = browser.open(f"{shown.address.partition('?')[0]}/danh-sach.csv")
        assert (table.status, SENDER["name"] in table.html, "csv" in table.headers["Content-Type"]) == (200, True, True)
        done = browser.send(shown, "da-bao", {"day": "2026-11-23", "hour": "08:30"})
        assert "Đã ghi nhận việc báo" in done.words
        assert "Đã báo" in browser.open(BREACHES).words
