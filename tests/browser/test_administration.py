"""What an administrator does on pages: an agency's key registered and revoked, a day off looked at and left alone."""

from __future__ import annotations

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import expect

from chalicelib.domain.signing import thumbprint

from .conftest import Visitor
from .matters import Matters
from .pages import AGENCY, CALENDAR
from .steps import announce, press, register_key


def new_key() -> dict[str, str]:
    """Make a public key as an agency would send it."""
    made = jwt.algorithms.OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate().public_key(), as_dict=True)
    return {name: str(made[name]) for name in ("kty", "crv", "x")}


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1440, True)])
def test_a_key_is_registered_and_revoked(visitor: Visitor, matters: Matters, width: int, javascript: bool) -> None:
    tab, jwk = visitor(width, javascript=javascript), new_key()
    AGENCY(tab, matters)
    register_key(tab, json.dumps(jwk))
    expect(tab.get_by_role("status")).to_contain_text("Đã đăng ký khóa")
    key = tab.get_by_role("article").filter(has_text=thumbprint(jwk))
    expect(key.get_by_role("heading")).to_contain_text("đang có giá trị")
    key.get_by_text("Thu hồi khóa này").click()
    key.get_by_label("Lý do thu hồi").fill("Máy chủ giữ khóa bị xâm nhập")
    with tab.expect_navigation():
        key.get_by_role("button", name="Thu hồi khóa").click()
    expect(tab.get_by_role("status")).to_contain_text("Đã thu hồi khóa")
    expect(key.get_by_role("heading")).to_contain_text("đã thu hồi")
    expect(key).to_contain_text("Máy chủ giữ khóa bị xâm nhập")


def test_a_day_off_is_looked_at_and_left_alone(visitor: Visitor, matters: Matters) -> None:
    tab = visitor(1440)
    CALENDAR(tab, matters)
    before = tab.get_by_role("article").count()
    announce(tab)
    expect(tab.get_by_role("heading", name="Xem trước: chưa có gì được thông báo")).to_be_visible()
    expect(tab.get_by_text("hồ sơ đang mở")).to_be_visible()
    with tab.expect_navigation():
        tab.get_by_role("link", name="Thôi, không thông báo").click()
    assert tab.get_by_role("article").count() == before


def test_what_is_announced_in_vain_is_said_and_kept(visitor: Visitor, matters: Matters) -> None:
    tab = visitor(360, javascript=False)
    CALENDAR(tab, matters)
    announce(tab, **{"Đến hết ngày": "2026-01-01"})
    expect(tab.get_by_role("alert")).to_contain_text("Ngày cuối phải từ ngày đầu trở đi")
    expect(tab.get_by_label("Lý do", exact=True).first).to_have_value("Nghỉ tránh bão số 12")
    press(tab, "Xem trước")
    expect(tab.get_by_role("alert")).to_be_visible()
