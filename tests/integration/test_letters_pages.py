"""The administrator's pages of the letters: each as its reader sees it."""

from __future__ import annotations

import re

import pytest

from chalicelib.domain.reply_templates import FILLS
from chalicelib.views.letter_contexts import contexts
from chalicelib.web import labels
from tests.builders import REGULATION
from tests.integration.browser import open_page
from tests.integration.desk import Browser, at_desk
from tests.integration.world import ADMIN, AGENCY, LEADER, OPERATOR, World

LETTERS = "/ban-lam-viec/quan-tri/mau-thu"


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, ADMIN)


@pytest.mark.parametrize("token", [OPERATOR, AGENCY, LEADER])
@pytest.mark.parametrize("path", ["", "/answered", "/answered/thu"])
def test_they_are_the_administrators(world: World, token: str, path: str) -> None:
    assert at_desk(world, token).open(LETTERS + path).status == 403


def test_every_letter_is_listed_in_every_face_and_leads_to_its_page(browser: Browser) -> None:
    page = browser.open(LETTERS)
    names = {href.rpartition("/mau-thu/")[2] for href in page.every("a", "href") if "/mau-thu/" in href}
    assert names == set(contexts(REGULATION))


@pytest.mark.parametrize("name", contexts(REGULATION))
def test_a_letter_has_its_subject_its_words_and_its_sms(world: World, browser: Browser, name: str) -> None:
    status, made = world.call("GET", f"/v1/desk/letters/{name}", token=ADMIN)
    page = browser.open(f"{LETTERS}/{name}")
    assert (status, page.status) == (200, 200)
    assert made["subject"] in page.words
    assert made["text"].strip() in page.words
    assert (made["sms"]["text"] if made["sms"] else "") in page.words
    assert ("Tin nhắn thay thư" in page.words) == bool(made["sms"])


def test_the_mail_is_a_document_that_can_do_nothing(world: World, browser: Browser) -> None:
    mail = open_page(f"{LETTERS}/answered/thu", cookie=browser.cookie)
    assert mail.html == world.call("GET", "/v1/desk/letters/answered", token=ADMIN)[1]["html"]
    policy = mail.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox"} <= set(policy)
    assert mail.headers["X-Frame-Options"] == "DENY"
    assert mail.headers["Cache-Control"] == "no-store"


def test_what_staff_may_begin_with_is_shown(world: World, browser: Browser) -> None:
    page, templates = browser.open(LETTERS), world.deps.reply_templates
    assert templates
    words = re.sub(r"\s+", " ", page.words)
    for template in templates.values():
        assert template.label in words
        for text in template.fills.values():
            assert re.sub(r"\s+", " ", text).strip() in words
    assert set(labels.ACTIONS) == set(FILLS)


@pytest.mark.parametrize("name", ["none", "answered.none", "Answered", "%3Cscript%3E"])
def test_a_letter_that_is_none(browser: Browser, name: str) -> None:
    for path in (f"{LETTERS}/{name}", f"{LETTERS}/{name}/thu"):
        assert open_page(path, cookie=browser.cookie).status == 404
