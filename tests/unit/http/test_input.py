"""What arrives: every kind of bad input on a small application of its own."""

import json
from types import SimpleNamespace

import pytest

from chalicelib.entrypoints import decoding
from chalicelib.entrypoints.responses import SECURITY_HEADERS
from tests.unit.http.small_app import JSON, STAFF_HEADERS, refused, send

PHONE = {"sender": {"phone": "0912345678"}}


class TestBodies:
    def test_a_good_body_reaches_the_view(self, client):
        response = send(client, "POST", "/intake", PHONE)
        assert response.status_code == 201
        assert json.loads(response.body) == {"value": "0912345678", "role": "sender"}
        assert response.headers["Content-Type"] == "application/json"
        assert SECURITY_HEADERS.items() <= response.headers.items()

    @pytest.mark.parametrize(
        "kind",
        ["application/json; charset=utf-8", "Application/JSON ;charset=UTF-8", 'application/json; charset="utf-8"'],
    )
    def test_json_by_other_spellings(self, client, kind):
        assert send(client, "POST", "/intake", PHONE, {"content-type": kind}).status_code == 201

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Content-Type": ""},
            {"Content-Type": "text/plain"},
            {"Content-Type": "application/jsonp"},
            {"Content-Type": "application/x-www-form-urlencoded, application/json"},
            {"Content-Type": "application/json; charset=latin-1"},
            {"Content-Type": "application/json; charset="},
            {"Content-Type": "image/png"},
        ],
    )
    def test_anything_but_json_is_415(self, client, headers):
        refused(send(client, "POST", "/intake", PHONE, headers), 415, "media_type_unsupported")

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b" ",
            b"{",
            b'{"sender":}',
            b'{"sender": {"phone": "0912345678"}} x',
            b"\xef\xbb\xbf{}",
            b'{"sender": {"phone": "\xff\xfe"}}',
            b'{"sender": {"phone": "\xed\xa0\x80"}}',
            rb'{"sender": {"phone": "\ud800"}}',
            rb'{"sender": {"phone": "\udc00"}}',
            rb'{"\ud800\u0041": 1}',
            b'{"sender": {"phone": "a\x00\x1fb"}}',
            b'{"sender": {"phone": "0912345678"}, "weight": NaN}',
            b'{"sender": {"phone": "0912345678"}, "weight": -Infinity}',
            b'{"sender": {"phone": "0912345678"}, "count": 01}',
        ],
    )
    def test_what_is_not_json_is_400(self, client, raw):
        refused(send(client, "POST", "/intake", raw), 400, "malformed_json")

    @pytest.mark.parametrize(
        ("raw", "pointer", "detail"),
        [
            ("null", "", "Cần đối tượng, nhưng nhận được null."),
            ("[]", "", "Cần đối tượng, nhưng nhận được danh sách."),
            ("[" * 100_000, "", "Cần đối tượng, nhưng nhận được danh sách."),
            ("{}", "/sender", "Thiếu trường này."),
            ('{"sender": {}}', "/sender/phone", "Thiếu trường này."),
            ('{"sender": {"phone": 5}}', "/sender/phone", "Cần chuỗi ký tự, nhưng nhận được số nguyên."),
            ('{"sender": {"phone": "1"}}', "/sender/phone", "Không đúng định dạng quy định."),
            (r'{"sender": {"phone": "\u0000"}}', "/sender/phone", "Không đúng định dạng quy định."),
            ('{"sender": {"x/y~": 1}}', "/sender/x~1y~0", "Không có trường này."),
            ('{"`a` - at `$.b`": 1}', "/`a` - at `$.b`", "Không có trường này."),
            ('{"a\\nb": 1}', "/a\nb", "Không có trường này."),
            ('{S, "sender": {"phone": "0912345678", "name": "a"}}', "/sender/name", "Cần ít nhất 2 ký tự."),
            ('{S, "kind": "idea"}', "/kind", "Giá trị không nằm trong danh sách được nhận."),
            ('{S, "kind": null}', "/kind", "Cần chuỗi ký tự, nhưng nhận được null."),
            ('{S, "count": -1}', "/count", "Giá trị nhỏ nhất được nhận là 0."),
            ('{S, "count": 11}', "/count", "Giá trị lớn nhất được nhận là 10."),
            ('{S, "count": "1"}', "/count", "Cần số nguyên, nhưng nhận được chuỗi ký tự."),
            ('{S, "count": true}', "/count", "Cần số nguyên, nhưng nhận được true hoặc false."),
            ('{S, "count": 1e400}', "/count", "Số vượt quá phạm vi được nhận."),
            ('{S, "count": %s}' % ("9" * 5000), "/count", "Số vượt quá phạm vi được nhận."),
            ('{S, "weight": 1e400}', "/weight", "Số vượt quá phạm vi được nhận."),
            ('{S, "places": [P, {"phone": "x"}]}', "/places/1/phone", "Không đúng định dạng quy định."),
            ('{S, "places": [P, P, P]}', "/places", "Chỉ nhận nhiều nhất 2 phần tử."),
            ('{S, "notes": {"a": "b"}}', "/notes", "Cần số nguyên, nhưng nhận được chuỗi ký tự."),
            (
                '{S, "at": "mai"}',
                "/at",
                "Không đúng dạng ngày hoặc thời điểm, ví dụ 2026-05-04 hoặc 2026-05-04T08:30:00Z.",
            ),
            (
                '{S, "at": "2026-05-04T08:30:00"}',
                "/at",
                "Thời điểm cần có múi giờ, ví dụ 2026-05-04T08:30:00+07:00.",
            ),
            ('{S, "at": []}', "/at", "Cần thời điểm hoặc null, nhưng nhận được danh sách."),
        ],
    )
    def test_wrong_values_are_named(self, client, raw, pointer, detail):
        person = '{"phone": "0912345678"}'
        raw = raw.replace("{S", '{"sender": ' + person).replace("P", person)
        body = refused(send(client, "POST", "/intake", raw.encode()), 422, "invalid_request")
        assert body["errors"] == [{"pointer": pointer, "detail": detail}]

    def test_the_limit_is_256_kilobytes(self, client):
        fits = json.dumps(PHONE).encode().ljust(decoding.LARGEST_BODY)
        assert send(client, "POST", "/intake", fits).status_code == 201
        assert refused(send(client, "POST", "/intake", fits + b" "), 413, "body_too_large")["limit_bytes"] == 262144

    @pytest.mark.parametrize("event_body", ["\ud800", "não base64", "/w=="])
    def test_bodies_only_a_gateway_can_make(self, app, deps, event_body):
        """Lambda gets text, not bytes: half a surrogate, or base64 of what is not UTF-8."""
        event = {
            "requestContext": {"httpMethod": "POST", "resourcePath": "/intake", "identity": {"sourceIp": "::1"}},
            "headers": JSON,
            "multiValueQueryStringParameters": None,
            "pathParameters": None,
            "stageVariables": None,
            "body": event_body,
            "isBase64Encoded": event_body != "\ud800",
        }
        response = app(event, SimpleNamespace(aws_request_id="not-a-uuid"))
        assert response["statusCode"] == 400
        assert json.loads(response["body"])["code"] == "malformed_json"
        assert "instance" not in json.loads(response["body"])


