"""A life of the centre in which everybody who writes means harm: each case, unit, account, key, mail and file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.ports import Letter
from chalicelib.usecases.send_week import send_week
from tests import files
from tests.builders import local
from tests.integration import hostile_rooms, lives, uploads
from tests.integration.browser import open_page, send
from tests.integration.hostile import MARK, Enemy
from tests.integration.test_accounts import ACCOUNTS, NEW, WHY
from tests.integration.test_agency_keys import register, revoke
from tests.integration.test_dead_letters import close, of_notices, spoiled
from tests.integration.test_mails import Post
from tests.integration.test_mails import mail as written
from tests.integration.test_reply_links import HEALTH, link_in
from tests.integration.uploads import ask_by_pin, put
from tests.integration.world import ADMIN, AGENCY, ANSWER, CASE, LEADER, OPERATOR, SENDER, World

UNIT = "so_tu_phap"
ALONE = "so_noi_vu"
CONDUCT = {"kind": "report", "about": "conduct"}
NOWHERE = "ho-so@tra-loi.tongdai.example"


@dataclass
class Life:
    """What is there to be looked at; `names` are what routes ask for, by the name in their path."""

    world: World
    enemy: Enemy
    letters: dict[str, list[Letter]] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)  # code, id
    names: dict[str, list[str]] = field(default_factory=dict)
    rooms: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # names of their own, by how paths begin
    session: str = ""  # of a sender who has given a code
    told: list[Any] = field(default_factory=list)  # an agency's software

    def found(self, path: str, name: str) -> list[str]:
        """Return what fills a place of a path: the room's own things, or what is so called everywhere else."""
        room = next((names for start, names in self.rooms.items() if path.startswith(start)), {})
        return room.get(name) or self.names[name]


def live(world: World, patch: pytest.MonkeyPatch) -> Life:
    """Live it."""
    life = Life(world, Enemy())
    _turn(life, patch)
    hostile_rooms.begun(life)
    for unit in (UNIT, HEALTH):
        _call(life, "PUT", f"/v1/desk/units/{unit}", _unit(world, unit), ADMIN)
    codes = lives.everything(world)
    codes += [_published(life), _handed_over(life)]
    _administered(life)
    _catalogued(life)
    _mailed(life, codes[-1])
    _late_and_moved(life)
    codes.append(_by_link(life))
    world.drain()
    send(open_page("/ho-so-cua-toi"), "ma", contact=SENDER["email"])
    world.drain()
    life.told += world.agency_inbox(UNIT)
    _died(life)
    hostile_rooms.lived(life)
    life.names |= {"unit": [UNIT, HEALTH], "file": [file for _, file in life.files]}
    life.names |= {"code": codes, "name": ["answered", "assigned"], "number": ["1"], "nonce": ["0" * 32]}
    return life


def _turn(life: Life, patch: pytest.MonkeyPatch) -> None:
    """Put hostile words into whatever goes out of the tests, and keep the letters that are written."""
    world, enemy = life.world, life.enemy
    call, reply, render, declare = world.call, world.reply, world.deps.letters.render, uploads.declared

    def rendered(letter: str, context: Any) -> Letter:
        life.letters.setdefault(letter, []).append(made := render(letter, context))
        return made

    def hostile_file(content: bytes, name: str = "", media_type: str = "application/pdf") -> dict[str, Any]:
        return declare(content, enemy.words(name, 255).replace("/", "|"), media_type)

    patch.setattr(
        world, "call", lambda how, path, body=None, **more: call(how, path, enemy.body(how, path, body), **more)
    )
    patch.setattr(world, "reply", lambda body: reply(enemy.message(body)))
    patch.setattr(world.deps.letters, "render", rendered)
    patch.setattr(uploads, "declared", hostile_file)


def _call(life: Life, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Any:
    status, made = life.world.call(method, path, body, token=token, **headers)
    assert status < 300, (path, status, made)
    return made


def _unit(world: World, unit: str) -> dict[str, str]:
    found = next(one for one in world.deps.directory.units() if one.id == unit)
    return {"name": found.name, "kind": "department", "mail": found.mail, "exchange": found.exchange}


def _by_link(life: Life) -> str:
    """At an agency without software, which asks the sender, who answers with a file."""
    world = life.world
    code = world.at_agency(HEALTH)
    life.names["token"] = [link_in(world, "Chuyển xử lý").rpartition("/")[2]]
    world.act(code, "request-details", f"agency:{HEALTH}:cq01", {"question": "Có ảnh không?"})
    file = _sent_by_pin(world, code)
    details = {"content": "Có.", "attachments": [file]}
    _call(life, "POST", f"/v1/cases/{code}/details", details, X_Case_Pin=world.deps.keys.pin(code))
    life.files.append((code, file))
    return code


def _sent_by_pin(world: World, code: str) -> str:
    status, slip = ask_by_pin(world, code, **uploads.declared(files.PDF))
    assert status == 201, slip
    assert put(slip, files.PDF) == 200
    return str(slip["id"])


def _published(life: Life) -> str:
    """Taken down by an operator, completed by telephone, answered with a file and published."""
    world = life.world
    given = CASE | {"sender": {"phone": SENDER["phone"]}}
    code: str = _call(life, "POST", "/v1/desk/cases", given, OPERATOR, Idempotency_Key="taken-down")["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Nhà ở đâu?"})
    world.act(code, "details", OPERATOR, {"content": "Nhà ở tổ 5."})
    file = uploads.uploaded(world, code, token=OPERATOR)
    world.act(code, "answer", OPERATOR, ANSWER | {"attachments": [file]})
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.drain()
    life.files.append((code, file))
    life.names["posting"] = [one["id"] for one in _call(life, "GET", "/v1/board")["postings"]]
    return code


