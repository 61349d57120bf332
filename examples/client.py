"""A small client of the centre: HTTP for citizens and staff, SQS and signatures for an agency. PyJWT, boto3 client."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
import urllib.request
import uuid
from typing import Any
from urllib.parse import urlsplit

import jwt

Stack = dict[str, Any]


class RefusedError(Exception):
    """The centre said no: `status` and the problem document."""

    def __init__(self, status: int, problem: Any) -> None:
        super().__init__(f"{status} {problem.get('code')}: {problem.get('title')}" if problem else str(status))
        self.status, self.problem = status, problem


class Centre:
    """One person's door to the centre. Connections are kept, one a thread."""

    def __init__(self, base_url: str, token: str = "") -> None:
        self._address = urlsplit(base_url)
        self._token = token
        self._local = threading.local()

    def log_in(self, username: str, password: str) -> Centre:
        """Return the door of a member of staff."""
        session = self.call("POST", "/v1/sessions", {"username": username, "password": password})
        return Centre(self._address.geturl(), session["access_token"])

    def send(self, body: dict[str, Any], *, desk: bool = False, key: str = "") -> Any:
        """Send a case, as a citizen or, at the desk, on behalf of one."""
        path = "/v1/desk/cases" if desk else "/v1/cases"
        return self.call("POST", path, body, {"Idempotency-Key": key or str(uuid.uuid4())})

    def progress(self, code: str) -> Any:
        """Return a case's progress."""
        return self.call("GET", f"/v1/cases/{code}")

    def content(self, code: str, pin: str) -> Any:
        """Return a case's content."""
        return self.call("GET", f"/v1/cases/{code}/content", headers={"X-Case-Pin": pin})

    def open(self, code: str) -> Any:
        """Return the case file."""
        return self.call("GET", f"/v1/desk/cases/{code}")

    def act(self, code: str, action: str, **body: Any) -> Any:
        """Do a desk action on the case as it stands."""
        version = body.pop("version", None) or self.open(code)["case"]["version"]
        return self.call("POST", f"/v1/desk/cases/{code}/{action}", {"version": version, **body})

    def tallies(self) -> Any:
        """Return this month's tallies."""
        return self.call("GET", "/v1/desk/tallies")

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Call a route; raises RefusedError for anything but success."""
        sent = dict(headers or {})
        if body is not None:
            sent["Content-Type"] = "application/json"
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        status, text = self._request(method, path, json.dumps(body).encode() if body is not None else None, sent)
        answer = json.loads(text) if text else None
        if status >= http.HTTPStatus.BAD_REQUEST:
            raise RefusedError(status, answer)
        return answer

    def _request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        for attempt in range(2):
            connection = self._connection(fresh=attempt > 0)
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                return response.status, response.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def _connection(self, *, fresh: bool) -> http.client.HTTPConnection:
        if fresh or not hasattr(self._local, "connection"):
            if hasattr(self._local, "connection"):
                self._local.connection.close()
            assert self._address.hostname
            self._local.connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=60)
        connection: http.client.HTTPConnection = self._local.connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection


class Agency:
    """An agency in a few lines, for tests: believes what it reads, signs what it says. A whole one is in agency/."""

    def __init__(self, sqs: Any, stack: Stack, unit: str) -> None:
        self._sqs, self.unit = sqs, unit
        self._inbox, self._replies = stack["agency_queues"][unit], stack["replies_queue"]
        self._key = stack["agency_keys"][unit]

    def messages(self, *, wait: int = 1) -> list[dict[str, Any]]:
        """Take up to ten messages from the agency's queue."""
        answer = self._sqs.receive_message(QueueUrl=self._inbox, MaxNumberOfMessages=10, WaitTimeSeconds=wait)
        found = answer.get("Messages", [])
        for message in found:
            self._sqs.delete_message(QueueUrl=self._inbox, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in found]

    def reply(self, kind: str, code: str, *, message_id: str = "", **body: Any) -> None:
        """Send a reply on a case."""
        message = {
            "version": "1",
            "message_id": message_id or str(uuid.uuid4()),
            "unit": self.unit,
            "type": kind,
            "case": code,
            **body,
        }
        self._sqs.send_message(QueueUrl=self._replies, MessageBody=self._signed(message))

    def upload(self, centre: Centre, code: str, name: str, media_type: str, content: bytes) -> str:
        """Upload a file to a case and return the id by which a result names it."""
        asked = {
            "version": "1",
            "unit": self.unit,
            "case": code,
            "name": name,
            "media_type": media_type,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        slip = centre.call("POST", "/v1/exchange/uploads", {"signed": self._signed(asked, "tongdai-upload")})
        request = urllib.request.Request(slip["url"], content, slip["headers"], method="PUT")  # noqa: S310 the centre's
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310 same
        return str(slip["id"])

    def _signed(self, message: dict[str, Any], purpose: str = "tongdai-reply") -> str:
        """Return the message as a JWS in compact form: docs/agency-keys.md."""
        header = {"typ": purpose, "kid": self._key["kid"], "iat": int(time.time())}
        return jwt.PyJWS().encode(json.dumps(message).encode(), self._key["private_key"], "ES256", header)
