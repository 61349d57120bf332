"""The staff's own pages: a call written down, and a case led from the first form to the last."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.case_code import from_number
from tests.integration.desk import OWN, at_desk
from tests.integration.test_desk_case_page import CASE, PATHS
from tests.integration.test_intake_page import CALL, INTAKE
from tests.integration.test_leadership_page import OVERVIEW
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import PEOPLE, UNIT, Ids


def at_the_desk(centre: Centre) -> None:
    """A call, forwarded twice, taken back, forwarded again, accepted, worked on, answered and shown to leadership."""
    Ids.code = code = from_number(90 * 123_456 + 10**9)
    cookie = at_desk(centre.world, OPERATOR).cookie
    call = {"sender_kind": "individual", **CALL, "step": "forward", "unit": UNIT}
    centre.browse(centre.browse(INTAKE, cookie=cookie, site=OWN), "ghi", cookie=cookie, site=OWN, **call)
    centre.settle()
    centre.at("10:00")
    for token in (OPERATOR, OFFICER):  # who sees that the other has it open
        cookie = at_desk(centre.world, token).cookie
        centre.browse(centre.browse(CASE + code, cookie=cookie, site=OWN), "dang-xem", cookie=cookie, site=OWN)
    do(centre, code, "forward_to_agency", OFFICER)
    centre.act(code, "take-back", OFFICER, {"reason": "Chuyển nhầm."})
    centre.settle()
    centre.at("10:10")
    do(centre, code, "forward_to_agency", OFFICER)
    do(centre, code, "accept", AGENCY)
    do(centre, code, "submit_result", AGENCY, result="Đã kiểm tra.", **PEOPLE)
    do(centre, code, "answer", OFFICER, **ANSWER)
    centre.settle()
    centre.browse(OVERVIEW, cookie=at_desk(centre.world, LEADER).cookie)


def do(centre: Centre, code: str, action: str, token: str, **typed: Any) -> None:
    """Open the case's page as somebody and send one of its forms."""
    cookie = at_desk(centre.world, token).cookie
    page = centre.browse(CASE + code, cookie=cookie, site=OWN)
    centre.browse(page, PATHS[action], cookie=cookie, site=OWN, **typed)
