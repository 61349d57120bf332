"""The page on which a citizen sends a matter (Điều 6, 7): what is missing is asked for before it is sent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER, Sender
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError, UnavailableError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.forms import Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, File, Sheet, Visit, page
from chalicelib.entrypoints.slips import SlipForm, UploadIds, slip_told
from chalicelib.entrypoints.wording import telephone
from chalicelib.ports import Declared, Receipt

if TYPE_CHECKING:
    from chalicelib.domain.commands import Receive
    from chalicelib.domain.regulation import Kind, Offer, Regulation
    from chalicelib.ports import Slip
    from chalicelib.usecases.receive_case import Receipted
    from chalicelib.views.ask import AnswerView

routes = Blueprint(__name__)
UNTYPED: Final = Form({}, {})
TOGETHER: Final = 3  # more offers of one kind are folded under its name: a list of sixteen is not read to its end
QUESTION: Final = "question"  # the kind of matter that the catalogue may answer (Điều 4.1)
WORDS: Final = {  # better ones than the type's own
    "offer": "Xin chọn một loại nội dung.",
    "email": "Địa chỉ thư điện tử chưa đúng, ví dụ: ten@example.com.",
    "phone": "Số điện thoại chưa đúng, ví dụ: 0912 345 678.",
}
TOLD_BY: Final = {"email": "thư điện tử", "sms": "tin nhắn"}  # the ways of reach_sender, in its order
PLACES: Final = {"phone_or_email": "phone"}  # what may be missing → the field that asks for it
SENT_BEFORE: Final = (
    "Biểu mẫu này đã được gửi một lần với nội dung khác. Nếu muốn gửi thêm nội dung bên dưới, xin chọn lại ảnh, "
    "giấy tờ nếu có rồi bấm nút Gửi lần nữa."
)


class SendForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nội dung và người gửi; thiếu gì theo Điều 6 thì hỏi ngay tại biểu mẫu."""

    nonce: Nonce
    offer: given.Slug
    content: given.Words
    field: given.Slug = "khac"
    name: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^\s*({given.MAIL})?\s*{given.END}")] = ""
    sender_kind: Literal["individual", "organisation"] = "individual"
    attachments: UploadIds = ""
    shown: Annotated[str, Meta(max_length=40)] = ""  # code of the procedure that was shown before sending


@page(routes, "GET", "/gui", allow=PUBLIC)
def show_form(visit: Visit) -> Sheet:
    """Show the form, empty."""
    return _form(UNTYPED)


@page(routes, "POST", "/gui", allow=PUBLIC, form=SendForm)
def send(visit: Visit) -> Sheet:
    """Take a matter in; the same form sent twice gives the same case."""
    assert visit.form is not None
    form = replace(visit.form, faults=_faults(visit.form))
    if form.faults:
        return _form(form, status=422)
    if answer := _answered_already(form.body):
        return _form(form, answer=answer)
    try:
        return _sent(_received(form), len(form.body.attachments.split()))
    except ConflictError:
        return _form(replace(form, typed={**form.typed, "nonce": "", "attachments": ""}), SENT_BEFORE, 409)
    except DomainError as error:
        status = responses.status_of(error)
        if error.context.get("pointer") == "/attachments":
            return _form(replace(form, faults={"attachments": f"{error.title}."}), status=status)
        return _form(form, error.title, status)


@page(routes, "POST", "/gui/cho-tep/{nonce}", allow=PUBLIC, form=SlipForm)
def ask_for_slip(visit: Visit, nonce: Nonce) -> File:
    """Give the form of this nonce leave to upload a file that goes with the matter, once that is sent."""

    def opened(said: dict[str, Any]) -> Slip:
        from chalicelib.usecases.open_upload import open_first_upload

        declared = Declared(unit=SENDER.side, code=nonce, **said)
        return open_first_upload(declared, source_ip=visit.source_ip, deps=bootstrap.deps())

    return slip_told(visit, opened)


def _answered_already(body: SendForm) -> AnswerView | None:
    """Return what the catalogue says to a question, once: then it is sent, or not, as its sender likes."""
    from chalicelib.views.ask import answer

    if body.shown or bootstrap.deps().regulation.offers[body.offer].kind != QUESTION:
        return None
    try:
        found = answer(body.content, bootstrap.deps())
    except UnavailableError:  # nobody is kept from asking because the catalogue cannot be read
        return None
    return None if found.unknown else found


