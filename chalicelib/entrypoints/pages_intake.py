"""Intake by phone (Điều 7.1, 8.1): one form, by keyboard, from the number to the answer or the hand-over.

Its parts are steps of one sending: the nonce names the case, so that what was saved is not saved again when a later
step, or the line, fails.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import msgspec
from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import Case
from chalicelib.domain.errors import ConflictError, DomainError, UnavailableError
from chalicelib.entrypoints import desk, intake_form, responses
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.intake_form import IntakeForm
from chalicelib.entrypoints.pages import File, Sheet, Visit, page
from chalicelib.entrypoints.suggested import in_words
from chalicelib.ports import Receipt

if TYPE_CHECKING:
    from chalicelib.domain.commands import Command
    from chalicelib.usecases.receive_case import Receipted
    from chalicelib.views.caller import Caller
    from chalicelib.views.procedures import ProcedureCard

routes = Blueprint(__name__)
INTAKE: Final = f"{desk.HOME}/tiep-nhan"
CONFLICT: Final = 409
PROCEDURES: Final = 3  # beside the form: who telephones waits
OPERATORS: Final = frozenset({Role.OPERATOR})
UNTYPED: Final = Form({}, {})
SAVED_BEFORE: Final = (
    "Biểu mẫu này đã lưu một hồ sơ với nội dung khác, xem trong các hồ sơ của người gửi. "
    "Nếu nội dung bên dưới là việc mới, xin lưu lần nữa."
)


@page(routes, "GET", f"/{INTAKE}", allow=OPERATORS)
def show_intake(visit: Visit) -> Sheet:
    """Show the form, empty."""
    return _form(visit.caller, UNTYPED)


@page(routes, "POST", f"/{INTAKE}/ghi", allow=OPERATORS, form=IntakeForm)
def write_down(visit: Visit) -> Sheet:
    """Look the sender up; or save, and answer or forward at once. The same form sent twice gives the same case."""
    assert visit.form is not None
    form = replace(visit.form, faults=intake_form.faults(visit.form))
    step = form.typed.get("step", "")
    if form.faults or step in intake_form.LOOKING:
        return _form(visit.caller, form, status=422 if form.faults else 200)
    try:
        if _unseen(visit.caller, form):
            return _form(visit.caller, form, status=CONFLICT)
        made = _received(visit.caller, form)
    except ConflictError:
        return _form(visit.caller, form, SAVED_BEFORE, CONFLICT, fresh=True)
    except DomainError as error:
        return _form(visit.caller, form, error.title, responses.status_of(error))
    return _carried_on(visit.caller, form, made)


@page(routes, "POST", f"/{INTAKE}/goi-y", allow=OPERATORS, form=IntakeForm)
def suggest(visit: Visit) -> File:
    """Tell the page's script whom the rules suggest for what is typed so far; nothing is kept."""
    assert visit.form is not None
    words = in_words(intake_form.suggestion(visit.form.typed))
    return File(msgspec.json.encode({"words": words}).decode(), "application/json", forever=False)


def _unseen(caller: Actor, form: Form) -> bool:
    """Tell whether the sender has similar cases that the operator was not shown, unless this very form was saved."""
    if bootstrap.deps().inbox.find(_receipt(caller, form).key):
        return False
    known = _known(caller, form)
    return bool(known and set(known.similar) - set(form.body.seen.split()))


def _received(caller: Actor, form: Form) -> Receipted:
    from chalicelib.usecases.receive_case import receive_case

    command = intake_form.matter_of(form.body)
    return receive_case(command, actor=caller, receipt=_receipt(caller, form), deps=bootstrap.deps())


def _carried_on(caller: Actor, form: Form, made: Receipted) -> Sheet:
    """Answer or forward what was saved; where that cannot be, say so beside the saved case."""
    case, error = made.case, None
    try:
        if command := intake_form.next_step(form.body):
            case = _do(command, caller, form, made.case.code)
    except DomainError as found:
        error = found
    return _saved(case, made, form, error)


def _do(command: Command, caller: Actor, form: Form, code: str) -> Case:
    from chalicelib.domain.commands import ForwardToOfficer
    from chalicelib.usecases.carry_out import carry_out
    from chalicelib.usecases.forward_case import forward_case

    receipt = Receipt(f"key#{caller.name}#{code}#{form.body.nonce}", _digest(form.typed))
    do: Any = forward_case if isinstance(command, ForwardToOfficer) else carry_out
    done: Case = do(code, command, actor=caller, deps=bootstrap.deps(), receipt=receipt)
    return done


def _saved(case: Case, made: Receipted, form: Form, error: DomainError | None) -> Sheet:
    from chalicelib.views.progress import created

    deps = bootstrap.deps()
    shown = created(case, made.pin, made.said, deps, repeated=made.repeated)
    context = {"made": shown, "step": form.body.step, "error": error, "typed": form.typed}
    return Sheet("intake_saved", context, responses.status_of(error) if error else 201)


def _form(caller: Actor, form: Form, error: str = "", status: int = 200, *, fresh: bool = False) -> Sheet:
    """Show the form as it was filled in, with what is known of the sender and whom the field leads to."""
    deps = bootstrap.deps()
    kept = "" if fresh or "nonce" in form.faults else form.typed.get("nonce", "")
    known, hints = _known(caller, form), None
    if form.typed.get("step") == "suggest" and not form.faults:
        form, hints = intake_form.with_hints(form)
    context = {
        "form": intake_form.confirmed(form, known.sender if known else None),
        "hints": hints,
        "error": error,
        "nonce": kept or deps.ids.nonce(),
        "known": known,
        "looked": bool(intake_form.contact_of(form)),
        "stopped": status == CONFLICT and not error,
        "suggestion": in_words(intake_form.suggestion(form.typed)),
        "procedures": _procedures(form),
    }
    return Sheet("intake", context | intake_form.choices(deps), status)


def _known(caller: Actor, form: Form) -> Caller | None:
    from chalicelib.views.caller import caller as known

    contact, deps = intake_form.contact_of(form), bootstrap.deps()
    found = known(contact, form.typed.get("content", ""), caller, deps) if contact else None
    if found:
        from chalicelib.usecases.note_access import note_access

        note_access([one.case.code for one in found.earlier], caller, "caller", deps)
    return found


def _procedures(form: Form) -> tuple[ProcedureCard, ...]:
    """Return procedures that what was written down may be about; none where they cannot be read: the call goes on."""
    from chalicelib.views.procedures import found

    words = " ".join(form.typed.get(name, "") for name in ("title", "content")).strip()
    try:
        return found(words, bootstrap.deps(), limit=PROCEDURES).procedures if words else ()
    except UnavailableError:
        return ()


def _receipt(caller: Actor, form: Form) -> Receipt:
    """A name for the case: of the matter only, so that another next step does not make another case."""
    matter = {name: form.typed.get(name, "") for name in intake_form.MATTER}
    return Receipt(f"key#{caller.name}##{form.body.nonce}", _digest(matter))


def _digest(typed: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(dict(typed), order="sorted")).hexdigest()
