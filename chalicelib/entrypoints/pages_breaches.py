"""The pages of breaches of personal data: written down, reported on paper and as a table, told to the authority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.api_access import ANSWERABLE, BreachId, report
from chalicelib.entrypoints.case_forms import Hour
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import File, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION

routes = Blueprint(__name__)
BREACHES: Final = f"{ADMINISTRATION}/su-co"
BREACH: Final = f"/{BREACHES}/{{breach}}"
HEADS: Final = ("Mã hồ sơ", "Phần bị xem", "Số lần", "Từ", "Đến", "Họ tên", "Điện thoại", "Thư điện tử", "Địa chỉ")


class BreachForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Sự cố: phát hiện khi nào, việc gì, những tài khoản nào (cách nhau bằng dấu phẩy), trong những ngày nào."""

    nonce: Nonce
    day: date
    hour: Hour
    happened: given.Words
    logins: Annotated[str, Meta(min_length=1, max_length=2000)]
    first: date
    last: date
    measures: given.LongText = ""


class NoticeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Đã báo cơ quan có thẩm quyền lúc nào, đã khắc phục ra sao."""

    nonce: Nonce
    day: date
    hour: Hour
    measures: given.LongText = ""


class DoneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "ghi-nhan", "da-bao"] = msgspec.field(default="", name="xong")


@page(routes, "GET", f"/{BREACHES}", allow=ANSWERABLE)
def show_breaches(visit: Visit) -> Sheet:
    """List them, and ask for another."""
    return _listed(UNTYPED)


@page(routes, "POST", f"/{BREACHES}/ghi-nhan", allow=ANSWERABLE, form=BreachForm)
def write(visit: Visit) -> Sheet | Onward:
    """Write one down; a second press does nothing more."""
    from chalicelib.usecases.record_breach import record_breach

    form = visit.form
    assert form is not None
    if form.faults:
        return _listed(form, status=422)
    body = form.body
    try:
        made = record_breach(
            discovered_at=_moment(body.day, body.hour),
            happened=body.happened,
            logins=body.logins.replace(",", " ").split(),
            first=body.first,
            last=body.last,
            measures=body.measures,
            key=body.nonce,
            actor=visit.caller,
            deps=bootstrap.deps(),
        )
    except DomainError as error:
        return _listed(form, error.title, responses.status_of(error))
    return Onward(f"{BREACHES}/{made.id}?xong=ghi-nhan")


@page(routes, "GET", BREACH, allow=ANSWERABLE, query=DoneQuery)
def show_breach(visit: Visit, breach: BreachId) -> Sheet:
    """Show one with whom it touched."""
    return _shown(visit, breach, done=visit.query.done)


@page(routes, "POST", f"{BREACH}/da-bao", allow=ANSWERABLE, form=NoticeForm)
def notify(visit: Visit, breach: BreachId) -> Sheet | Onward:
    """Note that the authority was told."""
    from chalicelib.usecases.record_breach import note_notice

    form = visit.form
    assert form is not None
    if form.faults:
        return _shown(visit, breach, form, status=422)
    at, measures = _moment(form.body.day, form.body.hour), form.body.measures
    try:
        note_notice(breach, at=at, measures=measures, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _shown(visit, breach, form, error.title, responses.status_of(error))
    return Onward(f"{BREACHES}/{breach}?xong=da-bao")


@page(routes, "GET", f"{BREACH}/danh-sach.csv", allow=ANSWERABLE)
def give_table(visit: Visit, breach: BreachId) -> File:
    """Give whom it touched as a table for a spreadsheet."""
    from chalicelib.web import labels, spreadsheets
    from chalicelib.web.filters import short_time

    rows = [
        (
            one.display_code,
            ", ".join(labels.SEEN[part] for part in one.parts),
            str(one.times),
            short_time(one.first_at),
            short_time(one.last_at),
            *((one.name, one.phone, one.email, one.address) if not one.anonymised else ("đã ẩn danh", "", "", "")),
        )
        for one in report(breach, visit.caller).touched
    ]
    name = {"Content-Disposition": f'attachment; filename="su-co-{breach}.csv"'}
    return File(spreadsheets.written(HEADS, rows), spreadsheets.MEDIA_TYPE, forever=False, headers=name)


def _moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), bootstrap.deps().regulation.calendar.zone)


def _listed(form: Form, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.views.breach_report import breaches

    deps = bootstrap.deps()
    rule = deps.retention.breach
    about = {"shown": breaches(deps), "hours": rule.hours, "authority": rule.authority}
    return Sheet("breaches", about | _asked(form, error), status)


def _shown(
    visit: Visit, breach: str, form: Form = UNTYPED, error: str = "", status: int = 200, *, done: str = ""
) -> Sheet:
    return Sheet("breach", {"shown": report(breach, visit.caller), "done": done} | _asked(form, error), status)


def _asked(form: Form, error: str) -> dict[str, Any]:
    now: Callable[[], datetime] = bootstrap.deps().clock.now
    local = now().astimezone(bootstrap.deps().regulation.calendar.zone)
    at = {"today": f"{local:%Y-%m-%d}", "hour": f"{local:%H:%M}"}
    return {"form": form, "error": error, "nonce": bootstrap.deps().ids.nonce(), **at}
