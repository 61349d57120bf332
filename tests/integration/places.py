"""Where each route of a case lands: who is let in, and the case it needs; the rooms beside are in rooms.py."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.accounts import Account
from chalicelib.domain.attachments import files_of
from chalicelib.domain.dead_letters import DeadLetter
from chalicelib.domain.signing import DOWNLOAD, UPLOAD
from chalicelib.domain.unassigned_mail import UnassignedMail
from chalicelib.ports import Words
from chalicelib.usecases.post_to_board import post_to_board
from chalicelib.usecases.reach_sender import note_undelivered
from tests.files import PDF
from tests.integration import uploads
from tests.integration.signers import signed
from tests.integration.test_desk_case_page import answered_conduct, changed, held, rewarding
from tests.integration.test_supervision import OVER_THE_APP, WATCHER, at_officer, supervise
from tests.integration.world import ADMIN, AGENCY, ANSWER, LEADER, MONDAY, OFFICER, OPERATOR, World

MESSAGES = itertools.count()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def sent(world: World) -> str:
    return str(world.send()["code"])


def awaiting(world: World) -> str:
    code: str = world.send()["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    return code


def referred(world: World) -> str:
    code: str = world.send()["code"]
    world.act(code, "refer", OPERATOR, {"reason": "Ngoài thẩm quyền."})
    return code


def disappointed(world: World) -> str:
    code = world.answered()
    pin = world.deps.keys.pin(code)
    assert world.call("POST", f"/v1/cases/{code}/rating", {"rating": "not_satisfied"}, X_Case_Pin=pin)[0] == 200
    return code


def proposed(world: World) -> str:
    code = world.answered()
    world.act(code, "publication", OPERATOR)
    return code


def published(world: World) -> str:
    code = proposed(world)
    world.act(code, "publication/approve", LEADER)
    post_to_board(code, world.deps)
    return code


def conduct(world: World) -> str:
    return world.at_agency(kind="report", about="conduct")


def not_for_the_post(world: World) -> str:
    code: str = world.send(kind="service", field="buu_chinh")["code"]
    world.act(code, "decline", "agency:buu_dien_tinh:bd01", {"reason": "Ngoài địa bàn."})
    return code


def died(world: World, code: str) -> str:
    """A message about a case that died, a new one each time; returns the id of its letter."""
    message = f"m{next(MESSAGES)}"
    letter = DeadLetter(f"1763863200123-notices-{message}", "notices", message, "any", MONDAY, MONDAY, code=code)
    world.deps.dead_letters.record(letter, Words("{}"))
    return letter.id


def unassigned(world: World) -> str:
    """A mail that no case was found for, a new one each time; returns its id."""
    name = f"mail{next(MESSAGES)}"
    world.cloud("s3").put_object(Bucket=world.deps.settings.mails_bucket, Key=name, Body=b"From: a@b.example\n\nXin")
    mail = UnassignedMail(f"1763863200123-{name}", name, MONDAY, "unknown_address")
    world.deps.unassigned_mails.add(mail)
    return mail.id


def an_account(world: World) -> str:
    """An account that is open, a new one each time; returns its name."""
    name = f"mc{next(MESSAGES)}"
    who = {"name": "Nguyễn Thị Lan", "mail": "lan@example.com", "role": "officer", "unit": "so_tu_phap"}
    world.deps.accounts.add(Account(username=name, ready=True, **who))
    return name


def unreached(world: World) -> str:
    """A letter to the sender came back."""
    code = sent(world)
    note_undelivered("email", "bounce", "acknowledged", code, f"m{next(MESSAGES)}", world.deps)
    return code


def with_a_file(world: World) -> str:
    """Answered with a file."""
    code = world.at_officer()
    world.act(code, "answer", OFFICER, ANSWER | {"attachments": [uploads.uploaded(world, code, token=OFFICER)]})
    return code


def asked_signed(world: World, path: str, code: str) -> str:
    """Ask about a file of the case as its agency's software does."""
    about = {"version": "1", "unit": uploads.UNIT, "case": code}
    if path.endswith("downloads"):
        about |= {"attachment": a_file(world, code)}
    else:
        about |= uploads.declared(PDF)
    purpose = {"/v1/exchange/uploads": UPLOAD, "/v1/exchange/downloads": DOWNLOAD}[path]
    return signed(about, uploads.UNIT, world.clock.now(), typ=purpose)


def a_file(world: World, code: str) -> str:
    """Return the id of the case's file."""
    [(attachment, _)] = files_of(world.deps.cases.dossier(code).history)
    return attachment.id


def late_for_a_day_off(world: World) -> str:
    """Late by a calendar that did not know of the day off yet."""
    code = world.at_officer()
    stage = world.case(code).stage
    assert stage is not None
    world.clock.set(stage.due_at + timedelta(minutes=1))
    world.sweep()
    world.announce("day_off", f"{stage.due_at.astimezone(VIETNAM):%Y-%m-%d}")
    return code


