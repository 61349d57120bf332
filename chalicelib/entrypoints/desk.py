"""The staff's desk round every page of it: where one can go, who one is, and what a stranger sees instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from chalice.app import Request as HttpRequest

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS, PETITION_STAFF, Actor, Role
from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.entrypoints import forms
from chalicelib.entrypoints.identity import STAFF, WHOEVER_LOGS_IN, Admitted

HOME: Final = "ban-lam-viec"
FORECAST: Final = f"{HOME}/du-bao"
UNAUTHENTICATED: Final = 401
_OWN: Final = re.compile(rf"{HOME}(/[A-Za-z0-9_.~-]+)*(\?[A-Za-z0-9_.~%+&=-]*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the desk's navigation leads to: its path, its name, what it is for, and whose it is."""

    path: str
    name: str
    words: str
    allow: AbstractSet[str]


RECEPTION: Final = f"{HOME}/tiep-dan"
RECEIVING: Final = frozenset({Role.OPERATOR, Role.OFFICER, Role.LEADERSHIP})  # of the units that the regulation names
# In this order they stand in the navigation; the first that is a person's own is where the log-in leads.
PLACES: Final[tuple[Place, ...]] = (
    Place(f"{HOME}/lanh-dao", "Lãnh đạo", "Cần cho ý kiến, trễ hạn, nguy cơ và số liệu.", {Role.LEADERSHIP}),
    Place(f"{HOME}/quan-tri", "Quản trị", "Cơ quan, lịch, quy chế, thông điệp, tài khoản.", {Role.ADMINISTRATOR}),
    Place(f"{HOME}/bao-cao", "Báo cáo", "Tháng, quý, năm, đột xuất; đánh giá.", {Role.LEADERSHIP, Role.ADMINISTRATOR}),
    Place(f"{HOME}/ho-so", "Hồ sơ", "Việc của đơn vị, hạn sớm nhất trước.", STAFF),
    Place(f"{HOME}/y-kien", "Ý kiến", "Đơn vị khác hỏi ý kiến đơn vị mình.", STAFF - {Role.ADMINISTRATOR}),
    Place(f"{HOME}/tiep-nhan", "Tiếp nhận", "Ghi nhận cuộc gọi, trả lời ngay hoặc chuyển xử lý.", {Role.OPERATOR}),
    Place(f"{HOME}/thu-den", "Thư đến", "Thư chưa vào hồ sơ nào.", {Role.OPERATOR, Role.ADMINISTRATOR}),
    Place(RECEPTION, "Tiếp dân", "Tiếp công dân, đối thoại: biên bản, việc chờ trả lời.", RECEIVING),
    Place(f"{HOME}/khao-sat", "Khảo sát", "Khảo sát độc lập sự hài lòng và kết quả.", STAFF),
    Place(f"{HOME}/khieu-nai-to-cao", "Đơn thư", "Khiếu nại, tố cáo: tiếp nhận, phân loại, theo dõi.", PETITION_STAFF),
    Place(f"{HOME}/khieu-nai-to-cao/tro-giup", "Trợ giúp", "Việc của phòng, thời hạn, khi nào làm gì.", PETITION_STAFF),
    Place(FORECAST, "Dự báo", "Lượng tiếp nhận bốn tuần tới, điểm nghẽn.", OVERSEERS),
    Place(f"{HOME}/tro-giup", "Trợ giúp", "Việc của anh/chị, thời hạn, phím tắt, ngày đầu.", STAFF),
    Place(f"{HOME}/tai-khoan", "Tài khoản", "Thông tin tài khoản, đăng xuất.", WHOEVER_LOGS_IN),
)


def places(role: str) -> tuple[Place, ...]:
    """Return where somebody of a role can go."""
    return tuple(place for place in PLACES if role in place.allow)


def receives(actor: Actor) -> bool:
    """Tell whether somebody is of a unit that receives citizens."""
    return actor.unit in bootstrap.deps().reception_rules.units


def start(role: str) -> str:
    """Return the path that the log-in leads to."""
    return places(role)[0].path


def shell(admitted: Admitted | None, http: HttpRequest) -> dict[str, Any]:
    """Return what the layout of a page asks for: the desk's where a member of the staff is at it."""
    if admitted is None or admitted.session is None:
        return {}
    from chalicelib.ports import unit_name

    actor, here = admitted.actor, http.path.strip("/")
    mine = [place for place in places(actor.role) if place.path != RECEPTION or receives(actor)]
    return {
        "layout": "desk.html.j2",
        "me": actor,
        "my_unit": unit_name(actor.unit, bootstrap.deps()),
        "places": mine,
        "here": here,
        "within": max((one.path for one in mine if f"{here}/".startswith(f"{one.path}/")), key=len, default=""),
        "seal": admitted.session.seal,
        "petitions": bootstrap.deps().takes_petitions,
    }


def stranger(error: UnauthenticatedError, http: HttpRequest) -> tuple[str, dict[str, Any], int]:
    """Return the page for who is not logged in: the log-in, which leads back, with what was typed to be copied.

    Browsers keep our cookies back when a link elsewhere (a mail in a browser) leads here: then the page opens itself.
    """
    if http.method == "GET" and "cookie" not in http.headers and http.headers.get("sec-fetch-site") == "cross-site":
        return "arriving", {}, 200
    typed = worth_keeping(forms.sent(http)) if http.method == "POST" else []
    return (
        "sign_in",
        {"wanted": _wanted(http), "error": error, "username": "", "faults": {}, "typed": typed},
        UNAUTHENTICATED,
    )


def own_path(text: str, role: str) -> str:
    """Return the path that a log-in was asked for, if it is one of the desk's own; else where the role begins."""
    return text if _OWN.fullmatch(text) and ".." not in text and text != HOME else start(role)


def worth_keeping(typed: Mapping[str, str]) -> list[str]:
    """Return what a person wrote, which may be lost: choices, codes and numbers hold no space."""
    return [words for words in typed.values() if " " in words.strip()]


def _wanted(http: HttpRequest) -> str:
    """A form is sent to an address below that of its page, which can be opened again."""
    path = http.path.format(**(http.uri_params or {})).strip("/")
    if http.method == "POST":
        return path.rpartition("/")[0]
    query = urlencode(dict(http.query_params or {}))
    return f"{path}?{query}" if query else path
