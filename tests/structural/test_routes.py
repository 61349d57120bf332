"""Every route says whom it lets in, and every table of the routes agrees with the rules of the case."""

from __future__ import annotations

import pytest

from app import app
from chalicelib.domain import commands, decide
from chalicelib.domain.permissions import HOLDER_ACTIONS, ROLE_ACTIONS
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.actions import ACTIONS, command_of
from chalicelib.entrypoints.http import PUBLIC, WHOEVER_LOGS_IN
from chalicelib.usecases import addresses

ROUTES = [(method, path, entry) for path, methods in app.routes.items() for method, entry in methods.items()]


@pytest.mark.parametrize(("method", "path", "entry"), ROUTES, ids=[f"{m} {p}" for m, p, _ in ROUTES])
def test_a_route_declares_whom_it_allows(method: str, path: str, entry: object) -> None:
    allow = entry.view_function.allow  # type: ignore[attr-defined]
    assert allow == PUBLIC or allow <= WHOEVER_LOGS_IN
    of_staff = path.startswith(("/v1/desk", "/ban-lam-viec")) and not path.startswith("/ban-lam-viec/dang-nhap")
    assert (allow == PUBLIC) == (not of_staff and (method, path) != ("DELETE", "/v1/sessions"))


def test_the_desk_leads_whom_a_page_lets_in_and_nobody_else() -> None:
    pages = {path: e.view_function.allow for method, path, e in ROUTES if method == "GET"}
    assert [place.path for place in desk.PLACES if pages[f"/{place.path}"] != place.allow] == []
    assert all(desk.places(role) for role in WHOEVER_LOGS_IN)


def test_a_route_speaks_to_programs_or_to_people() -> None:
    """A program finds what it may call below /v1 and in the OpenAPI document; pages are in neither."""
    for _, path, entry in ROUTES:
        kinds = [kind for kind in ("endpoint", "page") if hasattr(entry.view_function, kind)]
        assert kinds == ["endpoint" if path.startswith("/v1/") or path == "/openapi.json" else "page"], path


def test_a_page_that_takes_something_is_posted_to() -> None:
    """Mail scanners and browsers fetch links before people do: a page that is got takes no form."""
    pages = [(method, e.view_function.page) for method, _, e in ROUTES if hasattr(e.view_function, "page")]
    assert {method for method, page in pages if page.form} == {"POST"}
    assert {method for method, page in pages if not page.form} == {"GET"}


def test_where_a_form_of_the_public_was_answered_can_be_opened_anew() -> None:
    """A telephone that was short of memory asks for the page that it showed, by its address."""
    others = ("/v1/", "/ban-lam-viec/", "/gui/cho-tep/", "/theo-doi/{code}/cho-tep")  # programs, staff, a script
    forms = {path for method, path, _ in ROUTES if method == "POST" and not path.startswith(others)}
    assert forms
    assert forms <= {path for method, path, _ in ROUTES if method == "GET"}


def test_what_letters_lead_to_is_a_page() -> None:
    got = {path for method, path, _ in ROUTES if method == "GET"}
    assert {f"/{addresses.FOLLOW}/{{code}}", f"/{addresses.REPLY}/{{token}}", f"/{addresses.WORKLIST}/{{code}}"} <= got
    assert {f"/{addresses.WORKLIST}", f"/{addresses.LEADERSHIP}"} <= got


def test_creating_calls_require_an_idempotency_key() -> None:
    creating = [e.view_function.endpoint for m, p, e in ROUTES if m == "POST" and p in ("/v1/cases", "/v1/desk/cases")]
    assert [endpoint.idempotency for endpoint in creating] == ["required", "required"]


def test_every_action_of_the_rules_has_a_route() -> None:
    assert [command_of(action).action for action in ACTIONS] == [action.name for action in ACTIONS]
    routed = {action.name for action in ACTIONS}
    special = {
        "propose_publication",
        "approve_publication",
        "close_action",
        "supply_details",
        "rate",
        "reopen",
        "watch",
        "note_undelivered",
        "write",
        "note_phoned",
        "anonymise",
        "correct_sender",
        "restrict",
        "ask_input",
        "give_input",
        "decline_input",
        "withdraw_input",
    }
    assert routed | special == set(HOLDER_ACTIONS) | set(ROLE_ACTIONS)


def test_every_command_is_in_the_table_of_permissions() -> None:
    assert decide.RULES  # every module of commands has been loaded
    actions = {kind.action for kind in commands.Command.__subclasses__()}
    assert actions - {"receive"} == set(HOLDER_ACTIONS) | set(ROLE_ACTIONS)


def test_no_personal_data_in_urls() -> None:
    for _, path, entry in ROUTES:
        view = entry.view_function
        query = (getattr(view, "endpoint", None) or view.page).query
        names = set(query.__struct_fields__) if query else set()
        assert not names & {"phone", "contact", "email", "name", "address", "pin"}, path
