"""The desk's pages of reports (Điều 14, 15): ask for one, read it to the cases of each number, word it, sign it off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, forms, responses
from chalicelib.entrypoints.api_reports import READERS, Cell, File, Name, Version, link
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import Elsewhere, Onward, Sheet, Visit, page

if TYPE_CHECKING:
    from chalicelib.domain.reporting.report import Report

routes = Blueprint(__name__)
REPORTS: Final = f"{desk.HOME}/bao-cao"
ROWS: Final = 50
Words = Annotated[str, Meta(max_length=10_000)]


class ListQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Trang nào của danh sách."""

    tu: given.Cursor = ""


class ReportQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "lap", "loi", "ky"] = msgspec.field(default="", name="xong")


class CasesQuery(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Ô nào, trang nào."""

    cell: Cell = msgspec.field(name="o")
    tu: given.Cursor = ""


class AskForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Kỳ và loại báo cáo; báo cáo được thay nếu là bản sửa."""

    nonce: Nonce
    kind: Literal["report", "evaluation"]
    first: date
    last: date
    replaces: Name | Literal[""] = ""


class WordsForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Số văn bản, nhận xét, đề xuất, người ký."""

    version: Version
    number: Annotated[str, Meta(max_length=60)] = ""
    remarks: Words = ""
    proposals: Words = ""
    signed_by: Annotated[str, Meta(max_length=100)] = ""


class SignForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Ký duyệt phiên bản nào."""

    version: Version
    sure: Literal["on"]


@page(routes, "GET", f"/{REPORTS}", allow=READERS, query=ListQuery)
def list_reports(visit: Visit) -> Sheet:
    """List reports; the form asks for one of last month unless another period is typed."""
    return _list(visit.query.tu)


@page(routes, "POST", f"/{REPORTS}/lap", allow=READERS, form=AskForm)
def ask(visit: Visit) -> Sheet | Onward:
    """Ask for a report; a second press asks for nothing more."""
    from chalicelib.domain.reporting.period import Period
    from chalicelib.usecases.ask_report import ask_report

    form = visit.form
    assert form is not None
    if form.faults:
        return _list(form=form, status=422)
    body = form.body
    period = Period(body.first, body.last)
    try:
        report = ask_report(body.kind, period, visit.caller, bootstrap.deps(), key=body.nonce, replaces=body.replaces)
    except DomainError as error:
        return _list(form=form, error=error.title, status=responses.status_of(error))
    return Onward(f"{REPORTS}/{report.name}?xong=lap")


@page(routes, "GET", f"/{REPORTS}/{{report}}", allow=READERS, query=ReportQuery)
def show_report(visit: Visit, report: Name) -> Sheet:
    """Show a report as it is printed; each number leads to its cases."""
    return _report(bootstrap.deps().reports.get(report), visit, done=visit.query.done)


@page(routes, "GET", f"/{REPORTS}/{{report}}/ho-so", allow=READERS, query=CasesQuery)
def list_cases(visit: Visit, report: Name) -> Sheet:
    """List the cases of a number."""
    from chalicelib.domain.reporting.layout import SAID
    from chalicelib.views import reports as shown

    deps, query = bootstrap.deps(), visit.query
    kept = deps.reports.get(report)
    found = shown.cases_of(kept, query.cell, ROWS, query.tu, deps)
    row, _, column = query.cell.partition("/")
    words = shown.words(kept, shown.figures(kept, deps), deps).rows
    about = {
        "report": shown.report_view(kept),
        "found": found,
        "row": words.get(row, row),
        "column": shown.heading(column, shown.content(kept, deps)[0]),
        "words": words,
        "said": SAID,
    }
    return Sheet("report_cases", about)


@page(routes, "GET", f"/{REPORTS}/{{report}}/tep/{{file}}", allow=READERS)
def fetch(visit: Visit, report: Name, file: File) -> Elsewhere:
    """Lead to a file."""
    return Elsewhere(link(report, file))


@page(routes, "POST", f"/{REPORTS}/{{report}}/loi", allow=READERS, form=WordsForm)
def reword(visit: Visit, report: Name) -> Sheet | Onward:
    """Put a person's words into a report."""
    from chalicelib.domain.reporting import report as domain
    from chalicelib.domain.text import normalise
    from chalicelib.usecases.finish_report import reword_report

    def do(body: WordsForm) -> object:
        said = {field: normalise(getattr(body, field)) for field in ("number", "remarks", "proposals", "signed_by")}
        return reword_report(report, domain.Words(**said), body.version, bootstrap.deps())

    return _done(visit, report, "loi", do)


@page(routes, "POST", f"/{REPORTS}/{{report}}/ky", allow=READERS, form=SignForm)
def sign(visit: Visit, report: Name) -> Sheet | Onward:
    """Freeze a report."""
    from chalicelib.usecases.finish_report import sign_report

    return _done(visit, report, "ky", lambda body: sign_report(report, body.version, visit.caller, bootstrap.deps()))


def _done(visit: Visit, name: str, done: str, do: Callable[[Any], object]) -> Sheet | Onward:
    form = visit.form
    assert form is not None
    deps = bootstrap.deps()
    if form.faults:
        return _report(deps.reports.get(name), visit, form=form, status=422)
    try:
        do(form.body)
    except DomainError as error:
        told, words = forms.refused(form, error)
        return _report(deps.reports.get(name), visit, form=told, error=words, status=responses.status_of(error))
    return Onward(f"{REPORTS}/{name}?xong={done}")


def _list(cursor: str = "", form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.domain.reporting.period import month_of
    from chalicelib.ports import local_day
    from chalicelib.views.reports import reports

    deps = bootstrap.deps()
    last_month = month_of(local_day(deps.clock.now(), deps.regulation).replace(day=1) - timedelta(days=1))
    usual = {"first": f"{last_month.first}", "last": f"{last_month.last}", "kind": "report", "replaces": ""}
    about = {"shown": reports(ROWS, cursor, deps), "form": form, "error": error, "typed": usual | dict(form.typed)}
    return Sheet("reports", about | {"nonce": form.typed.get("nonce") or deps.ids.nonce()}, status)


def _report(
    report: Report, visit: Visit, *, form: Form = UNTYPED, error: str = "", done: str = "", status: int = 200
) -> Sheet:
    from chalicelib.domain.reporting.definitions import DEFINITIONS
    from chalicelib.views import reports as shown

    deps = bootstrap.deps()
    tables, grids = shown.content(report, deps)
    about = {
        "report": shown.report_view(report),
        "tables": tables if report.rounds or report.made else (),
        "grids": grids if report.rounds or report.made else (),
        "definitions": DEFINITIONS,
        "may_sign": visit.caller.role in deps.report_rules.sign_off,
        "keeps": deps.report_rules.kept.years,
        "form": form,
        "error": error,
        "done": done,
    }
    return Sheet("report", about, status)
