"""The page of the open data, and its files."""

from __future__ import annotations

from typing import Literal

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.api_reports import Name
from chalicelib.entrypoints.pages import PUBLIC, Elsewhere, Sheet, Visit, page

routes = Blueprint(__name__)


@page(routes, "GET", "/du-lieu-mo", allow=PUBLIC)
def show_open_data(visit: Visit) -> Sheet:
    """List the periods, and what the columns mean."""
    from chalicelib.views.open_data import open_data

    return Sheet("open_data", {"data": open_data(bootstrap.deps())})


@page(routes, "GET", "/du-lieu-mo/{name}/{file}", allow=PUBLIC)
def fetch_open_data(visit: Visit, name: Name, file: Literal["csv", "jsonl"]) -> Elsewhere:
    """Send a reader to a file, by an address that is good for two minutes."""
    from chalicelib.views.open_data import link

    return Elsewhere(link(name, file, bootstrap.deps()))
