"""What becomes of what is kept: cases whose time is over, and one that leadership holds."""

from __future__ import annotations

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.case_code import from_number
from tests.integration.desk import OWN, at_desk
from tests.integration.test_reception import ALL, MATTER, PAGE, SESSION
from tests.integration.test_surveys import SURVEYOR
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER
from tests.stress.centre import Centre
from tests.stress.stories.pages import asked_for_code, session
from tests.stress.stories.telling import BY_SMS, PEOPLE, REASON, UNIT, Ids, send, upload

TELLING = {"how": "refused", "words": "Không thuộc thẩm quyền."}
SURVEY = {"title": "Khảo sát", "first": "2026-11-23", "last": "2026-11-23", "per_unit": 5}


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


def received_and_asked(centre: Centre) -> None:
    """A record of reception that was held, and a survey with words: both let go when their years are over."""
    Ids.code = code = from_number(94 * 123_456 + 10**9)
    for path, body in (("", SESSION), (f"/{code}/matters", MATTER), (f"/{code}/matters/1/telling", TELLING)):
        centre.ask("POST", f"{ALL}{path}", body, LEADER)
    centre.ask("POST", f"{ALL}/{code}/hold", REASON, LEADER)
    centre.ask("POST", f"{ALL}/{code}/hold/lift", REASON, LEADER)
    how = {"cookie": at_desk(centre.world, LEADER).cookie, "site": OWN}
    centre.browse(centre.browse(f"{PAGE}/{code}", **how), "giu-lai", **how, beyond="true", reason="Còn ở tòa")
    centre.act(send(centre, 42, sender=SENDER)["code"], "answer", OPERATOR, ANSWER)
    centre.settle()
    centre.world.clock.forward(days=1)
    survey = centre.ask("POST", "/v1/desk/surveys", SURVEY, SURVEYOR)["survey"]["id"]
    centre.timer("survey")
    mark = centre.world.deps.keys.survey_mark(survey, SENDER["email"])
    centre.browse(centre.browse(f"/khao-sat/{survey}/{mark}"), mark, rating="accepted", comment="Nhanh")
    centre.world.clock.forward(days=20)
    centre.timer("survey")
    for job in ("forget", "recover"):  # years without events are long to look at
        CentreItem("WATERMARK", job, at="2032-01-04T00:00:00.000Z").save()
    centre.at("2032-01-05 09:00")
    centre.timer("forget")
    centre.browse(centre.browse(f"{PAGE}/{code}", **how), "giu-lai", **how, beyond="false", reason="Xong")
    for minute in ("10:30", "11:30"):
        centre.at(f"2032-01-05 {minute}")
        centre.timer("forget")


def wished(centre: Centre) -> None:
    """A sender reads what is held and asks, by page, program and at the counter; leadership decides."""
    code = send(centre, 85, sender=BY_SMS)["code"]
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()
    cookie = session(asked_for_code(centre, SENDER["phone"], "a" * 32))
    page = centre.browse("/ho-so-cua-toi/du-lieu", cookie=cookie)
    centre.browse("/ho-so-cua-toi/du-lieu/ban-sao.json", cookie=cookie)
    centre.browse(page, "yeu-cau", cookie=cookie, kind="restriction", case=code, nonce="c" * 32)
    Ids.named = "d" * 32
    centre.ask("POST", "/v1/my/codes", {"contact": SENDER["phone"]}, may_say=202)
    Ids.named = ""
    centre.deliver()
    keys = centre.world.deps.keys
    given = {"contact": SENDER["phone"], "code": keys.one_time_code(keys.sender("+84912345678"), "d" * 32)}
    mine = centre.ask("POST", "/v1/my/sessions", given)["session"]
    for what in ("cases", "data"):
        centre.ask("GET", f"/v1/my/{what}", token=mine)
    wish = {"kind": "correction", "case": code, "words": "Tên tôi là Hòa."}
    right = centre.ask("POST", "/v1/my/requests", wish, mine)["id"]
    counter = {"kind": "erasure", "case": code, "identity": "Căn cước"}
    erased = centre.ask("POST", "/v1/desk/rights", counter, OPERATOR)["id"]
    centre.ask("POST", f"/v1/desk/cases/{code}/copy", {"identity": "Căn cước"}, OPERATOR)
    leader = at_desk(centre.world, LEADER).cookie
    for address in ("", f"/{right}"):
        centre.browse(f"/ban-lam-viec/quyen-du-lieu{address}", cookie=leader)
    way = "/v1/desk/rights/{}/decision".format
    centre.ask("POST", way(right), {"granted": True, "sender": {"name": "Bùi Thị Hòa"}}, LEADER, may_say=409)
    centre.sweep("2026-12-28 09:00")
    centre.ask("POST", way(erased), {"granted": True}, LEADER, may_say=409)
    centre.timer("digest")
    centre.settle()
