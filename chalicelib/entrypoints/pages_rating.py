"""The page of the link in a letter with an answer: rate it once, and have it looked at again if need be (R93).

It shows nothing of the matter: who has the letter may rate the answer, who has the PIN may read it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import rating_forms, responses
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import PUBLIC, Sheet, Visit, page

if TYPE_CHECKING:
    from chalicelib.domain.commands import Rate, Reopen

routes = Blueprint(__name__)


@page(routes, "GET", "/danh-gia/{token}", allow=PUBLIC)
def show_rating(visit: Visit, token: str) -> Sheet:
    """Ask for the rating; to read the page changes nothing."""
    return _shown(token)


page(routes, "GET", "/danh-gia/{token}/xem-xet-lai", allow=PUBLIC)(show_rating)  # what a browser opens anew


@page(routes, "POST", "/danh-gia/{token}", allow=PUBLIC, form=rating_forms.RatingForm)
def rate_by_letter(visit: Visit, token: str) -> Sheet:
    """Take the rating."""
    assert visit.form is not None
    if visit.form.faults:
        return _shown(token, visit.form, sent="danh-gia", status=422)
    return _done(token, visit.form, "danh-gia", rating_forms.rate(visit.form.body, bootstrap.deps().regulation))


@page(routes, "POST", "/danh-gia/{token}/xem-xet-lai", allow=PUBLIC, form=rating_forms.ReopeningForm)
def reopen_by_letter(visit: Visit, token: str) -> Sheet:
    """Have the case looked at again, once."""
    from chalicelib.domain.commands import Reopen

    assert visit.form is not None
    if visit.form.faults:
        return _shown(token, visit.form, sent="xem-xet-lai", status=422)
    return _done(token, visit.form, "xem-xet-lai", Reopen(reason=visit.form.body.reason))


def _done(token: str, form: Form, sent: str, command: Rate | Reopen) -> Sheet:
    from chalicelib.domain.reply_links import LinkOverError
    from chalicelib.usecases.rate_by_link import rate_by_link

    typed = msgspec.json.encode([sent, form.typed], order="sorted")
    try:
        rate_by_link(token, command, hashlib.sha256(typed).hexdigest(), bootstrap.deps())
    except LinkOverError:
        raise
    except DomainError as error:
        return _shown(token, form, sent=sent, error=error.title, status=responses.status_of(error))
    try:
        return _shown(token, done=sent)
    except LinkOverError:  # opened again: there is no answer to rate any more
        return Sheet("rating", {"asked": None, "done": sent, "sent": ""})


def _shown(token: str, form: Form = UNTYPED, *, status: int = 200, **said: str) -> Sheet:
    from chalicelib.usecases.rate_by_link import follow_rating_link, used
    from chalicelib.views.rating import rating

    deps = bootstrap.deps()
    told = {"sent": "", "error": "", "done": "", "token": token, "nonce": deps.ids.nonce(), "form": form} | said
    dossier = follow_rating_link(token, deps)
    return Sheet("rating", told | {"asked": rating(dossier, used(dossier, deps), deps)}, status)