def set_aside(world: World) -> str:
    code = world.at_officer()
    at = world.clock.now()
    [alarm] = [one for one in world.deps.alarms.due(at + timedelta(days=9), limit=100) if one.code == code]
    world.deps.alarms.set_aside(alarm, at, "any")
    return code


def a_number(world: World) -> str:
    """An announcement that can be withdrawn."""
    day = world.clock.now() + timedelta(days=40 + len(world.deps.calendar.changes(fresh=True)))
    return str(world.announce("day_off", f"{day:%Y-%m-%d}")["number"])


def suggestion(world: World) -> str:
    """A suggestion that is answered."""
    code = world.at_officer(kind="suggestion")
    world.act(code, "answer", OFFICER, ANSWER)
    return code


def overseen(world: World) -> str:
    """At an officer, and supervised by somebody else."""
    supervise(world, OVER_THE_APP)
    return at_officer(world)


# Who is let in by a route, and the case it needs; others are for the operator and a case just sent.
PLACES: dict[str, tuple[str, Callable[[World], str]]] = {
    "/v1/board": ("", published),
    "/v1/board/{posting}": ("", published),
    "/v1/cases/{code}/details": ("", awaiting),
    "/v1/cases/{code}/rating": ("", World.answered),
    "/v1/cases/{code}/reopening": ("", disappointed),
    "/v1/cases/{code}/uploads": ("", awaiting),
    "/v1/cases/{code}/attachments/{file}": ("", with_a_file),
    "/v1/desk/cases/{code}/attachments/{file}": (OPERATOR, with_a_file),
    "/v1/exchange/uploads": ("", World.at_agency),
    "/v1/exchange/downloads": ("", with_a_file),
    "/v1/desk/cases/{code}/details": (OPERATOR, awaiting),
    "/v1/desk/cases/{code}/forward-to-agency": (OFFICER, World.at_officer),
    "/v1/desk/cases/{code}/return": (OFFICER, World.at_officer),
    "/v1/desk/cases/{code}/appointment": (OFFICER, World.at_officer),
    "/v1/desk/cases/{code}/opinion": (LEADER, referred),
    "/v1/desk/cases/{code}/accept": (AGENCY, World.at_agency),
    "/v1/desk/cases/{code}/reappointment": (AGENCY, World.at_agency),
    "/v1/desk/cases/{code}/result": (AGENCY, World.at_agency),
    "/v1/desk/cases/{code}/decline": (AGENCY, World.at_agency),
    "/v1/desk/cases/{code}/publication": (OPERATOR, World.answered),
    "/v1/desk/cases/{code}/publication/approve": (LEADER, proposed),
    "/v1/desk/cases/{code}/publication/withdraw": (LEADER, proposed),
    "/v1/desk/cases/{code}/actions/{name}/close": (AGENCY, conduct),
    "/v1/desk/cases/{code}/send-to-post": (OPERATOR, not_for_the_post),
    "/v1/desk/units/{unit}": (ADMIN, sent),
    "/v1/desk/keys": (ADMIN, sent),
    "/v1/desk/accounts": (ADMIN, sent),
    "/v1/desk/accounts/{username}": (ADMIN, sent),
    "/v1/desk/accounts/{username}/close": (ADMIN, sent),
    "/v1/desk/accounts/{username}/reopen": (ADMIN, sent),
    "/v1/desk/accounts/{username}/reset-password": (ADMIN, sent),
    "/v1/desk/accounts/{username}/manager": (ADMIN, sent),
    "/v1/desk/cases/{code}/phoned": (OPERATOR, unreached),
    "/v1/desk/dead-letters/redrive": (ADMIN, sent),
    "/v1/desk/dead-letters/{letter}/redrive": (ADMIN, sent),
    "/v1/desk/dead-letters/{letter}/close": (ADMIN, sent),
    "/v1/desk/aside": (ADMIN, set_aside),
    "/v1/desk/aside/{code}/retry": (ADMIN, set_aside),
    "/v1/desk/calendar/changes": (ADMIN, sent),
    "/v1/desk/calendar/changes/{number}/withdraw": (ADMIN, sent),
    "/v1/desk/cases/{code}/correct-late": (LEADER, late_for_a_day_off),
    "/v1/desk/cases/{code}/take-back": (OPERATOR, World.at_officer),
    "/v1/desk/cases/{code}/urge": (WATCHER, overseen),
    "/v1/desk/cases/{code}/hold": (LEADER, World.answered),
    "/v1/desk/cases/{code}/hold/lift": (LEADER, held),
    "/v1/desk/cases/{code}/verdict": (LEADER, answered_conduct),
    "/v1/desk/cases/{code}/change": (OFFICER, suggestion),
    "/v1/desk/cases/{code}/reward": (OFFICER, changed),
    "/v1/desk/cases/{code}/reward/decision": (LEADER, rewarding),
}

# What else a path may name, made for the world and the case.
NAMED: dict[str, Callable[[World, str], str]] = {
    "letter": died,
    "mail": lambda world, _: unassigned(world),
    "file": a_file,
    "username": lambda world, _: an_account(world),
    "number": lambda world, _: a_number(world),
}
