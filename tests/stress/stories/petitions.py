"""A denunciation from the receipt to its execution, looked into and counted, and who is told what is due."""

from __future__ import annotations

from tests.integration.desk import at_desk
from tests.integration.track import CLERK, CONTENT, HEAD, UNIT, WHO, department
from tests.integration.world import OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import send

DESK, PAGES = "/v1/desk/petitions", "/ban-lam-viec/khieu-nai-to-cao"
STEPS = (
    ("classify", {"kind": "denunciation", "note": "Đã đọc"}),
    ("accept", {"body": "UBND phường", "on": "2026-11-23"}),
    ("supplement", {"content": "Tôi nhớ thêm."}),
    ("extend", {"grade": "complex", "reason": "Nhiều người"}),
    ("withdraw", {"goes_on": True, "reason": "Có dấu hiệu vi phạm"}),
    ("settle", {"document": "conclusion", "number": "12/KL", "on": "2026-11-23"}),
    ("follow", {"how": "urged", "note": "Công văn 5"}),
    ("execute", {"note": "Xong"}),
)
ENDS = (
    ("refuse", {"reason": "Không đủ điều kiện"}),
    ("transfer", {"body": "Thanh tra thành phố"}),
    ("guide", {"body": "Tòa án"}),
    ("move", {"case": "482109375514", "reason": "Là phản ánh"}),
)


def denounced(centre: Centre) -> None:
    """By a program, through every step, opened by the department; the others end each in a way of its own."""
    department()
    petition = {"content": CONTENT, "sender": WHO}
    code = centre.ask("POST", "/v1/petitions", petition)["code"]
    for action, body in STEPS:
        centre.ask("POST", f"{DESK}/{code}/{action}", body, CLERK)
    for action, body in ENDS:
        other = centre.ask("POST", DESK, petition | {"channel": "counter"}, OPERATOR)["code"]
        centre.ask("POST", f"{DESK}/{other}/classify", {"kind": "complaint"}, CLERK)
        centre.ask("POST", f"{DESK}/{other}/{action}", body, CLERK)
    case = send(centre, 90, kind="report", about="conduct", content=CONTENT)["code"]
    centre.settle()
    centre.ask("POST", f"/v1/desk/petition-moves/{case}", {"files_handed_over": False}, OPERATOR)
    centre.settle()
    centre.ask("POST", f"{DESK}/{code}/words", None, CLERK)
    centre.ask("POST", f"{DESK}/{code}/identity", {"reason": "Mời làm việc"}, CLERK)
    pin = centre.world.deps.petition_keys.petition_pin(code)
    centre.ask("GET", f"/v1/petitions/{code}", X_Case_Pin=pin)
    for path in (DESK, f"{DESK}/{code}", "/v1/desk/petition-report?month=2026-11"):
        centre.ask("GET", path, token=CLERK)
    centre.ask("GET", "/v1/desk/petition-openings?month=2026-11", token=HEAD)


def shredded(centre: Centre) -> None:
    """Two that ended, one of them serious; years later one is erased, the other when it is no longer held."""
    department()
    codes = []
    for number in range(2):
        asked = {"content": f"{CONTENT} {number}", "sender": WHO}
        codes.append(centre.ask("POST", "/v1/petitions", asked)["code"])
        centre.ask("POST", f"{DESK}/{codes[-1]}/guide", {"body": "Tòa án"}, CLERK)
    centre.ask("POST", f"{DESK}/{codes[0]}/hold", {"reason": "Nghiêm trọng"}, HEAD)
    centre.at("2042-01-02 09:00")
    centre.timer("shred")
    centre.ask("POST", f"{DESK}/{codes[0]}/lift", {"reason": "Hết lý do"}, HEAD)
    for minute in ("10:30", "11:30"):  # whoever died between the event and its effect is followed an hour later
        centre.at(f"2042-01-02 {minute}")
        centre.timer("shred")
    assert all(centre.world.deps.petitions.load(code).petition.erased_on for code in codes)


def complained(centre: Centre) -> None:
    """On pages, followed, guessed at, looked into, due soon and told so."""
    department()
    assert UNIT in CLERK
    cookie = at_desk(centre.world, HEAD).cookie
    typed = {"nonce": "c" * 32, "content": CONTENT, **WHO}  # of which the code is made
    centre.browse(centre.browse("/khieu-nai-to-cao"), "khieu-nai-to-cao", **typed)
    code = next(iter(centre.world.deps.petitions.open_ones())).code
    pin = centre.world.deps.petition_keys.petition_pin(code)
    centre.ask("GET", f"/v1/petitions/{code}", may_say=401, X_Case_Pin=f"{(int(pin) + 1) % 10**6:06d}")
    centre.browse(centre.browse("/khieu-nai-to-cao/theo-doi"), "theo-doi", code=code, pin=pin)
    for path in ("", "/tiep-nhan", "/tu-ho-so/482109375514", "/so-mo-xem", "/so-lieu", "/so-lieu.csv", "/tro-giup"):
        centre.browse(PAGES + path, cookie=cookie)
    centre.browse(f"{PAGES}/don/{code}", cookie=cookie)
    centre.at("2026-12-02 09:00")
    centre.timer("urge")
    centre.timer("urge")  # told once a day
