"""What stands in the rooms beside the cases: a reception, an input, a right, a breach, a report, a survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from examples.client import Centre
from tests.stack.test_main_job import SENDER, eventually

ASKED = "so_tai_nguyen_moi_truong"  # a unit whose focal officer has an account
SESSION = {
    "kind": "reception",
    "place": "Trụ sở Trung tâm, phòng 101",
    "presided": "Ông Trần Văn Quang, Giám đốc",
    "present": "Bà Lê Thị Minh, Phó Giám đốc",
    "proceedings": "Bà Hoa trình bày.",
    "conclusions": "Giao Tổng đài lập hồ sơ.",
}
MATTER = {"title": "Chậm trả kết quả", "content": "Tôi nộp hồ sơ đất đai ba tháng chưa có kết quả."}
BREACH = {"happened": "Máy tính của điện thoại viên bị mất.", "logins": ["operator"]}


@dataclass(frozen=True)
class Rooms:
    """Their ids; `input` is the case about which a unit was asked."""

    reception: str
    input: str
    right: str
    breach: str
    report: str
    survey: str


def furnished(leader: Centre, officer: Centre, *, answered: str, forwarded: str, words: str) -> Rooms:
    """Make one of each; `words` are somebody's, in every place that takes some."""
    today = datetime.now(UTC).date()
    report = _made(leader, "/v1/desk/reports", {"from": f"{today - timedelta(days=2)}", "to": f"{today}"})
    session = _made(leader, "/v1/desk/receptions", SESSION | {"day": f"{today - timedelta(days=1)}", "promises": words})
    leader.call("POST", f"/v1/desk/receptions/{session['code']}/matters", MATTER | {"sender": SENDER})
    officer.act(forwarded, "inputs", units=[ASKED], question=words)
    right = {"kind": "correction", "case": answered, "identity": "Căn cước, đã đối chiếu", "words": words}
    span = {"first": f"{today}", "last": f"{today}", "discovered_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    survey = {"title": words[:150], "first": f"{today - timedelta(days=9)}", "last": f"{today - timedelta(days=1)}"}
    made = Rooms(
        reception=session["code"],
        input=forwarded,
        right=_made(leader, "/v1/desk/rights", right)["id"],
        breach=_made(leader, "/v1/desk/breaches", BREACH | span)["id"],
        report=report["name"],
        survey=_made(leader, "/v1/desk/surveys", survey | {"per_unit": 5})["survey"]["id"],
    )
    eventually(lambda: leader.call("GET", f"/v1/desk/reports/{made.report}")["state"] == "made", seconds=60)
    return made


def _made(door: Centre, path: str, body: dict[str, Any]) -> Any:
    return door.call("POST", path, body, {"Idempotency-Key": str(uuid4())})
