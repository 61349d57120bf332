"""The local front door: http://127.0.0.1:<port>/ is the deployed API, so that links, redirects and cookies are right.

MiniStack serves an API under /restapis/<id>/<stage>/_user_request_/ and rewrites neither Location nor cookie paths.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
UNKNOWN_API = "application/json"  # of MiniStack's 404 for an API id it does not know; our own are problem+json
OURS = {"host", "x-forwarded-for", "x-forwarded-proto", "content-length"}


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key: value for key, value in self.headers.items() if key.lower() not in HOP | OURS}
        headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
        try:
            answer = self.server.ask(self.command, self.path, body, headers)
        except (OSError, http.client.HTTPException):
            self.send_error(http.HTTPStatus.BAD_GATEWAY)
            return
        self._answer(answer, answer.read())

    def _answer(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        self.send_response_only(answer.status, answer.reason)
        for key, value in answer.getheaders():
            if key.lower() not in HOP | {"content-length"}:
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _pass_on  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: the API keeps its own log."""


class Proxy(ThreadingHTTPServer):
    """Serve on `port` what `upstream` (a port) serves under the path that `base` gives.

    The API's id changes with some deployments: `base` is asked again whenever the id is unknown to the upstream.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, upstream: int, base: Callable[[], str]) -> None:
        super().__init__((HOST, port), _Door)
        self._upstream, self._find_base, self._base = upstream, base, base()
        self._kept = threading.local()

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self.shutdown()
        self.server_close()

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Ask the upstream; once more at the new address when the API has moved."""
        answer = self._ask_once(method, path, body, headers)
        if answer.status == http.HTTPStatus.NOT_FOUND and answer.getheader("Content-Type") == UNKNOWN_API:
            answer.read()
            self._base = self._find_base()
            answer = self._ask_once(method, path, body, headers)
        return answer

    def _ask_once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Use this thread's connection; one that the upstream closed while it was idle is replaced."""
        kept: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        if kept:
            try:
                kept.request(method, self._base + path, body, headers)
                return kept.getresponse()
            except ConnectionError:
                kept.close()
        new = self._kept.connection = http.client.HTTPConnection(HOST, self._upstream, timeout=60)
        new.request(method, self._base + path, body, headers)
        return new.getresponse()
