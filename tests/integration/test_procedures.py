"""The catalogue of procedures: brought in, looked up, read, and changed by two at once."""

from __future__ import annotations

import hashlib
import json
import time
import urllib.request
import zipfile
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.procedures import NAMES
from chalicelib.usecases.propose_procedures import Publication
from infra.load_procedures import load
from tests import procedures
from tests.integration.browser import open_page
from tests.integration.desk import Browser, at_desk
from tests.integration.world import ADMIN, OPERATOR, World

ABOUT = {"note": "Quyết định 01/QĐ-VIDU công bố danh mục", "effective": "2026-07-01"}
JSONL = "application/x-ndjson"
CATALOGUE = "/ban-lam-viec/quan-tri/thu-tuc"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def propose(world: World, rows: Any, *, expect: int = 201, **about: Any) -> Any:
    status, made = world.call("POST", "/v1/desk/catalogue/imports", {**ABOUT, "procedures": rows, **about}, token=ADMIN)
    assert status == expect, made
    return made


def accept(world: World, draft: str, *, expect: int = 200, token: str = ADMIN) -> Any:
    status, made = world.call("POST", f"/v1/desk/catalogue/imports/{draft}/accept", token=token)
    assert status == expect, made
    return made


def upload(world: World, content: bytes, media_type: str = JSONL) -> str:
    said = {"name": "danh-muc", "media_type": media_type, "size": len(content)}
    said["sha256"] = hashlib.sha256(content).hexdigest()
    status, slip = world.call("POST", "/v1/desk/catalogue/uploads", said, token=ADMIN)
    assert status == 201, slip
    request = urllib.request.Request(slip["url"], data=content, headers=slip["headers"], method="PUT")
    urllib.request.urlopen(request).close()
    return str(slip["id"])


def proposed(world: World, content: bytes, media_type: str = JSONL, **about: Any) -> Any:
    body = {**ABOUT, "upload": upload(world, content, media_type), **about}
    status, made = world.call("POST", "/v1/desk/catalogue/imports", body, token=ADMIN)
    assert status == 201, made
    return made


@pytest.fixture
def catalogue(world: World) -> World:
    accept(world, propose(world, procedures.rows())["id"])
    world.clock.forward(minutes=2)
    return world


def found(world: World, words: str, **more: str) -> list[str]:
    from urllib.parse import urlencode

    status, page = world.call("GET", f"/v1/procedures?{urlencode({'q': words, **more})}")
    assert status == 200, page
    return [one["code"] for one in page["procedures"]]


