"""One example of every message: docs/asyncapi.json and docs/agency-exchange.md show these."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, Final

from chalicelib.exchange import heard, told
from chalicelib.exchange.fields import VERSION, Message

_HERE = timezone(timedelta(hours=7))
_ASSIGNED = datetime(2026, 11, 23, 9, 0, tzinfo=_HERE)
_DUE = datetime(2026, 11, 24, 9, 0, tzinfo=_HERE)
_CASE = told.Subject(code="482109375514", kind="question", about=None, field="ho_tich", version=3)
_REPORT = told.Subject(code="730266184094", kind="report", about="conduct", field="dat_dai", version=4)
_SENDER = told.Citizen(
    kind="individual",
    name="Bùi Thị Hoa",
    phone="+84912345678",
    email="hoa@example.com",
    address="Số 5 phố Trần Hưng Đạo",
)

_PHOTO: Final = told.CitizensFile(
    id="60303ae22b998861bce3b28f33eec1be",
    name="Giấy chứng sinh.jpg",
    media_type="image/jpeg",
    size=482133,
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)


def _told(kind: type[told.Told], message_id: str, **more: Any) -> told.Told:
    sent: dict[str, Any] = {"version": VERSION, "unit": "so_tu_phap", "sent_at": _ASSIGNED} | more
    return kind(message_id=message_id, **sent)


def _reply(kind: type[heard.Reply], message_id: str, **more: Any) -> heard.Reply:
    given: dict[str, Any] = {
        "version": VERSION,
        "unit": "so_tu_phap",
        "case": _CASE.code,
        "assigned_at": _ASSIGNED,
    } | more
    return kind(message_id=message_id, **given)


_MATTER: Final[dict[str, Any]] = {
    "case": _CASE,
    "title": "Đăng ký khai sinh cho con",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?",
    "note": "Đề nghị kiểm tra sổ gốc.",
    "stage": "agency",
    "assigned_at": _ASSIGNED,
    "due_at": _DUE,
    "sender": _SENDER,
}

SAMPLES: Final[tuple[Message, ...]] = (
    _told(told.CaseAssigned, "482109375514#00003", details=[], **_MATTER),
    _told(
        told.DetailsAdded,
        "482109375514#00006",
        **_MATTER | {"details": ["Số giấy chứng sinh là 123/2026."], "note": "", "attachments": [_PHOTO]},
    ),
    _told(
        told.DeadlineMoved,
        "482109375514#00007",
        case=_CASE,
        stage="agency",
        old_due=_DUE,
        due_at=_DUE + timedelta(days=1),
        reason="Nghỉ tránh bão số 12",
    ),
    _told(told.Reminder, "482109375514#00008", case=_CASE, stage="agency", late_since=_DUE, sent_at=_DUE),
    _told(told.Withdrawn, "482109375514#00009", case=_CASE, because="done_at_desk"),
    _told(
        told.ConductNotice,
        "730266184094#00003",
        case=_REPORT,
        title="Thái độ tiếp dân",
        content="Cán bộ quầy số ba yêu cầu nộp thêm giấy tờ không có trong quy định.",
        details=[],
        note="",
        action="notice",
        number="7302-6618-4094/TB",
        due_at=_DUE,
    ),
    _told(
        told.SubstitutionRequested,
        "730266184094#00004",
        case=_REPORT,
        action="substitution",
        number="7302-6618-4094/ĐN",
        due_at=_DUE,
    ),
    _told(
        told.MessageRejected,
        "rejected#stp-2026-0007#5f0c6e1d9b7a4c32",
        rejected_message_id="stp-2026-0007",
        code="wrong_state",
        reason=told.Grounds(
            vi="Thao tác này không thực hiện được ở trạng thái hiện tại của hồ sơ",
            en="Not possible in the case's present state (`state`).",
        ),
        pointer="",
        allowed=[],
        context={"state": "answered", "version": 9},
    ),
    _reply(heard.Accepted, "stp-2026-0001"),
    _reply(heard.DetailsWanted, "stp-2026-0002", question="Xin cho biết số giấy chứng sinh của cháu."),
    _reply(
        heard.Reappointed,
        "stp-2026-0003",
        new_due=datetime(2026, 11, 26, 10, 0, tzinfo=_HERE),
        reason="Cần đối chiếu sổ gốc lưu tại huyện",
    ),
    _reply(
        heard.Result,
        "stp-2026-0004",
        result="Đã kiểm tra: hồ sơ gồm tờ khai và giấy chứng sinh, nộp tại bộ phận một cửa cấp xã.",
        responsible_officer="Trần Văn Bình",
        approving_leader="Lê Thị Minh",
        attachments=["9f86d081884c7d659a2feaa0c55ad015"],
    ),
    _reply(heard.NotOurs, "stp-2026-0005", reason="Việc cấp giấy chứng sinh thuộc ngành y tế", suggested="so_y_te"),
    _reply(
        heard.ActionDone,
        "stp-2026-0006",
        case=_REPORT.code,
        assigned_at=None,
        action="notice",
        outcome="Đã làm việc với công chức và yêu cầu rút kinh nghiệm.",
    ),
)


def type_of(message: Message | type[Message]) -> str:
    """Return the `type` of a message."""
    return str(message.__struct_config__.tag)