class TestQueries:
    def test_defaults_and_conversion(self, client):
        response = send(client, "GET", "/list?limit=5&since=2026-05-04&word=%C4%91%C6%B0%E1%BB%9Dng")
        assert json.loads(response.body)["value"] == {"limit": 5, "since": "2026-05-04", "word": "đường"}
        assert json.loads(send(client, "GET", "/list").body)["value"]["limit"] == 20

    def test_a_repeated_name_is_400(self, client):
        body = refused(send(client, "GET", "/list?word=a&word=a"), 400, "repeated_parameter")
        assert body["errors"] == [{"parameter": "word", "detail": "Tham số chỉ được gửi một lần."}]

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("limit=x", "limit"),
            ("limit=", "limit"),
            ("limit=51", "limit"),
            ("limit=" + "9" * 5000, "limit"),
            ("limit=nan", "limit"),
            ("since=hom-nay", "since"),
            ("page=2", "page"),
            ("limit%00=2", "limit\0"),
        ],
    )
    def test_wrong_values_are_named(self, client, query, parameter):
        body = refused(send(client, "GET", f"/list?{query}"), 422, "invalid_request")
        assert [fault["parameter"] for fault in body["errors"]] == [parameter]

    def test_a_route_without_query_takes_none(self, client):
        refused(send(client, "GET", "/plain?x=1"), 422, "invalid_request")

    def test_the_view_knows_address_and_headers(self, client):
        response = send(client, "GET", "/plain", headers={"X-Trace": "abc"})
        assert json.loads(response.body)["value"] == ["127.0.0.1", "abc"]