class TestBringingIn:
    def test_nothing_changes_before_it_is_accepted(self, world: World) -> None:
        made = propose(world, procedures.rows())
        assert (made["added"], made["changed"], made["ended"], made["unchanged"], made["faulty"]) == (16, 0, 0, 0, 0)
        assert found(world, "khai sinh") == []
        assert accept(world, made["id"])["number"] == 1
        world.clock.forward(minutes=2)
        assert found(world, "khai sinh cho con")[0] == "9.000001"

    def test_a_file_goes_to_the_store_and_is_read_from_there(self, world: World) -> None:
        made = proposed(world, procedures.EXAMPLE.read_bytes())
        assert (made["added"], made["faulty"]) == (16, 0)

    def test_a_spreadsheet_with_vietnamese_headings(self, world: World) -> None:
        made = proposed(world, spreadsheet(procedures.rows()[:3]), XLSX)
        assert (made["added"], made["faults"]) == (3, [])

    def test_a_bad_row_is_named_and_stops_nothing_else(self, world: World) -> None:
        good = procedures.EXAMPLE.read_bytes().splitlines()
        bad = [b"{", good[0].replace(b'"name"', b'"title"'), b'{"code": "9.9"}', b"[1]", good[0]]
        made = proposed(world, b"\n".join([*good, *bad]))
        assert made["added"] == 16
        assert [(one["line"], one["code"]) for one in made["faults"]] == [
            (17, ""),
            (18, ""),
            (19, "9.9"),
            (20, ""),
            (21, "9.000001"),
        ]
        assert made["faults"][4]["reason"] == "Mã 9.000001 đã có ở dòng 1"

    def test_the_same_again_changes_nothing(self, catalogue: World) -> None:
        made = propose(catalogue, procedures.rows())
        assert (made["unchanged"], made["changes"]) == (16, [])
        assert accept(catalogue, made["id"], expect=409)["code"] == "catalogue_unchanged"

    def test_accepted_twice_it_is_one_version(self, world: World) -> None:
        made = propose(world, procedures.rows())
        assert propose(world, procedures.rows())["id"] == made["id"]
        assert [accept(world, made["id"])["number"] for _ in range(2)] == [1, 1]

    def test_what_changed_is_said_field_by_field(self, catalogue: World) -> None:
        row = procedures.rows()[0] | {"how": "Nộp trực tiếp, trong ngày.", "valid_from": "2027-01-01"}
        made = propose(catalogue, [row], effective="2027-01-01")
        [change] = made["changes"]
        assert (change["kind"], change["on"]) == ("changed", "2027-01-01")
        assert [(one["field"], one["after"]) for one in change["fields"]] == [("how", "Nộp trực tiếp, trong ngày.")]

    def test_until_its_day_the_old_edition_holds(self, catalogue: World) -> None:
        row = procedures.rows()[0] | {"name": "Đăng ký khai sinh, bản mới", "valid_from": "2027-01-01"}
        accept(catalogue, propose(catalogue, [row])["id"])
        catalogue.clock.forward(minutes=2)
        assert catalogue.call("GET", "/v1/procedures/9.000001")[1]["name"] == "Đăng ký khai sinh"
        catalogue.clock.forward(days=60)
        assert catalogue.call("GET", "/v1/procedures/9.000001")[1]["name"] == "Đăng ký khai sinh, bản mới"
        _, history = catalogue.call("GET", "/v1/desk/catalogue/procedures/9.000001/history", token=OPERATOR)
        assert [(one["valid_from"], one["valid_to"]) for one in history["editions"]] == [
            ("2027-01-01", None),
            ("2026-07-01", "2026-12-31"),
        ]
        assert [one["field"] for one in history["editions"][0]["fields"]] == ["name"]

    def test_a_whole_set_ends_what_it_does_not_name(self, catalogue: World) -> None:
        rows = procedures.rows()[1:]
        made = propose(catalogue, rows, complete=True, effective="2026-11-01")
        assert [(one["kind"], one["code"], one["on"]) for one in made["changes"]] == [
            ("ended", "9.000001", "2026-10-31")
        ]
        accept(catalogue, made["id"])
        catalogue.clock.forward(minutes=2)
        assert "9.000001" not in found(catalogue, "khai sinh")
        assert catalogue.call("GET", "/v1/procedures/9.000001")[1]["state"] == "ended"

    def test_a_row_that_cannot_be_read_ends_nothing(self, catalogue: World) -> None:
        rows = [procedures.rows()[0] | {"name": ""}, *procedures.rows()[1:]]
        made = propose(catalogue, rows, complete=True, effective="2026-11-01")
        assert (made["ended"], made["faulty"]) == (0, 1)

    def test_of_two_administrators_one_is_told(self, catalogue: World) -> None:
        mine, other = (
            propose(catalogue, [procedures.rows()[0] | {"name": name}])["id"] for name in ("Tên một", "Tên hai")
        )
        assert accept(catalogue, other)["number"] == 2
        assert accept(catalogue, mine, expect=409)["code"] == "catalogue_changed"
        assert accept(catalogue, other)["number"] == 2

    def test_of_two_at_the_same_moment_one_is_told(self, catalogue: World) -> None:
        mine, other = (
            propose(catalogue, [procedures.rows()[0] | {"name": name}])["id"] for name in ("Tên một", "Tên hai")
        )
        books: Any = catalogue.deps.catalogue_books

        def slowly(draft: str) -> None:
            del books.keep
            accept(catalogue, other)
            books.keep(draft)

        books.keep = slowly
        assert accept(catalogue, mine, expect=409)["code"] == "catalogue_changed"
        _, listed = catalogue.call("GET", "/v1/desk/catalogue/versions", token=ADMIN)
        assert [one["number"] for one in listed["versions"]] == [2, 1]

    def test_only_administrators_bring_in(self, world: World) -> None:
        body = {**ABOUT, "procedures": procedures.rows()}
        assert world.call("POST", "/v1/desk/catalogue/imports", body, token=OPERATOR)[0] == 403
        assert world.call("POST", "/v1/desk/catalogue/imports", body)[0] == 401

    def test_who_did_what_is_kept_and_can_be_looked_at(self, catalogue: World) -> None:
        _, listed = catalogue.call("GET", "/v1/desk/catalogue/versions", token=OPERATOR)
        assert [(one["number"], one["by"], one["added"]) for one in listed["versions"]] == [(1, "qt01", 16)]
        _, did = catalogue.call("GET", "/v1/desk/catalogue/versions/1", token=OPERATOR)
        assert (did["note"], len(did["changes"])) == (ABOUT["note"], 16)

    def test_everything_can_be_fetched_and_brought_in_again(self, catalogue: World) -> None:
        import gzip

        _, link = catalogue.call("GET", "/v1/desk/catalogue/export", token=OPERATOR)
        with urllib.request.urlopen(link["url"]) as answer:
            content = gzip.decompress(answer.read())
        made = proposed(catalogue, content)
        assert (made["unchanged"], made["faulty"]) == (16, 0)

    @pytest.mark.parametrize("rows", [None, []])
    def test_without_rows_it_says_so(self, world: World, rows: Any) -> None:
        assert propose(world, rows, expect=422)["title"]

    def test_a_broken_spreadsheet_is_refused(self, world: World) -> None:
        body = {**ABOUT, "upload": upload(world, b"PK no", XLSX)}
        status, made = world.call("POST", "/v1/desk/catalogue/imports", body, token=ADMIN)
        assert (status, made["code"]) == (422, "workbook_broken")


