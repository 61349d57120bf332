"""What several benchmarks need: settings, a citizen's case, and requests as API Gateway hands them to the function."""

from __future__ import annotations

import itertools
import json
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from app import app
from chalicelib import bootstrap
from chalicelib.config import Settings
from chalicelib.ports import Claims

STAGE, PREFIX, REGION = "bench", "tongdai-bench", "ap-southeast-1"
CASE = {
    "kind": "question",
    "field": "ho_tich",
    "title": "Đăng ký khai sinh cho con",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì, nộp ở đâu?",
    "sender": {
        "name": "Bùi Thị Hoa",
        "phone": "0912 345 678",
        "email": "hoa@example.com",
        "address": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
    },
}
_context = SimpleNamespace(aws_request_id="3f1c2b1e-8a57-4a0c-9d0c-0a4b6f0f2b11", function_name="api")
_keys = itertools.count()


class NamedTokens:
    """Keeps the port TokenVerifier: the token "role:unit" is believed."""

    def verify(self, token: str, *_: object) -> Claims:
        role, unit = token.split(":")
        return Claims("bench", (role, f"unit:{unit}"))


def deps(**known: str) -> bootstrap.LiveDeps:
    """Make the process's dependencies: settings of which only the `known` matter, and tokens that are names."""
    names = {field.name: f"https://{field.name}.example" for field in fields(Settings)}
    made = bootstrap.LiveDeps(
        Settings(**{**names, "stage": STAGE, "table_prefix": PREFIX, "regulation": "hoa_binh", **known})
    )
    made.__dict__["tokens"] = NamedTokens()
    bootstrap.deps = lambda: made  # type: ignore[assignment] # it has no cache to clear
    return made


def event(
    method: str, route: str, body: Any = None, *, token: str = "", pin: str = "", cookie: str = "", **path: str
) -> dict[str, Any]:
    """Make the event of one request, with an idempotency key of its own."""
    address, _, query = route.partition("?")
    return {
        "requestContext": {"httpMethod": method, "resourcePath": address, "identity": {"sourceIp": "127.0.0.1"}},
        "headers": {
            "content-type": "application/json",
            "idempotency-key": f"key-{next(_keys)}",
            "authorization": f"Bearer {token}",
            "x-case-pin": pin,
            "cookie": cookie,
        },
        "multiValueQueryStringParameters": {pair.split("=")[0]: [pair.split("=")[1]] for pair in query.split("&")}
        if query
        else None,
        "pathParameters": path or None,
        "stageVariables": None,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def handled(request: dict[str, Any]) -> Any:
    """Let the function handle a request of the API; anything but success is an error."""
    return json.loads(answered(request))


def answered(request: dict[str, Any]) -> str:
    """Let the function handle a request; return the body of its answer."""
    answer = app(request, _context)
    if answer["statusCode"] not in range(200, 300):
        raise SystemExit(f"bench: {request['requestContext']} answered {answer['body']}")
    return str(answer["body"])
