"""The staff's log-in in a browser: cookies, the way back, forms of others, the ways out, and who may open what."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from app import app
from chalicelib.domain.errors import UnauthenticatedError, UnavailableError
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.identity import PUBLIC, STAFF
from chalicelib.ports import Claims
from tests.integration.browser import Page, open_page, send
from tests.integration.desk import PASSWORD, SECRET, Browser, SessionsStub, at_desk
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

ENROL = "xac-thuc-hai-buoc"
SIGN_IN, ACCOUNT, STEP = "/ban-lam-viec/dang-nhap", "/ban-lam-viec/tai-khoan", "buoc-tiep"
WHO = {"dtv01": OPERATOR, "dtv02lap": OPERATOR, "cq01moi": AGENCY, "ld01hai": LEADER, "mc01": OFFICER}
PAGES = [
    (method, path, entry.view_function)
    for path, methods in app.routes.items()
    for method, entry in methods.items()
    if hasattr(entry.view_function, "page") and entry.view_function.allow != PUBLIC
]
TRACK = "/ban-lam-viec/khieu-nai-to-cao"  # of complaints and denunciations
TOKENS = {"operator": OPERATOR, "officer": OFFICER, "agency": AGENCY, "leadership": LEADER, "administrator": ADMIN}


@pytest.fixture
def pool(world: World) -> SessionsStub:
    made = SessionsStub(WHO)
    world.deps.__dict__["sessions"] = made
    return made


def log_in(browser: Browser, name: str = "dtv01", password: str = PASSWORD, page: Page | None = None) -> Page:
    shown = page or browser.open(SIGN_IN)
    return browser.send(shown, "dang-nhap", {"username": name, "password": password})


def cookies_set(page: Page) -> dict[str, list[str]]:
    given = page.headers.get("Set-Cookie", [])
    return {one.partition("=")[0]: one.split("; ")[1:] for one in ([given] if isinstance(given, str) else given)}


class TestCookies:
    FLAGS: ClassVar = ["Path=/", "HttpOnly", "SameSite=Strict"]

    def answer(self) -> Page:
        return send(open_page(SIGN_IN), "dang-nhap", username="dtv01", password=PASSWORD)

    def test_by_https_only_to_this_host_and_to_no_script(self, pool: SessionsStub) -> None:
        assert cookies_set(self.answer()) == {
            "__Host-access": [*self.FLAGS, "Secure"],
            "__Host-refresh": [*self.FLAGS, "Secure"],
        }

    def test_the_local_front_door_speaks_http(self, world: World, pool: SessionsStub) -> None:
        world.deps.public_url = "http://127.0.0.1:8000"
        assert cookies_set(self.answer()) == {"access": self.FLAGS, "refresh": self.FLAGS}

    def test_open_nothing_of_the_programs(self, world: World, pool: SessionsStub) -> None:
        browser = Browser()
        log_in(browser)
        kept = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        assert world.call("GET", "/v1/desk/cases", Cookie=kept)[0] == 401
        assert world.call("DELETE", "/v1/sessions", Cookie=kept)[0] == 401
        assert pool.ended == set()

    def test_nor_does_a_programs_token_open_a_page(self, pool: SessionsStub) -> None:
        assert open_page(ACCOUNT, token=OPERATOR).status == 401


class TestLoggingIn:
    def test_leads_to_where_the_role_begins(self, pool: SessionsStub) -> None:
        shown = log_in(Browser())
        assert (shown.status, shown.address) == (200, f"/{desk.start('operator')}")
        assert "dtv01" in shown.words
        assert "Điện thoại viên" in shown.words

    def test_leads_back_to_what_was_asked_for(self, pool: SessionsStub) -> None:
        browser = Browser()
        asked = browser.open(ACCOUNT)
        assert (asked.status, "dang-nhap" in asked.forms) == (401, True)
        assert log_in(browser, page=asked).address == ACCOUNT

    @pytest.mark.parametrize(
        "wanted",
        [
            *(
                "https://xau.example/",
                "//xau.example",
                "/\\xau.example",
                "ban-lam-viec/../../xau",
                "javascript:alert(1)",
            ),
            *("ban-lam-viec//xau.example", "ban-lam-viec\r\nSet-Cookie: a=b", "v1/cases", "ban-lam-viec/a?b=c#d"),
        ],
    )
    def test_leads_nowhere_else(self, pool: SessionsStub, wanted: str) -> None:
        browser = Browser()
        page = browser.open(SIGN_IN)
        page.forms["dang-nhap"]["wanted"] = wanted
        assert log_in(browser, page=page).address == f"/{desk.start('operator')}"

    @pytest.mark.parametrize(("name", "password"), [("dtv01", "sai"), ("khong-co", PASSWORD)])
    def test_a_wrong_name_and_a_wrong_password_are_told_alike(
        self, pool: SessionsStub, name: str, password: str
    ) -> None:
        browser = Browser()
        shown = log_in(browser, name, password)
        assert (shown.status, browser.cookies) == (401, {})
        assert "Thông tin đăng nhập không đúng" in shown.words
        assert shown.forms["dang-nhap"]["username"] == name
        assert shown.forms["dang-nhap"]["password"] == ""

    def test_what_is_missing_is_said_at_the_field(self, pool: SessionsStub) -> None:
        shown = log_in(Browser(), "", "")
        assert shown.status == 422
        assert shown.words.count("Xin điền mục này.") == 4  # above the form and at the field

    def test_a_first_password_is_changed(self, pool: SessionsStub) -> None:
        browser = Browser()
        asked = log_in(browser, "cq01moi", page=browser.open(ACCOUNT))
        assert "Đặt mật khẩu mới" in asked.words
        odd = browser.send(asked, STEP, {"answer": "Câu-khác-2026!!", "again": "Câu-khác-2026!?"})
        assert (odd.status, "không giống nhau" in odd.words) == (422, True)
        shown = browser.send(odd, STEP, {"answer": "Câu-khác-2026!!", "again": "Câu-khác-2026!!"})
        assert (shown.status, shown.address) == (200, ACCOUNT)

    def test_a_second_factor_is_asked_for_and_may_be_tried_again(self, pool: SessionsStub) -> None:
        browser = Browser()
        asked = log_in(browser, "ld01hai")
        wrong = browser.send(asked, STEP, {"answer": "654321"})
        assert (wrong.status, browser.cookies) == (401, {})
        assert "Mã xác thực không đúng" in wrong.words
        assert browser.send(wrong, STEP, {"answer": "123456"}).status == 200

    def test_a_second_factor_is_set_up_where_the_pool_asks_for_it(self, pool: SessionsStub) -> None:
        browser = Browser()
        asked = log_in(browser, "dtv02lap")
        assert "Thiết lập xác thực hai bước" in asked.words
        assert "JBSW Y3DP" in asked.words
        assert SECRET not in asked.address
        assert [given for tag, given in asked.tags if tag == "path" and str(given["d"]).startswith("M")]
        for code, status in (("12 34", 422), ("654321", 401)):
            wrong = browser.send(asked, ENROL, {"answer": code})
            assert (wrong.status, browser.cookies) == (status, {})
            assert "JBSW Y3DP" in wrong.words
        assert browser.send(asked, ENROL, {"answer": "123 456"}).status == 200
        assert browser.cookies

    @pytest.mark.parametrize("change", [{"session": "t" * 20}, {"secret": "không"}, {"username": "có cách"}])
    def test_a_setting_up_that_was_meddled_with_begins_again(self, pool: SessionsStub, change: dict[str, str]) -> None:
        browser = Browser()
        again = browser.send(log_in(browser, "dtv02lap"), ENROL, {"answer": "123456"} | change)
        assert (again.status in (401, 422), list(again.forms), browser.cookies) == (True, ["dang-nhap"], {})

    def test_a_step_that_took_too_long_begins_again(self, pool: SessionsStub) -> None:
        browser = Browser()
        asked = log_in(browser, "ld01hai")
        again = browser.send(asked, STEP, {"answer": "123456", "session": "t" * 20})
        assert (again.status, list(again.forms)) == (401, ["dang-nhap"])

    def test_a_closed_account_is_told_so(self, world: World, pool: SessionsStub) -> None:
        world.deps.accounts.__dict__["is_closed"] = lambda name: name == "dtv01"
        browser = Browser()
        assert "Tài khoản này đã đóng" in log_in(browser).words
        assert browser.cookies == {}
        shown = at_desk(world, OPERATOR).open(ACCOUNT)
        assert (shown.status, "Tài khoản này đã đóng" in shown.words) == (401, True)

    def test_a_link_from_elsewhere_opens_itself_once_more(self, pool: SessionsStub) -> None:
        """SameSite=Strict: the browser keeps our cookies back, though the person is logged in."""
        arriving = open_page(ACCOUNT, site="cross-site")
        assert arriving.status == 200
        assert [given for tag, given in arriving.tags if given.get("http-equiv") == "refresh"]
        assert "dang-nhap" in open_page(ACCOUNT, site="same-origin").forms


class TestRenewal:
    def test_an_access_token_that_is_over_is_renewed_in_silence(
        self, world: World, pool: SessionsStub, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser, verify = at_desk(world, OPERATOR), world.deps.tokens.verify
        browser.cookies["__Host-access"] = "old"

        def over(token: str, now: Any) -> Claims:
            if token == "old":
                raise UnauthenticatedError("token_expired", "Phiên đăng nhập đã hết hạn. Xin đăng nhập lại.")
            return verify(token, now)

        monkeypatch.setattr(world.deps.tokens, "verify", over)
        assert browser.open(ACCOUNT).status == 200
        assert browser.cookies["__Host-access"] == OPERATOR
        browser.open(ACCOUNT)
        assert pool.renewals == 1

    def test_a_lost_access_cookie_too(self, world: World, pool: SessionsStub) -> None:
        browser = at_desk(world, OPERATOR)
        del browser.cookies["__Host-access"]
        assert browser.open(ACCOUNT).status == 200
        assert pool.renewals == 1

    def test_a_forged_access_token_is_not(self, world: World, pool: SessionsStub) -> None:
        browser = at_desk(world, OPERATOR)
        browser.cookies["__Host-access"] = "operator"
        assert (browser.open(ACCOUNT).status, pool.renewals) == (401, 0)

    def test_a_pool_that_does_not_answer_is_no_log_out(
        self, world: World, pool: SessionsStub, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = at_desk(world, OPERATOR)
        del browser.cookies["__Host-access"]

        def away(_: str) -> Any:
            raise UnavailableError("sign_in_unavailable", "Tạm thời chưa đăng nhập được. Xin thử lại sau.")

        monkeypatch.setattr(pool, "refresh", away)
        assert browser.open(ACCOUNT).status == 503


class TestLoggingOut:
    def test_here(self, world: World, pool: SessionsStub) -> None:
        browser = at_desk(world, OPERATOR)
        shown = browser.send(browser.open(ACCOUNT), "dang-xuat")
        assert (shown.address, browser.cookies) == (SIGN_IN, {})
        assert pool.ended == {f"r.{OPERATOR}"}

    def test_here_even_where_the_pool_does_not_answer(
        self, world: World, pool: SessionsStub, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(_: str) -> None:
            raise UnavailableError("sign_in_unavailable", "Tạm thời chưa đăng nhập được. Xin thử lại sau.")

        monkeypatch.setattr(pool, "revoke", away)
        monkeypatch.setattr(pool, "sign_out", away)
        browser = at_desk(world, OPERATOR)
        page = browser.open(ACCOUNT)
        assert browser.send(page, "dang-xuat-moi-noi").status == 503
        assert browser.cookies
        assert browser.send(page, "dang-xuat").address == SIGN_IN
        assert browser.cookies == {}

    def test_everywhere(self, world: World, pool: SessionsStub) -> None:
        here, there = at_desk(world, OPERATOR), at_desk(world, OPERATOR)
        there.cookies.pop("__Host-access")
        assert here.send(here.open(ACCOUNT), "dang-xuat-moi-noi").address == SIGN_IN
        assert there.open(ACCOUNT).status == 401


class TestFormsOfOthers:
    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_another_sites_form(self, world: World, pool: SessionsStub, site: str) -> None:
        browser = at_desk(world, OPERATOR)
        page = browser.open(ACCOUNT)
        assert browser.send(page, "dang-xuat", site=site).status == 403
        assert log_in_from(site).status == 403
        assert pool.ended == set()

    @pytest.mark.parametrize("seal", ["", "0" * 32, "ạ"])
    def test_a_form_without_this_sessions_seal(self, world: World, pool: SessionsStub, seal: str) -> None:
        browser = at_desk(world, OPERATOR)
        assert browser.send(browser.open(ACCOUNT), "dang-xuat", {"seal": seal}).status == 403
        other = at_desk(world, OFFICER).open(ACCOUNT)
        assert browser.send(other, "dang-xuat").status == 403
        assert pool.ended == set()

    def test_what_was_typed_when_the_session_was_over_can_be_copied(self, world: World, pool: SessionsStub) -> None:
        browser = at_desk(world, OPERATOR)
        page = browser.open(ACCOUNT)
        browser.cookies.clear()
        asked = browser.send(page, "dang-xuat", {"note": "Đã gọi, chưa gặp <b>"})
        assert (asked.status, asked.forms["dang-nhap"]["wanted"]) == (401, "ban-lam-viec/tai-khoan")
        assert "Đã gọi, chưa gặp <b>" in asked.words


def log_in_from(site: str) -> Page:
    return Browser().send(open_page(SIGN_IN), "dang-nhap", {"username": "dtv01", "password": PASSWORD}, site=site)


class TestWalls:
    @pytest.mark.parametrize(("method", "path", "view"), PAGES, ids=[f"{m} {p}" for m, p, _ in PAGES])
    def test_every_page_of_the_desk_asks_who_and_which_role(
        self, world: World, pool: SessionsStub, method: str, path: str, view: Any
    ) -> None:
        address = path.replace("{code}", "482109375514")
        form = {"body": b"seal=x", "media_type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        stranger = open_page(address, method=method, site="same-origin", **form)  # type: ignore[arg-type]
        assert (stranger.status, "dang-nhap" in stranger.forms) == (401, True)
        for role in STAFF - view.allow:
            browser = at_desk(world, TOKENS[role])
            shown = open_page(address, method=method, cookie=browser.cookie, **form)  # type: ignore[arg-type]
            if path.startswith(TRACK):  # nobody else learns what is there (R86)
                assert (shown.status, "Vai trò của anh/chị" in shown.words) == (404, False)
                continue
            assert (shown.status, "Vai trò của anh/chị" in shown.words) == (403, True)
            assert "dang-xuat" in shown.forms  # within the desk: one is logged in

    def test_a_page_of_the_desk_is_kept_by_nobody(self, world: World, pool: SessionsStub) -> None:
        assert at_desk(world, OPERATOR).open(ACCOUNT).headers["Cache-Control"] == "no-store"
