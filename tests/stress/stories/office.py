"""What administrators keep, and what everybody looks at."""

from __future__ import annotations

import re

from app import app
from infra import track
from tests.integration.desk import at_desk
from tests.integration.test_accounts import ACCOUNTS, NEW, WHY
from tests.integration.test_agency_keys import BODY, KEYS, KID
from tests.integration.test_export import PERIOD
from tests.integration.test_mails import Post
from tests.integration.test_mails import mail as letter_to
from tests.integration.test_worklist_page import WORKLIST
from tests.integration.world import ADMIN, ANSWER, LEADER, OFFICER, OPERATOR, SENDER
from tests.stress.centre import Centre
from tests.stress.stories.mails import NOWHERE, waiting
from tests.stress.stories.telling import UNIT, send
from tests.stress.stories.trouble import LETTERS, NOBODYS, collect

UNITS = {"name": "Sở Mới", "kind": "department", "mail": "so-moi@tongdai.example", "exchange": "mail"}
OF_OPERATORS = (
    "/v1/desk/cases",
    "/v1/desk/cases/{code}",
    "/v1/desk/rights",
    "/v1/desk/dead-letters",
    "/v1/desk/risk",
    "/v1/desk/mails",
    "/v1/desk/mails/{mail}",
    "/v1/desk/inputs",
    "/v1/desk/receptions",
    "/v1/desk/reception-duties",
)
# Of another code or another key; the centre that plays here has no list of points.
OWN_STORY = (*track.ADDRESSES, "/v1/desk/receptions/{code}", "/v1/desk/rewards", "/v1/my/", "/v1/points/")
ASKED = {
    "/v1/desk/late": f"unit={UNIT}&month=2026-11",
    "/v1/desk/export": PERIOD,
    "/v1/desk/receptions": "month=2026-11",
    "/v1/desk/access": "login=dtv01&from=2026-11-20&to=2026-11-23",
}
PLACE = re.compile(r"{(\w+)}")
DOCUMENTS = ("/v1/", "/openapi")
READ = (  # pages that anyone may
    "/cong-khai",
    "/cong-khai?tim=khai+sinh",
    "/cong-khai/{posting}",
    "/cong-khai.atom",
    "/thong-ke",
    "/lien-he",
)
ADMINISTRATION = "/ban-lam-viec/quan-tri"
KEPT = (
    "",
    "/thong-diep",
    "/tai-khoan",
    "/co-quan",
    f"/co-quan/{UNIT}",
    "/lich",
    "/quy-che",
    "/dinh-tuyen",
    "/mau-thu",
    "/mau-thu/answered",
    "/mau-thu/answered/thu",
    "/thu-tuc",
    "/thu-tuc/tai-ve",
    "/de-rieng",
    "/truy-cap",
    "/su-co",
)  # of administrators
INDIVIDUAL = {"sender_kind": "individual"}
FILTERS = ("month=2026-11", "field=ho_tich", "agency=tong_dai")


def registered(centre: Centre) -> None:
    """A unit written down and changed, a key of an agency registered and revoked."""
    centre.ask("PUT", "/v1/desk/units/so_moi", UNITS, ADMIN)
    centre.ask("PUT", "/v1/desk/units/so_moi", UNITS | {"phone": "0218 3 000 000"}, ADMIN)
    centre.ask("POST", KEYS, BODY, ADMIN, may_say=409)
    centre.ask("POST", f"{KEYS}/{KID}/revoke", {"reason": "Lộ khóa"}, ADMIN, may_say=409)


def employed(centre: Centre) -> None:
    """An account made, named manager, given another first password, closed and opened again."""
    centre.ask("POST", ACCOUNTS, NEW, ADMIN, may_say=409)
    centre.ask("POST", f"{ACCOUNTS}/mc02/manager", WHY | {"manager": True}, ADMIN)
    for deed in ("reset-password", "close", "reopen"):
        centre.ask("POST", f"{ACCOUNTS}/mc02/{deed}", WHY, ADMIN)