class TestLookingUp:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("khai sinh cho con", "9.000001"),
            ("lam lai so do bi mat", "9.000009"),
            ("đăng ký kêt hn", "9.000002"),
            ("ddawng kys tam trus", "9.000007"),
            ("mở cửa hàng", "9.000013"),
            ("9.000015", "9.000015"),
            ("công chứng bản sao", "9.000015"),
        ],
    )
    def test_by_what_people_call_it(self, catalogue: World, words: str, code: str) -> None:
        assert found(catalogue, words)[0] == code

    def test_narrowed_by_field_and_level(self, catalogue: World) -> None:
        assert found(catalogue, "", field="Đất đai") == ["9.000010", "9.000009", "9.000011"]
        assert found(catalogue, "cấp lại", level="Cấp xã")[0] == "9.000008"

    def test_page_by_page(self, catalogue: World) -> None:
        seen: list[str] = []
        cursor = ""
        while True:
            _, page = catalogue.call("GET", f"/v1/procedures?limit=5&cursor={cursor}")
            seen += [one["code"] for one in page["procedures"]]
            cursor = page["cursor"]
            if not cursor:
                break
        assert len(seen) == len(set(seen)) == page["total"] == 16

    def test_one_is_shown_with_its_source(self, catalogue: World) -> None:
        _, one = catalogue.call("GET", "/v1/procedures/9.000004")
        assert (one["decision"], one["decided_on"], one["state"]) == ("01/QĐ-VIDU", "2026-06-15", "in_force")
        assert [(way["channel"], way["time"], way["fee"]) for way in one["ways"]] == [
            ("Trực tuyến", "1 Ngày làm việc", "8,000 Việt Nam Đồng"),
            ("Trực tiếp", "1 Ngày làm việc", "8,000 Việt Nam Đồng"),
        ]
        assert one["papers"][0]["papers"] == [{"name": "Tờ khai cấp bản sao trích lục.", "copies": "1 bản chính"}]

    @pytest.mark.parametrize("code", ["9.999999", "..", "9.000001%00"])
    def test_what_is_not_there_is_404(self, catalogue: World, code: str) -> None:
        assert catalogue.call("GET", f"/v1/procedures/{code}")[0] == 404

    def test_a_wrong_cursor_is_told(self, catalogue: World) -> None:
        assert catalogue.call("GET", "/v1/procedures?cursor=x")[0] == 422

    def test_while_the_store_does_not_answer_what_was_read_last_is_good(self, catalogue: World) -> None:
        assert found(catalogue, "khai sinh")
        versions: Any = catalogue.deps.catalogue_versions

        def broken() -> None:
            raise UnavailableError("store_unavailable", "Bận")

        versions.newest = broken
        catalogue.clock.forward(minutes=2)
        assert found(catalogue, "khai sinh")[0] == "9.000001"
        catalogue.deps.__dict__.pop("procedures")
        assert catalogue.call("GET", "/v1/procedures?q=khai+sinh")[0] == 503


class TestPages:
    def test_without_a_catalogue_it_says_where_to_ask(self, world: World) -> None:
        assert "Chưa có danh mục" in open_page("/thu-tuc").words

    def test_a_search_leads_to_the_procedure(self, catalogue: World) -> None:
        page = open_page("/thu-tuc?tim=lam+lai+so+do")
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert "./thu-tuc/9.000009" in page.every("a", "href")
        one = open_page("/thu-tuc/9.000009")
        for words in ("Đơn đề nghị cấp lại giấy chứng nhận", "10 Ngày làm việc", "01/QĐ-VIDU", "01/07/2026"):
            assert words in one.words

    def test_nothing_found_says_so(self, catalogue: World) -> None:
        assert "Không tìm thấy thủ tục" in open_page("/thu-tuc?tim=zzzz+qqqq").words

    def test_no_such_procedure(self, catalogue: World) -> None:
        assert open_page("/thu-tuc/9.999999").status == 404


