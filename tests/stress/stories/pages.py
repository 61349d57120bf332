"""A citizen with a browser: sends a matter, follows it, says what is asked, and fetches what comes with the answer."""

from __future__ import annotations

import json

from chalicelib.domain.case_code import from_number
from tests.files import photo
from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.test_following import cookie_of
from tests.integration.test_my_cases import session
from tests.integration.test_sending import typed
from tests.integration.test_surveys import SURVEYOR
from tests.integration.uploads import declared
from tests.integration.world import ANSWER, LEADER, OPERATOR, SENDER
from tests.stress.centre import Centre
from tests.stress.stories.telling import BY_SMS, Ids, carry, send


def on_pages(centre: Centre) -> None:
    """Sent by the page, asked back, told by the page, answered with a file, asked to look again."""
    Ids.code = code = from_number(80 * 123_456 + 10**9)
    centre.browse("/")
    centre.browse(centre.browse("/gui"), "gui", **typed())
    centre.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    centre.settle()
    centre.at("10:00")
    centre.browse(f"/theo-doi?ma={code}")
    centre.browse(f"/theo-doi/{code}/qr.svg")
    shown = centre.browse(centre.browse(f"/theo-doi/{code}"), "mo", pin=centre.world.deps.keys.pin(code))
    cookie = cookie_of(shown)
    centre.browse(shown, "bo-sung", cookie=cookie, content="Số 123/2026.")
    said = declared(photo(), "Ảnh.jpg", "image/jpeg")
    file = carry(centre.ask("POST", f"/v1/desk/cases/{code}/uploads", said, OPERATOR), photo())
    centre.act(code, "answer", OPERATOR, ANSWER | {"attachments": [file]})
    centre.settle()
    centre.at("10:20")
    centre.browse(f"/theo-doi/{code}/tep/{file}", cookie=cookie)
    answered = centre.browse(f"/theo-doi/{code}", cookie=cookie)
    rated = centre.browse(answered, "danh-gia", cookie=cookie, rating="not_satisfied", comment="Chưa rõ lệ phí")
    centre.browse(rated, "xem-xet-lai", cookie=cookie, reason="Tôi cần biết lệ phí.")
    centre.settle()
    centre.at("10:25")
    centre.browse(shown, "dong", cookie=cookie)


def rated_by_letter(centre: Centre) -> None:
    """By the link in the letter with the answer: judged poor, opened again, answered anew."""
    code = send(centre, 85)["code"]
    centre.settle()
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()
    centre.at("10:00")
    link = centre.world.deps.keys.link("rating", code, centre.world.case(code).version)
    rated = centre.browse(centre.browse(f"/danh-gia/{link}"), link, rating="not_satisfied", criterion_1="accepted")
    centre.browse(rated, "xem-xet-lai", reason="Tôi cần biết lệ phí.")
    centre.settle()
    centre.act(code, "answer", OPERATOR, ANSWER | {"answer": "Việc đăng ký đúng hạn không thu lệ phí."})
    centre.settle()


def surveyed(centre: Centre) -> None:
    """Answered, drawn, asked by mail, said, published."""
    landline = BY_SMS | {"phone": "0218 385 1234"}
    people = ((86, SENDER), (87, BY_SMS), (90, SENDER), (91, landline), (92, landline | {"phone": "0218 385 1235"}))
    for number, sender in people:  # one of them has two cases and is asked once
        code = send(centre, number, sender=sender)["code"]
        centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()
    centre.world.clock.forward(days=1)
    wish = {"title": "Khảo sát", "first": "2026-11-23", "last": "2026-11-23", "per_unit": 5}
    number = centre.ask("POST", "/v1/desk/surveys", wish, SURVEYOR)["survey"]["id"]
    centre.ask("GET", "/v1/desk/surveys", token=SURVEYOR)
    for _ in range(2):  # whom a failure left out is asked some minutes later
        centre.timer("survey")
        centre.world.clock.forward(minutes=5)
    mark = centre.world.deps.keys.survey_mark(number, SENDER["email"])
    page = centre.browse(f"/khao-sat/{number}/{mark}")
    centre.browse(page, mark, rating="accepted", comment="Nhanh")
    called(centre, number)
    centre.world.clock.forward(days=20)
    centre.timer("survey")
    centre.ask("POST", f"/v1/desk/surveys/{number}/publication", None, SURVEYOR)
    centre.ask("GET", f"/v1/desk/surveys/{number}", token=OPERATOR)
    cookie = at_desk(centre.world, LEADER).cookie
    for address in ("", f"/{number}"):
        centre.browse(f"/ban-lam-viec/khao-sat{address}", cookie=cookie)