def _documents() -> list[str]:
    """Name what programs may get, but for petitions, which have a story of their own."""
    got = [path for path, methods in app.routes.items() if "GET" in methods and path.startswith(DOCUMENTS)]
    return [path for path in got if not path.startswith(OWN_STORY)]


def looked_at(centre: Centre) -> None:
    """Every page and list, where there is something to see."""
    made = send(centre, 40)
    code = made["code"]
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.act(code, "publication", OPERATOR)
    centre.act(code, "publication/approve", LEADER)
    centre.ask("POST", ACCOUNTS, NEW, ADMIN, may_say=409)
    centre.world.post("tallies", NOBODYS)
    centre.settle_but_one()
    collect(centre, "10:00", "10:01")
    [letter] = centre.ask("GET", LETTERS, token=ADMIN)["letters"]
    [posting] = centre.ask("GET", "/v1/board")["postings"]
    to_nobody = Post(centre.world).put(letter_to(NOWHERE, "Xin chào."), NOWHERE)
    centre.world.post("mails", to_nobody["Body"])
    centre.settle()
    [mail] = waiting(centre)
    lost = {"discovered_at": "2026-11-23T08:00:00+07:00", "happened": "Mất máy", "logins": ["dtv01"]}
    days = {"first": "2026-11-22", "last": "2026-11-23"}
    breach = centre.ask("POST", "/v1/desk/breaches", lost | days, ADMIN)["id"]
    names = {"code": code, "breach": breach, "posting": posting["id"], "letter": letter["id"], "mail": mail["id"]}
    names |= {"username": "mc02", "name": "answered"}
    for path in _documents():
        if not set(PLACE.findall(path)) - names.keys():
            real = path.format_map(names)
            centre.ask("GET", f"{real}?{ASKED.get(path, '')}", token=_whose(path), X_Case_Pin=made["pin"])
    for which in FILTERS:
        centre.ask("GET", f"/v1/board?{which}")
    for address in READ:
        centre.browse(address.format(posting=posting["id"]))
    operator = at_desk(centre.world, OPERATOR).cookie
    for address in (
        WORKLIST,
        f"{WORKLIST}.csv",
        f"{WORKLIST}/{code}/dinh-tuyen",
        "/ban-lam-viec/thu-den",
        f"/ban-lam-viec/thu-den/{mail['id']}",
    ):
        centre.browse(address, cookie=operator)
    administrator = at_desk(centre.world, ADMIN).cookie
    for address in (*KEPT, f"/su-co/{breach}", f"/su-co/{breach}/danh-sach.csv", f"/truy-cap?ho-so={code}"):
        centre.browse(ADMINISTRATION + address, cookie=administrator)
    centre.at("2026-11-24 09:00")
    centre.timer("digest")
    centre.ask("POST", f"/v1/desk/breaches/{breach}/notice", {"at": "2026-11-24T09:00:00+07:00"}, ADMIN)
    centre.ask("POST", "/v1/desk/routing/try", {"kind": "question", "content": "Sở Y tế"}, ADMIN)
    rules = centre.browse(f"{ADMINISTRATION}/dinh-tuyen", cookie=administrator)
    centre.browse(rules, "thu", cookie=administrator, kind="question", field="khac", channel="phone", **INDIVIDUAL)
    for contact in (SENDER["phone"], SENDER["email"]):
        centre.ask("POST", "/v1/desk/senders", {"contact": contact}, OPERATOR)
    centre.ask("GET", f"/v1/cases/{code}/content", X_Case_Pin="000000", may_say=401)
    centre.ask("GET", f"/v1/desk/cases?role=officer&unit={UNIT}", token=OFFICER)


def _whose(path: str) -> str:
    if not path.startswith("/v1/desk"):
        return ""
    return OPERATOR if path in OF_OPERATORS else ADMIN
