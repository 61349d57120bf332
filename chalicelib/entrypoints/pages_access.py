"""The page of who was shown whose personal data: by log-in and days, or by case (R99)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.api_access import ANSWERABLE
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION
from chalicelib.entrypoints.wording import canonical
from chalicelib.ports import local_day
from chalicelib.views.access import AccessList

routes = Blueprint(__name__)
ACCESS: Final = f"{ADMINISTRATION}/truy-cap"
WEEK: Final = timedelta(days=6)
Typed = Annotated[str, Meta(max_length=128)]
NO_DAY: Final = "Ngày chưa đúng, xin nhập như 2026-11-23."


class AccessQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Một hồ sơ; hoặc một tài khoản, từ ngày nào đến hết ngày nào. Như người dùng gõ."""

    login: Typed = msgspec.field(default="", name="tai-khoan")
    first: Typed = msgspec.field(default="", name="tu-ngay")
    last: Typed = msgspec.field(default="", name="den-ngay")
    case: Typed = msgspec.field(default="", name="ho-so")


@page(routes, "GET", f"/{ACCESS}", allow=ANSWERABLE, query=AccessQuery)
def show_access(visit: Visit) -> Sheet:
    """Show what was asked for, else only ask."""
    query, today = visit.query, local_day(bootstrap.deps().clock.now(), bootstrap.deps().regulation)
    about = {"query": query, "first": query.first or f"{today - WEEK}", "last": query.last or f"{today}", "error": ""}
    try:
        return Sheet("access", about | {"shown": _found(query, about["first"], about["last"])})
    except DomainError as error:
        return Sheet("access", about | {"shown": None, "error": error.title}, responses.status_of(error))
    except ValueError:
        return Sheet("access", about | {"shown": None, "error": NO_DAY}, 422)


def _found(query: AccessQuery, first: str, last: str) -> AccessList | None:
    from chalicelib.views import access

    deps = bootstrap.deps()
    if query.case.strip():
        return access.of_case(canonical(query.case), deps)
    if login := query.login.strip().lower():
        return access.of_person(login, date.fromisoformat(first), date.fromisoformat(last), deps)
    return None
