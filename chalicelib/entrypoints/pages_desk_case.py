"""The page of a case at the desk: everything on it, and the forms of what can be done now. One route a form."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Final

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.case_forms import WAYS, Way
from chalicelib.entrypoints.desk import worth_keeping
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import STAFF, Elsewhere, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_worklist import WORKLIST
from chalicelib.entrypoints.wording import canonical
from chalicelib.exchange.fields import FileId
from chalicelib.ports import StaleVersionError
from chalicelib.web.filters import vn_time

routes = Blueprint(__name__)
CASE: Final = f"/{WORKLIST}/{{code}}"
UNTYPED: Final = Form({}, {})
INVALID: Final = 422
OVERTAKEN: Final = (
    "Trong lúc anh/chị đang viết, người khác đã cập nhật hồ sơ này. Trang đang hiện tình trạng mới nhất; "
    "nội dung anh/chị vừa nhập được giữ nguyên. Xin xem lại rồi gửi lại."
)
NOT_AGENCIES: Final = ("centre", "leadership")
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
}


class CaseQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong: phần cuối trong địa chỉ của biểu mẫu."""

    done: str = msgspec.field(default="", name="xong")


@page(routes, "GET", CASE, allow=STAFF, query=CaseQuery)
def show_case(visit: Visit, code: given.Code) -> Sheet:
    """Show a case and what can be done with it now."""
    return _case(visit, canonical(code))


@page(routes, "GET", f"{CASE}/tep/{{file}}", allow=STAFF)
def fetch_file(visit: Visit, code: given.Code, file: FileId) -> Elsewhere:
    """Send whoever may read the case to one of its files, by an address that is good for two minutes."""
    from chalicelib.entrypoints.api_files import link_for

    return Elsewhere(link_for(visit.caller, canonical(code), file).url)


def _register(way: Way) -> None:
    def view(visit: Visit, code: given.Code) -> Sheet | Onward:
        assert visit.form is not None
        return _done(visit, canonical(code), way, visit.form)

    view.__doc__ = way.form.__doc__
    page(routes, "POST", f"{CASE}/{way.path}", allow=way.allow, form=way.form)(view)


for _way in WAYS:
    _register(_way)


def _done(visit: Visit, code: str, way: Way, form: Form) -> Sheet | Onward:
    from chalicelib.ports import Receipt

    if form.faults:
        return _case(visit, code, way, form, status=INVALID)
    sent = hashlib.sha256(msgspec.json.encode([way.path, form.typed], order="sorted")).hexdigest()
    receipt = Receipt(f"form#{visit.caller.name}#{code}#{form.body.nonce}", sent)
    try:
        do, arguments, more = way.ask(form.body, visit.caller)
        about = {"actor": visit.caller, "deps": bootstrap.deps(), "version": form.body.version, "receipt": receipt}
        do(code, *arguments, **about, **more)
    except DomainError as error:
        return _case(visit, code, way, form, error, responses.status_of(error))
    return Onward(f"{WORKLIST}/{code}?xong={way.path}")


def _case(
    visit: Visit,
    code: str,
    sent: Way | None = None,
    form: Form = UNTYPED,
    error: DomainError | None = None,
    status: int = 200,
) -> Sheet:
    """Show the case as it is now; after a fault with the form that was sent, as it was filled in."""
    from chalicelib.usecases.open_case import open_case
    from chalicelib.views.case_page import case_page

    deps = bootstrap.deps()
    shown = case_page(open_case(code, actor=visit.caller, deps=deps), visit.caller, deps)
    about = {
        "page": shown,
        "case": shown.file.case,
        "paths": {way.action: way.path for way in WAYS},
        "nonce": deps.ids.nonce(),
        "field_names": FIELD_NAMES,
        "sent": sent.action if sent else "",
        "form": form,
        "faults": {**form.faults, **_at_field(error)},
        "error_words": _words(error),
        "lost": worth_keeping(form.typed) if sent and sent.action not in shown.ways else [],
        "done": next((way.action for way in WAYS if visit.query and way.path == visit.query.done), ""),
    }
    choices = _choices()
    about["closable"] = [(name, choices["duty_names"][name]) for name in shown.duties]
    return Sheet("desk_case", about | choices, status)


def _words(error: DomainError | None) -> str:
    if error is None or error.context.get("pointer"):
        return ""
    if isinstance(error, StaleVersionError):
        return OVERTAKEN
    opens = error.context.get("next_open")
    more = f" Giờ làm việc gần nhất: {vn_time(datetime.fromisoformat(opens))}." if isinstance(opens, str) else ""
    return f"{error.title.rstrip('.')}.{more}"


def _at_field(error: DomainError | None) -> dict[str, str]:
    pointer = str(error.context.get("pointer", "")).removeprefix("/") if error else ""
    return {pointer: error.title} if error and pointer else {}


def _choices() -> dict[str, Any]:
    deps, rules = bootstrap.deps(), bootstrap.deps().regulation
    agencies = [unit for unit in deps.directory.units() if unit.kind not in NOT_AGENCIES]
    return {
        "agencies": [(unit.id, unit.name) for unit in sorted(agencies, key=lambda unit: unit.name)],
        "kinds": [(name, kind.label) for name, kind in rules.kinds.items()],
        "abouts": list(rules.about.items()),
        "fields": [(name, field.label) for name, field in rules.fields.items()],
        "priorities": [(name, priority.label) for name, priority in rules.priorities.items()],
        "channels": dict(rules.channels),
        "duty_names": dict(rules.actions),
        "ratings": dict(rules.satisfaction.scale),
        "stage_names": {name: limit.label for name, limit in rules.stages.items()},
    }
