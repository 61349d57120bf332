"""The administrator's pages of the agencies: the directory, their keys, what they sent in vain."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_agency_keys import JWK, KID, listed, register
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.test_rejections import say
from tests.integration.world import ADMIN, AGENCY, LEADER, OPERATOR, World

AGENCIES = "/ban-lam-viec/quan-tri/co-quan"
UNIT = "so_tu_phap"
PAGE = f"{AGENCIES}/{UNIT}"
KEY = {"jwk": json.dumps(JWK), "signer": "Trần Văn Bình", "since": "", "until": "2027-11-22"}

NEW = {
    "unit": "so_moi",
    "name": "Sở Mới",
    "kind": "department",
    "exchange": "mail",
    "mail": "so-moi@tongdai.example",
}


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, ADMIN)


def unit(world: World, name: str = UNIT) -> Any:
    return world.deps.directory.unit(name)


@pytest.mark.parametrize("token", [OPERATOR, AGENCY, LEADER])
@pytest.mark.parametrize("path", [AGENCIES, PAGE])
def test_they_are_the_administrators(world: World, browser: Browser, token: str, path: str) -> None:
    assert at_desk(world, token).open(path).status == 403


@pytest.mark.parametrize("form", ["khoa", "sua"])
def test_no_form_of_theirs_is_anybody_elses(world: World, browser: Browser, form: str) -> None:
    page = browser.open(PAGE)
    assert at_desk(world, OPERATOR).send(page, form, KEY if form == "khoa" else {}).status == 403
    assert KID not in listed(world)


class TestDirectory:
    def test_every_unit_is_there_and_leads_to_its_page(self, world: World, browser: Browser) -> None:
        page = browser.open(AGENCIES)
        units = world.deps.directory.units()
        assert {f"../../{AGENCIES.removeprefix('/')}/{one.id}" for one in units} <= set(page.every("a", "href"))

    def test_software_without_a_key_is_heard_by_nobody_and_that_is_said(self, world: World, browser: Browser) -> None:
        for kid in [kid for kid, key in listed(world).items() if key["unit"] == UNIT]:
            revoked = browser.send(browser.open(PAGE), "thu-hoi", {"kid": kid, "reason": "Đổi máy chủ"})
            assert "Đã thu hồi khóa" in revoked.words
        assert "Chưa có khóa nào đang có giá trị" in browser.open(AGENCIES).words
        assert "Chưa có khóa nào đang có giá trị" in browser.open(PAGE).words

    def test_the_centres_own_keys_are_shown(self, world: World, browser: Browser) -> None:
        [key] = world.deps.centre_keys.shown(world.clock.now())
        assert key.kid in browser.open(AGENCIES).words

    def test_and_the_rest_while_the_key_service_is_away(
        self, world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_: object) -> None:
            raise UnavailableError("signing_unavailable", "Hệ thống đang bận")

        monkeypatch.setattr(world.deps.centre_keys, "shown", away)
        page = browser.open(AGENCIES)
        assert (page.status, "Dịch vụ khóa chưa trả lời" in page.words) == (200, True)

    def test_a_unit_that_is_none(self, browser: Browser) -> None:
        assert browser.open(f"{AGENCIES}/so_khong_co").status == 404


class TestChange:
    def test_what_is_said_of_a_unit_is_changed(self, world: World, browser: Browser) -> None:
        page = browser.open(PAGE)
        assert page.forms["sua"]["mail"] == unit(world).mail
        given = {"name": "  Sở Tư pháp (mới) ", "kind": "department", "exchange": "sqs", "phone": "0218 3 000 000"}
        changed = browser.send(page, "sua", given)
        assert (changed.status, changed.address) == (200, f"{PAGE}?xong=sua")
        assert (unit(world).name, unit(world).phone) == ("Sở Tư pháp (mới)", "0218 3 000 000")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"name": ""}, "Tên đơn vị: Xin điền mục này."),
            ({"name": "\u200b"}, "Tên đơn vị: Nội dung này không được để trống"),
            ({"mail": "so-tu-phap"}, "Thư điện tử của đơn vị: Địa chỉ thư điện tử chưa đúng"),
            ({"leader_mail": "x"}, "Thư điện tử của lãnh đạo đơn vị: Địa chỉ thư điện tử chưa đúng"),
            ({"kind": "x"}, "Loại: Giá trị không nằm trong danh sách"),
            ({"exchange": "bồ câu"}, "Cách trao đổi: Giá trị không nằm trong danh sách"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changed(
        self, world: World, browser: Browser, wrong: dict[str, str], words: str
    ) -> None:
        before = unit(world)
        given = {"kind": "department", "exchange": "sqs", "phone": "123"} | wrong
        shown = browser.send(browser.open(PAGE), "sua", given)
        assert (shown.status, words in shown.words, shown.forms["sua"]["phone"]) == (422, True, "123")
        assert unit(world) == before

    def test_no_unit_is_made_by_it(self, world: World, browser: Browser) -> None:
        page = browser.open(PAGE)
        page.address = f"{AGENCIES}/so_khong_co"
        page.forms["sua"][""] = "./so_khong_co/sua"
        assert browser.send(page, "sua", {"kind": "department", "exchange": "mail"}).status == 404


class TestAdding:
    def add(self, browser: Browser, **changes: str) -> Page:
        return browser.send(browser.open(AGENCIES), "them-don-vi", NEW | changes)

    def test_a_unit_is_added_and_leads_to_its_page(self, world: World, browser: Browser) -> None:
        page = self.add(browser)
        assert (page.status, page.address) == (200, f"{AGENCIES}/so_moi?xong=them-don-vi")
        assert (unit(world, "so_moi").name, unit(world, "so_moi").exchange) == ("Sở Mới", "mail")

    def test_one_that_is_there_is_not_overwritten(self, world: World, browser: Browser) -> None:
        before = unit(world)
        page = self.add(browser, unit=UNIT)
        assert (page.status, "Mã đơn vị: Đã có đơn vị mang mã này" in page.words) == (409, True)
        assert page.forms["them-don-vi"]["name"] == "Sở Mới"
        assert unit(world) == before

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"unit": "Sở Mới"}, "Mã đơn vị gồm chữ thường không dấu"),
            ({"unit": ""}, "Mã đơn vị: Xin điền mục này."),
            ({"name": "\u200b"}, "Tên đơn vị: Nội dung này không được để trống"),
            ({"mail": HOSTILE}, "Địa chỉ thư điện tử chưa đúng"),
            ({"kind": ""}, "Loại: Xin điền mục này."),
        ],
    )
    def test_what_is_wrong_is_said(self, world: World, browser: Browser, wrong: dict[str, str], words: str) -> None:
        page = self.add(browser, **wrong)
        assert (page.status, words in page.words) == (422, True), page.words
        harmless(page)
        assert len({one.id for one in world.deps.directory.units()} & {"so_moi"}) == 0


class TestKeys:
    def send(self, browser: Browser, **changes: str) -> Page:
        return browser.send(browser.open(PAGE), "khoa", KEY | changes)

    def test_one_is_registered_until_the_end_of_a_day(self, world: World, browser: Browser) -> None:
        page = self.send(browser)
        assert (page.status, page.address) == (200, f"{PAGE}?xong=khoa")
        key = listed(world)[KID]
        assert (key["unit"], key["signer"], key["status"]) == (UNIT, "Trần Văn Bình", "valid")
        assert key["not_after"] == "2027-11-22T17:00:00Z"  # 23 November, 00:00 in Vietnam
        assert KID in page.words

    def test_one_for_later_begins_with_a_day(self, world: World, browser: Browser) -> None:
        self.send(browser, since="2026-12-01")
        assert listed(world)[KID]["not_before"] == "2026-11-30T17:00:00Z"

    def test_twice_is_once(self, world: World, browser: Browser) -> None:
        self.send(browser)
        before = listed(world)
        assert self.send(browser, until="2028-01-01").status == 409
        assert listed(world) == before

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"jwk": "-----BEGIN PUBLIC KEY-----"}, "Khóa công khai (JWK): Đây chưa phải là khóa dạng JWK"),
            ({"jwk": "[" * 1999}, "Đây chưa phải là khóa dạng JWK"),
            ({"jwk": '{"kty": "RSA"}'}, "Loại khóa này không được hỗ trợ"),
            ({"jwk": '{"kty": "OKP", "crv": "Ed25519", "x": "AA"}'}, "Không đọc được khóa công khai này"),
            ({"signer": ""}, "Xin điền mục này"),
            ({"until": "2026-11-22"}, "Có giá trị đến hết ngày: Thời điểm hết hạn phải sau"),
            ({"until": "2031-01-01"}, "Một khóa được dùng tối đa 3 năm"),
            ({"until": "9999-12-31"}, "Chỉ nhận ngày từ năm 2000 đến năm 2199."),
            ({"since": "0001-01-01"}, "Chỉ nhận ngày từ năm 2000 đến năm 2199."),
            ({"until": "hôm qua"}, "Không đúng dạng ngày"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, world: World, browser: Browser, wrong: dict[str, str], words: str
    ) -> None:
        shown = self.send(browser, **wrong)
        assert (shown.status, words in shown.words) == (422, True), shown.words
        assert shown.forms["khoa"] | wrong == shown.forms["khoa"]
        assert KID not in listed(world)

    def test_a_private_key_is_not_shown_again(self, world: World, browser: Browser) -> None:
        secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
        shown = self.send(browser, jwk=json.dumps(JWK | {"d": secret}))
        assert (shown.status, "Đây là khóa bí mật" in shown.words) == (422, True)
        assert secret not in shown.html
        assert KID not in listed(world)

    def test_one_is_revoked_once_with_a_reason(self, world: World, browser: Browser) -> None:
        register(world)
        page = browser.open(PAGE)
        wordless = browser.send(page, "thu-hoi", {"kid": KID, "reason": ""})
        assert (wordless.status, "Lý do thu hồi: Xin điền mục này." in wordless.words) == (422, True)
        revoked = browser.send(page, "thu-hoi", {"kid": KID, "reason": "Lộ khóa"})
        assert (revoked.status, revoked.address) == (200, f"{PAGE}?xong=thu-hoi")
        assert (listed(world)[KID]["status"], listed(world)[KID]["reason"]) == ("revoked", "Lộ khóa")
        again = browser.send(page, "thu-hoi", {"kid": KID, "reason": "Lần nữa"})
        assert (again.status, listed(world)[KID]["reason"]) == (409, "Lộ khóa")

    def test_one_that_ends_soon_wants_a_successor(self, world: World, browser: Browser) -> None:
        """The key of the tests' agency lasts, so that of another is looked at: its only one."""
        register(world, unit="so_y_te", not_after="2026-12-31T00:00:00+07:00")
        assert "Khóa cuối cùng hết hạn" in browser.open(f"{AGENCIES}/so_y_te").words
        assert "Sắp hết hạn" in browser.open(AGENCIES).words


def test_what_agencies_sent_in_vain_is_listed(world: World, browser: Browser) -> None:
    code = world.at_officer("buu_dien_tinh")
    say(world, "m-1", type="details_wanted", case=code, question="Số nào?")
    for path in (AGENCIES, PAGE):
        page = browser.open(path)
        assert "Hồ sơ đang do đơn vị khác xử lý" in page.words
        assert any(one.endswith(f"/ban-lam-viec/ho-so/{code}") for one in page.every("a", "href"))
    assert "m-1" not in browser.open(f"{AGENCIES}/buu_dien_tinh").words


def test_nothing_typed_is_markup(world: World, browser: Browser) -> None:
    register(world, signer=HOSTILE[:200])
    page = browser.open(PAGE)
    harmless(page)
    harmless(browser.send(page, "khoa", dict.fromkeys(KEY, HOSTILE)))
    harmless(browser.send(page, "thu-hoi", {"kid": KID, "reason": HOSTILE}))
    harmless(browser.send(page, "sua", {"name": HOSTILE[:200], "kind": "department", "exchange": "mail"}))
    harmless(browser.open(AGENCIES))
