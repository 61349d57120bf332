"""Where the routes of the rooms beside a case land: who is let in, and what is there when they come."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib.adapters import regulation_files
from tests import procedures
from tests.files import PDF
from tests.integration import test_inputs as inputs
from tests.integration import test_procedures as catalogue
from tests.integration import test_reception as receptions
from tests.integration import test_rights as rights
from tests.integration import test_surveys as surveys
from tests.integration import uploads
from tests.integration.petition_rooms import PETITION_LANDINGS, Land, Landing
from tests.integration.test_access import BREACH
from tests.integration.test_agency_keys import register
from tests.integration.world import ADMIN, LEADER, OFFICER, OPERATOR, World

_keys = itertools.count()


def _once(world: World, name: str, make: Callable[[World], Any]) -> Any:
    """Make what is dear to make only once in a world."""
    made = world.__dict__.setdefault("made", {})
    if name not in made:
        made[name] = make(world)
    return made[name]


def _did(world: World, method: str, path: str, body: Any, token: str) -> Any:
    status, made = world.call(method, path, body, token=token, Idempotency_Key=f"land{next(_keys)}")
    assert status < 300, (path, status, made)
    return made


def input_asked(world: World, token: str, **body: Any) -> Landing:
    """A holder has asked another unit for input."""
    code = world.at_officer()
    world.act(code, "inputs", OFFICER, inputs.ASK)
    more = {"version": world.case(code).version} if token == OFFICER else {}
    return Landing(token, {"code": code, "id": "1"}, more | body)


def input_wanted(world: World) -> Landing:
    code = world.at_officer()
    return Landing(OFFICER, {"code": code}, inputs.ASK | {"version": world.case(code).version, "minutes": None})


def breach(world: World) -> Landing:
    return Landing(ADMIN, body=BREACH)


def breached(world: World) -> Landing:
    made = _did(world, "POST", "/v1/desk/breaches", BREACH, ADMIN)
    return Landing(LEADER, {"breach": made["id"]}, {"at": world.clock.now().isoformat()})


def rows_wanted(world: World) -> Landing:
    return Landing(
        ADMIN, body=catalogue.ABOUT | {"procedures": procedures.rows()[:3], "upload": None, "decided_on": None}
    )


def drafted(world: World) -> Landing:
    return Landing(ADMIN, {"draft": catalogue.propose(world, procedures.rows()[:3])["id"]})


def catalogued(world: World) -> Landing:
    """A catalogue of one version."""

    def make(world: World) -> str:
        catalogue.accept(world, catalogue.propose(world, procedures.rows()[:3])["id"])
        world.clock.forward(minutes=2)  # after which a warm function looks again
        return str(procedures.rows()[0]["code"])

    return Landing(ADMIN, {"procedure": _once(world, "catalogue", make), "number": "1"})


def file_declared(world: World) -> Landing:
    return Landing(ADMIN, body=uploads.declared(PDF, media_type="application/x-ndjson"))


def key_known(world: World) -> Landing:
    return Landing(ADMIN, {"kid": _once(world, "key", register)["kid"]})


def session(world: World) -> Landing:
    return Landing(LEADER, body=receptions.SESSION)


def received(world: World, **body: Any) -> Landing:
    """A reception with a matter that nobody has done anything about."""
    code = _did(world, "POST", receptions.ALL, receptions.SESSION, LEADER)["code"]
    _did(world, "POST", f"{receptions.ALL}/{code}/matters", receptions.MATTER, LEADER)
    return Landing(LEADER, {"code": code, "number": "1"}, body)


def held_back(world: World) -> Landing:
    landing = received(world)
    way = f"{receptions.ALL}/{landing.names['code']}/hold"
    _did(world, "POST", way, {"reason": "Còn ở tòa án"}, LEADER)
    return landing


def reported(world: World, *, fresh: bool = False) -> Landing:
    """A report of November that is worded and waits for its signature."""

    def make(world: World) -> str:
        name = _did(world, "POST", "/v1/desk/reports", {"from": "2026-11-01", "to": "2026-11-23"}, LEADER)["name"]
        _settle(world)
        words = {"number": "12/BC", "signed_by": "Lê Minh", "version": world.deps.reports.get(name).version}
        _did(world, "POST", f"/v1/desk/reports/{name}/words", words, LEADER)
        _settle(world)
        return str(name)

    name = make(world) if fresh else _once(world, "report", make)
    version = {"version": world.deps.reports.get(name).version}
    names = {"report": name, "file": "workbook"}
    return Landing(LEADER, names, version, {"cell": "total/entered"})


def _settle(world: World) -> None:
    world.drain()
    world.work()


def period(world: World) -> Landing:
    return Landing(LEADER, body={"from": "2026-11-01", "to": "2026-11-23", "replaces": ""})


def at_counter(world: World) -> Landing:
    return Landing(OPERATOR, {"code": (code := world.answered())}, {"case": code})


def claimed(world: World) -> Landing:
    """A sender has asked for something."""
    wish = {"kind": "restriction", "case": world.answered(), "words": "Đừng công khai.", "identity": "Căn cước"}
    made = _did(world, "POST", "/v1/desk/rights", wish, OPERATOR)
    return Landing(LEADER, {"right": made["id"]}, {"granted": True, "parts": []})


def to_try(world: World) -> Landing:
    return Landing(ADMIN, body={"kind": "question", "about": None, "field": "ho_tich", "channel": "phone"})


def surveyed(world: World, *, over: bool = False) -> Landing:
    """A survey that is under way, or over and to be published."""
    number = _once(world, "survey", partial(surveys.ask, people=2))
    if over:
        world.clock.forward(days=20)
        world.survey()
    return Landing(surveys.SURVEYOR, {"survey": number})


def asked_of(world: World) -> Landing:
    """Somebody who was invited to a survey that is under way says nothing: that may be said again."""
    landing = surveyed(world)
    mark = next(iter(world.deps.surveys.asked(landing.names["survey"]))).mark
    return replace(landing, body={"mark": mark, "outcome": "declined"})


def of_sender(world: World) -> Landing:
    """Somebody who has given a code, and has a case."""

    def make(world: World) -> tuple[str, str]:
        code = world.answered(sender=rights.BY_PHONE)
        return code, rights.token(world)

    code, token = _once(world, "sender", make)
    return Landing(token, body={"case": code})


def code_told(world: World) -> Landing:
    """Somebody who was sent a code: the only one that lets in is in the text message, and there are few an hour."""
    world.clock.forward(hours=1)
    _once(world, "case", World.answered)  # nothing is sent to whom the centre does not know
    _did(world, "POST", "/v1/my/codes", {"contact": rights.PHONE}, "")
    before = len(world.texts())
    _settle(world)
    return Landing("", body={"contact": rights.PHONE, "code": world.texts()[before:][0][1][:6]})


def points_known(world: World) -> Landing:
    """Points are Hà Nội's."""
    world.deps.__dict__["points"] = regulation_files.points("ha_noi")
    return Landing("", query={"commune": "phường Ba Đình", "at": ""})


