"""Rooms beside the life of a case, each lived by people who mean harm: surveys, rights, receptions, petitions …

A room whose words came later gets a function of its own here and a line in `lived`.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.integration import test_my_cases as my_cases
from tests.integration import test_surveys as surveys
from tests.integration import track
from tests.integration.browser import send
from tests.integration.test_access import BREACH
from tests.integration.test_desk_case_page import CHANGE, DECIDED, REWARD, answered_conduct
from tests.integration.test_merits import UNFOUNDED
from tests.integration.test_reception import ALL as RECEPTIONS
from tests.integration.test_reception import MATTER, SESSION, SORTING
from tests.integration.test_rights import token as my_token
from tests.integration.test_routing import TRY
from tests.integration.test_supervision import OVER_THE_APP, WATCHER, at_officer, supervise
from tests.integration.world import ADMIN, ANSWER, LEADER, OFFICER, OPERATOR, SENDER

if TYPE_CHECKING:
    from tests.integration.hostile_life import Life

_keys = itertools.count()
BY_PHONE = SENDER | {"email": ""}
REASON = {"reason": "Mời người tố cáo làm việc."}


def call(life: Life, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Any:
    """Call a route that must do what it is asked."""
    keyed = {"Idempotency_Key": f"room{next(_keys)}"} | headers
    status, made = life.world.call(method, path, body, token=token, **keyed)
    assert status < 300, (path, status, made)
    return made


def begun(life: Life) -> None:
    """Open the track of petitions, which Hoà Bình does not have, and hand in one that nobody looks at for weeks."""
    track.hand_in(track.opened(life.world))


def lived(life: Life) -> None:
    """Go through every room; the clock stands in mid-December, on a working morning."""
    _held(life)
    _supervised(life)
    _judged(life)
    _asked_for_input(life)
    _received(life)
    _reported(life)
    _petitioned(life)
    _broken_into(life)
    _surveyed(life)
    _rated(life)
    _claimed(life)
    call(life, "POST", TRY, {"kind": "question", "content": "Tôi đến Sở Y tế."}, ADMIN)


def _held(life: Life) -> None:
    """A case that leadership keeps from being anonymised, and lets go."""
    code = life.world.answered()
    for step in ("hold", "hold/lift"):
        life.world.act(code, step, LEADER, REASON)


def _supervised(life: Life) -> None:
    """Hoà Bình has no supervisors of single cases; here the Office supervises what comes by the app, and urges."""
    rules = life.world.deps.routing.supervisors
    supervise(life.world, OVER_THE_APP)
    code = at_officer(life.world)
    life.world.act(code, "urge", WATCHER, {"note": "Người gửi đã gọi lại hai lần."})
    life.world.drain()
    supervise(life.world, *rules)


def _judged(life: Life) -> None:
    """A conduct report with a verdict, and a suggestion that led to a change and to a reward."""
    life.world.act(answered_conduct(life.world), "verdict", LEADER, UNFOUNDED)
    code = life.world.at_officer(kind="suggestion")
    life.world.act(code, "answer", OFFICER, ANSWER)
    life.world.act(code, "change", OFFICER, CHANGE)
    life.world.act(code, "reward", OFFICER, REWARD)
    life.world.act(code, "reward/decision", LEADER, DECIDED | {"granted": True, "leader": "Lê Thị Minh"})


def _asked_for_input(life: Life) -> None:
    """A question to another unit that is open still."""
    code = life.world.send()["code"]
    life.world.act(code, "inputs", OPERATOR, {"units": ["so_tu_phap"], "question": "Có cần giấy khám không?"})
    life.world.drain()
    for start in ("/ban-lam-viec/y-kien/", "/v1/desk/cases/{code}/inputs/"):
        life.rooms[start] = {"code": [code], "id": ["1"]}


def _received(life: Life) -> None:
    """A reception with a matter that became a case, one that was told at once and one that is owed."""
    said = SESSION | {"present": "Ông Bùi Văn Nam", "promises": "Trả lời trước 30/12."}
    code = call(life, "POST", RECEPTIONS, said, LEADER)["code"]
    for _ in range(3):
        call(life, "POST", f"{RECEPTIONS}/{code}/matters", MATTER, LEADER)
    call(life, "POST", f"{RECEPTIONS}/{code}/corrections", {"correction": "Phòng 102."}, LEADER)
    call(life, "POST", f"{RECEPTIONS}/{code}/matters/1/case", SORTING, LEADER)
    told = {"how": "transferred", "words": "Đã chuyển Sở Tài nguyên và Môi trường."}
    call(life, "POST", f"{RECEPTIONS}/{code}/matters/2/telling", told, LEADER)
    for step in ("hold", "hold/lift"):
        call(life, "POST", f"{RECEPTIONS}/{code}/{step}", REASON, LEADER)
    for start in ("/ban-lam-viec/tiep-dan/", RECEPTIONS):
        life.rooms[start] = {"code": [code]}


def _reported(life: Life) -> None:
    """A report of November, worded and signed, and one of the month before that nobody signed."""
    names = []
    for first, last in (("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31")):
        name = call(life, "POST", "/v1/desk/reports", {"from": first, "to": last}, LEADER)["name"]
        _written(life)
        words = {"number": "12/BC", "remarks": "Số phản ánh tăng.", "proposals": "Thêm người.", "signed_by": "Lê Minh"}
        call(life, "POST", f"/v1/desk/reports/{name}/words", words | {"version": _version(life, name)}, LEADER)
        _written(life)
        names.append(name)
    call(life, "POST", f"/v1/desk/reports/{names[0]}/sign", {"version": _version(life, names[0])}, LEADER)
    life.names["report"] = names
    life.rooms["/ban-lam-viec/bao-cao/"] = life.rooms["/v1/desk/reports/"] = {"file": ["workbook", "document"]}
    life.rooms["/du-lieu-mo/"] = {"name": names[:1], "file": ["csv"]}


def _written(life: Life) -> None:
    life.world.drain()
    life.world.work()


def _version(life: Life, name: str) -> int:
    return life.world.deps.reports.get(name).version


def _petitioned(life: Life) -> None:
    """Petitions by every way there is, each act of the department: the track is opened for it."""
    world = life.world
    day = f"{world.clock.now():%Y-%m-%d}"
    accept = ("accept", {"body": "Chủ tịch UBND phường", "on": day, "note": "Đủ."})
    sort = ("classify", {"kind": "denunciation", "note": "Đọc kỹ"})
    lives: tuple[tuple[tuple[str, Any], ...], ...] = (
        (
            ("supplement", {"content": "Tôi nhớ thêm."}),
            sort,
            accept,
            ("extend", {"grade": "complex", "reason": "Nhiều người"}),
            ("settle", {"document": "conclusion", "number": "12/KL", "on": day, "note": "Đúng."}),
            ("follow", {"how": "urged", "note": "Công văn 5"}),
            ("execute", {"note": "Đã thu hồi tiền"}),
        ),
        (sort, ("refuse", REASON)),
        (sort, ("transfer", {"body": "Thanh tra tỉnh", "note": "Chuyển."})),
        (sort, ("guide", {"body": "Tòa án", "note": "Hướng dẫn."})),
        (("move", {"case": world.send()["code"], **REASON}),),
        (sort, accept, ("withdraw", REASON)),
        (sort, accept),
    )
    for steps in lives:
        code = track.hand_in(world)["code"]
        for step, body in steps:
            track.do(world, code, step, body)
        track.do(world, code, "identity", REASON)
    for step in ("hold", "lift"):
        track.do(world, code, step, REASON, token=track.HEAD)
    written = {"content": track.CONTENT, "sender": track.WHO, "channel": "phone"}
    call(life, "POST", "/v1/desk/petitions", written, OPERATOR)
    for start in ("/ban-lam-viec/khieu-nai-to-cao/don/", "/v1/desk/petitions/", "/v1/petitions/"):
        life.rooms[start] = {"code": [code]}
    life.rooms["/ban-lam-viec/khieu-nai-to-cao/tu-ho-so/"] = {"code": [world.send()["code"]]}
    world.urge()


def _broken_into(life: Life) -> None:
    """A breach that the leadership is reminded of, reported late; another that nobody has reported."""
    life.world.open(life.world.answered())
    made = [_breach(life) for _ in range(2)]
    life.world.clock.forward(days=2)
    life.world.digest()
    told = {"at": _said(life), "measures": "Đã khóa tài khoản."}
    call(life, "POST", f"/v1/desk/breaches/{made[0]}/notice", told, LEADER)
    life.names["breach"] = made


def _breach(life: Life) -> str:
    day = life.world.clock.now().date().isoformat()
    given = BREACH | {"discovered_at": _said(life), "last": day, "measures": "Đã báo công an."}
    return str(call(life, "POST", "/v1/desk/breaches", given, ADMIN)["id"])


def _said(life: Life) -> str:
    return life.world.clock.now().isoformat()


def _surveyed(life: Life) -> None:
    """A survey that most have answered with words; one link is not used yet."""
    world = life.world
    day = world.clock.now().date().isoformat()
    number = surveys.ask(world, 8, first=day, last=day)
    *used, told, free = surveys.links(world)
    said = {"mark": told.rpartition("/")[2], "rating": "satisfied", "comment": "Nói qua điện thoại."}
    call(life, "POST", f"/v1/desk/surveys/{number}/opinions", said, surveys.SURVEYOR)
    for link in used:
        assert surveys.opinion(link, comment=life.enemy.words("Nhanh")).status == 200
    life.names |= {"survey": [number], "mark": [free.rpartition("/")[2]]}


def _rated(life: Life) -> None:
    """A letter's link to rate an answer."""
    world = life.world
    code = world.answered()
    world.drain()
    version = len(world.deps.cases.dossier(code).history)
    life.rooms["/danh-gia/"] = {"token": [world.deps.keys.link("rating", code, version)]}


