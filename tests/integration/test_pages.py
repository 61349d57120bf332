"""What every page keeps to: harmless words, quiet logs, strict headers, addresses that hold behind any path."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest

from app import app
from chalicelib import observability
from chalicelib.adapters.dynamo.tables import CaseItem, CentreItem, InboxItem, TallyItem
from tests.integration.browser import Page, open_page, send
from tests.integration.test_no_leaks import items, spy_on_queues
from tests.integration.test_reply_links import HEALTH, PEOPLE, link_in
from tests.integration.world import SENDER, World

RLO, PDI = "\u202e", "\u2069"
HOSTILE = (
    f"\"><script>alert('x')</script>{{{{7*7}}}}</textarea></bdi></p>&lt;b&gt;{RLO}gnourt{PDI}' onfocus=alert(1) x='"
)
QUIET = "Đã kiểm tra xong."
OUR_SCRIPT = re.compile(r"(\.\./)+static/[a-z]+\.[0-9a-f]{12}\.js")


@pytest.fixture
def page(world: World) -> Page:
    world.at_agency(HEALTH)
    return open_page(link_in(world, "Chuyển xử lý"))


def harmless(page: Page) -> None:
    """No element and no attribute that we did not write."""
    scripts = [given.get("src") or "" for tag, given in page.tags if tag == "script"]
    assert [source for source in scripts if not OUR_SCRIPT.fullmatch(source)] == []
    assert [name for _, given in page.tags for name in given if name.startswith("on") or name == "style"] == []
    assert "49" not in re.findall(r"\d+", page.words.replace("{{7*7}}", ""))


class TestHostileWords:
    """Whoever writes to the hotline writes into the agency's page, and the agency into its own."""

    def test_of_the_sender(self, world: World) -> None:
        who = SENDER | {"name": HOSTILE, "address": HOSTILE}
        code = world.at_officer(HEALTH, title=HOSTILE[:100], content=f"Tôi muốn hỏi thủ tục này. {HOSTILE}", sender=who)
        world.act(code, "forward-to-agency", f"officer:{HEALTH}:mc01", {"note": HOSTILE})
        shown = open_page(link_in(world, "Chuyển xử lý"))
        harmless(shown)
        assert shown.words.count("alert('x')") >= 5
        assert RLO not in shown.words  # taken out where it was received

    @pytest.mark.parametrize(
        ("form", "typed"),
        [
            ("ket-qua", {"result": HOSTILE, "responsible_officer": HOSTILE, "approving_leader": ""}),
            ("bo-sung", {"question": HOSTILE, "nonce": HOSTILE}),
            ("hen-lai", {"day": HOSTILE, "hour": HOSTILE, "reason": HOSTILE}),
            ("khong-thuoc-tham-quyen", {"reason": HOSTILE, "suggested": HOSTILE}),
        ],
    )
    def test_given_back_after_a_fault(self, page: Page, form: str, typed: dict[str, str]) -> None:
        hurt = send(page, form, **typed)
        assert hurt.status == 422
        harmless(hurt)
        kept = {name: value for name, value in hurt.forms[form].items() if name in typed and value == HOSTILE}
        assert set(kept) == {name for name, value in typed.items() if value == HOSTILE} - {"nonce", "suggested"}

    def test_given_back_when_the_link_is_over(self, page: Page) -> None:
        send(page, "ket-qua", result=QUIET, **PEOPLE)
        over = send(page, "bo-sung", question=HOSTILE)
        assert over.status == 410
        harmless(over)
        [before] = re.findall(rf"<p dir=\"auto\">([^<]*){RLO}", over.html)  # it turns its own paragraph, no more
        assert "alert" in before


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[io.StringIO]:
    """Everything the logger writes, at its most talkative."""
    caplog.set_level(logging.DEBUG)
    for double in ("moto", "werkzeug"):  # they stand for AWS and say what they are sent
        caplog.set_level(logging.WARNING, double)
    handler, stream = observability.logger().registered_handler, io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_a_link_stands_in_its_mail_alone(
    world: World, log: Any, caplog: Any, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither logs nor queues nor tables hold the token: whoever reads them could answer in the agency's name."""
    queued = spy_on_queues(world, monkeypatch)
    world.at_agency(HEALTH)
    page = open_page(link_in(world, "Chuyển xử lý"))
    token = page.address.rpartition("/")[2]
    send(page, "nhan")
    send(page, "ket-qua", result=QUIET, responsible_officer="")
    send(page, "ket-qua", result=QUIET, **PEOPLE)
    open_page(page.address)
    with monkeypatch.context() as broken:
        broken.setattr(world.deps.cases, "dossier", lambda _: 1 / 0)
        open_page(page.address)
    written = log.getvalue() + caplog.text + "".join(capfd.readouterr())
    assert written.count('"route":"GET /tra-loi/{token}"') == 4  # and the failure's own line
    assert [where for where in (written, *queued) if token in where] == []
    kept = items(CaseItem) | items(InboxItem) | items(TallyItem) | items(CentreItem)
    assert [key for key, item in kept.items() if token in item or token in str(key)] == []


class TestAnswers:
    def test_are_kept_nowhere_and_ask_nobody_else(self, page: Page) -> None:
        for shown in (page, send(page, "nhan"), open_page("/tra-loi/x")):
            headers = shown.headers
            assert headers["Cache-Control"] == "no-store"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
            policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
            assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
            assert {part for value in policy.values() for part in value.split()} == {"'none'", "'self'"}
            assert [
                one for one in addresses(shown) if "//" in one or one.startswith(("/", "data:", "javascript:"))
            ] == []

    def test_the_stylesheet_may_be_kept_for_ever(self, page: Page) -> None:
        [style] = [href for href in page.every("link", "href") if href.endswith(".css")]
        assert re.fullmatch(r"\.\./static/style\.[0-9a-f]{12}\.css", style)
        found = open_asset(urljoin(page.address, style))
        assert (found.status_code, found.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
        assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert b"url(" not in found.body
        assert b"@import" not in found.body

    def test_another_releases_stylesheet_is_the_present_one_and_not_kept(self, world: World) -> None:
        found = open_asset("/static/style.000000000000.css")
        assert (found.status_code, found.headers["Cache-Control"]) == (200, "no-store")

    @pytest.mark.parametrize("name", ["style.css", "none.000000000000.css", "..%2fapp.py", "style.1.2.css", "%ff"])
    def test_what_is_not_there_is_a_page(self, world: World, name: str) -> None:
        assert open_page(f"/static/{name}").status == 404


class TestForms:
    """Whoever has a page of ours open may not be made to send its forms by a page of somebody else."""

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "x"])
    def test_of_strangers_are_refused(self, page: Page, site: str) -> None:
        assert send(page, "nhan", site=site).status == 403

    @pytest.mark.parametrize("site", ["same-origin", "none", ""])
    def test_of_ours_are_taken(self, page: Page, site: str) -> None:
        assert send(page, "nhan", site=site).status == 200


