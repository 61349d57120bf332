"""The administrator's page of messages that did not arrive: seen, sent again after a look, or closed with a note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.api_dead_letters import LetterId, Queue, Reason
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS

routes = Blueprint(__name__)
LETTERS: Final = f"{ADMINISTRATION}/thong-diep"
ROWS: Final = 50


class LettersQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Còn chờ hay đã xử lý xong, của hàng đợi nào, trang nào; việc vừa làm xong."""

    state: Literal["cho", "da-xu-ly"] = msgspec.field(default="cho", name="xem")
    queue: Queue | Literal[""] = msgspec.field(default="", name="hang-doi")
    tu: given.Cursor = ""
    done: Literal["", "gui-lai-mot", "dong"] = msgspec.field(default="", name="xong")


ALL: Final = LettersQuery()


class RedriveForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gửi lại mọi thông điệp của một hàng đợi hỏng vì một lỗi, sau khi xem trước."""

    reason: Reason
    queue: Queue
    step: Literal["look", "send"]


class RedriveOneForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gửi lại một thông điệp."""

    letter: LetterId


class CloseForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Vì sao không gửi lại một thông điệp."""

    letter: LetterId
    note: Annotated[str, Meta(min_length=1, max_length=1000)]


@page(routes, "GET", f"/{LETTERS}", allow=ADMINISTRATORS, query=LettersQuery)
def show_letters(visit: Visit) -> Sheet:
    """List what stands, or what is settled and by whom."""
    return _letters(query=visit.query)


@page(routes, "POST", f"/{LETTERS}/gui-lai", allow=ADMINISTRATORS, form=RedriveForm)
def redrive(visit: Visit) -> Sheet:
    """Say which letters would be sent again, or have the next run send them; asking twice asks once."""
    from chalicelib.usecases.decide_dead_letters import redrive_letters
    from chalicelib.views.dead_letters import dead_letter

    assert visit.form is not None
    if visit.form.faults:
        return _letters(visit.form, status=422)
    deps, body = bootstrap.deps(), visit.form.body
    done = redrive_letters(body.reason, body.queue, visit.caller, deps, dry_run=body.step == "look")
    shown = tuple(dead_letter(letter, deps) for letter in done.letters)
    return _letters(redriven={"letters": shown, "more": done.more, "asked": body})


@page(routes, "POST", f"/{LETTERS}/gui-lai-mot", allow=ADMINISTRATORS, form=RedriveOneForm)
def redrive_one(visit: Visit) -> Sheet | Onward:
    """Have the next run send one letter again; asking twice asks once."""
    from chalicelib.usecases.decide_dead_letters import redrive_letter

    return _decided(visit, "gui-lai-mot", lambda body: redrive_letter(body.letter, visit.caller, bootstrap.deps()))


@page(routes, "POST", f"/{LETTERS}/dong", allow=ADMINISTRATORS, form=CloseForm)
def close(visit: Visit) -> Sheet | Onward:
    """Give a letter up, with a note."""
    from chalicelib.usecases.decide_dead_letters import close_letter

    return _decided(visit, "dong", lambda body: close_letter(body.letter, body.note, visit.caller, bootstrap.deps()))


def _decided(visit: Visit, done: str, decide: Callable[[Any], object]) -> Sheet | Onward:
    form = visit.form
    assert form is not None
    if form.faults:
        return _letters(form, status=422)
    try:
        decide(form.body)
    except DomainError as error:
        return _letters(form, error.title, status=responses.status_of(error))
    return Onward(f"{LETTERS}?xong={done}")


def _letters(
    form: Form = UNTYPED, error: str = "", *, query: LettersQuery = ALL, redriven: Any = None, status: int = 200
) -> Sheet:
    from chalicelib.usecases.decide_dead_letters import matching
    from chalicelib.views import dead_letters

    deps, settled = bootstrap.deps(), query.state == "da-xu-ly"
    letters = matching(deps, queue=query.queue, after=query.tu, settled=settled)
    shown = dead_letters.page(letters, deps, limit=ROWS)
    groups = Counter((one.queue, one.reason) for one in shown.letters if one.can_be_redriven)
    about = {"shown": shown, "groups": groups.most_common(), "redriven": redriven, "form": form, "error": error}
    return Sheet("dead_letters", about | {"query": query, "settled": settled}, status)
