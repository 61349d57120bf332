"""Whatever people type or paste: a clear refusal or a correct case, never a failure, nothing half-stored."""

from __future__ import annotations

import json
import unicodedata
from typing import Any
from urllib.parse import quote

import pytest
from chalice.test import Client

from app import app
from chalicelib.adapters.dynamo.tables import CaseItem, CentreItem, InboxItem
from tests.integration.world import ADMIN, ANSWER, CASE, OPERATOR, SENDER, World

TEXTS = ("/title", "/content", "/sender/name", "/sender/address")
UNIT = {"name": "Sở Nội vụ", "kind": "department", "mail": "so-noi-vu@tongdai.example"}
NFD = unicodedata.normalize("NFD", "Phường Tân Thịnh đề nghị sửa đường điện chiếu sáng")
HALVES = (chr(0xD800), "a" + chr(0xD83D) + "b", "c" + chr(0xDFFF))
PASTED = (
    "Cảm ơn 🙏👨‍👩‍👧 đã giúp đỡ gia đình tôi rất nhiều",
    "<script>alert(1)</script><img src=x onerror=alert(1)> xin hỏi thủ tục",
    '=HYPERLINK("http://xau.example","bấm vào đây") xin hỏi thủ tục',
    "+1+1; -2; @SUM(A1:A9)\t|'cmd'!A0 xin hỏi thủ tục",
    "{{ 7*7 }} ${7*7} %s %(a)s \\n '; DROP TABLE cases; --",
    "Tiếng Việt، العربية, 中文, ไทย xin hỏi thủ tục",
)


def send(raw: bytes, kind: str = "application/json") -> Any:
    with Client(app) as client:
        headers = {"Content-Type": kind, "Idempotency-Key": "one"}
        answer = client.http.request("POST", "/v1/cases", headers=headers, body=raw)
    return answer.status_code, json.loads(answer.body)


def changed(pointer: str, value: object, body: Any = CASE) -> Any:
    """Return the body with another value in one place."""
    first, _, rest = pointer.removeprefix("/").partition("/")
    return body | {first: changed(rest, value, body[first]) if rest else value}


def stored(world: World) -> int:
    assert world.deps
    return len([*CaseItem.scan(), *InboxItem.scan()])


def content(world: World, made: Any) -> tuple[Any, Any]:
    """Return the case as its sender reads it, and as the desk does."""
    status, read = world.call("GET", f"/v1/cases/{made['code']}/content", X_Case_Pin=made["pin"])
    assert status == 200
    return read, world.open(made["code"])


