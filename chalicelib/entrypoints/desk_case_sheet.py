"""How the page of a case is laid out for whoever opened it: as it is now, or after a form with what was typed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from chalicelib import bootstrap
from chalicelib.domain.case import INPUT
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.case_forms import WAYS, Way
from chalicelib.entrypoints.desk import worth_keeping
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import Sheet, Visit
from chalicelib.ports import StaleVersionError
from chalicelib.web.filters import vn_time, working_duration

if TYPE_CHECKING:
    from chalicelib.views.case_page import CasePage

OVERTAKEN: Final = (
    "Trong lúc anh/chị đang viết, người khác đã cập nhật hồ sơ này. Trang đang hiện tình trạng mới nhất; "
    "nội dung anh/chị vừa nhập được giữ nguyên. Xin xem lại rồi gửi lại."
)
SPANS: Final = (60, 120, 240, 480, 960, 2400)  # working minutes
FIELD_NAMES: Final = {
    "answer": "Nội dung trả lời",
    "result": "Kết quả xử lý",
    "responsible_officer": "Cán bộ chịu trách nhiệm nội dung",
    "approving_leader": "Lãnh đạo phê duyệt",
    "question": "Câu hỏi cho người gửi",
    "unit": "Cơ quan nhận",
    "note": "Ghi chú",
    "day": "Ngày",
    "hour": "Giờ",
    "reason": "Lý do",
    "guidance": "Hướng dẫn nơi cần đến",
    "suggested": "Cơ quan có thẩm quyền, nếu biết",
    "outcome": "Việc đã thực hiện và kết quả",
    "opinion": "Ý kiến",
    "leader": "Lãnh đạo",
    "verdict": "Kết luận",
    "document": "Số văn bản",
    "dated": "Ngày văn bản",
    "change": "Điều đã thay đổi",
    "reward": "Hình thức khen thưởng",
    "granted": "Quyết định",
    "kind": "Loại",
    "about": "Phản ánh về",
    "field": "Lĩnh vực",
    "priority": "Mức độ",
    "reached": "Kết quả cuộc gọi",
    "number": "Số đã gọi, nếu khác số trong hồ sơ",
    "name": "Họ và tên",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "content": "Nội dung bổ sung",
    "template": "Mẫu",
    "attachments": "Tệp gửi kèm, nếu có",
    "units": "Đơn vị được hỏi",
    "second": "Đơn vị thứ hai, nếu có",
    "third": "Đơn vị thứ ba, nếu có",
    "minutes": "Thời gian cho ý kiến",
    "with_contact": "Thông tin người gửi",
    "id": "Phiếu lấy ý kiến",
}
INVALID: Final = 422
GONE: Final = 409
WITH_FILES: Final = ("answer", "submit_result")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came and is shown again: what was wrong with it, or the template it was filled from."""

    way: Way
    form: Form
    error: DomainError | None = None
    template: str = ""

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        pointer = str(self.error.context.get("pointer", "")).removeprefix("/") if self.error else ""
        return {**self.form.faults, **({pointer: self.error.title} if self.error and pointer else {})}

    def status(self, *, gone: bool) -> int:
        """The answer's; where the store did not answer, it may have been done: that is said, not that it is gone."""
        if self.error:
            return responses.status_of(self.error)
        return GONE if gone else INVALID if self.form.faults else 200


def read(visit: Visit, code: str, written: Mapping[str, str] | None = None) -> CasePage:
    """Read what the page shows; raises ForbiddenError for whom the case is no concern of.

    `written` is a draft for the board under way.
    """
    from chalicelib.usecases.open_case import open_case
    from chalicelib.views.case_page import case_page

    deps = bootstrap.deps()
    return case_page(open_case(code, actor=visit.caller, deps=deps, door="page"), visit.caller, deps, written or {})


def lay_out(visit: Visit, shown: CasePage, sent: Sent | None = None) -> Sheet:
    """Show the case as it is now, and a form as it was filled in; one that is possible no more is to be copied."""
    from chalicelib.domain.presence import BEAT
    from chalicelib.views.presence import watchers

    deps, case = bootstrap.deps(), shown.file.case
    gone = sent is not None and sent.way.action not in shown.ways
    about = {
        "page": shown,
        "case": case,
        "paths": {way.action: way.path for way in WAYS},
        "nonce": deps.ids.nonce(),
        "field_names": FIELD_NAMES,
        "watchers": watchers(deps.presence.all(), visit.caller, deps.clock.now())[case.code],
        "beat": round(BEAT.total_seconds()),
        "done": next((way.action for way in WAYS if visit.query and way.path == visit.query.done), ""),
    }
    store = deps.files.origin() if {*WITH_FILES} & {*shown.ways} else ""
    status = sent.status(gone=gone) if sent else 200
    return Sheet("desk_case", about | _form_shown(sent, gone=gone) | _choices(shown), status, sends_to=store)


def _form_shown(sent: Sent | None, *, gone: bool) -> dict[str, Any]:
    return {
        "sent": sent.way.action if sent else "",
        "form": sent.form if sent else Form({}, {}),
        "faults": sent.faults if sent else {},
        "error_words": _words(sent.error if sent else None),
        "lost": worth_keeping(sent.form.typed) if sent and gone else [],
        "filled_from": sent.template if sent else "",
    }


def _words(error: DomainError | None) -> str:
    if error is None or error.context.get("pointer"):
        return ""
    if isinstance(error, StaleVersionError):
        return OVERTAKEN
    opens = error.context.get("next_open")
    more = f" Giờ làm việc gần nhất: {vn_time(datetime.fromisoformat(opens))}." if isinstance(opens, str) else ""
    return f"{error.title.rstrip('.')}.{more}"


def _spans(shown: CasePage) -> list[tuple[str, str]]:
    """Return the times that a unit may be given to say what it thinks."""
    rules = bootstrap.deps().regulation.inputs
    if rules is None or not shown.input_most:
        return []
    usual = min(rules.minutes, shown.input_most)
    offered = sorted({minutes for minutes in (*SPANS, usual) if rules.least <= minutes <= shown.input_most})
    return [("", f"Như quy định: {working_duration(usual)}"), *((str(n), working_duration(n)) for n in offered)]


def _choices(shown: CasePage) -> dict[str, Any]:
    from chalicelib.entrypoints.unit_choices import agencies, every_unit
    from chalicelib.views.centre import file_rules

    deps, rules = bootstrap.deps(), bootstrap.deps().regulation
    return {
        "agencies": agencies(),
        "serve_all": rules.officers_serve_all,
        "articles": {**rules.articles, **{rule.id: rule.article for rule in rules.eligibility}},
        "kinds": [(name, kind.label) for name, kind in rules.kinds.items()],
        "abouts": list(rules.about.items()),
        "fields": [(name, field.label) for name, field in rules.fields.items()],
        "priorities": [(name, priority.label) for name, priority in rules.priorities.items()],
        "channels": dict(rules.channels),
        "duty_names": {name: rules.duty_label(name) for name in (*rules.actions, INPUT)}
        if rules.inputs
        else dict(rules.actions),
        "everybody": every_unit(),
        "spans": _spans(shown),
        "waiting_inputs": [
            (str(one.id), f"{one.number}, {one.unit_name}") for one in shown.inputs if one.state == "open"
        ],
        "closable": [(name, rules.actions[name]) for name in shown.duties],
        "files": file_rules(deps),
        "ratings": dict(rules.satisfaction.scale),
        "stage_names": {name: limit.label for name, limit in rules.stages.items()},
    }
