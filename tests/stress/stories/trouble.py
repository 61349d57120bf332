"""What goes wrong by itself: mails that come back, messages and cases that nobody can read."""

from __future__ import annotations

from typing import Any

from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from tests.integration.deliveries import WORKERS, record
from tests.integration.world import ADMIN, OFFICER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import ONLY_MAIL, UNIT, come_back, send

LETTERS, ASIDE = "/v1/desk/dead-letters", "/v1/desk/aside"
NOBODYS = {"code": "000000000000", "seq": 1, "type": "Received"}


def came_back(centre: Centre) -> None:
    """A mail comes back, so the next go by SMS; its report comes again, a complaint, a full mailbox.

    Another case of that address has no telephone, and a third an address that SES refuses at once.
    """
    code = send(centre, 30)["code"]
    centre.settle()
    come_back(centre, "ses_bounce", code, "m1")
    come_back(centre, "ses_bounce", code, "m1")
    come_back(centre, "ses_complaint", code, "m2")
    come_back(centre, "ses_mailbox_full", code, "m3")
    centre.at("10:00")
    centre.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    centre.saboteur.refused.add("khong@example.com")
    send(centre, 34, sender=ONLY_MAIL)
    send(centre, 35, sender=ONLY_MAIL | {"email": "khong@example.com"})
    centre.settle()


def died(centre: Centre) -> None:
    """A poisoned message in every queue, a case that cannot be read, an agency that takes nothing: all is seen.

    What was mended is sent again with effect; the rest dies again and is closed.
    """
    code, told = send(centre, 31)["code"], send(centre, 32)["code"]
    whole = CaseItem.get(code, HEAD).body
    centre.world.spoil(code, "HEAD", body="{}")
    for queue in WORKERS:
        centre.world.post(queue, NOBODYS)
    centre.act(told, "forward", OPERATOR, {"unit": UNIT})
    centre.act(told, "forward-to-agency", OFFICER)
    centre.stream([*centre.world.stream(), record(told, "EVENT#00002", "Teleported")])
    centre.wear_out()
    centre.leave_lying(UNIT)
    collect(centre, "10:00", "10:01")
    centre.world.spoil(code, "HEAD", body=whole)
    first, *others = standing(centre)
    centre.ask("POST", f"{LETTERS}/{first['id']}/redrive", {}, ADMIN)
    for reason in sorted({letter["reason"] for letter in others}):
        centre.ask("POST", f"{LETTERS}/redrive", {"reason": reason, "dry_run": False}, ADMIN)
    collect(centre, "10:10", "10:11")
    centre.wear_out()
    collect(centre, "10:20", "10:21")
    for letter in standing(centre):
        centre.ask("POST", f"{LETTERS}/{letter['id']}/close", {"note": "Đã gọi điện."}, ADMIN, may_say=409)
    collect(centre, "10:30", "10:31")
    centre.settle()


def standing(centre: Centre) -> Any:
    return centre.ask("GET", LETTERS, token=ADMIN)["letters"]


def collect(centre: Centre, *minutes: str) -> None:
    for minute in minutes:
        centre.at(minute)
        centre.timer("collect")


def set_aside(centre: Centre) -> None:
    """A case that the sweep cannot read, mended and put back."""
    code = send(centre, 33)["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.settle()
    whole = CaseItem.get(code, HEAD).body
    centre.world.spoil(code, "HEAD", body="{}")
    for minute in ("2026-11-23 16:30", "16:31", "16:35", "16:39"):
        centre.at(minute)
        centre.timer("sweep")
    centre.world.spoil(code, "HEAD", body=whole)
    centre.ask("POST", f"{ASIDE}/{code}/retry", {}, ADMIN, may_say=404)
    centre.sweep("16:45")
