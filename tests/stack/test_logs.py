"""What the functions say arrives in their log, once."""

from __future__ import annotations

import json
from typing import Any

from examples.client import Centre
from infra.names import named

from .conftest import Client, Stack


def lines(aws: Client, function: str) -> list[dict[str, Any]]:
    """Give every JSON line in the log of a function."""
    logs, group = aws("logs"), f"/aws/lambda/{function}"
    pages = logs.get_paginator("describe_log_streams").paginate(logGroupName=group)  # fifty streams each
    streams = [one for page in pages for one in page["logStreams"]]
    events = [logs.get_log_events(logGroupName=group, logStreamName=one["logStreamName"])["events"] for one in streams]
    text = "\n".join(event["message"] for each in events for event in each)
    assert " - INFO - " not in text, "a second handler prints every line again"
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_request_leaves_one_line(stack: Stack, aws: Client) -> None:
    api, route = named(stack["stage"], "api"), "GET /v1/centre"
    before = sum(line.get("route") == route for line in lines(aws, api))
    citizen = Centre(stack["base_url"])
    citizen.call("GET", "/v1/centre")
    citizen.close()
    written = [line for line in lines(aws, api) if line.get("route") == route][before:]
    assert [(line["level"], line["status"], line["service"]) for line in written] == [("INFO", 200, "tong-dai")]
