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
    """One visitor's connection, with one of its own to the upstream."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the body waits 40 ms for the receipt of the headers
    server: Proxy
    _upstream: http.client.HTTPConnection | None = None

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key: value for key, value in self.headers.items() if key.lower() not in HOP | OURS}
        headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
        try:
            answer = self._ask(body, headers)
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.send_error(http.HTTPStatus.BAD_GATEWAY)
            return
        self._answer(answer, content)

    def _ask(self, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Ask the upstream; once more at the new address when the API has moved."""
        answer = self._ask_once(body, headers)
        if answer.status == http.HTTPStatus.NOT_FOUND and answer.getheader("Content-Type") == UNKNOWN_API:
            answer.read()
            self.server.find()
            answer = self._ask_once(body, headers)
        return answer

    def _ask_once(self, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Use the kept connection; one that the upstream closed while it was idle is replaced."""
        path = self.server.base + self.path
        if self._upstream:
            try:
                self._upstream.request(self.command, path, body, headers)
                return self._upstream.getresponse()
            except ConnectionError:
                self._upstream.close()
        self._upstream = http.client.HTTPConnection(HOST, self.server.upstream, timeout=60)
        self._upstream.request(self.command, path, body, headers)
        return self._upstream.getresponse()

    def _answer(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        self.send_response_only(answer.status, answer.reason)
        for key, value in answer.getheaders():
            if key.lower() not in HOP | {"content-length"}:
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def finish(self) -> None:
        """Close both connections."""
        if self._upstream:
            self._upstream.close()
        super().finish()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _pass_on  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: the API keeps its own log."""


class Proxy(ThreadingHTTPServer):
    """Serve on `port` what `upstream` (a port) serves under the path that `find_base` gives.

    The API's id changes with some deployments: `find_base` is asked again whenever the upstream does not know the id.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, upstream: int, find_base: Callable[[], str]) -> None:
        super().__init__((HOST, port), _Door)
        self.upstream, self._find_base, self.base = upstream, find_base, find_base()

    def find(self) -> None:
        """Look the path up again."""
        self.base = self._find_base()

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self.shutdown()
        self.server_close()
