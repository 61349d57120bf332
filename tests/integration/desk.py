"""A member of staff at a browser: it keeps cookies, follows where a form leads, and logs in like anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.domain.sign_in import SETUP, Challenge, Enrolment, Tokens
from tests.integration.browser import Page, open_page, send
from tests.integration.world import World

PASSWORD = "Một-câu-dài-2026!"
OWN = "same-origin"
STEPS = {"moi": "NEW_PASSWORD_REQUIRED", "hai": "SOFTWARE_TOKEN_MFA", "lap": SETUP}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class SessionsStub:
    """A user pool whose tokens are names: `role:unit:name` opens, `r.role:unit:name` renews until it is revoked.

    A log-in name ending in "moi" is asked for a new password, one in "hai" for a code, one in "lap" to set one up.
    """

    who: dict[str, str]  # log-in name → access token
    ended: set[str] = field(default_factory=set)
    renewals: int = 0

    def sign_in(self, username: str, password: str) -> Tokens | Challenge:
        if password != PASSWORD or username not in self.who:
            raise UnauthenticatedError("wrong_credentials", "Thông tin đăng nhập không đúng hoặc đã hết hạn.")
        step = STEPS.get(username[-3:])
        return Challenge(step, "s" * 20 + username) if step else self._tokens(username)

    def answer(self, challenge: Challenge, username: str, answer: str) -> Tokens | Challenge:
        if challenge.session != "s" * 20 + username:
            raise UnauthenticatedError("wrong_credentials", "Thông tin đăng nhập không đúng hoặc đã hết hạn.")
        if challenge.name == "SOFTWARE_TOKEN_MFA" and answer != "123456":
            raise UnauthenticatedError("wrong_code", "Mã xác thực không đúng hoặc đã hết hạn.")
        return self._tokens(username)

    def enrol(self, challenge: Challenge) -> Enrolment:
        return Enrolment(SECRET, challenge.session)

    def confirm(self, enrolment: Enrolment, username: str, code: str) -> Tokens | Challenge:
        return self.answer(Challenge("SOFTWARE_TOKEN_MFA", enrolment.session), username, code)

    def refresh(self, token: str) -> Tokens | Challenge:
        if token in self.ended:
            raise UnauthenticatedError("wrong_credentials", "Thông tin đăng nhập không đúng hoặc đã hết hạn.")
        self.renewals += 1
        return Tokens(token.removeprefix("r."), token, 3600)

    def sign_out(self, access_token: str) -> None:
        self.ended.add(f"r.{access_token}")

    def revoke(self, refresh_token: str) -> None:
        self.ended.add(refresh_token)

    def _tokens(self, username: str) -> Tokens:
        return Tokens(self.who[username], f"r.{self.who[username]}", 3600)


@dataclass
class Browser:
    """One person's browser."""

    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, address: str, *, site: str = OWN) -> Page:
        """Open a page of ours, from another one unless told."""
        return self._taken(open_page(address, cookie=self.cookie, site=site))

    def send(self, page: Page, form: str, typed: dict[str, Any] | None = None, *, site: str = OWN) -> Page:
        """Fill a form in, and open where it leads."""
        return self.follow(self._taken(send(page, form, cookie=self.cookie, site=site, **(typed or {}))))

    @property
    def cookie(self) -> str:
        """What goes with each request."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def follow(self, answer: Page) -> Page:
        """Open where a form's answer leads, seen from the address it was sent to."""
        if answer.status != 303:
            return answer
        return self.open(urljoin(answer.address, answer.headers["Location"]))

    def _taken(self, page: Page) -> Page:
        given = page.headers.get("Set-Cookie", [])
        for cookie in [given] if isinstance(given, str) else given:
            pair, *about = cookie.split("; ")
            name, _, value = pair.partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in about:
                del self.cookies[name]
        return page


def at_desk(world: World, token: str) -> Browser:
    """Return the browser of somebody who has logged in, by a token of the world's people."""
    world.deps.__dict__.setdefault("sessions", SessionsStub({}))
    secure = "__Host-" if world.deps.public_url.startswith("https") else ""
    return Browser({f"{secure}access": token, f"{secure}refresh": f"r.{token}"})
