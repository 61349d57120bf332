"""The reference agency in a process and an AWS account of its own, against the deployed centre."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from examples.agency_process import settle, start
from examples.client import Centre

from .conftest import Stack
from .test_main_job import CASE, citizen, eventually, staff

__all__ = ["citizen", "staff"]


def test_a_case_goes_to_another_account_and_comes_back(
    stack: Stack, citizen: Centre, staff: Any, tmp_path: Path
) -> None:
    [unit] = stack["agency_accounts"]
    officer, log = staff("officer", unit), tmp_path / "log"
    process = start(stack, unit, settle(stack, unit, tmp_path, wait_seconds=1), log)
    try:
        code = citizen.send(CASE | {"field": "dat_dai"})["code"]
        staff("operator").act(code, "forward", unit=unit)
        officer.act(code, "forward-to-agency", note="Đề nghị kiểm tra.")
        eventually(lambda: officer.open(code)["case"]["has_result"])
    finally:
        process.send_signal(signal.SIGINT)
        ended = process.wait(30)
    [said] = [event for event in officer.open(code)["timeline"] if event["type"] == "ResultSubmitted"]
    assert said["signature"]["kid"] == stack["agency_keys"][unit]["kid"]
    assert (ended, "not believed" in log.read_text("utf-8")) == (0, False)