LANDINGS: dict[str, Land] = PETITION_LANDINGS | {
    "POST /v1/desk/breaches": breach,
    "GET /v1/desk/breaches": breached,
    "GET /v1/desk/breaches/{breach}": breached,
    "POST /v1/desk/breaches/{breach}/notice": breached,
    "POST /v1/desk/cases/{code}/inputs": input_wanted,
    "GET /v1/desk/cases/{code}/inputs/{id}": partial(input_asked, token=inputs.HEALTH),
    "POST /v1/desk/cases/{code}/inputs/{id}/give": partial(input_asked, token=inputs.HEALTH),
    "POST /v1/desk/cases/{code}/inputs/{id}/decline": partial(input_asked, token=inputs.HEALTH),
    "POST /v1/desk/cases/{code}/inputs/{id}/withdraw": partial(input_asked, token=OFFICER),
    "POST /v1/desk/catalogue/imports": rows_wanted,
    "GET /v1/desk/catalogue/imports/{draft}": drafted,
    "POST /v1/desk/catalogue/imports/{draft}/accept": drafted,
    "GET /v1/desk/catalogue/procedures/{procedure}/history": catalogued,
    "GET /v1/desk/catalogue/versions/{number}": catalogued,
    "GET /v1/procedures/{procedure}": catalogued,
    "POST /v1/desk/catalogue/uploads": file_declared,
    "POST /v1/desk/keys/{kid}/revoke": key_known,
    "POST /v1/desk/receptions": session,
    "GET /v1/desk/receptions/{code}": received,
    "POST /v1/desk/receptions/{code}/corrections": received,
    "POST /v1/desk/receptions/{code}/hold": received,
    "POST /v1/desk/receptions/{code}/hold/lift": held_back,
    "POST /v1/desk/receptions/{code}/matters": partial(received, sender=receptions.MATTER["sender"]),
    "POST /v1/desk/receptions/{code}/matters/{number}/case": partial(received, **receptions.SORTING, about=None),
    "POST /v1/desk/receptions/{code}/matters/{number}/telling": partial(received, how="transferred", reference=""),
    "GET /v1/desk/reports": reported,
    "POST /v1/desk/reports": period,
    "GET /v1/desk/reports/{report}": reported,
    "GET /v1/desk/reports/{report}/cases": reported,
    "GET /v1/desk/reports/{report}/files/{file}": reported,
    "GET /v1/desk/reports/{report}/numbers": reported,
    "POST /v1/desk/reports/{report}/words": partial(reported, fresh=True),
    "POST /v1/desk/reports/{report}/sign": partial(reported, fresh=True),
    "POST /v1/desk/rights": at_counter,
    "POST /v1/desk/rights/{right}/decision": claimed,
    "POST /v1/desk/routing/try": to_try,
    "GET /v1/desk/rewards": lambda _: Landing(LEADER, query={"year": 2026, "cursor": ""}),
    "GET /v1/desk/surveys/{survey}": surveyed,
    "POST /v1/desk/surveys/{survey}/calls": surveyed,
    "POST /v1/desk/surveys/{survey}/opinions": asked_of,
    "POST /v1/desk/surveys/{survey}/publication": partial(surveyed, over=True),
    "GET /v1/my/cases": of_sender,
    "GET /v1/my/data": of_sender,
    "POST /v1/my/requests": of_sender,
    "POST /v1/my/sessions": code_told,
    "GET /v1/points/nearest": points_known,
}
