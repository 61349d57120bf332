"""What the staff may fill in on the page of a case, each form with what it asks for: the actions of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor, Role, Sender
from chalicelib.domain.reply_templates import FILLS
from chalicelib.entrypoints import actions
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.actions import ACTIONS, Action, Do
from chalicelib.entrypoints.contracts import END
from chalicelib.entrypoints.forms import Nonce
from chalicelib.entrypoints.slips import UploadIds
from chalicelib.entrypoints.wording import telephone

Hour = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]" + END)]
Asked = tuple[Do, tuple[Any, ...], Mapping[str, Any]]  # a use case, and what it is given beside case and caller
PATHS: Final[Mapping[str, str]] = {  # the API's path of an action → the end of its form's address
    "answer": "tra-loi",
    "request-details": "hoi-them",
    "refuse": "khong-tiep-nhan",
    "classify": "phan-loai",
    "forward": "chuyen",
    "forward-to-agency": "chuyen-co-quan",
    "send-to-post": "chuyen-buu-dien",
    "return": "tra-lai",
    "take-back": "thu-hoi",
    "refer": "trinh-lanh-dao",
    "opinion": "cho-y-kien",
    "correct-late": "dinh-chinh",
    "verdict": "ket-luan",
    "change": "dan-den-thay-doi",
    "reward": "de-xuat-khen-thuong",
    "reward/decision": "khen-thuong",
    "appointment": "hen",
    "urge": "don-doc",
    "accept": "nhan",
    "reappointment": "hen-lai",
    "result": "ket-qua",
    "decline": "khong-thuoc-tham-quyen",
    "publication/withdraw": "khong-cong-khai",
    "hold": "giu-lai",
    "hold/lift": "thoi-giu",
}


class AppointmentForm(given.ActionBody, frozen=True, kw_only=True):
    """Hẹn thời gian trả lời, theo giờ của cơ quan."""

    day: date
    hour: Hour


class ReappointmentForm(AppointmentForm, frozen=True, kw_only=True):
    """Hẹn lại một lần (Điều 9.3)."""

    reason: given.Words


class AnswerForm(given.AnswerBody, frozen=True, kw_only=True):
    """Trả lời; các tệp do kịch bản của trang tải lên, nêu bằng mã."""

    attachments: UploadIds = ""  # type: ignore[assignment] # a form has text


class ResultForm(given.ResultBody, frozen=True, kw_only=True):
    """Kết quả xử lý; các tệp như trên."""

    attachments: UploadIds = ""  # type: ignore[assignment] # same


class DutyForm(given.OutcomeBody, frozen=True, kw_only=True):
    """Việc theo dõi nào đã xong, kết quả ra sao (R75)."""

    name: Literal["notice", "substitution"]


class DetailsForm(given.ActionBody, frozen=True, kw_only=True):
    """Thông tin người gửi bổ sung qua điện thoại; mục để trống thì giữ nguyên điều đã biết."""

    content: given.LongText = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{END}")] = ""
    address: Annotated[str, Meta(max_length=500)] = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done: its action (domain/permissions/), address, form, and what the form asks for."""

    action: str
    path: str
    allow: AbstractSet[str]
    form: type[msgspec.Struct]
    ask: Callable[[Any, Actor], Asked]


def _sent_once(body: type[given.ActionBody], *more: tuple[str, Any, Any]) -> type[msgspec.Struct]:
    return msgspec.defstruct(
        f"{body.__name__}Once",
        [("nonce", Nonce), *more],
        bases=(body,),
        frozen=True,
        forbid_unknown_fields=True,
        kw_only=True,
        module=__name__,
    )


def as_draft(way: Way) -> type[msgspec.Struct]:
    """Return the form as it may come while it is under way: with anything in its fields, and nothing."""
    fields: Any = [(name, given.LongText, "") for name in way.form.__struct_fields__]
    return msgspec.defstruct(f"{way.form.__name__}Draft", fields, frozen=True, forbid_unknown_fields=True)


OWN_FORMS: Final[Mapping[str, type[given.ActionBody]]] = {
    "answer": AnswerForm,
    "result": ResultForm,
    "appointment": AppointmentForm,
    "reappointment": ReappointmentForm,
}
TEMPLATE: Final = ("template", Annotated[str, Meta(max_length=64)], "")  # chosen; of no account once it is filled


