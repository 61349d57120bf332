"""Accounts on the deployed stack, IAM enforced: invited by mail, at work, closed with the token in hand."""

from __future__ import annotations

import re
from contextlib import closing
from html import unescape
from typing import Any

import pytest

from examples.client import Centre, RefusedError

from .conftest import Stack
from .test_main_job import citizen, eventually, mails, staff

__all__ = ["citizen", "staff"]
ACCOUNTS = "/v1/desk/accounts"
NEW = {"name": "Nguyễn Thị Lan", "role": "officer", "unit": "so_tu_phap", "reason": "Nhận công tác"}


def first_password(stack: Stack, to: str, which: int) -> str:
    """Read it out of the person's mail, where alone it is."""
    letter = eventually(lambda: len(found := mails(stack, to)) > which and found[which])
    found = re.search(r"Mật khẩu lần đầu: <b>(.+?)</b>", str(letter))
    assert found, letter
    return unescape(found[1])


def log_in(citizen: Centre, username: str, password: str, new: str) -> Centre:
    asked = citizen.call("POST", "/v1/sessions", {"username": username, "password": password})
    assert asked["challenge"] == "NEW_PASSWORD_REQUIRED"
    answer = {"username": username, "challenge": asked["challenge"], "session": asked["session"], "answer": new}
    citizen.call("POST", "/v1/sessions/challenge", answer)
    return citizen.log_in(username, new)


def test_invited_at_work_and_closed(stack: Stack, citizen: Centre, staff: Any) -> None:
    """Given a manager of a department, when he invites, resets and closes an account, then the person follows suit."""
    manager, who, mail = staff("agency", "so_tu_phap"), "lan.so_tu_phap", "lan@example.com"
    made = manager.call("POST", ACCOUNTS, NEW | {"username": who, "mail": mail})
    assert made["status"] == "open"
    with closing(log_in(citizen, who, first_password(stack, mail, 0), "Một-câu-dài-2026!")) as officer:
        assert officer.call("GET", "/v1/desk/cases")["cases"] is not None
    manager.call("POST", f"{ACCOUNTS}/{who}/reset-password", {"reason": "Quên mật khẩu"})
    with pytest.raises(RefusedError):
        citizen.log_in(who, "Một-câu-dài-2026!")
    with closing(log_in(citizen, who, first_password(stack, mail, 1), "Một-câu-khác-2026!")) as officer:
        manager.call("POST", f"{ACCOUNTS}/{who}/close", {"reason": "Chuyển công tác"})

        def refused() -> bool:
            with pytest.raises(RefusedError) as caught:
                officer.call("GET", "/v1/desk/accounts")
            return caught.value.problem["code"] == "account_closed"

        eventually(refused, seconds=60)
    with pytest.raises(RefusedError):
        citizen.log_in(who, "Một-câu-khác-2026!")
    manager.call("POST", f"{ACCOUNTS}/{who}/reopen", {"reason": "Trở lại"})
    eventually(lambda: citizen.log_in(who, "Một-câu-khác-2026!"))
    history = manager.call("GET", f"{ACCOUNTS}/{who}")["history"]
    assert [one["deed"] for one in history] == ["made", "password_reset", "closed", "reopened"]


def test_each_sees_his_own(stack: Stack, staff: Any) -> None:
    with pytest.raises(RefusedError) as caught:
        staff("agency", "buu_dien_tinh").call("GET", f"{ACCOUNTS}/lan.so_tu_phap")
    assert caught.value.problem["code"] == "account_not_found"
    listed = staff("administrator").call("GET", f"{ACCOUNTS}?limit=100")["accounts"]
    assert {user["username"] for user in stack["users"]} <= {one["username"] for one in listed}
