"""Three stories that together make every handler do everything it does."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.case_code import from_number
from tests.files import photo as photograph
from tests.integration.uploads import declared, put
from tests.integration.world import ADMIN, AGENCY, ANSWER, CASE, LEADER, OFFICER, OPERATOR, SENDER
from tests.stress.centre import Centre

PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
UNIT = "so_tu_phap"


class Ids:
    """The next case gets the code that the story says, however often it is tried; so does a file."""

    code = ""

    def case_code(self) -> str:
        return self.code

    def upload(self) -> str:
        return f"{int(self.code):032x}"


def send(centre: Centre, number: int, **changes: Any) -> Any:
    """Send a case whose code is known beforehand."""
    Ids.code = from_number(number * 123_456 + 10**9)
    return centre.ask("POST", "/v1/cases", CASE | changes)


def hear(centre: Centre, code: str, at: str, message_id: str, **body: Any) -> None:
    """Let a reply of the agency come in; the next comes when it is done with, for a queue keeps no order."""
    centre.at(f"2026-11-23 {at}")
    centre.world.reply({"version": "1", "unit": UNIT, "case": code, "message_id": message_id} | body)
    centre.deliver()


def upload(centre: Centre, code: str) -> str:
    """Let the agency's own people upload a file; what the agency's browser does is not ours to disturb."""
    photo = photograph()
    said = declared(photo, "Hiện trường.jpg", "image/jpeg")
    slip = centre.ask("POST", f"/v1/desk/cases/{code}/uploads", said, AGENCY)
    assert put(slip, photo) == 200
    return str(slip["id"])


def published(centre: Centre) -> None:
    """Asked back, completed, answered at the desk, published, withdrawn, published again."""
    made = send(centre, 1)
    code, pin = made["code"], made["pin"]
    centre.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    centre.settle()
    centre.at("2026-11-23 09:30")
    centre.ask("POST", f"/v1/cases/{code}/details", {"content": "Số 123."}, X_Case_Pin=pin)
    centre.settle()
    centre.at("2026-11-23 10:00")
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.act(code, "publication", OPERATOR)
    centre.act(code, "publication/approve", LEADER)
    centre.settle()
    centre.at("2026-11-23 10:30")
    centre.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
    centre.settle()
    centre.at("2026-11-23 11:00")
    centre.act(code, "publication", OPERATOR, {"question": "Thủ tục khai sinh?"})
    centre.act(code, "publication/approve", LEADER)
    centre.settle()


def three_tiers(centre: Centre) -> None:
    """A conduct report through officer and agency with software: messages out, replies in, one of them refused."""
    code = send(centre, 2, kind="report", about="conduct")["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.settle()
    centre.at("2026-11-23 09:30")
    centre.act(code, "forward-to-agency", OFFICER)
    centre.settle()
    files = [upload(centre, code)]
    result = {"type": "result", "result": "Đã kiểm tra.", "attachments": files, **PEOPLE}
    hear(centre, code, "10:00", "m1", type="accepted")
    hear(centre, code, "10:05", "m2", type="accepted", priority=1)  # no such field
    hear(centre, code, "10:10", "m3", type="action_done", action="notice", outcome="Đã nhắc nhở.")
    hear(centre, code, "10:15", "m4", **result)
    hear(centre, code, "10:20", "m5", **result)  # too late
    centre.settle()
    centre.at("2026-11-23 10:30")
    centre.act(code, "answer", OFFICER, ANSWER | {"attachments": files})
    centre.settle()


def late(centre: Centre) -> None:
    """Cases that become late or wait, at a unit told by mail and at one told by queue; ladder and digest."""
    by_sms = SENDER | {"email": ""}
    slow = send(centre, 3, sender=by_sms)["code"]
    centre.act(slow, "forward", OPERATOR, {"unit": "so_y_te"})
    centre.act(slow, "forward-to-agency", "officer:so_y_te:mc01")
    slower = send(centre, 4)["code"]
    centre.act(slower, "forward", OPERATOR, {"unit": UNIT})
    centre.act(slower, "forward-to-agency", OFFICER)
    send(centre, 5, title="Đơn khiếu nại về đất đai")
    centre.settle()
    centre.sweep("2026-11-25 09:31")
    centre.sweep("2026-11-25 14:00")
    centre.at("2026-11-26 07:15")
    centre.timer("digest")
    centre.settle()


def rescheduled(centre: Centre) -> None:
    """A day off announced under two cases, one of which it moves."""
    slow, _ = send(centre, 6)["code"], send(centre, 7)
    centre.act(slow, "forward", OPERATOR, {"unit": UNIT})
    centre.act(slow, "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("2026-11-23 10:00")
    storm = {"kind": "day_off", "dates": ["2026-11-25"], "reason": "Nghỉ tránh bão"}
    centre.ask("POST", "/v1/desk/calendar/changes", storm, ADMIN)
    for minute in ("10", "30"):  # the second is after the calendar has settled
        centre.at(f"2026-11-23 10:{minute}")
        centre.timer("retime")
    centre.settle()


STORIES = (three_tiers, published, late, rescheduled)
