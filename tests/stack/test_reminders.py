"""Reminders on the deployed stack: put down by its notices worker, sent by who has remind's role and nothing more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.adapters import regulation_files
from examples import demo_cases
from examples.client import Centre
from infra.names import named

from .conftest import Client, Stack
from .test_roles import Role

ROOT = Path(__file__).parents[2]
PAIR, ONE = "so_tu_phap", "so_y_te"
LATE = {PAIR: 2, ONE: 1}
# Runs where only the given keys are known. The office may be closed while the tests run, so its clock is given too.
PUT_IN_PAST = """
import sys
from datetime import datetime
import msgspec
from chalicelib import config
from examples import demo_cases, demo_history
cases = msgspec.json.decode(sys.stdin.read(), type=list[demo_cases.Case])
print(len(list(demo_history.write(cases, config.load(), datetime.fromisoformat(sys.argv[1])))))
"""
REMIND = """
import sys
from datetime import datetime
from chalicelib import bootstrap
from chalicelib.usecases.send_reminders import send_reminders
class Clock:
    def now(self): return datetime.fromisoformat(sys.argv[1])
deps = bootstrap.deps()
deps.__dict__["clock"] = Clock()
run = send_reminders(deps)
print([(told.to, told.outcome, told.listed) for told in run.told], [repr(error) for _, error in run.failed])
"""


def run(script: str, at: datetime, environ: dict[str, str], given: str = "") -> str:
    command = [sys.executable, "-c", script, at.isoformat()]
    done = subprocess.run(command, cwd=ROOT, env=environ, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(stack: Stack, aws: Client, function: str, key: str, secret: str) -> dict[str, str]:
    """Give what a function knows, and somebody's keys."""
    settings = aws("lambda").get_function_configuration(FunctionName=named(stack["stage"], function))
    return settings["Environment"]["Variables"] | {
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": stack["endpoint_url"],
        "AWS_DEFAULT_REGION": stack["region"],
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
    }


def eventually(found: Callable[[], Any], seconds: float = 60) -> Any:
    until = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < until:
        time.sleep(0.3)
    assert value, "it never came"
    return value


@pytest.fixture
def remind(stack: Stack, aws: Client) -> Iterator[Callable[[datetime], str]]:
    """Run the function's work at a time, with the permissions of its role."""
    role = Role(aws, named(stack["stage"], "remind"))
    yield lambda at: run(
        REMIND, at, environment(stack, aws, "remind", role.key["AccessKeyId"], role.key["SecretAccessKey"])
    )
    role.close()


def mails(stack: Stack, subject: str) -> list[dict[str, Any]]:
    page = Centre(stack["endpoint_url"])
    try:
        captured = page.call("GET", "/_ministack/ses/messages")["messages"]
    finally:
        page.close()
    return [mail for account in captured.values() for mail in account if subject in str(mail)]


def test_from_late_to_one_mail_each(stack: Stack, aws: Client, remind: Callable[[datetime], str]) -> None:
    """Given two late cases at one unit and one at another, then holders and leaders get one mail each, once."""
    known = next(case for case in demo_cases.read() if case.path == "left_late_at_officer")
    cases = [replace(known, unit=unit, arrives="office") for unit, count in LATE.items() for _ in range(count)]
    now, given = datetime.now(UTC), msgspec.json.encode(cases).decode()
    assert run(PUT_IN_PAST, now, environment(stack, aws, "notices", "test", "test"), given).strip() == "3"
    tick = (ROOT / "tests" / "events" / "scheduled.json").read_bytes()
    aws("lambda").invoke(FunctionName=named(stack["stage"], "sweep"), Payload=tick)

    def waiting() -> list[str]:
        of = {"KeyConditionExpression": "pk = :r", "ExpressionAttributeValues": {":r": {"S": "REMINDER"}}}
        rows = aws("dynamodb").query(TableName=stack["tables"]["centre"], **of)["Items"]
        return [row["sk"]["S"].partition("#")[0] for row in rows]

    for unit, count in LATE.items():
        eventually(lambda unit=unit, count=count: waiting().count(f"unit:{unit}") == count)
        eventually(lambda unit=unit, count=count: waiting().count(f"leader:{unit}") == count)
    opens = regulation_files.regulation("hoa_binh").calendar.due(now, 5).astimezone(UTC)
    said = remind(opens)
    for unit, count in LATE.items():
        assert f"('unit:{unit}', 'sent', {count})" in said
        assert f"('leader:{unit}', 'sent', {count})" in said
    assert said.rstrip().endswith("[]"), "somebody was not told"
    assert waiting() == []
    assert remind(opens) == "[] []\n"
    assert len(mails(stack, "Đôn đốc xử lý: 2 hồ sơ")) == 2