@pytest.mark.parametrize("prefix", ["", "/api", "/portal/api"])
def test_addresses_hold_behind_any_path(page: Page, prefix: str) -> None:
    for shown in (page, send(page, "nhan"), send(page, "ket-qua", result="")):
        at = f"https://1022.test{prefix}{shown.address}"
        leads = {urljoin(at, one).partition("#")[0] for one in addresses(shown)} - {at}
        assert leads
        leads -= {"tel:021831022", "mailto:tthcc@hoabinh.gov.vn", f"https://1022.test{prefix}/"}
        known = ("/static/style.", "/static/mark.", page.address)
        assert [one for one in leads if not one.removeprefix(f"https://1022.test{prefix}").startswith(known)] == []


def test_a_slash_at_the_end_is_another_folder_to_a_browser(page: Page) -> None:
    from chalicelib.entrypoints.pages import root

    def at(path: str, asked: str) -> str:
        from types import SimpleNamespace

        return urljoin(f"https://1022.test{asked}", root(SimpleNamespace(path=path, context={"path": asked})))  # type: ignore[arg-type]

    for stage in ("", "/api"):
        assert at("/tra-loi/{token}", f"{stage}/tra-loi/x") == f"https://1022.test{stage}/"
        assert at("/tra-loi/{token}", f"{stage}/tra-loi/x/") == f"https://1022.test{stage}/"
        assert at("/tra-loi/{token}/nhan", f"{stage}/tra-loi/x/nhan") == f"https://1022.test{stage}/"
        assert at("/", f"{stage}/") == f"https://1022.test{stage}/"
    assert at("/", "/api") == "https://1022.test/api/"


def test_no_page_is_in_the_document_for_programs() -> None:
    from chalicelib.entrypoints.openapi import build

    text = json.dumps(build(app))
    assert [path for path in ("/tra-loi", "/static") if path in text] == []


def addresses(page: Page) -> list[str]:
    """Return every address a page leads to or loads."""
    return [value for _, given in page.tags for name in ("href", "src", "action") if (value := given.get(name))]


def open_asset(address: str) -> Any:
    from chalice.test import Client

    with Client(app) as client:
        return client.http.request("GET", address)
