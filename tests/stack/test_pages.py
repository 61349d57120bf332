"""Pages on the deployed stack, by the gateway's own path and the front door; and an agency that answers by its link."""

from __future__ import annotations

import http.client
import re
import time
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from infra.names import named

from .by_mail import reply_link
from .conftest import Client, Stack
from .test_logs import lines
from .test_main_job import PEOPLE

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(address: str, fields: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
    """Open a page, or send a form to it."""
    parts = urlsplit(address)
    assert parts.hostname
    door = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    if fields is None:
        door.request("GET", parts.path)
    else:
        door.request("POST", parts.path, urlencode(fields), FORM)
    answer = door.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    door.close()
    return found


def gateway(stack: Stack, aws: Client) -> str:
    """Return the address of the API behind the front door, with the path of its stage."""
    apis = aws("apigateway").get_rest_apis()["items"]
    [api] = [one["id"] for one in apis if one["name"] == named(stack["stage"], "api")]
    return f"{stack['endpoint_url']}/restapis/{api}/api/_user_request_"


@pytest.fixture(scope="module")
def link(stack: Stack) -> str:
    """The link in the mail that a unit without software gets with a case."""
    return reply_link(stack, title='Hỏi về hồ sơ <b>"y tế"</b>')


def test_the_mail_leads_to_the_front_door(stack: Stack, link: str) -> None:
    assert link.startswith(f"{stack['base_url']}/tra-loi/")


@pytest.mark.parametrize("way", ["door", "gateway"])
def test_a_page_and_what_it_loads(stack: Stack, aws: Client, link: str, way: str) -> None:
    base = stack["base_url"] if way == "door" else gateway(stack, aws)
    at = base + link.removeprefix(stack["base_url"])
    status, headers, html = ask(at)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "style-src 'self'" in headers["Content-Security-Policy"]
    assert "Sở Y tế" in html
    assert "&lt;b&gt;&#34;y tế&#34;&lt;/b&gt;" in html
    for kind, name in (("text/css; charset=utf-8", r'href="([^"]+\.css)"'), ("image/svg+xml", r'src="([^"]+\.svg)"')):
        [file] = re.findall(name, html)
        status, headers, text = ask(urljoin(at, file))
        assert (status, headers["Content-Type"], "immutable" in headers["Cache-Control"]) == (200, kind, True)
        assert len(text) > 100
    [action] = re.findall(r'action="([^"]+/nhan)"', html)
    status, _, html = ask(urljoin(at, action), {"nonce": "z"})
    assert status == 422
    assert urljoin(urljoin(at, action), re.findall(r'action="([^"]+/nhan)"', html)[0]) == urljoin(at, action)


def test_an_agency_answers_once_and_no_log_knows_its_link(stack: Stack, aws: Client, link: str) -> None:
    nonce = re.findall(r'name="nonce" value="([0-9a-f]{32})"', ask(link)[2])[0]
    assert ask(f"{link}/nhan", {"nonce": nonce})[0] == 200
    half = {"nonce": nonce, "result": "Đã trả lời.", "responsible_officer": "", "approving_leader": ""}
    wrong = ask(f"{link}/ket-qua", half)
    assert (wrong[0], "Đã trả lời." in wrong[2]) == (422, True)
    given = {"nonce": nonce, "result": "Đã trả lời: hồ sơ đủ."} | PEOPLE
    first, second = ask(f"{link}/ket-qua", given), ask(f"{link}/ket-qua", given)
    assert (first[0], "Đã ghi nhận kết quả xử lý" in first[2]) == (200, True)
    assert (second[0], second[2]) == (first[0], first[2])
    assert ask(link)[0] == 410
    assert ask(link[:-1] + ("A" if link[-1] != "A" else "B"))[0] == 404
    time.sleep(0.5)
    written: list[dict[str, Any]] = lines(aws, named(stack["stage"], "api"))
    assert {410, 404} <= {line["status"] for line in written if line.get("route") == "GET /tra-loi/{token}"}
    assert [line for line in written if link.rpartition("/")[2] in str(line)] == []
