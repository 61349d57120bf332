"""A month that is reported: asked for by the clock and by people, made, worded, read to its cases, signed off."""

from __future__ import annotations

from chalicelib.domain.case_code import from_number
from tests.integration.desk import OWN, at_desk
from tests.integration.world import ANSWER, LEADER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import Ids, send

PERIOD = {"from": "2026-11-24", "to": "2026-11-30"}
PAGES = "/ban-lam-viec/bao-cao"


def reported(centre: Centre) -> None:
    """A case answered in the period, one open all through it; the month's own report, and one of a week by hand."""
    send(centre, 95)
    centre.settle()
    centre.at("2026-11-25 09:00")
    Ids.code = code = from_number(96 * 123_456 + 10**9)
    send(centre, 96)
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()
    centre.at("2026-12-01 08:00")
    for _ in range(2):  # of a report that nobody makes, the wish was lost: it is made known again
        centre.timer("month")
        centre.deliver()
        centre.world.clock.forward(hours=2)
    asked = centre.ask("POST", "/v1/desk/reports", PERIOD, LEADER)
    _misled(centre)
    centre.deliver()
    where = f"/v1/desk/reports/{asked['name']}"
    words = {"version": centre.ask("GET", where, token=LEADER)["version"], "remarks": "Đúng hạn."}
    centre.ask("POST", f"{where}/words", words, LEADER, may_say=409)
    centre.deliver()
    made = centre.ask("GET", where, token=LEADER)
    centre.ask("POST", f"{where}/sign", {"version": made["version"]}, LEADER, may_say=409)
    for path in ("", "/numbers", "/cases?cell=total/entered", "/files/document"):
        centre.ask("GET", f"{where}{path}", token=LEADER)
    centre.ask("GET", "/v1/desk/reports", token=LEADER)
    centre.browse("/du-lieu-mo")
    centre.browse(f"/du-lieu-mo/{asked['name']}/csv")
    cookie = at_desk(centre.world, LEADER).cookie
    for path in ("", f"/{asked['name']}", f"/{asked['name']}/ho-so?o=total/entered", f"/{asked['name']}/tep/document"):
        centre.browse(f"{PAGES}{path}", cookie=cookie, site=OWN)


def _misled(centre: Centre) -> None:
    """Let a message name a report that is not there: the worker says so, and somebody takes the message away."""
    centre.deliver()  # what is wanted is made first: whatever is received below is hidden from the worker
    centre.world.post("reports", {"type": "ReportWanted", "name": "2026-11-30-nothing"})
    centre.work("reports")
    url = centre.world.url("reports")
    for message in centre.world.receive(url):
        centre.world.cloud("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