def _faults(form: Form) -> dict[str, str]:
    """Say at each field what is wrong with it: what no value can be, then what the regulation misses (Điều 6)."""
    from chalicelib.domain.eligibility import Matter, assess

    rules = bootstrap.deps().regulation
    faults = {name: WORDS.get(name, words) for name, words in form.faults.items()}
    if "offer" not in faults and form.typed["offer"] not in rules.offers:
        faults["offer"] = WORDS["offer"]
    if form.typed.get("field", "khac") not in rules.fields:
        faults["field"] = "Xin chọn một lĩnh vực trong danh sách."
    phone = form.typed.get("phone", "").strip()
    if phone and not _callable(phone):
        faults["phone"] = WORDS["phone"]
    typed = {name: form.typed.get(name, "").strip() for name in ("name", "address", "phone", "email")}
    judged = assess(Matter("", form.typed.get("content", ""), Sender(**typed)), rules)
    lacking = judged.missing if judged.outcome == "await_details" else ()  # what is refused is told with its guidance
    found = {PLACES.get(item, item): _wanted(rules.details[item]) for item in lacking} | faults
    return {name: found[name] for name in SendForm.__struct_fields__ if name in found}


def _wanted(detail: str) -> str:
    return f"Xin cho biết {detail[:1].lower()}{detail[1:]}."


def _callable(phone: str) -> bool:
    try:
        telephone(phone, "/phone")
    except InvalidError:
        return False
    return True


def _received(form: Form) -> Receipted:
    from chalicelib.usecases.receive_case import receive_case

    typed = msgspec.json.encode(form.typed, order="sorted")
    receipt = Receipt(f"key#{SENDER.role}##{form.body.nonce}", hashlib.sha256(typed).hexdigest())
    uploads, nonce = form.body.attachments.split(), form.body.nonce
    command, deps = _command(form.body), bootstrap.deps()
    return receive_case(command, actor=SENDER, receipt=receipt, deps=deps, uploads=uploads, form=nonce)


def _command(body: SendForm) -> Receive:
    from chalicelib.domain.commands import Receive
    from chalicelib.domain.eligibility import Matter

    offer = bootstrap.deps().regulation.offers[body.offer]
    sender = Sender(body.sender_kind, body.name, body.phone, body.email, body.address)
    return Receive(
        matter=Matter("", body.content, sender), kind=offer.kind, about=offer.about, channel="web", field=body.field
    )


def _sent(made: Receipted, files: int) -> Sheet:
    from chalicelib.usecases.addresses import FOLLOW, address
    from chalicelib.views.progress import created

    deps = bootstrap.deps()
    shown = created(made.case, made.pin, made.said, deps, repeated=made.repeated)
    stage, open_at = made.case.stage, deps.regulation.calendar.next_open(made.case.received_at)
    promised = {
        "minutes": deps.regulation.limit(stage.name, made.case.priority).minutes if stage else None,
        "opens_at": None if deps.regulation.calendar.is_open(made.case.received_at) else open_at,
    }
    by = next((words for way, words in TOLD_BY.items() if way in made.case.reachable), "")
    return Sheet("sent", {"made": shown, **promised, "by": by, "files": files, "follow": address(deps, FOLLOW)}, 201)


def _by_kind(rules: Regulation) -> list[tuple[Kind, dict[str, Offer]]]:
    """Return what is offered by its kind, in the order of the regulation."""
    grouped = groupby(rules.offers.items(), lambda one: one[1].kind)
    return [(rules.kinds[kind], dict(some)) for kind, some in grouped]


def _form(form: Form, error: str = "", status: int = 200, answer: AnswerView | None = None) -> Sheet:
    """Show the form as it was filled in; it is the same sending until that is known to have done something."""
    from chalicelib.views.centre import file_rules

    deps = bootstrap.deps()
    rules = deps.regulation
    nonce = deps.ids.nonce() if "nonce" in form.faults else form.typed.get("nonce") or deps.ids.nonce()
    refusals = {rule.reason: rule.guidance for rule in rules.eligibility if rule.outcome == "refuse"}
    context = {"form": form, "error": error, "nonce": nonce, "fields": rules.fields, "about": rules.about}
    context |= {"offers": _by_kind(rules), "most_together": TOGETHER, "question": QUESTION}
    context |= {"refusals": refusals, "files": file_rules(deps), "answer": answer}
    return Sheet("send", context, status, sends_to=deps.files.origin())