def _way(action: Action) -> Way:
    def ask(form: Any, _: Actor) -> Asked:
        do, *arguments = actions.way(action, _body(form))
        return do, tuple(arguments), {}

    form, chosen = OWN_FORMS.get(action.path, action.body), [TEMPLATE] if action.name in FILLS else []
    return Way(action.name, PATHS[action.path], action.allow, _sent_once(form, *chosen), ask)


def _body(form: Any) -> Any:
    """Return what the API would have been sent: people give a day and an hour, a form its files' ids in one text."""
    if isinstance(form, AnswerForm | ResultForm):
        return msgspec.structs.replace(form, attachments=form.attachments.split())
    if not isinstance(form, AppointmentForm):
        return form
    at = datetime.combine(form.day, time.fromisoformat(form.hour), bootstrap.deps().regulation.calendar.zone)
    if isinstance(form, ReappointmentForm):
        return given.ReappointmentBody(version=form.version, new_due=at, reason=form.reason)
    return given.AppointmentBody(version=form.version, at=at)


def _phoned(form: Any, _: Actor) -> Asked:
    do, command = actions.phoned_way(form)
    return do, (command,), {}


def _closed(form: Any, caller: Actor) -> Asked:
    do, command = actions.closing_way(form.name, form.outcome, caller)
    return do, (command,), {}


class AskInputForm(given.ActionBody, frozen=True, kw_only=True):
    """Lấy ý kiến của một đến ba đơn vị trong một lần (R57)."""

    units: given.Slug
    second: given.Slug | None = None
    third: given.Slug | None = None
    question: given.Words
    minutes: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    with_contact: bool = False


class WithdrawInputForm(given.ActionBody, frozen=True, kw_only=True):
    """Thôi lấy ý kiến nào, vì sao."""

    id: Annotated[int, Meta(ge=1, le=1000)]
    reason: given.LongText = ""


def _asked(form: Any, _: Actor) -> Asked:
    from chalicelib.domain.commands import AskInput
    from chalicelib.usecases.ask_input import ask_input

    units = tuple(unit for unit in (form.units, form.second, form.third) if unit)
    command = AskInput(units=units, question=form.question, minutes=form.minutes, with_contact=form.with_contact)
    return ask_input, (command,), {}


def _unasked(form: Any, _: Actor) -> Asked:
    from chalicelib.domain.commands import WithdrawInput
    from chalicelib.usecases.carry_out import carry_out

    return carry_out, (WithdrawInput(id=form.id, reason=form.reason),), {}


def _proposed(form: Any, _: Actor) -> Asked:
    from chalicelib.usecases.publish_answer import propose_publication

    return propose_publication, (), {"question": form.question, "answer": form.answer}


def _approved(_form: Any, _: Actor) -> Asked:
    from chalicelib.usecases.publish_answer import approve_publication

    return approve_publication, (), {}


def _supplied(form: Any, _: Actor) -> Asked:
    from chalicelib.usecases.supply_details import supply_details

    phone = telephone(form.phone, "/phone") if form.phone else ""
    sender = Sender(name=form.name, phone=phone, email=form.email, address=form.address)
    return supply_details, (), {"content": form.content, "sender": sender}


OPERATOR, OFFICER, AGENCY = Role.OPERATOR, Role.OFFICER, Role.AGENCY
HOLDERS = frozenset({OPERATOR, OFFICER, AGENCY, Role.LEADERSHIP})
WAYS: Final[tuple[Way, ...]] = (
    *(_way(action) for action in ACTIONS),
    Way("note_phoned", "da-goi", {OPERATOR, OFFICER}, _sent_once(given.PhonedBody), _phoned),
    Way("close_action", "da-thuc-hien", {OPERATOR, OFFICER, AGENCY}, _sent_once(DutyForm), _closed),
    Way("ask_input", "lay-y-kien", HOLDERS, _sent_once(AskInputForm), _asked),
    Way("withdraw_input", "thoi-lay-y-kien", HOLDERS, _sent_once(WithdrawInputForm), _unasked),
    Way("supply_details", "bo-sung", {OPERATOR}, _sent_once(DetailsForm), _supplied),
    Way(
        "propose_publication",
        "de-nghi-cong-khai",
        {OPERATOR, OFFICER},
        _sent_once(given.PublicationBody),
        _proposed,
    ),
    Way("approve_publication", "duyet-cong-khai", {Role.LEADERSHIP}, _sent_once(given.ActionBody), _approved),
)
