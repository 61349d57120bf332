"""What the pages of the other centre show: its own offers, its desk, and the petitions, which the first has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from examples.client import Centre
from tests.stack.conftest import Stack

from .matters import HOSTILE, Case, at_work, sent
from .pages import WHITE, Way, at, then
from .steps import fill, press

LIST = "/ban-lam-viec/khieu-nai-to-cao"
PETITION = {
    "Nội dung đơn": f"Tôi tố cáo ông X nhận tiền. {HOSTILE}",
    "Họ và tên": "Quách Thị Hoa",
    "Địa chỉ": "Ngõ Vắng",
}
WHO = {"name": "Quách Thị Hoa", "address": "Ngõ Vắng 77", "phone": "0987 000 111", "email": "hoa@example.com"}


@dataclass(frozen=True)
class There:
    """Cases and petitions of the other centre, and who may log in."""

    waiting: Case
    doubtful: Case  # which may be a petition
    arrived: Case  # a petition
    accepted: str
    base_url: str
    users: list[dict[str, str]]

    def user(self, role: str, unit: str = "") -> dict[str, str]:
        """Return the account of somebody of a role, who is not the first centre's of that name."""
        found = next(user for user in self.users if user["role"] == role and unit in ("", user["unit"]))
        return {**found, "centre": self.base_url}


def furnish(stack: Stack) -> There:
    """Make everything."""
    with at_work(stack) as door, at_work(stack, "petition_officer") as clerk:
        accepted = _handed_in(door)
        _do(clerk, accepted.code, "classify", kind="denunciation", note=HOSTILE)
        _do(clerk, accepted.code, "accept", body="Chủ tịch UBND phường", on=_today(clerk, accepted.code))
        return There(
            waiting=sent(door),
            doubtful=sent(door, kind="report", about="conduct", content="Tôi tố cáo ông X ở phường nhận tiền của dân."),
            arrived=_handed_in(door),
            accepted=accepted.code,
            base_url=stack["base_url"],
            users=stack["users"],
        )


def _handed_in(door: Centre) -> Case:
    body = {"content": f"Tôi tố cáo ông X nhận tiền. {HOSTILE}", "sender": WHO}
    made = door.call("POST", "/v1/petitions", body, {"Idempotency-Key": str(uuid4())})
    return Case(made["code"], made["pin"])


def _do(clerk: Centre, code: str, action: str, **body: Any) -> Any:
    return clerk.call("POST", f"/v1/desk/petitions/{code}/{action}", body, {"Idempotency-Key": str(uuid4())})


def _today(clerk: Centre, code: str) -> str:
    return str(clerk.call("GET", f"/v1/desk/petitions/{code}")["row"]["received_on"])


def hand_in(tab: Page, **typed: str) -> None:
    """Fill the form of a petition in and send it; `typed` by label."""
    tab.goto("/khieu-nai-to-cao")
    fill(tab, PETITION | typed)
    press(tab, "Gửi đơn")


def choose(tab: Page, kind: str, offer: str) -> None:
    """Unfold a kind of what can be sent and choose one of it."""
    tab.goto("/gui")
    tab.locator("summary").filter(has_text=kind).first.click()
    tab.get_by_role("radio", name=offer).check()


def look_up(tab: Page, there: There) -> None:
    """See how a petition stands."""
    tab.goto("/khieu-nai-to-cao/theo-doi")
    fill(tab, {"Mã đơn": there.arrived.code, "Mã PIN": there.arrived.pin})
    press(tab, "Xem")


CLERK, HEAD = "petition_officer", "petition_head"
ONE = at(f"{LIST}/don/{{arrived.code}}", CLERK)
PAGES: Mapping[str, Way] = {
    "there-home": at("/"),
    "there-send": at("/gui"),
    "there-send-unfolded": lambda tab, _: choose(tab, "Phản ánh", "Tôi phản ánh hành vi lãng phí"),
    "there-contact": at("/lien-he?noi=yen+hoa"),
    "there-follow": at("/theo-doi/{waiting.code}"),
    "there-desk": at("/ban-lam-viec", "operator"),
    "there-desk-worklist": at("/ban-lam-viec/ho-so", "operator"),
    "there-desk-case": at("/ban-lam-viec/ho-so/{doubtful.code}", "operator"),
    "there-desk-intake": at("/ban-lam-viec/tiep-nhan", "operator"),
    "there-desk-routing": at("/ban-lam-viec/quan-tri/dinh-tuyen", "administrator"),
    "petition-send": at("/khieu-nai-to-cao"),
    "petition-send-faults": lambda tab, _: hand_in(tab, **{"Địa chỉ": WHITE}),
    "petition-sent": lambda tab, _: hand_in(tab),
    "petition-follow": at("/khieu-nai-to-cao/theo-doi"),
    "petition-standing": look_up,
    "petition-move": at(f"{LIST}/tu-ho-so/{{doubtful.code}}", "operator"),
    "petition-intake": at(f"{LIST}/tiep-nhan", "operator"),
    "petition-desk": at("/ban-lam-viec", CLERK),
    "petition-list": at(LIST, CLERK),
    "petition-list-ended": at(f"{LIST}?xem=da-ket-thuc", HEAD),
    "petition": ONE,
    "petition-opened": then(ONE, lambda tab: press(tab, "Mở nội dung")),
    "petition-accepted": at(f"{LIST}/don/{{accepted}}", HEAD),
    "petition-report": at(f"{LIST}/so-lieu", CLERK),
    "petition-openings": at(f"{LIST}/so-mo-xem", HEAD),
    "petition-guide": at(f"{LIST}/tro-giup", HEAD),
}
