"""The administrator's pages of what the centre writes: letters and SMS as their readers see them, of sample data (R72).

A letter in HTML is a document of its own: mails carry their style in themselves, which no page of ours may.
"""

from __future__ import annotations

from typing import Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.api_letters import Name
from chalicelib.entrypoints.pages import HEADERS, HTML, File, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS
from chalicelib.views import letters

routes = Blueprint(__name__)
LETTERS: Final = f"{ADMINISTRATION}/mau-thu"
# Style within the document and nothing else: no script, no picture, no form, and nobody frames it.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@page(routes, "GET", f"/{LETTERS}", allow=ADMINISTRATORS)
def show_letters(visit: Visit) -> Sheet:
    """List the letters, and the texts that the staff's answers begin with."""
    deps = bootstrap.deps()
    return Sheet("letters", {"letters": letters.letters(deps).letters, "templates": deps.reply_templates})


@page(routes, "GET", f"/{LETTERS}/{{name}}", allow=ADMINISTRATORS)
def show_letter(visit: Visit, name: Name) -> Sheet:
    """Show a letter's text and SMS."""
    return Sheet("letter", {"letter": letters.letter(name, bootstrap.deps())})


@page(routes, "GET", f"/{LETTERS}/{{name}}/thu", allow=ADMINISTRATORS)
def show_mail(visit: Visit, name: Name) -> File:
    """Show the mail itself, as a mail program does."""
    made = letters.letter(name, bootstrap.deps()).html
    return File(made, HTML, forever=False, headers={**HEADERS, "Content-Security-Policy": POLICY})
