"""The open data: what anybody may have of signed reports."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.views import open_data as shown

routes = Blueprint(__name__)


@endpoint(
    routes,
    "GET",
    "/v1/open-data",
    allow=PUBLIC,
    returns={200: shown.OpenData},
    summary="Các tập dữ liệu mở, kỳ mới nhất trước",
    tags=("board",),
    max_age=300,
)
def list_open_data(request: Request) -> shown.OpenData:
    """List the periods whose reports are signed off; the files are at `/du-lieu-mo/{name}/csv` and `/jsonl`."""
    return shown.open_data(bootstrap.deps())
