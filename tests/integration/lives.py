"""Whole lives of cases, every free text and every detail of the sender marked, so that a leak can be found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chalicelib.domain.events import EVENT_TYPES
from chalicelib.usecases.reach_sender import reply_address
from examples.put_mail import PREFIX, notification
from tests.builders import local
from tests.files import PDF
from tests.integration.deliveries import invoke
from tests.integration.uploads import uploaded_signed
from tests.integration.world import AGENCY, LEADER, OFFICER, OPERATOR, World

MARK, DIGITS = "Zxqv", "987650123"
MARKED = {
    "name": f"Bùi Thị {MARK}",
    "phone": f"0{DIGITS}",
    "email": f"{MARK.lower()}@example.com",
    "address": f"Tổ 5, phường {MARK}, thành phố Hòa Bình",
}
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
REASON = {"reason": f"Vì lý do {MARK}."}


def leaks(text: str) -> list[str]:
    """Return what of the marked words stands in a text, in any spelling."""
    bare = text.casefold().replace(" ", "")
    return [mark for mark in (MARK.casefold(), DIGITS, MARK.encode("utf-16-le").hex()) if mark in bare]


def conduct_report(world: World) -> str:
    """Three tiers with questions, a new appointment, lateness, publication and withdrawal, to the end."""
    made = send(world, kind="report", about="conduct")
    code = made["code"]
    world.act(code, "classify", OPERATOR, {"kind": "report", "about": "conduct", "field": "cong_chuc"})
    world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap", "note": f"Xem giúp {MARK}."})
    world.act(code, "request-details", OFFICER, {"question": f"Cán bộ nào, {MARK}?"})
    details = {"content": f"Ông ở quầy số ba {MARK}.", "sender": {"email": f"moi.{MARK.lower()}@example.com"}}
    world.call("POST", f"/v1/cases/{code}/details", details, X_Case_Pin=made["pin"])
    world.act(code, "appointment", OFFICER, {"at": "2026-11-26T09:00:00+07:00"})
    world.act(code, "forward-to-agency", OFFICER, {"note": f"Xác minh {MARK}."})
    world.drain()
    reply(world, code, "m1", type="accepted")
    reply(world, code, "m2", type="reappointed", new_due="2026-11-26T10:00:00+07:00", **REASON)
    reply(world, code, "m3", type="action_done", action="notice", outcome=f"Đã nhắc nhở {MARK}.")
    world.clock.set(local("2026-11-26 11:00"))
    world.sweep()
    world.drain()
    world.collected()
    told = uploaded_signed(world, code, PDF + MARK.encode(), name=f"Lời kể của {MARK}.pdf")
    reply(world, code, "m4", type="result", result=f"Đã kiểm tra {MARK}.", attachments=[told], **PEOPLE)
    world.act(code, "answer", OFFICER, {"answer": f"Kết quả {MARK}.", "attachments": [told], **PEOPLE})
    world.call("GET", f"/v1/cases/{code}/attachments/{told}", X_Case_Pin=made["pin"])
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.act(code, "publication/withdraw", LEADER, REASON)
    world.clock.set(local("2026-12-04 09:00"))
    world.sweep()
    return code


def detours(world: World) -> list[str]:
    """Refused, returned, taken back, declined, referred, sent to the Post: what the conduct report does not meet."""
    refused, sent_on = send(world)["code"], send(world)["code"]
    world.act(refused, "refuse", OPERATOR, REASON | {"guidance": f"Liên hệ nơi {MARK}."})
    asks_others(world, sent_on)
    world.act(sent_on, "forward", OPERATOR, {"unit": "so_y_te"})
    world.act(sent_on, "take-back", OPERATOR, REASON)
    world.act(sent_on, "forward", OPERATOR, {"unit": "so_tu_phap"})
    world.act(sent_on, "forward-to-agency", OFFICER)
    world.act(sent_on, "decline", AGENCY, REASON | {"suggested": "so_y_te"})
    world.act(sent_on, "return", OFFICER, REASON)
    world.act(sent_on, "refer", OPERATOR, REASON)
    world.act(sent_on, "opinion", LEADER, {"opinion": f"Hướng dẫn sang {MARK}.", "leader": "Lê Thị Minh"})
    world.act(sent_on, "answer", OPERATOR, {"answer": f"Mời sang {MARK}.", **PEOPLE})
    asks_again(world, sent_on)
    served = send(world, kind="service", field="buu_chinh")["code"]
    return [refused, sent_on, served]


def asks_others(world: World, code: str) -> None:
    """Let the operator ask three units for input, of which one has some, one has none and one is asked no more."""
    world.act(code, "inputs", OPERATOR, {"units": ["so_y_te", "so_noi_vu", "so_xay_dung"], "question": f"Sang {MARK}?"})
    path = f"/v1/desk/cases/{code}/inputs"
    world.call("POST", f"{path}/1/give", {"opinion": f"Được, {MARK}."}, token="agency:so_y_te:cq07")
    world.call("POST", f"{path}/2/decline", REASON, token="officer:so_noi_vu:mc03")
    world.act(code, "inputs/3/withdraw", OPERATOR, REASON)


def asks_again(world: World, code: str) -> None:
    """Let the sender rate the answer, have the case opened again and get another one."""
    pin = world.deps.keys.pin(code)
    for what, said in (("rating", {"rating": "not_satisfied", "comment": f"Chưa rõ {MARK}."}), ("reopening", REASON)):
        status, made = world.call("POST", f"/v1/cases/{code}/{what}", said, X_Case_Pin=pin)
        assert status == 200, made
    world.act(code, "answer", OPERATOR, {"answer": f"Lần này là {MARK}.", **PEOPLE})


KEEPING = {
    "HeldBack",
    "HoldLifted",
    "Anonymised",
    "SenderCorrected",
    "Restricted",
}  # in test_retention and test_rights
CALENDAR = {"DeadlineMoved", "LateCorrected"}  # their lives are told where the calendar changes
MERITS = {"Judged", "LedToChange", "RewardProposed", "RewardDecided"}  # in test_merits
SUPERVISION = {"Urged"}  # in test_supervision: this centre has nobody who supervises single cases


def everything(world: World) -> list[str]:
    """Live both lives, deliver everything, run every timer; returns the codes."""
    codes = [*detours(world), conduct_report(world)]
    world.drain()
    comes_back(world, codes[0])
    writes(world, codes[1])
    world.recover()
    world.digest()
    world.collected()
    assert world.work() == 0
    seen = {type(r.event).__name__ for code in codes for r in world.deps.cases.dossier(code).history}
    missing = set(EVENT_TYPES) - seen - CALENDAR - KEEPING - SUPERVISION - MERITS
    assert not missing, f"no case here has {missing}"
    return codes


def comes_back(world: World, code: str) -> None:
    """Let a mail to the sender of a case come back, as SES recorded it, and the sender be telephoned."""
    recorded = json.loads((Path(__file__).parents[1] / "events" / "ses_bounce.json").read_text("utf-8"))
    recorded["mail"]["tags"]["case"] = [code]
    recorded["bounce"]["bouncedRecipients"][0]["emailAddress"] = MARKED["email"]
    assert invoke("bounces", [{"MessageId": "b1", "Body": json.dumps(recorded)}]) == set()
    world.act(code, "phoned", OPERATOR, {"reached": True, "number": f"0{DIGITS}", "note": f"Gặp chị của {MARK}."})
    world.drain()


def writes(world: World, code: str) -> None:
    """Let the sender of a case answer a letter by mail, and write once more to where no case is."""
    for number, to in enumerate((reply_address(code, world.deps), "ho-so@tra-loi.tongdai.example")):
        name = f"mail{number}"
        raw = f"From: {MARKED['email']}\nTo: {to}\nSubject: {MARK}\n\nViệc của {MARK} vẫn chưa xong."
        world.cloud("s3").put_object(Bucket=world.deps.settings.mails_bucket, Key=PREFIX + name, Body=raw.encode())
        world.post("mails", notification(name, world.clock.now(), MARKED["email"], [to]))
    world.work()
    [waits] = world.deps.unassigned_mails.all()
    status, _ = world.call("GET", f"/v1/desk/mails/{waits.id}", token=OPERATOR)
    assert status == 200
    world.drain()


def send(world: World, **changes: Any) -> dict[str, Any]:
    """Send a marked matter."""
    words = {"title": f"Việc của {MARK}", "content": f"Tôi là {MARK}, xin hỏi về thủ tục hành chính ở quầy số ba."}
    return world.send(**words, sender=MARKED, **changes)


def reply(world: World, code: str, message_id: str, **body: Any) -> None:
    """Let the agency's software reply, and hear it."""
    world.reply({"version": "1", "unit": "so_tu_phap", "case": code, "message_id": message_id, **body})
    assert world.work() == 0
