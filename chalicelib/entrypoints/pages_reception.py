"""The pages of citizen reception: a month's sessions and what waits, one record with its forms, its minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

import msgspec
from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import Sender
from chalicelib.domain.errors import DomainError, NotFoundError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, forms, responses
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.reception_forms import (
    CaseForm,
    CorrectionForm,
    DoneQuery,
    KeepingForm,
    MatterForm,
    MonthQuery,
    SessionForm,
    TellingForm,
)
from chalicelib.entrypoints.wording import canonical
from chalicelib.ports import Receipt

routes = Blueprint(__name__)
RECEPTION: Final = desk.RECEPTION
ONE: Final = f"/{RECEPTION}/{{code}}"
SAID: Final = ("place", "presided", "present", "proceedings", "conclusions", "promises")


@page(routes, "GET", f"/{RECEPTION}", allow=desk.RECEIVING, query=MonthQuery)
def show_month(visit: Visit) -> Sheet | Onward:
    """List the sessions of a month, and what waits; a code that was looked for leads to its record."""
    if visit.query.code:
        try:
            code = canonical(visit.query.code)
            bootstrap.deps().receptions.load(code)
        except NotFoundError as error:
            return _month(visit, UNTYPED, error.title, 404)
        return Onward(f"{RECEPTION}/{code}")
    return _month(visit)


@page(routes, "POST", f"/{RECEPTION}/lap", allow=desk.RECEIVING, form=SessionForm)
def hold_session(visit: Visit) -> Sheet | Onward:
    """Begin a record."""
    from chalicelib.usecases.write_minutes import hold_session as hold

    form = _form(visit)
    if form.faults:
        return _month(visit, form, status=422)
    body = form.body
    texts = {name: getattr(body, name) for name in SAID}
    try:
        made = hold(
            body.kind,
            body.day,
            texts,
            actor=visit.caller,
            receipt=_receipt(visit, "reception", form),
            deps=bootstrap.deps(),
        )
    except DomainError as error:
        told, words = forms.refused(form, error)
        return _month(visit, told, words, responses.status_of(error))
    return Onward(f"{RECEPTION}/{made.session.code}?xong=lap")


@page(routes, "GET", ONE, allow=desk.RECEIVING, query=DoneQuery)
def show_session(visit: Visit, code: given.Code) -> Sheet:
    """Show a record with everything that can still be written into it."""
    return _session(visit, code, done=visit.query.done)


@page(routes, "GET", f"{ONE}/bien-ban", allow=desk.RECEIVING)
def show_minutes(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Show the minutes as they are printed and signed; of what is anonymised there are none to sign."""
    from chalicelib.views.reception import minutes_of

    shown = minutes_of(canonical(code), visit.caller, bootstrap.deps())
    return Onward(f"{RECEPTION}/{shown.code}") if shown.anonymised_at else Sheet("minutes", {"shown": shown})