class TestPaths:
    def test_values_are_decoded_and_converted(self, client):
        response = send(client, "GET", "/cases/HB%2F26%201/7", headers={"X-Case-Pin": "123456"})
        assert json.loads(response.body)["value"] == ["HB/26 1", 7, "123456"]

    @pytest.mark.parametrize("path", ["/cases/hb/7", "/cases/HB/x", "/cases/HB%00/7", "/cases/%FF/7"])
    def test_what_cannot_be_a_name_is_not_found(self, client, path):
        refused(send(client, "GET", path, headers={"X-Case-Pin": "1"}), 404, "not_found")

    def test_a_needed_pin_is_asked_for(self, client):
        refused(send(client, "GET", "/cases/HB/7", headers={}), 401, "pin_missing")

    def test_another_method_is_405_in_our_shape(self, client):
        response = send(client, "PATCH", "/intake")
        refused(response, 405, "method_not_allowed")
        assert response.headers["Allow"] == "POST"


class TestIdempotency:
    def test_the_key_is_required_where_it_is(self, client):
        refused(send(client, "POST", "/keyed/A", {}, STAFF_HEADERS), 400, "idempotency_key_missing")

    @pytest.mark.parametrize("key", ["", "a\tb", "khoá", "x" * 256, "a\n", "\x7f"])
    def test_a_malformed_key_is_refused(self, client, key):
        headers = STAFF_HEADERS | {"Idempotency-Key": key}
        refused(send(client, "POST", "/keyed/A", {}, headers), 400, "idempotency_key_malformed")

    def test_the_key_reaches_the_view(self, client):
        headers = STAFF_HEADERS | {"idempotency-key": "x" * 255}
        answer = json.loads(send(client, "POST", "/keyed/A%2FB", {}, headers).body)
        assert (answer["value"], answer["key"], answer["role"]) == ("A/B", "x" * 255, "operator")

    def test_the_fingerprint_is_of_meaning_not_of_spelling(self, client):
        def fingerprint(path, raw):
            headers = STAFF_HEADERS | {"Idempotency-Key": "k"}
            return json.loads(send(client, "POST", path, raw, headers).body)["fingerprint"]

        first = fingerprint("/keyed/A", b'{"limit": 5, "word": "\\u0061"}')
        assert len(first) == 64
        assert first == fingerprint("/keyed/%41", b'{ "word":"a","limit":5 }')
        others = {fingerprint("/keyed/B", b'{"limit": 5, "word": "a"}'), fingerprint("/keyed/A", b'{"limit": 6}')}
        assert first not in others
        assert len(others) == 2

    def test_an_optional_key_may_be_absent(self, client):
        response = send(client, "PUT", "/maybe", {})
        assert response.status_code == 202
        assert "key" not in json.loads(response.body)
        refused(send(client, "PUT", "/maybe", {}, JSON | {"Idempotency-Key": "á"}), 400, "idempotency_key_malformed")
