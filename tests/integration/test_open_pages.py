"""What the pages that anyone may read have in common, and the page that says where to go."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest

from tests.integration.browser import Page, open_page
from tests.integration.test_pages import addresses, open_asset
from tests.integration.world import World

LARGEST = 60 * 1024  # bytes of a first visit, compressed, with everything it loads
PAGES = ("/cong-khai", "/thong-ke", "/lien-he")  # each an entry of the navigation


def weight(page: Page) -> int:
    loaded = [*page.every("img", "src"), *page.every("link", "href"), *page.every("script", "src")]
    files = {urljoin(page.address, one) for one in loaded if "static/" in one}
    assert files
    return sum(len(gzip.compress(text)) for text in (page.html.encode(), *(open_asset(one).body for one in files)))


@pytest.mark.parametrize("address", PAGES)
class TestEveryOpenPage:
    def test_may_be_found_and_kept_for_a_minute(self, world: World, address: str) -> None:
        page = open_page(address)
        assert page.status == 200
        assert page.headers["X-Robots-Tag"] == "all"
        assert page.headers["Cache-Control"] == "public, max-age=60"

    def test_is_light(self, world: World, address: str) -> None:
        assert weight(open_page(address)) <= LARGEST

    def test_says_where_one_is_and_leads_on(self, world: World, address: str) -> None:
        page = open_page(address)
        [here] = [given["href"] for tag, given in page.tags if given.get("aria-current") == "page"]
        assert urljoin(address, here) == address
        local = {one for one in addresses(page) if not one.startswith(("tel:", "mailto:", "#"))}
        for prefix in ("", "/api"):
            leads = {urljoin(f"https://1022.test{prefix}{address}", one) for one in local}
            assert {one.removeprefix(f"https://1022.test{prefix}/").partition("/")[0][:4] for one in leads} >= {"stat"}
            assert [one for one in leads if not one.startswith(f"https://1022.test{prefix}/")] == []


class TestWhereToGo:
    def test_says_whether_somebody_is_there(self, world: World) -> None:
        assert "Đang mở cửa, đến 11:30 hôm nay" in open_page("/lien-he").words
        world.clock.set(datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
        assert "mở lại lúc 07:30 thứ Tư, 25/11/2026" in open_page("/lien-he").words

    def test_knows_what_was_announced(self, world: World) -> None:
        world.announce("day_off", "2026-11-25")
        world.clock.set(datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
        assert "mở lại lúc 07:30 thứ Năm, 26/11/2026" in open_page("/lien-he").words

    def test_names_the_ways_and_who_takes_the_rest(self, world: World) -> None:
        page = open_page("/lien-he")
        assert {"tel:021831022", "mailto:tthcc@hoabinh.gov.vn"} <= set(page.every("a", "href"))
        assert "Thanh tra tỉnh Hòa Bình" in page.words
        assert page.words.count("Ban Tiếp công dân") == 1  # two refusals, one place to go
        assert "Sở Tư pháp" in page.words
        assert "Hộ tịch; Chứng thực" in page.words
