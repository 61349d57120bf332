"""One full context a letter, as the use cases would give them, and where a letter has another face what makes it so.

What a regulation has words of its own for stands here by its name there – kinds, fields, stages, and of an article the
event that rests on it –, an address by its path: letter_contexts.py puts them in.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

CODE = "482109375514"
MONDAY_0200 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
MONDAY_0930 = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # 16:30 in Vietnam
WEDNESDAY_0200 = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

SENDER = {
    "code": CODE,
    "link": "/tra-cuu",
    "sender_kind": "individual",
    "sender_name": "Bùi Thị Mai Hương",
    "answerable": True,
}
STAFF = {"code": CODE, "link": "/ban-lam-viec", "unit_name": "Sở Tư pháp"}
STEP = {
    "reply_link": "",
    "kind_label": "report",
    "stage_label": "agency",
    "holder": "Sở Tư pháp",
    "received_at": MONDAY_0200,
}
MATTER = {
    "title": "Chậm trả kết quả trích lục khai sinh",
    "content": "Tôi nộp hồ sơ từ ngày 10/11.\n\nĐến nay đã quá hẹn ba ngày mà chưa có kết quả.",
}
ROW = {"code": CODE, "stage_label": "officer", "holder": "Sở Tư pháp", "due_at": MONDAY_0930}
REMINDED = ROW | {"kind_label": "report", "minutes": 270, "letter": "overdue"}

SAMPLES: dict[str, Mapping[str, object]] = {
    "acknowledged": SENDER
    | {"pin": "493817", "kind_label": "report", "received_at": MONDAY_0200, "in_office_hours": True}
    | {"due_at": MONDAY_0930, "opens_at": None},
    "details_wanted": SENDER
    | {"pin": "493817", "wanted": ["Địa chỉ liên hệ", "Số điện thoại hoặc địa chỉ thư điện tử"]}
    | {"question": "Ông/Bà nộp hồ sơ tại bộ phận một cửa nào?", "article": "DetailsRequested"},
    "refused": SENDER
    | {"reason": "Đơn khiếu nại không thuộc phạm vi tiếp nhận của Tổng đài.", "article": "Refused"}
    | {"guidance": "Đề nghị Ông/Bà gửi đơn đến cơ quan có thẩm quyền giải quyết khiếu nại."},
    "appointed": SENDER | {"at": WEDNESDAY_0200, "unit": "Sở Tư pháp", "article": "Appointed"},
    "reappointed": SENDER
    | {"unit": "Sở Tư pháp", "old_due": MONDAY_0930, "new_due": WEDNESDAY_0200}
    | {"reason": "Cần đối chiếu sổ hộ tịch lưu tại cơ sở.", "article": "Reappointed"},
    "rescheduled": SENDER
    | {"unit": "Sở Tư pháp", "old_due": MONDAY_0930, "new_due": WEDNESDAY_0200, "article": "DeadlineMoved"}
    | {"reason": "Nghỉ hoán đổi ngày 24/11, làm bù ngày 28/11 (Công văn 12729/VPCP-KGVX)"},
    "reopened": SENDER | {"due_at": MONDAY_0930},
    "survey": {
        "survey_link": "/khao-sat/0a1b2c3d4e5f/AAAAAAAAAAAAAAAAAAAA",
        "until": WEDNESDAY_0200,
        "sender_kind": "individual",
        "sender_name": "Bùi Thị Mai Hương",
        "answerable": False,
    },
    "one_time_code": {
        "link": "/ho-so-cua-toi",
        "sender_kind": "individual",
        "sender_name": "",
        "answerable": False,
        "digits": "204817",
        "minutes": 10,
    },
    "answered": SENDER
    | {"unit": "Sở Tư pháp", "responsible_officer": "Hà Văn Nam", "approving_leader": "Đinh Thị Loan", "late": True}
    | {"attachments": (), "rating_link": "/danh-gia/AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
    | {"answer": "Trích lục đã được cấp ngày 20/11/2026.\nÔng/Bà có thể nhận tại bộ phận một cửa."},
    "assigned": STAFF
    | MATTER
    | {"kind_label": "report", "stage_label": "agency"}
    | {"field_label": "ho_tich", "due_at": MONDAY_0930, "minutes": 480, "note": "", "article": "ForwardedToAgency"}
    | {"details": ["Giấy hẹn số 15, ngày 10/11."], "contact": None, "reply_link": ""},
    "overdue": STAFF | STEP | {"since": MONDAY_0930, "article": "MarkedLate"},
    "reminder": STAFF
    | STEP
    | {"due_at": MONDAY_0930, "late": False, "waiting": False, "minutes": 120, "step": 1}
    | {"number": ""},
    "conduct_notice": STAFF
    | MATTER
    | {"received_at": MONDAY_0200, "due_at": WEDNESDAY_0200, "article": "ActionOpened", "reply_link": ""}
    | {"number": "4821-0937-5514/TB", "sent_at": MONDAY_0200}
    | {"regulation": ""},
    "substitution_request": STAFF
    | {"received_at": MONDAY_0200, "due_at": WEDNESDAY_0200, "article": "ActionOpened", "reply_link": ""}
    | {"number": "4821-0937-5514/ĐN", "sent_at": MONDAY_0200}
    | {"regulation": ""},
    "taken_back": STAFF
    | {"kind_label": "report", "field_label": "ho_tich", "sent_at": MONDAY_0200, "article": "ForwardingTakenBack"}
    | {"reason": "Hồ sơ thuộc lĩnh vực đất đai."},
    "urged": STAFF
    | {"unit": "Sở Nội vụ", "kind_label": "report", "field_label": "ho_tich"}
    | {"received_at": MONDAY_0200, "sent_at": WEDNESDAY_0200, "article": "Urged", "reply_link": ""}
    | {"note": "Người gửi đã hỏi lại hai lần."},
    "opinion_wanted": STAFF
    | MATTER
    | {"unit_name": "Lãnh đạo Trung tâm", "kind_label": "report", "field_label": "khac"}
    | {"reason": "Vụ việc đang do Tòa án thụ lý.", "due_at": WEDNESDAY_0200, "article": "ReferredToLeadership"},
    "written_back": SENDER | {"ended": True, "attachments": 2},
    "sender_wrote": STAFF
    | {
        "kind_label": "report",
        "words": "Tôi xin bổ sung:\nsố giấy hẹn là 15.",
        "attachments": 1,
        "other_address": "0f",
        "reply_link": "",
    },
    "input_wanted": STAFF
    | MATTER
    | {"number": "4821-0937-5514/YK", "kind_label": "report", "field_label": "ho_tich", "asker": "Sở Tư pháp"}
    | {"question": "Trích lục đã ký từ ngày nào?", "details": ["Giấy hẹn số 15, ngày 10/11."], "due_at": MONDAY_0930}
    | {"contact": None, "article": "ForwardedToAgency", "reply_link": ""},
    "input_came": STAFF
    | {"number": "4821-0937-5514/YK", "kind_label": "report", "unit": "Sở Y tế", "late": True}
    | {"declined": False, "words": "Trích lục đã ký ngày 12/11, chưa chuyển bộ phận một cửa."},
    "input_withdrawn": STAFF
    | {"number": "4821-0937-5514/YK", "kind_label": "report", "ended": False, "reason": "Đã tìm thấy hồ sơ."},
    "undelivered": STAFF
    | {"unit_name": "Tổ điện thoại viên", "kind_label": "report", "channel": "email", "reason": "bounce"},
    "reminders": {
        "link": STAFF["link"],
        "unit_name": "Sở Tư pháp",
        "counts": {"late": 2, "soon": 1, "waiting": 1},
        "lists": {"late": [REMINDED, REMINDED], "soon": [REMINDED], "waiting": [REMINDED]},
        "more": 7,
    },
    "petitions_due": {
        "link": STAFF["link"],
        "unit_name": "Phòng Kiểm tra - Giám sát",
        "counts": {"late": 1, "soon": 1},
        "lists": {
            "late": [{"code": CODE, "what": "accept", "on": MONDAY_0200.date()}],
            "soon": [{"code": CODE, "what": "settle", "on": WEDNESDAY_0200.date()}],
        },
    },
    "digest": {
        "link": STAFF["link"],
        "unit_name": "Sở Tư pháp",
        "day": MONDAY_0200,
        "counts": {"new": 3, "due_today": 1, "late": 1, "waiting": 0},
        "lists": {"new": [ROW], "due_today": [ROW], "late": [ROW], "waiting": []},
        "holders": [{"holder": "Sở Tư pháp", "open": 4, "due_today": 1, "late": 1}],
        "risks": [ROW | {"expected_at": WEDNESDAY_0200}],
        "risk_count": 1,
        "phoning": [{"code": CODE, "since": MONDAY_0200, "tries": 1}],
        "phoning_count": 1,
        "duties": [
            {
                "number": "4821-0937-5514/TB",
                "label": "notice",
                "due_at": MONDAY_0930,
                "tries": 1,
            }
        ],
        "receptions": [{"number": "5812-3307-2019, nội dung 1", "due_at": WEDNESDAY_0200, "standing": "chờ trả lời"}],
        "reception_count": 1,
        "duty_count": 1,
        "duties_overdue": 1,
    },
    "right_due": STAFF
    | {"kind": "erasure", "asked_at": MONDAY_0200, "due_at": MONDAY_0200 + timedelta(hours=72), "over": False},
    "breach": {
        "link": STAFF["link"],
        "unit_name": "Lãnh đạo Trung tâm",
        "discovered_at": MONDAY_0200,
        "due_at": MONDAY_0200 + timedelta(hours=72),
        "over": False,
        "authority": "Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao (A05), Bộ Công an",
    },
    "week": {
        "link": STAFF["link"],
        "unit_name": "Lãnh đạo Trung tâm",
        "first": date(2026, 11, 16),
        "last": date(2026, 11, 22),
        "totals": {"opening": 37, "received": 120, "reopened": 3, "answered": 98, "refused": 12, "finished": 110}
        | {"on_time": 95, "answered_late": 3, "late": 4, "open": 50},
        "units": [
            {"holder": "Sở Tư pháp", "opening": 10, "came": 30, "went": 25, "open": 15, "answered": 20, "late": 4},
            {"holder": "", "opening": 30, "came": 120, "went": 115, "open": 35, "answered": 78, "late": 0},
        ],
        "oldest": [ROW | {"received_at": MONDAY_0200}],
        "bottlenecks": ["“đổi giấy phép lái xe”: 29 người gửi, thường lệ 3,1"],
        "phoning_count": 2,
        "duty_count": 3,
        "duties_overdue": 1,
        "sms": {"sms": 40, "sms_parts": 41},
        "sms_cost": "",
    },
}

ANSWERED_AT = {"reply_link": "/tra-loi/AW_pCQ0dAAAD0n4Cf2lHk8vVbXcB1qYw"}
LATE = {"late": True, "minutes": 270}
CONTACT = {"name": "Bùi Thị Mai Hương", "phone": "0900000123", "email": "", "address": "Thôn Đồng Tâm"}
ORGANISATION = {"sender_kind": "organisation", "sender_name": "Hợp tác xã Đồng Tâm"}
# "letter.face": what differs from the letter's sample.
FACES: dict[str, Mapping[str, object]] = {
    "acknowledged.closed": {"in_office_hours": False, "opens_at": WEDNESDAY_0200},
    "answered.organisation": ORGANISATION | {"late": False, "approving_leader": "", "attachments": ("một", "hai")},
    "assigned.link": ANSWERED_AT,
    "assigned.contact": {"contact": CONTACT, "note": "Đề nghị xác minh ngày hẹn trả ghi trên giấy hẹn."},
    "conduct_notice.link": ANSWERED_AT,
    "details_wanted.question": {"wanted": []},
    "details_wanted.unanswerable": {"answerable": False},
    "digest.unit": {"holders": [], "risks": [], "phoning": [], "phoning_count": 0, "duties": [], "duty_count": 0},
    "reminder.document": LATE | {"stage_label": "substitution", "number": "4821-0937-5514/ĐN"},
    "reminder.late": LATE,
    "reminder.link": {**LATE, **ANSWERED_AT},
    "urged.link": ANSWERED_AT,
    "reminder.waiting": LATE | {"waiting": True},
    "week.priced": {"sms_cost": "26.240 VND", "oldest": [], "bottlenecks": []},
    "written_back.ended": {"attachments": 0},
    "written_back.open": {"ended": False},
    "rescheduled.sooner": {"old_due": WEDNESDAY_0200, "new_due": MONDAY_0930},
}
