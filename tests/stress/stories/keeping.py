"""What becomes of what is kept: cases whose time is over, and one that leadership holds."""

from __future__ import annotations

from chalicelib.adapters.dynamo.tables import CentreItem
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import PEOPLE, REASON, UNIT, send, upload


def forgotten(centre: Centre) -> None:
    """Answered with a file, and answered and held: years later one is anonymised, the other when it is let go."""
    code, held = send(centre, 40)["code"], send(centre, 41)["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.act(code, "forward-to-agency", OFFICER)
    files = [upload(centre, code)]
    centre.act(code, "result", AGENCY, {"result": "Đã kiểm tra.", "attachments": files, **PEOPLE})
    centre.act(code, "answer", OFFICER, ANSWER | {"attachments": files})
    centre.act(held, "answer", OPERATOR, ANSWER)
    centre.act(held, "hold", LEADER, REASON)
    centre.settle()
    centre.sweep("2026-12-28 09:00")
    for job, mark in (("forget", "2026-11-20"), ("recover", "2032-01-04")):  # years without events are long to look at
        CentreItem("WATERMARK", job, at=f"{mark}T00:00:00.000Z").save()
    centre.at("2032-01-05 09:00")
    centre.timer("forget")
    centre.act(held, "hold/lift", LEADER, REASON)
    centre.settle()
    for minute in ("10:30", "11:30"):  # whoever died between the event and its effect is followed an hour later
        centre.at(f"2032-01-05 {minute}")
        centre.timer("forget")
    centre.settle()
