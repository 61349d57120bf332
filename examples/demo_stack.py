"""The running stack: where it is, what its functions know, and the keys to it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import boto3

from chalicelib import config
from chalicelib.adapters import regulation_files
from chalicelib.domain.regulation import Regulation
from examples.client import Centre, RefusedError, Stack
from examples.demo_cases import Case, DemoError
from examples.demo_history import moments
from examples.demo_people import Staff
from infra.names import named

NOT_RUNNING = "no stack is running: start it with make run"
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a demonstration starts with. `began` is now; a case of the past came in before it."""

    stack: Stack
    settings: config.Settings
    rules: Regulation
    staff: Staff
    began: datetime

    def months(self, cases: Sequence[Case]) -> set[str]:
        """Return every local month (YYYY-MM) that an event of the demonstration may fall in."""
        found = [self.began, self.began + LONGEST]
        for number, case in enumerate(cases):
            found += moments(case, number, self.began, self.rules)
        return {f"{at.astimezone(self.rules.calendar.zone):%Y-%m}" for at in found}

    def in_office_hours(self, cases: Sequence[Case]) -> int:
        """Count the cases that come in while the office is open."""
        came = (moments(case, number, self.began, self.rules)[0] for number, case in enumerate(cases))
        return sum(map(self.rules.calendar.is_open, came))


def find(file: Path) -> Scene:
    """Read the stack's own description and enter it; raises DemoError when nothing answers there."""
    try:
        stack = json.loads(file.read_text("utf-8"))
        Centre(stack["base_url"]).call("GET", "/v1/health")
    except (OSError, HTTPException, ValueError, KeyError, RefusedError) as error:  # not there, gone, or somebody else
        raise DemoError(NOT_RUNNING) from error
    _enter(stack)
    settings = _settings(stack)
    staff = Staff(stack, boto3.client("cognito-idp"))
    return Scene(stack, settings, regulation_files.regulation(settings.regulation), staff, datetime.now(UTC))


def _enter(stack: Stack) -> None:
    """Point this process, and with it the use cases, at the local stack and at nothing else."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_ENDPOINT_URL": stack["endpoint_url"],
        "AWS_DEFAULT_REGION": stack["region"],
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def _settings(stack: Stack) -> config.Settings:
    """Return the settings of the deployed functions themselves."""
    name = named(stack["stage"], "api")
    found = boto3.client("lambda").get_function_configuration(FunctionName=name)
    return config.from_mapping(found["Environment"]["Variables"])
