"""Reports for those who answer for the centre (Điều 14, 15): asked for, read to the last case, worded, signed off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import reports as shown

routes = Blueprint(__name__)
READERS = frozenset({Role.LEADERSHIP, Role.ADMINISTRATOR})
SIGNERS = frozenset({Role.LEADERSHIP, Role.ADMINISTRATOR, Role.OPERATOR, Role.OFFICER, Role.AGENCY})
Name = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-z]{5,12}" + given.END, examples=["2026-10-31-thang"])
]
Cell = Annotated[
    str, Meta(pattern=r"^[a-z0-9_:~.-]{1,120}/[a-z0-9_.]{1,60}" + given.END, examples=["total/answered_late"])
]
Day = Annotated[date, Meta(examples=["2026-10-01"])]
File = Literal["workbook", "document", "rounds", "figures", "signed"]
Version = Annotated[int, Meta(ge=1, description="Phiên bản báo cáo mà anh/chị đang xem")]


class PageQuery(given.Body, frozen=True):
    """Trang nào của danh sách."""

    limit: given.Limit = 50
    cursor: given.Cursor = ""


class CasesQuery(given.Body, frozen=True, kw_only=True):
    """Ô nào, trang nào."""

    cell: Cell
    limit: given.Limit = 50
    cursor: given.Cursor = ""


class AskBody(given.Body, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """Kỳ báo cáo (giờ Việt Nam, cả hai ngày), loại, và báo cáo được thay nếu đây là bản sửa."""

    first: Day
    last: Day
    kind: Literal["report", "evaluation"] = "report"
    replaces: Name | Literal[""] = ""


class WordsBody(given.Body, frozen=True, kw_only=True):
    """Số văn bản, nhận xét, đề xuất, người ký."""

    version: Version
    number: Annotated[str, Meta(max_length=60, examples=["125/BC-VPUBND"])] = ""
    remarks: Annotated[str, Meta(max_length=10_000)] = ""
    proposals: Annotated[str, Meta(max_length=10_000)] = ""
    signed_by: Annotated[str, Meta(max_length=100)] = ""


class SignBody(given.Body, frozen=True, kw_only=True):
    """Ký duyệt phiên bản nào."""

    version: Version


class FileLink(Struct, frozen=True):
    """Nơi tải tệp trong vài phút tới."""

    url: str


@endpoint(
    routes,
    "GET",
    "/v1/desk/reports",
    allow=READERS,
    query=PageQuery,
    returns={200: shown.Reports},
    summary="Danh sách báo cáo",
    tags=("reports",),
)
def list_reports(request: Request) -> shown.Reports:
    """List reports, the newest period first."""
    return shown.reports(request.query.limit, request.query.cursor, bootstrap.deps())


@endpoint(
    routes,
    "POST",
    "/v1/desk/reports",
    allow=READERS,
    body=AskBody,
    returns={201: shown.ReportView},
    summary="Lập báo cáo hoặc đánh giá của một kỳ (Điều 14, 15)",
    tags=("reports",),
    idempotency="required",
)
def ask(request: Request) -> shown.ReportView:
    """Ask for a report; a worker makes it in the background."""
    from chalicelib.domain.reporting.period import Period
    from chalicelib.usecases.ask_report import ask_report

    body = request.body
    key = f"{request.idempotency_key}"
    report = ask_report(
        body.kind, Period(body.first, body.last), request.caller, bootstrap.deps(), key=key, replaces=body.replaces
    )
    return shown.report_view(report)


@endpoint(
    routes,
    "GET",
    "/v1/desk/reports/{report}",
    allow=READERS,
    returns={200: shown.ReportView},
    summary="Một báo cáo",
    tags=("reports",),
)
def show_report(request: Request, report: Name) -> shown.ReportView:
    """Show how far a report is, its words and who signed it off."""
    return shown.report_view(bootstrap.deps().reports.get(report))


@endpoint(
    routes,
    "GET",
    "/v1/desk/reports/{report}/numbers",
    allow=READERS,
    returns={200: shown.Numbers},
    summary="Các số liệu của một báo cáo",
    tags=("reports",),
)
def show_numbers(request: Request, report: Name) -> shown.Numbers:
    """Show every number by its cell."""
    deps = bootstrap.deps()
    return shown.numbers(deps.reports.get(report), deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/reports/{report}/cases",
    allow=READERS,
    query=CasesQuery,
    returns={200: shown.CasesOfCell},
    summary="Hồ sơ của một ô số liệu",
    tags=("reports",),
)
def list_cases(request: Request, report: Name) -> shown.CasesOfCell:
    """List the rounds of cases that a number counts, as they were frozen."""
    deps, query = bootstrap.deps(), request.query
    return shown.cases_of(deps.reports.get(report), query.cell, query.limit, query.cursor, deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/reports/{report}/files/{file}",
    allow=READERS,
    returns={200: FileLink},
    summary="Tải một tệp của báo cáo",
    tags=("reports",),
)
def fetch(request: Request, report: Name, file: File) -> FileLink:
    """Give the address of workbook, document, list of rounds or figures."""
    return FileLink(link(report, file))


@endpoint(
    routes,
    "POST",
    "/v1/desk/reports/{report}/words",
    allow=READERS,
    body=WordsBody,
    returns={200: shown.ReportView},
    summary="Ghi số văn bản, nhận xét, đề xuất, người ký",
    tags=("reports",),
    refuses=(409,),
)
def reword(request: Request, report: Name) -> shown.ReportView:
    """Put a person's words into a report; its files are written anew in the background."""
    from chalicelib.domain.reporting.report import Words
    from chalicelib.domain.text import normalise
    from chalicelib.usecases.finish_report import reword_report

    body = request.body
    said = {field: normalise(getattr(body, field)) for field in ("number", "remarks", "proposals", "signed_by")}
    return shown.report_view(reword_report(report, Words(**said), body.version, bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    "/v1/desk/reports/{report}/sign",
    allow=SIGNERS,
    body=SignBody,
    returns={200: shown.ReportView},
    summary="Ký duyệt: từ đây báo cáo không đổi nữa",
    tags=("reports",),
    refuses=(409,),
)
def sign(request: Request, report: Name) -> shown.ReportView:
    """Freeze a report with everything its numbers are made of."""
    from chalicelib.usecases.finish_report import sign_report

    return shown.report_view(sign_report(report, request.body.version, request.caller, bootstrap.deps()))


def link(name: str, file: str) -> str:
    """Return where a file of a report can be fetched; raises NotFoundError."""
    from chalicelib.domain.errors import NotFoundError

    deps = bootstrap.deps()
    report = deps.reports.get(name)
    if file not in report.files:
        raise NotFoundError("no_such_file", "Báo cáo chưa có tệp này")
    return deps.report_files.link(report, file, f"bao-cao-{name}")
