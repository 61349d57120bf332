"""Who may call, and what leaves: every kind of outcome."""

import json

import msgspec
import pytest
from chalice.app import Blueprint

from chalicelib.entrypoints.http import PUBLIC, Endpoint
from tests.unit.http.small_app import JSON, NOW, STAFF_HEADERS, refused, send

PHONE = {"sender": {"phone": "0912345678"}}


class TestCallers:
    @pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  ", "Basic operator", "operator"])
    def test_without_a_token_401(self, client, header):
        response = send(client, "DELETE", "/gone", headers={} if header is None else {"Authorization": header})
        refused(response, 401, "token_missing")
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="tongdai"'

    def test_with_a_bad_token_401(self, client):
        refused(send(client, "DELETE", "/gone", headers={"Authorization": "Bearer forged"}), 401, "token_invalid")

    @pytest.mark.parametrize("token", ["nobody", "both", "two-units", "no-unit"])
    def test_not_exactly_one_role_is_403(self, client, token):
        refused(send(client, "DELETE", "/gone", headers={"Authorization": f"Bearer {token}"}), 403, "no_role")

    def test_another_role_is_403(self, client):
        refused(send(client, "DELETE", "/gone", headers={"Authorization": "Bearer agency"}), 403, "role_not_allowed")

    def test_role_and_unit_come_from_the_groups(self, client, deps):
        headers = JSON | {"authorization": "bearer agency", "Idempotency-Key": "k"}
        answer = json.loads(send(client, "POST", "/keyed/A", {}, headers).body)
        assert (answer["role"], answer["unit"]) == ("agency", "so_tu_phap")
        assert deps.tokens.asked == [("agency", NOW)]

    def test_strangers_learn_nothing_of_the_body_s_rules(self, client):
        refused(send(client, "POST", "/keyed/A", b"{", JSON), 401, "token_missing")

    def test_public_routes_ask_nobody(self, client, deps):
        assert send(client, "POST", "/intake", PHONE, STAFF_HEADERS).status_code == 201
        assert deps.tokens.asked == []

    def test_nothing_to_say_is_204(self, client):
        response = send(client, "DELETE", "/gone", headers={"Authorization": "Bearer operator"})
        assert (response.status_code, response.body) == (204, b"")
        assert "Content-Type" not in response.headers


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "status", "code"),
        [
            ("invalid", 422, "bad_phone"),
            ("too_large", 413, "body_too_large"),
            ("unauthenticated", 401, "wrong_pin"),
            ("forbidden", 403, "not_holder"),
            ("missing", 404, "no_case"),
            ("conflict", 409, "stale"),
            ("often", 429, "slow_down"),
            ("away", 503, "away"),
        ],
    )
    def test_every_branch_of_the_tree_has_its_status(self, client, name, status, code):
        refused(send(client, "GET", f"/fails/{name}"), status, code)

    def test_context_travels(self, client):
        body = refused(send(client, "GET", "/fails/conflict"), 409, "stale")
        assert (body["detail"], body["expected_version"]) == ("Xin tải lại.", 3)

    def test_a_pointer_becomes_a_list_of_errors(self, client):
        body = refused(send(client, "GET", "/fails/invalid"), 422, "bad_phone")
        assert body["errors"] == [{"pointer": "/sender/phone", "detail": "Số điện thoại chưa đúng."}]
        assert "pointer" not in body

    def test_retry_after(self, client):
        assert send(client, "GET", "/fails/often").headers["Retry-After"] == "120"
        assert send(client, "GET", "/fails/away").headers["Retry-After"] == "5"

    def test_context_cannot_pose_as_the_problem(self, client):
        body = json.loads(send(client, "GET", "/fails/posing").body)
        assert (body["type"], body["title"], body["status"]) == ("/problems/posing", "Giả.", 418)
        assert (body["at"], body["kind"]) == ("2026-05-04T01:30:00Z", "report")

    @pytest.mark.parametrize("name", ["chained", "unencodable", "unpromised", "no-such-name"])
    def test_the_unforeseen_is_500_without_a_word(self, client, name):
        body = refused(send(client, "GET", f"/fails/{name}"), 500, "internal_error")
        assert body.keys() == {"type", "title", "status", "code", "instance"}


class TestRegistration:
    def test_structural_tests_can_read_the_promise(self, app):
        view = app.routes["/keyed/{code}"]["POST"].view_function
        assert view.allow == {"operator", "agency"}
        assert isinstance(view.endpoint, Endpoint)
        assert app.routes["/intake"]["POST"].view_function.allow == PUBLIC

    @pytest.mark.parametrize("allow", [set(), {"boss"}, {"sender", "operator"}, {"system"}])
    def test_allow_must_be_meant(self, allow):
        with pytest.raises(ValueError, match="allow is PUBLIC"):
            Endpoint(Blueprint("x"), "GET", "/", allow=allow, returns={200: None}, summary="")

    def test_a_body_must_be_closed(self):
        class Loose(msgspec.Struct):
            name: str = ""

        with pytest.raises(ValueError, match="forbid unknown"):
            Endpoint(Blueprint("x"), "POST", "/", allow=PUBLIC, body=Loose, returns={200: None}, summary="")