class TestRefused:
    @pytest.mark.parametrize(
        ("raw", "status", "code"),
        [
            (b"", 400, "malformed_json"),
            (b'{"kind": "question", "content": "a"', 400, "malformed_json"),
            (b"kind=question&content=a", 400, "malformed_json"),
            (json.dumps(CASE).encode("utf-16"), 400, "malformed_json"),
            (json.dumps(CASE, ensure_ascii=False).encode("utf-8-sig"), 400, "malformed_json"),
            (json.dumps(CASE | {"content": "Một triệu chữ. " * 80_000}).encode(), 413, "body_too_large"),
            (b"[" * 200_000, 422, "invalid_request"),
            (b'"' + b"a" * 1000 + b'"', 422, "invalid_request"),
        ],
    )
    def test_what_is_no_case_at_all(self, world: World, raw: bytes, status: int, code: str) -> None:
        answered, refused = send(raw)
        assert (answered, refused["code"]) == (status, code)
        assert stored(world) == 0

    @pytest.mark.parametrize("pointer", [*TEXTS, "/sender/email", "/sender/phone", "/field", "/channel"])
    @pytest.mark.parametrize("value", [5, None, ["a"]])
    def test_another_type(self, world: World, pointer: str, value: object) -> None:
        status, refused = send(json.dumps(changed(pointer, value)).encode())
        assert (status, refused["code"]) == (422, "invalid_request")
        assert [fault["pointer"] for fault in refused["errors"]] == [pointer]
        assert stored(world) == 0

    @pytest.mark.parametrize("pointer", ["/noi_dung", "/state", "/sender/cccd", "/sender/is_admin"])
    def test_a_field_that_does_not_exist(self, world: World, pointer: str) -> None:
        status, refused = send(json.dumps(changed(pointer, "x")).encode())
        assert (status, refused["errors"]) == (422, [{"pointer": pointer, "detail": "Không có trường này."}])
        assert stored(world) == 0

    @pytest.mark.parametrize(
        ("pointer", "value"),
        [
            ("/content", "a" * 20_001),
            ("/title", "ă" * 301),
            ("/sender/address", "ă" * 501),
            ("/sender/email", "hoa@"),
            ("/sender/email", "hoa@example.com\n"),
            ("/sender/email", "a@b.vn, c@d.vn"),
            ("/sender/email", "<hoa@example.com>"),
            ("/field", "dat_dai\n"),
            ("/kind", "câu hỏi"),
        ],
    )
    def test_out_of_bounds(self, world: World, pointer: str, value: str) -> None:
        status, refused = send(json.dumps(changed(pointer, value)).encode())
        assert (status, [fault["pointer"] for fault in refused["errors"]]) == (422, [pointer])
        assert stored(world) == 0

    @pytest.mark.parametrize("pointer", [*TEXTS, "/sender/email", "/sender/phone"])
    @pytest.mark.parametrize("half", HALVES)
    def test_half_a_character(self, world: World, pointer: str, half: str) -> None:
        status, refused = send(json.dumps(changed(pointer, half)).encode())
        assert (status, refused["code"]) == (400, "malformed_json")
        assert stored(world) == 0

    @pytest.mark.parametrize("phone", ["12", "0912", "không có", "+84 123", "0912345678 gọi giờ hành chính", "0" * 30])
    def test_no_telephone_number(self, world: World, phone: str) -> None:
        status, refused = send(json.dumps(changed("/sender/phone", phone)).encode())
        assert (status, refused["errors"][0]["pointer"]) in [(422, "/sender/phone")]
        assert stored(world) == 0


