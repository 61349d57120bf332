"""The letters that the centre sends, to be looked at by the staff (R72)."""

from __future__ import annotations

from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.views import letters as shown

routes = Blueprint(__name__)
Name = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}(\.[a-z_]{1,40})?" + given.END, examples=["answered"])]


@endpoint(
    routes,
    "GET",
    "/v1/desk/letters",
    allow=STAFF,
    returns={200: shown.LetterViews},
    summary="Các mẫu thư, tin nhắn của Trung tâm",
    tags=("letters",),
)
def list_samples(request: Request) -> shown.LetterViews:
    """List every letter in each of its faces."""
    return shown.letters(bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/letters/{name}",
    allow=STAFF,
    returns={200: shown.LetterView},
    summary="Một mẫu thư, với dữ liệu giả định",
    tags=("letters",),
)
def show_sample(request: Request, name: Name) -> shown.LetterView:
    """Show a letter as its reader would see it."""
    return shown.letter(name, bootstrap.deps())
