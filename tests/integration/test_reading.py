"""The published answers as people read them: lists, stable addresses, search, the feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urljoin
from xml.etree import ElementTree

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import Posting
from tests.integration.browser import Page, open_page
from tests.integration.test_board import published
from tests.integration.test_open_pages import LARGEST, weight
from tests.integration.test_pages import HOSTILE, harmless, open_asset
from tests.integration.world import LEADER, World

ATOM = "{http://www.w3.org/2005/Atom}"


def put(world: World, name: str, question: str = "Khai sinh cho con\n\nTôi hỏi.", **more: Any) -> None:
    at = more.pop("at", world.clock.now())
    made = {"kind": "question", "field": "ho_tich", "unit": "so_tu_phap", "answer": "Nộp tại xã.", **more}
    world.deps.board.put(
        Posting(f"{name.encode().hex():0<12}", question=question, published_at=at, month=f"{at:%Y-%m}", **made)
    )


def read(**query: Any) -> Page:
    return open_page(f"/cong-khai?{urlencode(query)}")


def addresses_listed(page: Page) -> list[str]:
    return [href[2:] for href in page.every("a", "href") if href.startswith("./cong-khai/")]


def listed(page: Page) -> list[str]:
    found = [address.rpartition("/")[2] for address in addresses_listed(page)]
    return [bytes.fromhex(name).decode(errors="replace").rstrip("\0") for name in found]


class TestLists:
    def test_the_newest_month_is_found_by_the_reads_that_show_it(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once all of a month were read, to learn which month to read."""
        read_of: list[tuple[str, int]] = []
        page = world.deps.board.page

        def counted(**asked: Any) -> Any:
            read_of.append((asked["month"], asked["limit"]))
            return page(**asked)

        monkeypatch.setattr(world.deps.board, "page", counted, raising=False)
        put(world, "old", at=datetime(2026, 9, 3, tzinfo=UTC))
        assert listed(read()) == ["old"]
        assert read_of == [("2026-11", 10), ("2026-10", 10), ("2026-09", 10)]

    def test_an_empty_board_helps(self, world: World) -> None:
        page = open_page("/cong-khai")
        assert page.status == 200
        assert "Chưa có câu trả lời nào được công khai" in page.words
        assert "./gui" in page.every("a", "href")

    def test_the_newest_month_that_has_one_is_shown(self, world: World) -> None:
        put(world, "old", at=datetime(2026, 8, 3, tzinfo=UTC))
        assert listed(open_page("/cong-khai")) == ["old"]
        assert listed(read(thang="2026-11")) == []

    def test_filters_stay_in_the_address_and_links_of_others_are_taken(self, world: World) -> None:
        put(world, "one")
        put(world, "two", field="dat_dai", unit="so_xay_dung")
        assert listed(read(**{"linh-vuc": "dat_dai", "fbclid": "x"})) == ["two"]
        page = read(**{"co-quan": "so_tu_phap", "linh-vuc": "", "tim": "", "thang": ""})
        assert listed(page) == ["one"]
        assert "./cong-khai.atom?co-quan=so_tu_phap" in page.every("a", "href")

    def test_pages_show_each_once(self, world: World) -> None:
        for number in range(23):
            put(world, f"n{number:02}z", at=datetime(2026, 11, 3, 0, number // 2, tzinfo=UTC))
        seen, page = [], open_page("/cong-khai")
        while True:
            seen += listed(page)
            following = [href for href in page.every("a", "href") if "tu=" in href]
            if not following:
                break
            page = open_page(urljoin("/cong-khai", following[0]))
        assert (len(seen), len(set(seen))) == (23, 23)

    def test_nonsense_is_refused_in_words(self, world: World) -> None:
        for query in ({"thang": "2026-13"}, {"trang": "0"}, {"linh-vuc": "<b>"}, {"tim": "x" * 201}):
            page = read(**query)
            assert page.status == 422
            harmless(page)


class TestOne:
    def test_has_an_address_that_search_engines_know(self, world: World) -> None:
        published(world)
        world.drain()
        [address] = addresses_listed(open_page("/cong-khai"))
        page = open_page(f"/{address}")
        assert page.headers["X-Robots-Tag"] == "all"
        assert page.headers["Link"].endswith(f'/{address}>; rel="canonical"')
        assert page.headers["Link"].startswith(f"<{world.deps.public_url.rstrip('/')}/")
        assert "Bùi Thị Hoa" not in page.words
        assert weight(page) <= LARGEST

    def test_is_gone_when_it_was_withdrawn(self, world: World) -> None:
        code = published(world)
        world.drain()
        page = read(tim="khai sinh")
        [address] = addresses_listed(page)
        world.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
        world.drain()
        assert open_page(f"/{address}").status == 404
        assert listed(read(tim="khai sinh")) == []  # though its words are still held


class TestSearch:
    def test_finds_without_marks_and_marks_what_it_found(self, world: World) -> None:
        put(world, "one")
        page = read(tim="khai sinh")
        assert "<mark>Khai sinh</mark>" in page.html
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert listed(read(tim="KHAI  SINH")) == ["one"]
        assert listed(read(tim="khai sinh", **{"linh-vuc": "dat_dai"})) == []
        assert listed(read(tim="khai sinh", thang="2026-10")) == []
        assert listed(read(tim="khai sinh", thang="2026-11", **{"co-quan": "so_tu_phap"})) == ["one"]

    def test_knows_what_was_published_a_minute_ago(self, world: World) -> None:
        put(world, "one")
        assert listed(read(tim="khai sinh")) == ["one"]
        put(world, "two", "Khai sinh lại")
        world.clock.forward(minutes=1)
        assert set(listed(read(tim="khai sinh"))) == {"one", "two"}
        put(world, "one", "Đã sửa")
        world.clock.forward(minutes=1)
        assert listed(read(tim="khai sinh")) == ["two"]

    def test_a_reading_that_breaks_off_loses_nothing(self, world: World) -> None:
        put(world, "one")
        assert listed(read(tim="khai sinh")) == ["one"]
        for minute in (1, 2, 3):
            put(world, f"m{minute}", at=world.clock.now().replace(minute=15 * minute))
        world.clock.forward(hours=0.8)
        page, broken = world.deps.board.page, iter([True])

        def breaks(**asked: Any) -> Any:
            found, cursor = page(**asked | {"limit": 1})
            if next(broken, False):
                return found, cursor
            del world.deps.board.page
            raise UnavailableError("store_unavailable", "Xin thử lại sau.")

        world.deps.board.page = breaks
        assert read(tim="khai sinh").status == 503
        assert set(listed(read(tim="khai sinh"))) == {"one", "m1", "m2", "m3"}

    def test_pages(self, world: World) -> None:
        for number in range(13):
            put(world, f"n{number:02}z")
        first = read(tim="khai sinh")
        [following] = [href for href in first.every("a", "href") if "trang=2" in href]
        second = open_page(urljoin("/cong-khai", following))
        assert (len(listed(first)), len(listed(second))) == (10, 3)
        assert set(listed(first)).isdisjoint(listed(second))

    def test_hostile_words_are_harmless(self, world: World) -> None:
        put(world, "one", HOSTILE, answer=HOSTILE)
        for page in (
            read(tim=HOSTILE[:190]),
            read(tim="alert"),
            open_page("/cong-khai"),
            open_page("/cong-khai/6f6e65000000"),
        ):
            assert page.status == 200
            harmless(page)


class TestFeed:
    def feed(self, query: str = "") -> Any:
        answer = open_asset(f"/cong-khai.atom{query}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        return ElementTree.fromstring(answer.body)

    @pytest.mark.parametrize("count", [0, 25])
    def test_is_valid_atom(self, world: World, count: int) -> None:
        for number in range(count):
            put(world, f"n{number:02}z", f"{HOSTILE}\x01\ufffe", answer=HOSTILE)
        feed = self.feed()
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == min(count, 20)
        for one in (feed, *entries):  # RFC 4287, 4.1.1 and 4.1.2
            for name in ("id", "title", "updated"):
                [element] = one.findall(f"{ATOM}{name}")
                assert element.text
            assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo
            assert (one.findtext(f"{ATOM}id") or "").startswith("http")
            assert one.findtext(f"{ATOM}author/{ATOM}name")
            alternates = [link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            assert len(alternates) == 1
        assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
        assert {one.find(f"{ATOM}content").get("type") for one in entries} <= {"text"}  # type: ignore[union-attr]

    def test_is_as_narrow_as_asked(self, world: World) -> None:
        put(world, "one", at=datetime(2026, 10, 3, tzinfo=UTC))
        put(world, "two", "Đất", field="dat_dai", unit="so_xay_dung")
        titles = [one.findtext(f"{ATOM}title") for one in self.feed("?linh-vuc=dat_dai").findall(f"{ATOM}entry")]
        assert titles == ["Đất"]
        assert len(self.feed().findall(f"{ATOM}entry")) == 2
        assert len(self.feed("?co-quan=so_tu_phap").findall(f"{ATOM}entry")) == 1
