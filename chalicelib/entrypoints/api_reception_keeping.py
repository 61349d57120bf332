"""Records of citizen reception that are kept beyond their years (R99, R100)."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_reception import ONE, by
from chalicelib.entrypoints.desk import RECEIVING
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import reception as shown

routes = Blueprint(__name__)


class KeepingBody(given.Body, frozen=True, kw_only=True):
    """Vì sao giữ biên bản quá thời hạn lưu giữ, hoặc thôi giữ."""

    reason: given.Words


@endpoint(
    routes,
    "POST",
    f"{ONE}/hold",
    allow=RECEIVING,
    body=KeepingBody,
    returns={200: shown.MinutesView},
    summary="Giữ biên bản quá thời hạn lưu giữ",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def hold_minutes(request: Request, code: given.Code) -> shown.MinutesView:
    """Keep a record beyond its years."""
    return _kept(request, canonical(code), beyond=True)


@endpoint(
    routes,
    "POST",
    f"{ONE}/hold/lift",
    allow=RECEIVING,
    body=KeepingBody,
    returns={200: shown.MinutesView},
    summary="Thôi giữ biên bản quá thời hạn",
    tags=("reception",),
    idempotency="optional",
    refuses=(409,),
)
def let_minutes_go(request: Request, code: given.Code) -> shown.MinutesView:
    """Let the years of a record count again."""
    return _kept(request, canonical(code), beyond=False)


def _kept(request: Request, code: str, *, beyond: bool) -> shown.MinutesView:
    from chalicelib.usecases.write_minutes import keep_minutes

    keep_minutes(code, request.body.reason, beyond=beyond, **by(request, code))
    return shown.minutes_of(code, request.caller, bootstrap.deps())