class TestTheCommand:
    def test_says_what_it_would_do_and_does_it_when_told(self, world: World) -> None:
        about = Publication(note="Quyết định 01/QĐ-VIDU", effective=date(2026, 7, 1))
        said = list(load(procedures.EXAMPLE, about, world.deps, by="cmd:an", accept=False))
        assert said[0].startswith("added    9.000001 Đăng ký khai sinh")
        assert said[-2:] == [
            "16 added, 0 changed, 0 ended, 0 unchanged, 0 cannot be read",
            "nothing is changed yet; --accept does it",
        ]
        assert world.deps.catalogue_versions.newest() is None
        assert list(load(procedures.EXAMPLE, about, world.deps, by="cmd:an", accept=True))[-1] == "accepted: version 1"
        assert list(load(procedures.EXAMPLE, about, world.deps, by="cmd:an", accept=True)) == [
            "0 added, 0 changed, 0 ended, 16 unchanged, 0 cannot be read"
        ]


@procedures.needs_real
class TestTheNationalCatalogue:
    def test_comes_in_whole_in_a_few_seconds(self, world: World) -> None:
        """The API's function has 15 s on half a processor; this machine's is told, so that a failure can be judged."""
        began = time.process_time()
        made = proposed(world, procedures.REAL.read_bytes(), complete=True)
        spent = time.process_time() - began
        assert (made["added"], made["faulty"]) == (1601, 0)
        assert spent < 5, f"{spent:.1f} s of processor time"
        accept(world, made["id"])
        again = proposed(world, procedures.REAL.read_bytes(), complete=True)
        assert (again["unchanged"], again["changes"]) == (1601, [])


def spreadsheet(rows: list[dict[str, Any]]) -> bytes:
    """Write rows as an office would: Vietnamese headings, lists in one cell."""
    told = [["; ".join(value) if isinstance(value, list) else value for value in row.values()] for row in rows]
    cells = [[NAMES[name] for name in rows[0]], *told]
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in cells
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in PARTS.items():
            packed.writestr(name, text.format(rows=lines))
    return out.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="b" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets><sheet name="TTHC" sheetId="1" '
    'r:id="b"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{{rows}}</sheetData></worksheet>',
}


class TestTheAdministratorsPages:
    def uploaded(self, world: World, browser: Browser, content: bytes) -> str:
        page = browser.open(CATALOGUE)
        page.forms["slip"] = {"": next(str(given["data-upload"]) for _, given in page.tags if "data-upload" in given)}
        page.forms["slip"]["seal"] = page.forms["so-sanh"]["seal"]
        said = {"name": "danh-muc.jsonl", "media_type": JSONL, "size": len(content)}
        slip = json.loads(browser.send(page, "slip", said | {"sha256": hashlib.sha256(content).hexdigest()}).html)
        request = urllib.request.Request(slip["url"], data=content, headers=slip["headers"], method="PUT")
        urllib.request.urlopen(request).close()
        return str(slip["id"])

    def test_a_file_is_uploaded_looked_at_and_accepted(self, world: World) -> None:
        browser = at_desk(world, ADMIN)
        upload = self.uploaded(world, browser, procedures.EXAMPLE.read_bytes() + b"{\n")
        typed = {"attachments": upload, "complete": "", **ABOUT}
        page = browser.send(browser.open(CATALOGUE), "so-sanh", typed)
        assert "Sẽ thêm 16 , sửa 0 , kết thúc 0" in page.words
        assert "Dòng 17" in page.words
        page = browser.send(page, "chap-nhan")
        assert "Đã chấp nhận" in page.words
        assert "Phiên bản 1" in page.words
        did = browser.open(f"{CATALOGUE}/phien-ban/1")
        assert "Đã thêm 16" in did.words
        assert "chap-nhan" not in did.forms
        assert browser.open(f"{CATALOGUE}/tai-ve").status == 303

    def test_without_a_file_it_says_so_and_keeps_what_was_typed(self, world: World) -> None:
        browser = at_desk(world, ADMIN)
        page = browser.send(browser.open(CATALOGUE), "so-sanh", {"complete": "", **ABOUT})
        assert page.status == 422
        assert "Xin chọn một tệp" in page.words
        assert page.forms["so-sanh"]["note"] == ABOUT["note"]

    def test_nobody_else_gets_in(self, world: World) -> None:
        assert at_desk(world, OPERATOR).open(CATALOGUE).status == 403