@page(routes, "POST", f"{ONE}/noi-dung", allow=desk.RECEIVING, form=MatterForm)
def raise_matter(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Write down who raised what."""
    from chalicelib.usecases.write_minutes import raise_matter as raised

    def write(number: str, body: Any, **by: Any) -> None:
        person = Sender(name=body.name, phone=body.phone, email=body.email, address=body.address)
        raised(number, person, {"title": body.title, "content": body.content}, **by)

    return _written(visit, code, "noi-dung", write)


@page(routes, "POST", f"{ONE}/dinh-chinh", allow=desk.RECEIVING, form=CorrectionForm)
def correct(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Correct by an entry of its own."""
    from chalicelib.usecases.write_minutes import correct_minutes

    return _written(
        visit, code, "dinh-chinh", lambda number, body, **by: correct_minutes(number, body.correction, **by)
    )


@page(routes, "POST", f"{ONE}/giu-lai", allow=desk.RECEIVING, form=KeepingForm)
def keep(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Keep a record beyond its years, or no longer."""
    from chalicelib.usecases.write_minutes import keep_minutes

    def write(number: str, body: Any, **by: Any) -> None:
        keep_minutes(number, body.reason, beyond=body.beyond == "true", **by)

    return _written(visit, code, "giu-lai", write)


@page(routes, "POST", f"{ONE}/tra-loi", allow=desk.RECEIVING, form=TellingForm)
def tell(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Write down what whoever raised a matter was told."""
    from chalicelib.usecases.write_minutes import Telling, tell_of_matter

    def write(number: str, body: Any, **by: Any) -> None:
        tell_of_matter(number, Telling(body.number, body.how, body.words, body.reference), **by)

    return _written(visit, code, "tra-loi", write)


@page(routes, "POST", f"{ONE}/ho-so", allow=desk.RECEIVING, form=CaseForm)
def open_case(visit: Visit, code: given.Code) -> Sheet | Onward:
    """Make a case of a matter."""
    from chalicelib.usecases.follow_up_matter import Sorting, follow_up_matter

    def write(number: str, body: Any, *, actor: Any, deps: Any, receipt: Receipt) -> None:
        kind, _, about = body.kind.partition(".")
        follow_up_matter(number, body.number, Sorting(kind, about or None, body.field), actor=actor, deps=deps)

    return _written(visit, code, "ho-so", write)


def _written(visit: Visit, code: str, sent: str, write: Callable[..., object]) -> Sheet | Onward:
    form, number = _form(visit), canonical(code)
    if form.faults:
        return _session(visit, code, form, sent=sent, status=422)
    try:
        receipt = _receipt(visit, f"reception-{number}", form)
        write(number, form.body, actor=visit.caller, deps=bootstrap.deps(), receipt=receipt)
    except DomainError as error:
        told, words = forms.refused(form, error)
        return _session(visit, code, told, words, sent=sent, status=responses.status_of(error))
    return Onward(f"{RECEPTION}/{number}?xong={sent}")


def _form(visit: Visit) -> Form:
    assert visit.form is not None
    return visit.form


def _receipt(visit: Visit, scope: str, form: Form) -> Receipt:
    typed = hashlib.sha256(msgspec.json.encode(dict(form.typed), order="sorted")).hexdigest()
    return Receipt(f"form#{visit.caller.name}#{scope}#{form.body.nonce}", typed)


def _month(visit: Visit, form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.ports import local_day
    from chalicelib.views.reception import of_month, owed_list

    deps, caller = bootstrap.deps(), visit.caller
    today = local_day(deps.clock.now(), deps.regulation)
    month = getattr(visit.query, "month", "") or f"{today:%Y-%m}"
    about = {
        "shown": of_month(month, caller, deps),
        "owed": owed_list(caller, deps).owed,
        "kinds": list(deps.reception_rules.kinds.items()),
        "today": today.isoformat(),
        "nonce": deps.ids.nonce(),
        "form": form,
        "error": error,
    }
    return Sheet("receptions", about, status)


def _session(
    visit: Visit,
    code: str,
    form: Form = UNTYPED,
    error: str = "",
    *,
    sent: str = "",
    done: str = "",
    status: int = 200,
) -> Sheet:
    from chalicelib.entrypoints.intake_form import kinds
    from chalicelib.views.reception import minutes_of

    deps = bootstrap.deps()
    shown = minutes_of(canonical(code), visit.caller, deps)
    about = {
        "shown": shown,
        "waiting": [(str(one.number), f"{one.number}. {one.title or one.content[:60]}") for one in _open(shown)],
        "kinds": [(value, words) for value, (words, _, _) in kinds(deps).items()],
        "fields": [(name, one.label) for name, one in deps.regulation.fields.items()],
        "nonce": deps.ids.nonce(),
        "form": form,
        "error": error,
        "sent": sent,
        "done": done,
    }
    return Sheet("reception", about, status)


def _open(shown: Any) -> list[Any]:
    return [one for one in shown.matters if one.state == "open"]