def called(centre: Centre, survey: str) -> None:
    """Whom no letter reaches is called; one says nothing, one is written down at the page; one comes to the counter."""
    way = f"/v1/desk/surveys/{survey}"
    first = centre.ask("POST", f"{way}/calls", {"after": ""}, SURVEYOR)["mark"]
    centre.ask("POST", f"{way}/opinions", {"mark": first, "outcome": "declined"}, SURVEYOR)
    said = {"contact": BY_SMS["phone"], "rating": "satisfied"}
    centre.ask("POST", f"{way}/opinions", said, SURVEYOR, may_say=409)
    cookie = at_desk(centre.world, SURVEYOR).cookie
    page = centre.browse(f"/ban-lam-viec/khao-sat/{survey}/goi-dien", cookie=cookie)
    page = centre.browse(page, "tiep", cookie=cookie)
    centre.browse(page, "ghi", may_say=409, cookie=cookie, rating="accepted", comment="Được")


def flowed(centre: Centre) -> None:
    """What happened goes to the lake the night after."""
    send(centre, 88)
    centre.settle()
    centre.world.clock.forward(days=1)
    centre.timer("lake")


def with_photo(centre: Centre) -> None:
    """A matter and the photo that its form brought beforehand."""
    Ids.code = from_number(84 * 123_456 + 10**9)
    page = centre.browse("/gui")
    page.forms["slip"] = {"": next(str(given["data-upload"]) for _, given in page.tags if "data-upload" in given)}
    slip = centre.browse(page, "slip", **declared(photo(), "Ảnh.jpg", "image/jpeg"))
    centre.browse(page, "gui", **typed(attachments=carry(json.loads(slip.html), photo())))
    centre.settle()


def found_again(centre: Centre) -> None:
    """By a sender who has lost the codes: all cases of a number, then of an address, one of them opened."""
    send(centre, 82, sender=BY_SMS)
    centre.settle()
    asked_for_code(centre, SENDER["phone"], "a" * 32)
    centre.at("10:00")
    send(centre, 83)
    centre.settle()
    listed = asked_for_code(centre, SENDER["email"], "b" * 32)
    cookie = session(listed)
    shown = centre.browse("/ho-so-cua-toi", cookie=cookie)
    centre.browse(shown, "vao", cookie=cookie)
    centre.browse(shown, "dong", cookie=cookie)


def asked_for_code(centre: Centre, contact: str, nonce: str) -> Page:
    """Ask for a code and give it."""
    keys, page = centre.world.deps.keys, centre.browse("/ho-so-cua-toi")
    Ids.named = nonce
    wanted = centre.browse(page, "ma", contact=contact)
    Ids.named = ""
    centre.deliver()
    sender = keys.sender("+84912345678" if "@" not in contact else contact)
    return centre.browse(wanted, "mo", nonce="c" * 32, code=keys.one_time_code(sender, nonce))


def judged(centre: Centre) -> None:
    """By the programs of others: rated badly, looked at again, answered again, rated well."""
    made = send(centre, 81)
    code, pin = made["code"], {"X_Case_Pin": made["pin"]}
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()
    centre.at("10:00")
    bad, good = ({"rating": rating} for rating in ("not_satisfied", "satisfied"))
    centre.ask("POST", f"/v1/cases/{code}/rating", bad, **pin)
    centre.ask("POST", f"/v1/cases/{code}/reopening", {"reason": "Tôi cần biết lệ phí."}, **pin)
    centre.settle()
    centre.at("11:00")
    centre.act(code, "answer", OPERATOR, ANSWER | {"answer": "Lệ phí không thu."})
    centre.ask("POST", f"/v1/cases/{code}/rating", good, **pin)
    centre.settle()
