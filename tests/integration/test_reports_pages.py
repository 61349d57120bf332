"""Reports at the desk: asked for, read down to the cases of a number, worded, signed off. The API says the same."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest

from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.test_reports import month as month_  # noqa: F401 the fixture, by another name
from tests.integration.world import ADMIN, LEADER, OPERATOR, World

REPORTS = "/ban-lam-viec/bao-cao"
NUMBER = re.compile(r'href="([^"]*/ho-so\?o=[^"]*)">([0-9.]+)</a>')
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
def month(month_: World) -> World:  # noqa: F811 same
    return month_


@pytest.fixture
def shown(month: World) -> Page:
    """November's report as the leadership opens it, once it is made."""
    desk = at_desk(month, LEADER)
    page = desk.open(REPORTS)
    assert 'value="2026-11-01"' in page.html, "the form proposes the month before"
    answer = desk.send(page, "lap", {"kind": "report", "first": "2026-11-01", "last": "2026-11-30", "replaces": ""})
    page = desk.follow(answer)
    assert "Đã nhận yêu cầu" in page.words
    month.work()
    page = desk.open(page.address.partition("?")[0])
    assert page.status == 200, page.words
    return page


def test_every_number_leads_to_as_many_cases(month: World, shown: Page) -> None:
    desk = at_desk(month, LEADER)
    links = NUMBER.findall(shown.html)
    assert len(links) > 20
    for href, number in dict(links).items():
        page = desk.open(urljoin(shown.address, href.replace("&amp;", "&")))
        counted = re.findall(r'data-label="Số lần tính">([0-9]+)<', page.html)
        assert sum(map(int, counted)) == int(number.replace(".", "")), href


def test_a_number_says_what_it_counts_wherever_it_stands(month: World, shown: Page) -> None:
    assert 'data-label="Đã giải quyết: Tổng số"' in shown.html
    page = at_desk(month, LEADER).open(f"{shown.address}/ho-so?o=total%2Fanswered")
    assert "Toàn bộ – Đã giải quyết: Tổng số: 2" in page.words


def test_words_are_kept_written_and_frozen(month: World, shown: Page) -> None:
    desk = at_desk(month, LEADER)
    words = {"number": "12/BC", "remarks": HOSTILE, "proposals": "Đề nghị", "signed_by": "Lê Thị Hoà"}
    page = desk.follow(desk.send(shown, "loi", words))
    assert "ky" not in page.forms, "nobody signs what is being written"
    month.work()
    page = desk.open(shown.address)
    harmless(page)
    page = desk.follow(desk.send(page, "ky", {"sure": "on"}))
    assert "Đã ký duyệt" in page.words
    assert not {"loi", "ky"} & set(page.forms)
    listed = desk.open(REPORTS)
    assert "Đã ký duyệt" in listed.words


def test_signing_without_the_tick_signs_nothing(month: World, shown: Page) -> None:
    page = at_desk(month, LEADER).send(shown, "ky", {})
    assert page.status == 422
    assert "ky" in page.forms


def test_files_are_fetched_elsewhere(month: World, shown: Page) -> None:
    page = at_desk(month, LEADER).open(f"{shown.address}/tep/document")
    assert page.status == 303
    assert ".pdf" in page.headers["Location"]


def test_a_period_that_is_none_is_said_so(month: World) -> None:
    desk = at_desk(month, LEADER)
    typed = {"kind": "report", "first": "2026-11-30", "last": "2026-11-01", "replaces": ""}
    page = desk.send(desk.open(REPORTS), "lap", typed)
    assert (page.status, "ngày đầu không được sau ngày cuối" in page.words) == (422, True)


def test_an_administrator_reads_but_does_not_sign_and_others_see_nothing(month: World, shown: Page) -> None:
    assert "ky" not in at_desk(month, ADMIN).open(shown.address).forms
    assert at_desk(month, OPERATOR).open(shown.address).status == 403
    assert month.call("GET", "/v1/desk/reports", token=OPERATOR)[0] == 403


def test_programs_ask_read_and_sign(month: World) -> None:
    def asked() -> tuple[int, dict[str, str]]:
        return month.call("POST", "/v1/desk/reports", NOVEMBER, token=LEADER, Idempotency_Key="thang-11")  # type: ignore[no-any-return]

    (status, report), (_, again) = asked(), asked()
    assert (status, again["name"]) == (201, report["name"])
    month.work()
    where = f"/v1/desk/reports/{report['name']}"
    _, found = month.call("GET", f"{where}/numbers", token=LEADER)
    assert found["cells"]["total/entered"] == 5
    _, first = month.call("GET", f"{where}/cases?cell=total/entered&limit=2", token=LEADER)
    _, rest = month.call("GET", f"{where}/cases?cell=total/entered&cursor={first['cursor']}", token=LEADER)
    assert (first["number"], len(first["cases"]), len(rest["cases"])) == (5, 2, 3)
    _, seen = month.call("GET", where, token=LEADER)
    assert month.call("POST", f"{where}/sign", {"version": 1}, token=LEADER)[0] == 409
    status, signed = month.call("POST", f"{where}/sign", {"version": seen["version"]}, token=LEADER)
    assert (status, signed["state"], signed["locked_until"][:4]) == (200, "signed", "2036")
    status, _ = month.call("POST", f"{where}/words", {"version": signed["version"], "number": "1"}, token=LEADER)
    assert status == 409
    corrected = NOVEMBER | {"replaces": report["name"]}
    status, new = month.call("POST", "/v1/desk/reports", corrected, token=LEADER, Idempotency_Key="sua-11")
    assert (status, new["replaces"]) == (201, report["name"])
    assert month.call("GET", f"{where}/files/workbook", token=LEADER)[1]["url"].startswith("http")
