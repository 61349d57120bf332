"""A small application with every kind of route, for the tests of the HTTP layer."""

import importlib
import importlib.util
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Annotated, Any

import msgspec
from chalice import Chalice
from chalice.app import Blueprint
from chalice.test import Client
from msgspec import Meta

from chalicelib.domain import errors
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint, rim
from chalicelib.entrypoints.responses import SECURITY_HEADERS
from chalicelib.ports import Claims

NOW = datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}
STAFF_HEADERS = JSON | {"Authorization": "Bearer operator"}
CLAIMS = {
    "operator": Claims("dtv01", ("operator",)),
    "agency": Claims("dm01", ("agency", "unit:so_tu_phap", "another-system")),
    "nobody": Claims("x", ()),
    "both": Claims("x", ("operator", "officer")),
    "two-units": Claims("x", ("agency", "unit:a", "unit:b")),
    "closed": Claims("closed", ("operator",)),
    "no-unit": Claims("x", ("agency", "unit:")),
}


class Kind(StrEnum):
    QUESTION = "question"
    REPORT = "report"


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Người gửi."""

    phone: Annotated[str, Meta(pattern="^0[0-9]{9}$")]
    name: Annotated[str, Meta(min_length=2, max_length=60)] = "Ẩn danh"


class Intake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nội dung phản ánh."""

    sender: Person
    kind: Kind = Kind.QUESTION
    count: Annotated[int, Meta(ge=0, le=10)] = 1
    weight: float = 1.0
    places: Annotated[list[Person], Meta(max_length=2)] = []
    notes: dict[str, int] = {}
    at: Annotated[datetime, Meta(tz=True)] | None = None


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bộ lọc."""

    limit: Annotated[int, Meta(ge=1, le=50)] = 20
    since: date | None = None
    word: str = ""


class Echo(msgspec.Struct, frozen=True, omit_defaults=True):
    """Những gì máy chủ hiểu được."""

    value: Any = None
    role: str = ""
    unit: str = ""
    key: str | None = None
    fingerprint: str = ""


ERRORS = {
    "invalid": errors.InvalidError("bad_phone", "Số điện thoại chưa đúng.", pointer="/sender/phone"),
    "too_large": errors.InvalidError("body_too_large", "Quá lớn.", status=413),
    "unauthenticated": errors.UnauthenticatedError("wrong_pin", "Mã PIN chưa đúng."),
    "forbidden": errors.ForbiddenError("not_holder", "Hồ sơ không thuộc đơn vị."),
    "missing": errors.NotFoundError("no_case", "Không tìm thấy hồ sơ."),
    "conflict": errors.ConflictError("stale", "Hồ sơ vừa thay đổi.", detail="Xin tải lại.", expected_version=3),
    "often": errors.TooManyError("slow_down", "Xin thử lại sau.", retry_after=120),
    "away": errors.UnavailableError("away", "Xin thử lại sau."),
    "posing": errors.ConflictError("posing", "Giả.", type="x", code_of="y", at=NOW, kind=Kind.REPORT, odd=object()),
}
ERRORS["posing"].context = {**ERRORS["posing"].context, "status": 418, "title": "z"}  # type: ignore[misc]


@dataclass
class StubTokens:
    """Takes the token for the name of the claims."""

    asked: list[tuple[str, datetime]] = field(default_factory=list)

    def verify(self, token: str, now: datetime) -> Claims:
        self.asked.append((token, now))
        if token not in CLAIMS:
            raise errors.UnauthenticatedError("token_invalid", "Phiên không hợp lệ.")
        return CLAIMS[token]


def deps(**more: object) -> SimpleNamespace:
    accounts = SimpleNamespace(is_closed=lambda username: username == "closed")
    return SimpleNamespace(tokens=StubTokens(), accounts=accounts, clock=SimpleNamespace(now=lambda: NOW), **more)


def routes_of(module: str) -> Blueprint:
    """Load a module of routes anew: Chalice registers a blueprint rightly only once, and the application has it."""
    spec = importlib.import_module(f"chalicelib.entrypoints.{module}").__spec__  # annotations resolve there
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    routes: Blueprint = loaded.routes
    return routes


def make_app(*blueprints: Blueprint) -> Chalice:
    app = Chalice("small", configure_logs=False)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.register_middleware(rim, "http")
    return app


def make_routes() -> Blueprint:  # noqa: C901 a list of small views
    routes = Blueprint("small")

    @endpoint(routes, "POST", "/intake", allow=PUBLIC, body=Intake, returns={201: Echo}, summary="Gửi")
    def intake(request: Request) -> Echo:
        return Echo(value=request.body.sender.phone, role=request.caller.role)

    @endpoint(
        routes,
        "POST",
        "/keyed/{code}",
        allow={"operator", "agency"},
        body=Filter,
        returns={200: Echo},
        summary="Làm một lần",
        idempotency="required",
        refuses=(409,),
    )
    def keyed(request: Request, code: str) -> Echo:
        caller = request.caller
        return Echo(code, caller.role, caller.unit, request.idempotency_key, request.fingerprint)

    @endpoint(
        routes,
        "PUT",
        "/maybe",
        allow=PUBLIC,
        body=Filter,
        returns={200: Echo, 202: Echo},
        summary="Tuỳ",
        idempotency="optional",
    )
    def maybe(request: Request) -> tuple[int, Echo]:
        return 202, Echo(key=request.idempotency_key, fingerprint=request.fingerprint)

    @endpoint(routes, "GET", "/list", allow=PUBLIC, query=Filter, returns={200: Echo}, summary="Danh sách")
    def listing(request: Request) -> Echo:
        return Echo(value=msgspec.to_builtins(request.query))

    @endpoint(routes, "GET", "/plain", allow=PUBLIC, returns={200: Echo}, summary="Không tham số")
    def plain(request: Request) -> Echo:
        return Echo(value=[request.source_ip, request.headers.get("x-trace")])

    @endpoint(routes, "GET", "/cases/{code}/{number}", allow=PUBLIC, returns={200: Echo}, summary="Xem", pin="required")
    def case(request: Request, code: Annotated[str, Meta(pattern="^[A-Z0-9/ ]+$")], number: int) -> Echo:
        return Echo(value=[code, number, request.pin])

    @endpoint(routes, "DELETE", "/gone", allow={"operator"}, returns={204: None}, summary="Xoá")
    def gone(request: Request) -> None:
        return None

    @endpoint(routes, "GET", "/fails/{name}", allow=PUBLIC, returns={200: Echo}, summary="Hỏng")
    def fails(request: Request, name: str) -> Echo | tuple[int, Echo]:
        if name == "chained":
            try:
                raise KeyError("Nguyễn Thị Bí Mật")
            except KeyError as error:
                raise RuntimeError("0912345678") from error
        if name == "unpromised":
            return 202, Echo()
        if name == "unencodable":
            return Echo(value=object())
        raise ERRORS[name]

    return routes


def send(client: Client, method: str, path: str, body: Any = None, headers: Mapping[str, str] = JSON) -> Any:
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return client.http.request(method, path, headers=dict(headers), body=raw)


def refused(response, status, code):
    """Check the one shape of refusals and give its body."""
    body = json.loads(response.body)
    assert (response.status_code, body["status"]) == (status, status)
    assert (body["code"], body["type"]) == (code, f"/problems/{code}")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert SECURITY_HEADERS.items() <= response.headers.items()
    assert body["title"] == unicodedata.normalize("NFC", body["title"])
    assert body["instance"].startswith("urn:uuid:")
    return body