class TestTaken:
    @pytest.mark.parametrize("pointer", TEXTS)
    @pytest.mark.parametrize("pasted", PASTED)
    def test_what_is_pasted_stays_as_it_is(self, world: World, pointer: str, pasted: str) -> None:
        made = world.send(**changed(pointer, pasted))
        read, opened = content(world, made)
        kept = pasted.replace("\t", " ").replace("\u200d", "")
        assert kept in json.dumps([read, opened], ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
        world.drain()

    @pytest.mark.parametrize("pointer", TEXTS)
    def test_one_spelling_is_stored(self, world: World, pointer: str) -> None:
        made = world.send(**changed(pointer, NFD))
        bodies = " ".join(item.body for item in CaseItem.query(made["code"]))
        assert unicodedata.normalize("NFC", NFD) in bodies
        assert unicodedata.is_normalized("NFC", bodies)

    @pytest.mark.parametrize("pointer", TEXTS)
    def test_what_nobody_sees_is_left_out(self, world: World, pointer: str) -> None:
        made = world.send(**changed(pointer, "\u202eXin\x00 hỏi\x07 thủ\u200b tục\x1b đất\ufeff đai\x7f ở đâu"))
        assert "Xin hỏi thủ tục đất đai ở đâu" in " ".join(item.body for item in CaseItem.query(made["code"]))

    def test_the_longest_text(self, world: World) -> None:
        words = ("Đường làng ngập nước. " * 1000)[:20_000]
        read, _ = content(world, world.send(content=words))
        assert words.strip() in json.dumps(read, ensure_ascii=False)

    @pytest.mark.parametrize(
        ("phone", "kept"),
        [
            ("02183.1022", "021831022"),
            ("+84 912 345 678", "+84912345678"),
            ("0084-912.345.678", "+84912345678"),
            ("(0218) 3 851 234", "+842183851234"),
            ("\u202a0912\u00a0345\u00a0678\u202c", "+84912345678"),
            ("０９１２３４５６７８", "+84912345678"),
            ("+49 30 901820", "+4930901820"),
            ("1022", "1022"),
        ],
    )
    def test_telephone_numbers_as_people_write_them(self, world: World, phone: str, kept: str) -> None:
        made = world.send(sender=SENDER | {"phone": phone})
        assert world.deps.cases.dossier(made["code"]).sender.phone == kept


class TestAtTheDesk:
    @pytest.mark.parametrize("version", [8.0, "1", True, None, 0, -1, 10**30, [1]])
    def test_a_version_is_a_whole_number(self, world: World, version: object) -> None:
        code = world.send()["code"]
        before = stored(world)
        body = ANSWER | {"version": version}
        status, refused = world.call("POST", f"/v1/desk/cases/{code}/answer", body, token=OPERATOR)
        assert (status, refused["errors"][0]["pointer"]) == (422, "/version")
        assert stored(world) == before

    @pytest.mark.parametrize("nothing", [" ", "\n\t ", "\u200b", "\x00", "\u2060\ufeff"])
    @pytest.mark.parametrize("name", ["answer", "responsible_officer", "approving_leader"])
    def test_words_that_say_nothing(self, world: World, name: str, nothing: str) -> None:
        code = world.send()["code"]
        refused = world.act(code, "answer", OPERATOR, ANSWER | {name: nothing}, expect=422)
        assert refused["errors"][0]["pointer"] == f"/{name}"
        assert world.case(code).state == "received"

    @pytest.mark.parametrize(
        "path",
        [
            "/v1/cases/{}\n",
            "/v1/cases/{} OR 1=1",
            "/v1/cases/４８２１０９３７５５１２",
            "/v1/desk/cases/{}\n",
            "/v1/board/0f3a9c1b2d4e\n",
        ],
    )
    def test_a_path_that_is_almost_right(self, world: World, path: str) -> None:
        there = path.format(world.send()["code"])
        assert world.call("GET", quote(there), token=OPERATOR)[0] == 404

    @pytest.mark.parametrize(
        "query",
        ["month=2026-11%0A", "month=2026-13", "agency=so_y_te%0A", "field=%ED%A0%80", "limit=1e3", "limit=%D9%A3"],
    )
    def test_a_query_that_is_almost_right(self, world: World, query: str) -> None:
        status, refused = world.call("GET", f"/v1/board?{query}")
        assert (status, refused["errors"][0]["parameter"]) == (422, query.partition("=")[0])

    @pytest.mark.parametrize("cursor", ["~", "' OR 1=1", "🙏", "\x00", "2026-11-23T02:00:00.000Z#"])
    @pytest.mark.parametrize("path", ["/v1/desk/cases", "/v1/board"])
    def test_a_cursor_of_ones_own_making(self, world: World, path: str, cursor: str) -> None:
        world.send()
        assert world.call("GET", f"{path}?cursor={quote(cursor)}", token=OPERATOR)[0] == 200

    @pytest.mark.parametrize("mail", ["", "so@", "a@b.vn\n", "a@b.vn\r\nBcc: x@y.vn"])
    def test_a_unit_without_a_good_address(self, world: World, mail: str) -> None:
        status, _ = world.call("PUT", "/v1/desk/units/so_moi", UNIT | {"mail": mail}, token=ADMIN)
        assert status == 422
        assert "so_moi" not in {item.sk for item in CentreItem.query("UNIT")}

    def test_a_unit_is_named_by_a_slug_alone(self, world: World) -> None:
        assert world.call("PUT", "/v1/desk/units/so_moi%0A", UNIT, token=ADMIN)[0] == 404

    def test_a_unit_is_spelt_as_texts_are(self, world: World) -> None:
        body = UNIT | {"name": f" {unicodedata.normalize('NFD', 'Sở Nội vụ')}\u200b", "phone": "\x000218 3 851 234 "}
        status, made = world.call("PUT", "/v1/desk/units/so_noi_vu", body, token=ADMIN)
        assert (status, made["name"], made["phone"]) == (200, "Sở Nội vụ", "0218 3 851 234")
        assert world.call("PUT", "/v1/desk/units/so_noi_vu", UNIT | {"name": "\u200b"}, token=ADMIN)[0] == 422
