"""The administrator's page of the office's days (R63): a year of them, what was announced, and how to announce more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, InvalidError
from chalicelib.entrypoints import forms, responses
from chalicelib.entrypoints.api_calendar import Clock, Number, Reason
from chalicelib.entrypoints.api_public import this_month
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS
from chalicelib.ports import Receipt, local_day

if TYPE_CHECKING:
    from chalicelib.domain.centre_calendar import Foreseen
    from chalicelib.usecases.announce_change import Announcement

routes = Blueprint(__name__)
CALENDAR: Final = f"{ADMINISTRATION}/lich"
ANNOUNCING: Final = "thong-bao"
FIELDS: Final = {"dates": "first", "frames": "opens", "number": "reason"}
Year = Annotated[int, Meta(ge=forms.FIRST, le=forms.LAST)]
Document = Annotated[str, Meta(max_length=200)]


class YearQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Năm nào; việc vừa làm xong."""

    year: Year | None = msgspec.field(default=None, name="nam")
    done: Literal["", "thong-bao", "thu-hoi"] = msgspec.field(default="", name="xong")


class ChangeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Một thông báo, để xem trước và để thông báo."""

    nonce: Nonce
    kind: Literal["day_off", "working_day", "closure"]
    first: date
    last: date | None = None
    opens: Clock = ""
    closes: Clock = ""
    opens_again: Clock = ""
    closes_again: Clock = ""
    reason: Reason
    document: Document = ""


class WithdrawForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Thu hồi thông báo nào, vì sao."""

    nonce: Nonce
    number: Number
    reason: Reason
    document: Document = ""


@page(routes, "GET", f"/{CALENDAR}", allow=ADMINISTRATORS, query=YearQuery)
def show_calendar(visit: Visit) -> Sheet:
    """Show a year and what was announced for it."""
    return _calendar(year=visit.query.year, done=visit.query.done)


@page(routes, "POST", f"/{CALENDAR}/xem-truoc", allow=ADMINISTRATORS, form=ChangeForm)
def look(visit: Visit) -> Sheet | Onward:
    """Show what an announcement would make of its days; nothing is announced."""
    from chalicelib.usecases.announce_change import foresee_change

    return _announced(visit, lambda wanted: foresee_change(wanted, actor=visit.caller, deps=bootstrap.deps()))


@page(routes, "POST", f"/{CALENDAR}/thong-bao", allow=ADMINISTRATORS, form=ChangeForm)
def announce(visit: Visit) -> Sheet | Onward:
    """Announce a change; a second press does nothing more."""
    from chalicelib.usecases.announce_change import announce_change

    def do(wanted: Announcement) -> None:
        announce_change(wanted, actor=visit.caller, receipt=_receipt(visit, "new"), deps=bootstrap.deps())

    return _announced(visit, do)


@page(routes, "POST", f"/{CALENDAR}/thu-hoi", allow=ADMINISTRATORS, form=WithdrawForm)
def withdraw(visit: Visit) -> Sheet | Onward:
    """Withdraw what was announced, by one announcement more."""
    from chalicelib.usecases.announce_change import Announcement, announce_change

    form = visit.form
    assert form is not None
    if form.faults:
        return _calendar(form, sent="thu-hoi", status=422)
    body = form.body
    wanted = Announcement(kind="withdrawal", reason=body.reason, document=body.document, withdraws=body.number)
    try:
        receipt = _receipt(visit, str(body.number))
        change, _ = announce_change(wanted, actor=visit.caller, receipt=receipt, deps=bootstrap.deps())
    except DomainError as error:
        told, words = forms.refused(form, error, FIELDS)
        return _calendar(told, words, sent="thu-hoi", status=responses.status_of(error))
    return Onward(f"{CALENDAR}?nam={change.dates[0].year}&xong=thu-hoi")


def _announced(visit: Visit, do: Callable[[Announcement], tuple[Foreseen, ...] | None]) -> Sheet | Onward:
    """Look or announce, and lead to the year of it."""
    from chalicelib.usecases.announce_change import Announcement

    form = visit.form
    assert form is not None
    if form.faults:
        return _calendar(form, sent=ANNOUNCING, status=422)
    body = form.body
    try:
        about = {"kind": body.kind, "reason": body.reason, "document": body.document}
        days = do(Announcement(dates=_dates(body), frames=_frames(body), **about))
    except DomainError as error:
        told, words = forms.refused(form, error, FIELDS)
        return _calendar(told, words, sent=ANNOUNCING, status=responses.status_of(error))
    if days:
        return _calendar(form, sent=ANNOUNCING, year=body.first.year, foreseen=days)
    return Onward(f"{CALENDAR}?nam={body.first.year}&xong={ANNOUNCING}")


def _dates(body: ChangeForm) -> tuple[date, ...]:
    from chalicelib.domain.centre_calendar import MOST_DATES

    count = ((body.last or body.first) - body.first).days + 1
    if not 0 < count <= MOST_DATES:
        title = f"Ngày cuối phải từ ngày đầu trở đi, và mỗi thông báo nhiều nhất {MOST_DATES} ngày"
        raise InvalidError("invalid_dates", title, pointer="/last")
    return tuple(body.first + timedelta(days=offset) for offset in range(count))


def _frames(body: ChangeForm) -> tuple[tuple[str, str], ...]:
    pairs = (("opens", "closes"), ("opens_again", "closes_again"))
    for name in (name for pair in pairs for name in pair if any(getattr(body, one) for one in pair)):
        if not getattr(body, name):
            raise InvalidError("invalid_hours", "Xin điền cả giờ bắt đầu và giờ kết thúc", pointer=f"/{name}")
    return tuple((getattr(body, start), getattr(body, end)) for start, end in pairs if getattr(body, start))


def _receipt(visit: Visit, about: str) -> Receipt:
    assert visit.form is not None
    typed = {name: value for name, value in visit.form.typed.items() if name != "nonce"}
    digest = hashlib.sha256(msgspec.json.encode(typed, order="sorted")).hexdigest()
    return Receipt(f"form#{visit.caller.name}#calendar#{about}#{visit.form.body.nonce}", digest)


def _calendar(
    form: Form = UNTYPED,
    error: str = "",
    *,
    sent: str = "",
    year: int | None = None,
    done: str = "",
    foreseen: tuple[Foreseen, ...] = (),
    status: int = 200,
) -> Sheet:
    from chalicelib.views import calendar, leadership, office_year, tally

    deps = bootstrap.deps()
    today = local_day(deps.clock.now(), deps.regulation)
    number = year or today.year
    asked = form.typed.get("number", "")  # what somebody wants to withdraw is shown whatever its year
    changes = [
        one
        for one in calendar.changes(deps).changes
        if str(one.number) == asked or any(day.year == number for day in one.dates)
    ]
    about = {
        "year": office_year.office_year(number, deps),
        "today": today,
        "usual": deps.regulation.calendar.usual_hours,
        "changes": changes,
        "form": form,
        "error": error,
        "sent": sent,
        "done": done,
        "foreseen": foreseen,
        "nonce": deps.ids.nonce() if "nonce" in form.faults else form.typed.get("nonce") or deps.ids.nonce(),
    }
    if foreseen:
        about["open_cases"] = sum(one.number for one in leadership.queue(tally.tallies(this_month(), deps), deps))
    return Sheet("calendar", about, status)