def _claimed(life: Life) -> None:
    """What senders ask about their data, themselves or at the counter: granted, refused, waiting too long."""
    world = life.world
    codes = [world.answered(sender=BY_PHONE) for _ in range(3)]
    world.drain()
    mine_is, asked = my_token(world), []
    for code, kind in zip(codes, ("correction", "restriction", "erasure"), strict=True):
        wish = {"kind": kind, "case": code, "words": "Tên tôi là Bùi Thị Hòa."}
        asked.append(call(life, "POST", "/v1/my/requests", wish, mine_is)["id"])
    granted = {"granted": True, "sender": {"name": "Bùi Thị Hòa", "address": "Tổ 6"}}
    refused = {"granted": False, "article": "Luật Lưu trữ", "reason": "Còn thời hạn lưu."}
    for right, decision in zip(asked, (granted, refused), strict=False):
        call(life, "POST", f"/v1/desk/rights/{right}/decision", decision, LEADER)
    written = {"kind": "restriction", "case": codes[2], "words": "Đừng công khai.", "identity": "Căn cước"}
    asked.append(call(life, "POST", "/v1/desk/rights", written, OPERATOR)["id"])
    call(life, "POST", f"/v1/desk/cases/{codes[2]}/copy", {"identity": "Căn cước"}, OPERATOR)
    world.clock.forward(days=2)
    world.digest()
    world.drain()
    life.session = my_cases.session(send(my_cases.asked(my_cases.PHONE), "mo", code=my_cases.told(world)))
    life.names["right"] = asked[::-1]
