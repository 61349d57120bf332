"""What happens to cases: answered, published, refused, sent through the tiers and back."""

from __future__ import annotations

from tests.integration.desk import OWN, at_desk
from tests.integration.test_inputs import HEALTH as ASKED
from tests.integration.test_inputs import LIST as INPUTS
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import PEOPLE, REASON, UNIT, hear, send, upload, write_down


def published(centre: Centre) -> None:
    """Asked back, completed, answered at the desk, published, withdrawn, published again."""
    made = send(centre, 1)
    code, pin = made["code"], made["pin"]
    centre.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    centre.settle()
    centre.at("2026-11-23 09:30")
    centre.ask("POST", f"/v1/cases/{code}/details", {"content": "Số 123."}, X_Case_Pin=pin)
    centre.settle()
    centre.at("2026-11-23 10:00")
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.act(code, "publication", OPERATOR)
    centre.act(code, "publication/approve", LEADER)
    centre.settle()
    centre.at("2026-11-23 10:30")
    centre.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
    centre.settle()
    centre.at("2026-11-23 11:00")
    centre.act(code, "publication", OPERATOR, {"question": "Thủ tục khai sinh?"})
    centre.act(code, "publication/approve", LEADER)
    centre.settle()


def three_tiers(centre: Centre) -> None:
    """A conduct report through officer and agency with software: messages out, replies in, one of them refused."""
    code = send(centre, 2, kind="report", about="conduct")["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.settle()
    centre.at("2026-11-23 09:30")
    centre.act(code, "forward-to-agency", OFFICER)
    centre.settle()
    files = [upload(centre, code)]
    result = {"type": "result", "result": "Đã kiểm tra.", "attachments": files, **PEOPLE}
    hear(centre, code, "10:00", "m1", type="accepted")
    hear(centre, code, "10:05", "m2", type="accepted", priority=1)  # no such field
    hear(centre, code, "10:10", "m3", type="action_done", action="notice", outcome="Đã nhắc nhở.")
    hear(centre, code, "10:15", "m4", **result)
    hear(centre, code, "10:20", "m5", **result)  # too late
    centre.settle()
    centre.at("2026-11-23 10:30")
    centre.act(code, "answer", OFFICER, ANSWER | {"attachments": files})
    centre.act(code, "verdict", LEADER, REASON | {"verdict": "unfounded", "leader": "Lê Thị Minh"})
    centre.settle()


def rewarded(centre: Centre) -> None:
    """A suggestion that led to a change: its sender's reward is proposed, declined, proposed again and granted."""
    code = send(centre, 17, kind="suggestion")["code"]
    centre.act(code, "answer", OPERATOR, ANSWER)
    change = {"document": "12/2026/QĐ-UBND", "dated": "2026-11-20", "change": "Bỏ bản sao hộ khẩu."}
    centre.act(code, "change", OPERATOR, change)
    for granted, document in ((False, ""), (True, "15/QĐ-UBND")):
        centre.act(code, "reward", LEADER, {"reward": "Giấy khen", "leader": "Lê Thị Minh"})
        decided = {"granted": granted, "document": document, "leader": "Lê Thị Minh"}
        centre.act(code, "reward/decision", LEADER, decided)
    centre.ask("GET", "/v1/desk/rewards?year=2026", token=LEADER)
    centre.browse("/ban-lam-viec/khen-thuong", cookie=at_desk(centre.world, LEADER).cookie)
    centre.settle()


def detours(centre: Centre) -> None:
    """Refused, sorted anew, declined, returned, referred, sent to the Post."""
    refused, sent_on = send(centre, 10)["code"], send(centre, 11)["code"]
    centre.act(refused, "refuse", OPERATOR, REASON | {"guidance": "Liên hệ Tòa án nhân dân tỉnh."})
    centre.act(sent_on, "classify", OPERATOR, {"kind": "question", "field": "dat_dai"})
    centre.act(sent_on, "forward", OPERATOR, {"unit": UNIT})
    centre.act(sent_on, "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("09:30")
    centre.act(sent_on, "decline", AGENCY, REASON | {"suggested": "so_y_te"})
    centre.act(sent_on, "return", OFFICER, REASON)
    centre.act(sent_on, "refer", OPERATOR, REASON)
    centre.settle()
    centre.at("10:00")
    centre.act(sent_on, "opinion", LEADER, {"opinion": "Hướng dẫn sang Bưu điện.", "leader": "Lê Thị Minh"})
    centre.act(sent_on, "answer", OPERATOR, ANSWER)
    served = send(centre, 12, kind="service", field="buu_chinh")["code"]
    centre.act(served, "decline", "agency:buu_dien_tinh:bd01", REASON)
    centre.act(served, "send-to-post", OPERATOR)
    centre.settle()


def asked_for_input(centre: Centre) -> None:
    """Two units are asked inside a case: one gives its input late, one is asked no more, the answer ends the third."""
    code = send(centre, 16)["code"]
    ask = {"units": ["so_y_te", "so_tu_phap", "buu_dien_tinh"], "question": "Có vướng mắc gì không?"}
    centre.act(code, "inputs", OPERATOR, ask)
    centre.settle()
    centre.ask("GET", "/v1/desk/inputs", None, ASKED)
    centre.ask("GET", f"/v1/desk/cases/{code}/inputs/1", None, ASKED)
    cookie = at_desk(centre.world, ASKED).cookie
    centre.browse(INPUTS, cookie=cookie, site=OWN)
    page = centre.browse(f"{INPUTS}/{code}/1", cookie=cookie, site=OWN)
    centre.sweep("16:00")
    centre.settle()
    centre.at("16:30")
    centre.browse(page, "cho-y-kien", cookie=cookie, site=OWN, opinion="Không vướng mắc.")
    centre.act(code, "inputs/2/withdraw", OPERATOR, REASON)
    centre.settle()
    centre.at("16:50")
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()


def asked_elsewhere(centre: Centre) -> None:
    """Four units are asked: one gives and one declines by programs, the others by the links in their mails."""
    code = send(centre, 17)["code"]
    units = ["so_y_te", "so_noi_vu", "so_xay_dung", "so_tu_phap"]
    centre.act(code, "inputs", OPERATOR, {"units": units, "question": "Có vướng mắc gì không?"})
    centre.settle()
    centre.at("10:00")
    path = f"/v1/desk/cases/{code}/inputs"
    centre.ask("POST", f"{path}/1/give", {"opinion": "Không vướng mắc."}, ASKED, may_say=409)
    centre.ask("POST", f"{path}/2/decline", REASON, "officer:so_noi_vu:mc03", may_say=409)
    last = centre.world.case(code).version - 2  # of the four events that asked, the last: two have answered since
    for seq, form, said in ((last - 1, "y-kien", "opinion"), (last, "khong-co-y-kien", "reason")):
        page = centre.browse(f"/tra-loi/{centre.world.deps.keys.link('reply', code, seq)}")
        centre.browse(page, form, **{said: "Không vướng mắc."})
    centre.settle()
    centre.at("10:20")
    centre.act(code, "answer", OPERATOR, ANSWER)
    centre.settle()


def by_hand(centre: Centre) -> None:
    """A telephone call about conduct, written down; the agency has no software and does all at the desk."""
    code = write_down(centre, 13, kind="report", about="conduct")["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.act(code, "request-details", OFFICER, {"question": "Ở quầy nào?"})
    centre.act(code, "details", OPERATOR, {"content": "Quầy số ba.", "sender": {"email": "moi@example.com"}})
    centre.act(code, "appointment", OFFICER, {"at": "2026-11-26T09:00:00+07:00"})
    centre.act(code, "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("10:00")
    centre.act(code, "accept", AGENCY)
    centre.act(code, "reappointment", AGENCY, REASON | {"new_due": "2026-11-26T10:00:00+07:00"})
    centre.act(code, "actions/notice/close", AGENCY, {"outcome": "Đã nhắc nhở."})
    centre.act(code, "result", AGENCY, {"result": "Đã kiểm tra.", **PEOPLE})
    centre.settle()


def lost_and_doubled(centre: Centre) -> None:
    """What the stream loses is found again; what it brings twice is done once."""
    code = send(centre, 14)["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.act(code, "forward-to-agency", OFFICER)
    records = centre.world.stream()
    centre.settle()
    centre.relay(records)
    centre.settle()
    centre.at("10:00")
    published = send(centre, 15)["code"]
    centre.act(published, "answer", OPERATOR, ANSWER)
    centre.act(published, "publication", OPERATOR)
    centre.act(published, "publication/approve", LEADER)
    centre.world.stream()
    centre.settle()
