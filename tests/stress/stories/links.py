"""Units without software answer by the link in their mail; files come from everybody and go to everybody."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.signing import DOWNLOAD, UPLOAD
from tests.integration.signers import signed
from tests.integration.test_reply_links import HEALTH, RESULT, link_in
from tests.integration.uploads import declared
from tests.integration.world import AGENCY, ANSWER, OFFICER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import PEOPLE, UNIT, Ids, carry, come_back, photograph, send, upload

CONDUCT = {"kind": "report", "about": "conduct"}
OF_HEALTH = "officer:so_y_te:mc01"


def by_link(centre: Centre) -> None:
    """Accepted, another time, asked back, answered with a file, a result; a duty done in a case that is not theirs."""
    made, other = send(centre, 70), send(centre, 71, **CONDUCT)["code"]
    for code in (made["code"], other):
        centre.act(code, "forward", OPERATOR, {"unit": HEALTH})
        centre.act(code, "forward-to-agency", OF_HEALTH)
    centre.settle()
    centre.at("10:00")
    answer(centre, "Thông báo phản ánh", "da-thuc-hien", outcome="Đã nhắc nhở.")
    work = work_link(centre, made["code"])
    answer(centre, work, "nhan")
    answer(centre, work, "hen-lai", day="2026-11-27", hour="10:00", reason="Chờ đối chiếu sổ gốc")
    answer(centre, work, "bo-sung", question="Ở quầy nào?")
    centre.settle()
    centre.at("11:00")
    photo, pin = photograph(), {"X_Case_Pin": made["pin"]}
    said = declared(photo, "Ảnh.jpg", "image/jpeg")
    sent = carry(centre.ask("POST", f"/v1/cases/{made['code']}/uploads", said, **pin), photo)
    details = {"content": "Quầy ba.", "attachments": [sent]}
    centre.ask("POST", f"/v1/cases/{made['code']}/details", details, **pin)
    centre.browse(f"{work}/tep/{sent}")
    answer(centre, work, "ket-qua", **RESULT)
    answer(centre, work_link(centre, other), "khong-thuoc-tham-quyen", reason="Không thuộc ngành.", suggested=UNIT)
    centre.settle()


def work_link(centre: Centre, code: str) -> str:
    return link_in(centre.world, f"Chuyển xử lý hồ sơ {code[:4]}-{code[4:8]}-{code[8:]}")


def answer(centre: Centre, link: str, form: str, **typed: Any) -> None:
    """Open a link, or that of the last mail with such a subject, and send a form of the page."""
    page = centre.browse(link if link.startswith("/") else link_in(centre.world, link))
    centre.browse(page, form, **typed)


def filed(centre: Centre) -> None:
    """A file of the sender, one of the agency's software and one of its people; fetched by all three."""
    made = send(centre, 72)
    code, pin = made["code"], {"X_Case_Pin": made["pin"]}
    photo = photograph()
    said = declared(photo, "Ảnh.jpg", "image/jpeg")
    centre.act(code, "request-details", OPERATOR, {"question": "Có ảnh không?"})
    sent = carry(centre.ask("POST", f"/v1/cases/{code}/uploads", said, **pin), photo)
    centre.ask("POST", f"/v1/cases/{code}/details", {"content": "Có.", "attachments": [sent]}, **pin)
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.act(code, "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("10:00")
    Ids.code = "1"
    theirs = carry(of_software(centre, "uploads", UPLOAD, code, **said), photo)
    Ids.code = "2"
    by_hand = upload(centre, code)
    centre.act(code, "result", AGENCY, {"result": "Đã kiểm tra.", **PEOPLE} | {"attachments": [theirs, by_hand]})
    centre.act(code, "answer", OFFICER, ANSWER | {"attachments": [theirs]})
    centre.ask("GET", f"/v1/cases/{code}/attachments/{theirs}", **pin)
    centre.ask("GET", f"/v1/desk/cases/{code}/attachments/{sent}", token=OFFICER)
    of_software(centre, "downloads", DOWNLOAD, code, attachment=sent)
    centre.settle()


def of_software(centre: Centre, route: str, kind: str, code: str, **said: Any) -> Any:
    """Ask with the unit's signature, as its software does."""
    asked = {"version": "1", "unit": UNIT, "case": code, **said}
    message = signed(asked, UNIT, centre.world.deps.clock.now(), typ=kind)
    return centre.ask("POST", f"/v1/exchange/{route}", {"signed": message})


def telephoned(centre: Centre) -> None:
    """A mail that came back, and the operator who telephones: in vain, then not."""
    code = send(centre, 73)["code"]
    centre.settle()
    come_back(centre, "ses_bounce", code, "m1")
    centre.at("10:00")
    centre.act(code, "phoned", OPERATOR, {"reached": False, "note": "Không nghe máy"})
    centre.act(code, "phoned", OPERATOR, {"reached": True, "number": "0987 654 321", "note": "Gặp con gái"})
    centre.settle()
