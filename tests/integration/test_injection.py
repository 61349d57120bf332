"""Hostile words in every field and file name are shown back harmless on every page, letter, feed, download and answer.

One life of the centre in which whoever writes means harm: fields from the types, pages and answers from the routes,
letters from their folder.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import msgspec
import pytest
from chalice.test import Client
from msgspec import inspect as kinds

from app import app
from chalicelib.adapters.letters import TEMPLATES
from chalicelib.domain.attachments import EXTENSIONS
from chalicelib.domain.text import to_gsm7
from chalicelib.exchange.heard import HEARD
from chalicelib.web.feeds import ATOM
from tests.integration import cloud as sky
from tests.integration import hostile
from tests.integration.browser import FORM, Page, open_page
from tests.integration.desk import at_desk
from tests.integration.hostile import API, MARK, PAGES, harmless
from tests.integration.hostile_life import Life, live
from tests.integration.hostile_places import (
    CLOSED_FROM_ITS_ROW,
    DESK,
    FILES,
    KEPT,
    MINE,
    OF_WHO_MEASURES,
    PASSING,
    QUERIES,
    TOKENS,
    WORDY,
)
from tests.integration.test_accounts import staff_pool
from tests.integration.test_following import cookie_of, unlock
from tests.integration.uploads import fetched
from tests.integration.world import ADMIN, LEADER, OPERATOR

PLACE = re.compile(r"{(\w+)}")
PUBLIC = {"sender"}
HOLDERS = [f"vai-tro={role}&don-vi={unit}" for role in ("officer", "agency") for unit in ("so_tu_phap", "so_y_te")]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
OF_FEEDS = {"feed", "id", "title", "updated", "link", "author", "name", "entry", "published", "category", "content"}


@pytest.fixture(scope="module")
def life(endpoint: str, clients: dict[str, Any]) -> Iterator[Life]:
    """One life for all who look at it."""
    with pytest.MonkeyPatch.context() as patch:
        cloud = sky.emptied(endpoint, clients, patch)
        world = sky.open_centre(cloud, clients["tables"], patch)
        staff_pool(world)
        yield live(world, patch)


def test_every_field_was_hostile(life: Life) -> None:
    fields = {
        (*route, name)
        for route, endpoint in API.items()
        if endpoint.body and route[1] not in PASSING
        for name in hostile.free(kinds.type_info(endpoint.body))
    }
    said = {
        ("", one.__struct_config__.tag, name)
        for one in HEARD.__args__
        for name in hostile.free(kinds.type_info(one))
        if name != "case"
    }
    assert fields | said == life.enemy.sent


def test_letters(life: Life) -> None:
    written = {path.stem for path in TEMPLATES.glob("*.j2") if "." not in path.stem}
    assert written == set(life.letters)
    for letter in itertools.chain.from_iterable(life.letters.values()):
        harmless(Page("letter", 200, {}, letter.html), own=("https://1022.test/",), banned=set())
        hostile.one_line(letter.subject)
        hostile.plain(letter.text)
        assert MARK not in letter.subject
        assert letter.sms is None or letter.sms == to_gsm7(letter.sms)


def test_pages(life: Life) -> None:
    """Every page that is got, by everybody who may; where a query takes words, with hostile ones, too."""
    shown = {path: [*looked_at(life, path)] for method, path in PAGES if method == "GET" and path not in FILES}
    not_for_all = {path for path, pages in shown.items() if pages[0].status != 200}
    assert not_for_all == {OF_WHO_MEASURES, f"{OF_WHO_MEASURES}/goi-dien"}
    assert all(200 in {page.status for page in shown[path]} for path in not_for_all)
    for page in itertools.chain.from_iterable(shown.values()):
        harmless(page)
    assert WORDY - {path for path, pages in shown.items() if any(MARK in page.html for page in pages)} == set()


def looked_at(life: Life, path: str) -> Iterator[Page]:
    """Open a page in every way."""
    route = PAGES["GET", path]
    cookies = [at_desk(life.world, TOKENS[role]).cookie for role in TOKENS if role in route.allow]
    asked = [one.encode_name for one in msgspec.structs.fields(route.query)] if route.query else []
    for address in addresses(life, path):
        for cookie in cookies or readers(life, address):
            yield open_page(f"{address}{QUERIES.get(path, '')}", cookie=cookie)
        for name in asked:
            yield open_page(f"{address}?{urlencode({name: life.enemy.words(most=90)})}", cookie=[*cookies, ""][0])


def addresses(life: Life, path: str) -> list[str]:
    """Fill the places of a path with everything there is."""
    names = PLACE.findall(path)
    every = itertools.product(*(life.found(path, name) for name in names))
    return [path.format(**dict(zip(names, found, strict=True))) for found in every]


def readers(life: Life, address: str) -> list[str]:
    """Return the cookies of whoever has a PIN and of whoever has none; of whose data it is, where it is about that."""
    if address.startswith(MINE):
        return [life.session]
    code = address.removeprefix("/theo-doi/").partition("/")[0] if address.startswith("/theo-doi/") else ""
    return ["", cookie_of(unlock(life.world, code))] if code else [""]


def test_forms(life: Life) -> None:
    """Every form, hostile in every field: what is shown back."""
    shown: list[tuple[str, Page]] = []
    for (method, path), route in PAGES.items():
        if method == "POST":
            token = next((TOKENS[role] for role in TOKENS if role in route.allow), "")
            for address in addresses(life, path):
                shown.append((path, sent(life, address, route.form, token)))
                harmless(shown[-1][1])
    assert {page.status for _, page in shown} <= {200, 303, 401, 403, 404, 409, 410, 422}
    silent = {path for path, page in shown if page.status == 422 and MARK not in page.html}
    assert [path for path in silent if long_words(PAGES["POST", path].form)] == [CLOSED_FROM_ITS_ROW]


def long_words(form: type[msgspec.Struct]) -> bool:
    """Tell whether somebody types more into a form than he would like to type again."""
    kinds_of = (one.type for one in msgspec.structs.fields(form))
    lengths = [getattr(one, "max_length", 0) for kind in kinds_of for one in getattr(kind, "__metadata__", ())]
    return max([length or 0 for length in lengths], default=0) >= 1000


def sent(life: Life, address: str, form: type[msgspec.Struct], token: str) -> Page:
    """Send a form as its page would."""
    fields = hostile.typed(form, life.enemy)
    cookie = readers(life, address)[-1]
    if token:
        browser = at_desk(life.world, token)
        fields["seal"], cookie = browser.open("/ban-lam-viec/tai-khoan").forms["dang-xuat"]["seal"], browser.cookie
    body = urlencode(fields).encode()
    return open_page(address, method="POST", body=body, media_type=FORM, cookie=cookie)


def test_answers_for_programs(life: Life) -> None:
    for (method, path), route in API.items():
        if method == "GET":
            for address in addresses(life, path):
                for role in TOKENS if route.allow != PUBLIC else [""]:
                    hostile.json_only(*asked(life, address, TOKENS.get(role, "")))


def asked(life: Life, address: str, token: str = "", cookie: str = "") -> tuple[int, Any, bytes]:
    """Ask as a program, or as a browser that is given no page."""
    headers = {"Authorization": f"Bearer {token}"} if token else {"Cookie": cookie} if cookie else {}
    headers |= {"X-Case-Pin": life.world.deps.keys.pin(address.split("/")[3])} if "/v1/cases/" in address else {}
    with Client(app) as client:
        answer = client.http.request("GET", f"{address}{QUERIES.get(address, '')}", headers=headers)
    return answer.status_code, answer.headers, answer.body


def test_the_export_has_no_words(life: Life) -> None:
    status, _, body = asked(life, "/v1/desk/export", LEADER)
    assert (status, len(body) > 9999, MARK.encode() in body) == (200, True, False)


def test_the_feed_is_text(life: Life) -> None:
    with Client(app) as client:
        answer = client.http.get("/cong-khai.atom")
    feed = ElementTree.fromstring(answer.body)
    assert {one.tag.removeprefix(f"{{{ATOM}}}") for one in feed.iter()} == OF_FEEDS
    assert {name for one in feed.iter() for name in one.attrib} == {"rel", "type", "href", "term", LANGUAGE}
    [content] = feed.iter(f"{{{ATOM}}}content")
    assert content.get("type") == "text"
    assert "<zxq" in str(content.text)
    for one in feed.iter():
        hostile.plain(one.text or "")
    assert all(str(one.get("href")).startswith("https://1022.test/") for one in feed.iter(f"{{{ATOM}}}link"))


def test_files_are_downloads(life: Life) -> None:
    kept = [life.world.deps.files.link(code, file, life.world.clock.now()).url for code, file in life.files]
    names = [hostile.downloaded(fetched(url)[1]) for url in kept]
    assert len(names) >= 3
    assert [name for name in names if MARK not in name or not name.endswith(".pdf")] == []
    assert {fetched(url)[1]["Content-Type"] for url in kept} <= {*EXTENSIONS}
    assert [url for url in kept if MARK in url] == []


def test_a_spreadsheet_reckons_nothing(life: Life) -> None:
    """The one table that leaves as a file for Excel and its like: names of units are administrators' words."""
    tables = [
        asked(life, f"{DESK}/ho-so.csv?{query}", cookie=at_desk(life.world, OPERATOR).cookie) for query in HOLDERS
    ]
    for status, headers, body in tables:
        assert (status, headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert re.fullmatch(r"attachment; filename=ho-so-[0-9-]{10}\.csv", headers["Content-Disposition"])
        rows = [*csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))]
        assert {len(row) for row in rows} == {8}
        assert [cell for row in rows for cell in row if cell.startswith(FORMULAS)] == []
    assert MARK.encode() in b"".join(body for _, _, body in tables)


def test_who_must_be_told_of_a_breach(life: Life) -> None:
    """Names of senders, for a spreadsheet: what they begin with reckons nothing."""
    for breach in life.names["breach"]:
        _, headers, body = asked(life, f"{KEPT}/su-co/{breach}/danh-sach.csv", cookie=at_desk(life.world, ADMIN).cookie)
        rows = [*csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert len({len(row) for row in rows}) == 1
        assert [cell for row in rows for cell in row if cell.startswith(FORMULAS)] == []
        assert MARK in str(rows)


def test_a_copy_of_ones_data_is_a_download(life: Life) -> None:
    status, headers, body = asked(life, f"{MINE}/ban-sao.json", cookie=life.session)
    assert (status, headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    assert (headers["X-Content-Type-Options"], headers["Content-Disposition"][:10]) == ("nosniff", "attachment")
    assert MARK in str(json.loads(body))


def test_what_agencies_software_is_told_is_as_its_types_say(life: Life) -> None:
    assert MARK in str(life.told)  # agency_inbox has decoded each by its type, and looked at its signature