def _handed_over(life: Life) -> str:
    """A conduct report at an agency at its desk: another time, a duty done, a file, a result."""
    world = life.world
    code = world.at_agency(UNIT, **CONDUCT)
    world.drain()
    world.act(code, "reappointment", AGENCY, {"new_due": "2026-12-30T09:00:00+07:00", "reason": "Chờ."})
    world.act(code, "actions/notice/close", AGENCY, {"outcome": "Xong."})
    file = uploads.uploaded(world, code)
    world.act(code, "result", AGENCY, {"result": "Đã kiểm tra.", **lives.PEOPLE} | {"attachments": [file]})
    life.files.append((code, file))
    other = world.at_agency()
    lives.reply(world, other, "h1", type="details_wanted", question="Số giấy hẹn?")
    world.act(other, "details", OPERATOR, {"content": "Số 15."})
    lives.reply(world, other, "h2", type="not_ours", reason="Thuộc Sở Y tế.")
    return code


def _administered(life: Life) -> None:
    """Accounts and keys through all that can become of them."""
    _call(life, "POST", ACCOUNTS, NEW, ADMIN)
    for deed, more in (("manager", {"manager": True}), ("reset-password", {}), ("close", {}), ("reopen", {})):
        _call(life, "POST", f"{ACCOUNTS}/mc02/{deed}", WHY | more, ADMIN)
    life.names |= {"username": ["mc02"], "kid": [register(life.world)["kid"]]}
    revoke(life.world)


def _catalogued(life: Life) -> None:
    """A catalogue of procedures whose every text means harm, changed once, and a question to it."""
    world, said = life.world, uploads.declared(b"{}", "danh-muc.jsonl", "application/x-ndjson")
    _call(life, "POST", "/v1/desk/catalogue/uploads", said, ADMIN)
    texts = ("name", "decision", "field", "competent_agency", "steps", "how", "dossier", "conditions", "legal_basis")
    for turn in ("khai sinh", "khai sinh và nhận con"):
        row = {name: life.enemy.words(turn, 1000).replace("\0", "") for name in texts}
        row |= {"code": "9.000001", "levels": [row["field"][:40]], "applicants": [row["field"]]}
        about = {"note": "Quyết định 1", "effective": "2026-07-01", "procedures": [row, {"code": row["name"]}]}
        draft = _call(life, "POST", "/v1/desk/catalogue/imports", about, ADMIN)["id"]
        _call(life, "POST", f"/v1/desk/catalogue/imports/{draft}/accept", token=ADMIN)
    world.clock.forward(minutes=2)
    _call(life, "POST", "/v1/ask", {"question": "Khai sinh cho con cần gì?"})
    life.names |= {"procedure": ["9.000001"], "draft": [draft]}


def _mailed(life: Life, code: str) -> None:
    """Mails that nobody's case is found for: beside the one that waits: one put into a case, one dismissed."""
    world, post = life.world, Post(life.world)
    for _ in range(2):
        letter = written(NOWHERE, life.enemy.words("Xin chào.").replace("\0", ""))
        letter.replace_header("Subject", f'{MARK} "><zxq onzxq=7> =1+1')
        world.post("mails", post.put(letter, NOWHERE)["Body"])
    world.drain()
    assert world.work() == 0
    first, second, third = (mail.id for mail in world.deps.unassigned_mails.all() if mail.state == "open")
    _call(life, "POST", f"/v1/desk/mails/{first}/attach", {"code": code, "content": ""}, OPERATOR)
    _call(life, "POST", f"/v1/desk/mails/{second}/dismiss", {"note": "Quảng cáo"}, OPERATOR)
    life.names["mail"] = [third]


def _late_and_moved(life: Life) -> None:
    """Late on a day that is declared off afterwards, put right; a calendar that changes its mind."""
    world = life.world
    code = world.at_officer()
    other = world.at_agency(HEALTH, **CONDUCT)
    _late(world, world.at_agency(ALONE))
    world.clock.set(local("2026-12-08 10:00"))
    world.sweep()
    world.drain()
    world.announce("day_off", "2026-12-04", "2026-12-07", "2026-12-08", document="Công điện 15")
    world.withdraw(world.announce("day_off", "2026-12-10")["number"])
    for _ in range(4):
        world.retime()
        world.clock.forward(minutes=1)
    world.act(code, "correct-late", LEADER, {"reason": "Ngày nghỉ", "leader": "Lê Thị Minh"})
    world.act(other, "decline", f"agency:{HEALTH}:cq01", {"reason": "Không thuộc ngành."})
    world.drain()
    world.clock.set(local("2026-12-14 08:00"))
    send_week(world.deps)


def _late(world: World, code: str) -> None:
    """Let a case be late by a minute, and its holder be told of it alone."""
    stage = world.case(code).stage
    assert stage is not None
    world.clock.set(stage.due_at + timedelta(minutes=1))
    world.sweep()
    world.drain()
    world.collected()


def _died(life: Life) -> None:
    """Messages that nobody could handle: one was closed with a note, one stands."""
    world = life.world
    for _ in range(2):
        code, whole = spoiled(world)
        world.spoil(code, "HEAD", body=whole)
        life.names["letter"] = [of_notices(world)["id"]]
        if not _:
            assert close(world, of_notices(world)["id"])[0] == 200
