"""What the service says of itself, and what it must never say."""

import json
import logging

import pytest

from chalicelib import observability
from tests.unit.http.small_app import STAFF_HEADERS, send


class TestLog:
    def test_one_line_a_request(self, client, lines):
        response = send(client, "GET", "/cases/HB/x", headers={"X-Case-Pin": "123456"})
        (line,) = map(json.loads, lines.getvalue().splitlines())
        body = json.loads(response.body)
        assert line["route"] == "GET /cases/{code}/{number}"
        assert (line["message"], line["status"], line["role"]) == ("request", 404, "sender")
        assert line["ms"] >= 0
        assert body["instance"] == "urn:uuid:" + line["request_id"]

    def test_a_failure_shows_classes_and_places(self, client, lines):
        send(client, "GET", "/fails/chained")
        failure, line = map(json.loads, lines.getvalue().splitlines())
        assert (failure["level"], failure["error"]) == ("ERROR", "RuntimeError <- KeyError")
        assert failure["route"] == "GET /fails/{name}"
        assert failure["frames"][-1].endswith(" fails")
        assert failure["request_id"] == line["request_id"]

    def test_personal_data_never_reaches_the_log(self, client, lines, capfd, caplog):
        """Given marked data everywhere, when requests succeed, are refused and crash, then no log holds it."""
        caplog.set_level(logging.DEBUG)
        marks = ["0912345678", "Bí Mật", "bimat@example.vn", "987654", "%C3%AD"]
        headers = STAFF_HEADERS | {"X-Case-Pin": "987654", "X-Trace": "bimat@example.vn", "Idempotency-Key": "Bí Mật"}
        named = {"sender": {"phone": "0912345678", "name": "Bí Mật"}}
        send(client, "POST", "/intake", named, headers)
        send(client, "POST", "/intake", named | {"bimat@example.vn": 1}, headers)
        send(client, "POST", "/intake", b'{"sender": {"phone": "0912345678', headers)
        send(client, "POST", "/keyed/987654", named, headers)
        send(client, "GET", "/list?word=B%C3%AD%20M%E1%BA%ADt&limit=0912345678", headers=headers)
        send(client, "GET", "/list?bimat@example.vn=1", headers=headers)
        send(client, "GET", "/cases/987654/0912345678", headers=headers)
        send(client, "GET", "/fails/chained", headers=headers)
        send(client, "GET", "/fails/B%C3%AD%20M%E1%BA%ADt", headers=headers)
        written = lines.getvalue() + caplog.text + "".join(capfd.readouterr())
        assert len(lines.getvalue().splitlines()) == 11
        assert [mark for mark in marks if mark in written or json.dumps(mark)[1:-1] in written] == []

    def test_fields_off_the_list_are_dropped(self, lines):
        observability.log("heard", case="HB-1", phone="0912345678", count=3, event={"name": "x"}, state="s" * 999)
        line = json.loads(lines.getvalue())
        assert "0912345678" not in lines.getvalue()
        assert (line["case"], line["count"], len(line["state"])) == ("HB-1", 3, 200)
        assert "event" not in line

    def test_warnings_are_warnings(self, lines):
        observability.warn("odd", attempt=2)
        assert json.loads(lines.getvalue())["level"] == "WARNING"

    @pytest.mark.parametrize("name", ["botocore", "pynamodb", "urllib3"])
    def test_talkative_libraries_are_quiet(self, name):
        assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING

    def test_metrics_are_in_the_embedded_format(self, capsys):
        observability.metric("Late", 2, "Count")
        line = json.loads(capsys.readouterr().out)
        (directive,) = line["_aws"]["CloudWatchMetrics"]
        assert directive["Metrics"] == [{"Name": "Late", "Unit": "Count"}]
        assert line["Late"] == 2
        assert set(directive["Dimensions"][0]) <= line.keys()
        assert line["_aws"]["Timestamp"] > 1_700_000_000_000
