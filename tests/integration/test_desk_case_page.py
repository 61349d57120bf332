"""The page of a case at the desk: everything on it, only what is allowed now, each form once, nothing typed lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.events import EVENT_TYPES, private_fields
from chalicelib.domain.redaction_rules import MARKS
from chalicelib.entrypoints.case_forms import WAYS
from chalicelib.entrypoints.desk_case_sheet import FIELD_NAMES
from chalicelib.web import labels
from tests.builders import local
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_bounces import come_back, report
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.test_supervision import OVER_THE_APP, WATCHER, supervise
from tests.integration.test_supervision import at_officer as at_officer_by_app
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World

CASE = "/ban-lam-viec/ho-so/"
PATHS = {way.action: way.path for way in WAYS}
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
REASON = {"reason": "Nội dung thuộc cơ quan khác."}
CHANGE = {"document": "12/2026/QĐ-UBND", "dated": "2026-11-20", "change": "Bỏ bản sao hộ khẩu."}
REWARD = {"reward": "Giấy khen của Chủ tịch", "leader": "Trần Văn Bình"}
DECIDED = {"document": "15/QĐ-UBND"}
CONDUCT = {"kind": "report", "about": "conduct", "field": "cong_chuc"}
POST = "agency:buu_dien_tinh:bd01"
OTHERS = "officer:so_y_te:mc07"


def shown(world: World, code: str, token: str = OPERATOR) -> Page:
    page = at_desk(world, token).open(CASE + code)
    assert page.status == 200
    return page


def ways(page: Page) -> set[str]:
    return {path for path in page.forms if path in PATHS.values()}


def struck(page: Page) -> list[str]:
    """Return what was taken out and still can be read in its place."""
    return re.findall(r"<del>(.*?)</del>", page.html)


def do(world: World, code: str, action: str, token: str, **typed: Any) -> Page:
    browser = at_desk(world, token)
    return browser.send(browser.open(CASE + code), PATHS[action], typed)


def referred(world: World) -> str:
    code: str = world.send()["code"]
    world.act(code, "refer", OPERATOR, REASON)
    return code


def unreached(world: World) -> str:
    code: str = world.send()["code"]
    world.drain()
    come_back(world, report("ses_bounce", code))
    return code


def waiting(world: World) -> str:
    code: str = world.send()["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Ở phường nào?"})
    return code


def proposed(world: World) -> str:
    code = world.answered()
    world.act(code, "publication", OPERATOR)
    return code


def late(world: World) -> str:
    code = world.at_agency()
    world.clock.forward(days=3)
    world.sweep()
    return code


def late_for_a_day_off(world: World) -> str:
    code = world.at_officer()
    world.clock.set(local("2026-11-23 16:01"))
    world.sweep()
    world.clock.set(local("2026-11-25 08:00"))
    world.announce("day_off", "2026-11-23", reason="Nghỉ bù, thông báo muộn")
    return code


def asked(world: World) -> str:
    code = world.at_officer()
    world.act(code, "inputs", OFFICER, {"units": ["so_y_te"], "question": "Có cần giấy khám không?"})
    return code


def received(world: World) -> str:
    return str(world.send()["code"])


def service_back(world: World) -> str:
    """Return a request for a service that the Post has given back."""
    code = str(world.send(kind="service", field="buu_chinh")["code"])
    world.act(code, "decline", POST, REASON)
    return code


def held(world: World) -> str:
    code = world.answered()
    world.act(code, "hold", LEADER, REASON)
    return code


def answered_conduct(world: World) -> str:
    code = world.at_officer(**CONDUCT)
    world.act(code, "answer", OFFICER, ANSWER)
    return code


def changed(world: World) -> str:
    code = world.at_officer(kind="suggestion")
    world.act(code, "answer", OFFICER, ANSWER)
    world.act(code, "change", OFFICER, CHANGE)
    return code


def rewarding(world: World) -> str:
    code = changed(world)
    world.act(code, "reward", OFFICER, REWARD)
    return code


def overseen(world: World) -> str:
    supervise(world, OVER_THE_APP)
    return at_officer_by_app(world)


# Every action there is: where it is possible, for whom, what is typed, and the state it leads to.
DEEDS: list[tuple[str, Any, str, dict[str, Any], str]] = [
    ("classify", received, OPERATOR, {"kind": "suggestion", "field": "dat_dai", "priority": "urgent"}, "received"),
    ("forward_to_officer", received, OPERATOR, {"unit": "so_tu_phap", "note": "Xin xử lý."}, "with_officer"),
    ("send_to_post", service_back, OPERATOR, {}, "with_post"),
    ("answer", received, OPERATOR, {"answer": "Nộp tại bộ phận một cửa."} | PEOPLE, "answered"),
    ("request_details", received, OPERATOR, {"question": "Ở phường nào?"}, "awaiting_details"),
    ("refuse", received, OPERATOR, REASON | {"guidance": "Xin liên hệ Thanh tra tỉnh."}, "refused"),
    ("refer", received, OPERATOR, REASON, "with_leadership"),
    ("supply_details", waiting, OPERATOR, {"content": "Ở phường Phương Lâm.", "phone": "0912345679"}, "received"),
    ("note_phoned", unreached, OPERATOR, {"reached": "true", "number": "0912345679", "note": "Đã báo."}, "received"),
    ("forward_to_agency", World.at_officer, OFFICER, {"note": "Đồng chí phụ trách hộ tịch."}, "with_agency"),
    ("take_back", World.at_officer, OPERATOR, {"reason": "Chuyển nhầm."}, "received"),
    ("take_back", World.at_agency, OFFICER, {}, "with_officer"),
    ("urge", overseen, WATCHER, {"note": "Người gửi đã gọi lại."}, "with_officer"),
    ("return_to_operator", World.at_officer, OFFICER, REASON, "received"),
    ("appoint", World.at_officer, OFFICER, {"day": "2026-11-25", "hour": "09:00"}, "with_officer"),
    ("answer", World.at_officer, OFFICER, {"answer": "Nộp tại bộ phận một cửa."} | PEOPLE, "answered"),
    ("accept", World.at_agency, AGENCY, {}, "with_agency"),
    ("submit_result", World.at_agency, AGENCY, {"result": "Đã giải quyết."} | PEOPLE, "with_officer"),
    ("request_details", World.at_agency, AGENCY, {"question": "Ở phường nào?"}, "awaiting_details"),
    ("reappoint", World.at_agency, AGENCY, {"day": "2026-11-26", "hour": "16:00"} | REASON, "with_agency"),
    ("decline", World.at_agency, AGENCY, REASON | {"suggested": "so_y_te"}, "with_officer"),
    ("give_opinion", referred, LEADER, {"opinion": "Hướng dẫn gửi Bộ Tư pháp.", "leader": "Lê Thị Minh"}, "received"),
    ("correct_late", late_for_a_day_off, LEADER, REASON | {"leader": "Lê Thị Minh"}, "with_officer"),
    (
        "ask_input",
        World.at_officer,
        OFFICER,
        {"units": "so_y_te", "question": "Có cần giấy khám không?"},
        "with_officer",
    ),
    ("withdraw_input", asked, OFFICER, {"id": "1", "reason": "Đã rõ."}, "with_officer"),
    ("propose_publication", World.answered, OPERATOR, {}, "answered"),
    ("approve_publication", proposed, LEADER, {}, "answered"),
    ("withdraw_publication", proposed, LEADER, REASON, "answered"),
    ("hold_back", World.answered, LEADER, REASON, "answered"),
    ("judge", answered_conduct, LEADER, REASON | {"verdict": "unfounded", "leader": "Lê Thị Minh"}, "answered"),
    ("note_change", answered_conduct, OFFICER, CHANGE, "answered"),
    ("propose_reward", changed, OFFICER, REWARD, "answered"),
    ("decide_reward", rewarding, LEADER, {"granted": "true", "leader": "Lê Thị Minh"} | DECIDED, "answered"),
    ("lift_hold", held, LEADER, REASON, "answered"),
    (
        "close_action",
        lambda world: world.at_agency(**CONDUCT),
        AGENCY,
        {"name": "notice", "outcome": "Đã nhắc nhở."},
        "with_agency",
    ),
]


@pytest.mark.parametrize(("action", "make", "token", "typed", "state"), DEEDS, ids=[f"{d[0]} by {d[2]}" for d in DEEDS])
def test_an_action_is_done_by_its_form_once(
    world: World, action: str, make: Any, token: str, typed: dict[str, Any], state: str
) -> None:
    """Given a case, when its form is sent twice, then it is done once, and the page says so."""
    code, browser = make(world), at_desk(world, token)
    page = browser.open(CASE + code)
    done = browser.send(page, PATHS[action], typed)
    assert done.status == 200, done.words
    assert "✓ Đã" in done.words
    version = world.case(code).version
    assert (world.case(code).state, version > 0) == (state, True)
    assert browser.send(page, PATHS[action], typed).status == 200
    assert world.case(code).version == version
    assert world.open(code, LEADER)["timeline"][-1]["actor_name"] == token.rpartition(":")[2]


def test_every_action_of_a_person_has_its_form_and_its_test() -> None:
    assert {deed[0] for deed in DEEDS} == set(PATHS)


@pytest.mark.parametrize(("make", "token"), [(received, OPERATOR), (World.at_officer, OFFICER), (late, AGENCY)])
def test_only_what_the_rules_allow_now_is_offered(world: World, make: Any, token: str) -> None:
    code = make(world)
    allowed = world.open(code, token)["case"]["allowed"]
    vain = {"write"} | ({"reappoint"} if make is late else set())  # its time is over: the case would refuse
    assert ways(shown(world, code, token)) == {PATHS[name] for name in allowed if name not in vain}


def test_the_officer_finds_the_agencys_result_in_the_answer(world: World) -> None:
    code = world.at_agency()
    assert shown(world, code, AGENCY).forms["ket-qua"]["result"] == ""
    world.act(code, "result", AGENCY, {"result": "Đã giải quyết."} | PEOPLE)
    form = shown(world, code, OFFICER).forms["tra-loi"]
    assert {name: form[name] for name in ("answer", *PEOPLE)} == {"answer": "Đã giải quyết."} | PEOPLE


def test_who_has_nothing_to_do_is_told(world: World) -> None:
    page = shown(world, received(world), LEADER)
    assert (ways(page), "không chờ anh/chị làm gì" in page.words) == (set(), True)


class TestFaults:
    @pytest.mark.parametrize(
        ("action", "make", "token", "typed", "field"),
        [
            (
                "answer",
                received,
                OPERATOR,
                {"answer": "Nộp tại một cửa."} | PEOPLE | {"approving_leader": " "},
                "approving_leader",
            ),
            ("forward_to_officer", received, OPERATOR, {"unit": "", "note": "Xin xử lý."}, "unit"),
            ("forward_to_officer", received, OPERATOR, {"unit": "khong_co", "note": "Xin xử lý."}, "unit"),
            ("note_phoned", unreached, OPERATOR, {"reached": "true", "number": "12", "note": "Đã báo."}, "number"),
            ("reappoint", World.at_agency, AGENCY, {"day": "31/12", "hour": "9h"} | REASON, "day"),
        ],
    )
    def test_stands_at_its_field_and_nothing_is_lost(
        self, world: World, action: str, make: Any, token: str, typed: dict[str, Any], field: str
    ) -> None:
        code = make(world)
        version = world.case(code).version
        page = do(world, code, action, token, **typed)
        assert page.status == 422
        wrong = {given["href"] for tag, given in page.tags if tag == "a" and str(given.get("href")).startswith("#")}
        assert f"#{PATHS[action]}-{field}" in wrong
        kept = page.forms[PATHS[action]]
        written = {name: value for name, value in typed.items() if name not in ("unit", "reached", field)}
        assert {name: kept[name] for name in written} == written
        assert world.case(code).version == version

    def test_of_the_rules_is_told_in_words(self, world: World) -> None:
        code = world.at_agency()
        page = do(world, code, "reappoint", AGENCY, day="2026-11-26", hour="20:00", reason="Cần xác minh thêm.")
        assert page.status == 422
        assert "Thời gian hẹn phải trong giờ hành chính" in page.words
        assert "Giờ làm việc gần nhất: 07:30 ngày 27/11/2026" in page.words
        assert page.forms["hen-lai"]["reason"] == "Cần xác minh thêm."


class TestOvertaken:
    def test_somebody_was_quicker_and_what_was_typed_stays(self, world: World) -> None:
        """Given a page that is open, when somebody else does something first, then it says so and can be sent again."""
        code, browser = received(world), at_desk(world, OPERATOR)
        page = browser.open(CASE + code)
        world.act(code, "classify", OPERATOR, {"kind": "question", "field": "dat_dai"})
        typed = {"answer": "Nộp tại bộ phận một cửa."} | PEOPLE
        over = browser.send(page, "tra-loi", typed)
        assert over.status == 409
        assert "người khác đã cập nhật hồ sơ này" in over.words
        assert {name: over.forms["tra-loi"][name] for name in typed} == typed
        assert browser.send(over, "tra-loi").status == 200
        assert world.case(code).state == "answered"

    def test_what_is_not_possible_any_more_can_be_copied(self, world: World) -> None:
        code, browser = received(world), at_desk(world, OPERATOR)
        page = browser.open(CASE + code)
        world.act(code, "answer", OPERATOR, ANSWER)
        over = browser.send(page, "tra-loi", {"answer": "Nộp tại phòng 5, tầng 2."} | PEOPLE)
        assert (over.status, "tra-loi" in over.forms) == (409, False)
        assert "Nộp tại phòng 5, tầng 2." in over.words

    def test_a_store_that_did_not_answer_is_not_a_case_that_went_on(self, world: World) -> None:
        """Given an answer that was kept though nobody heard so, when its form is sent again, then it is done once."""
        code, browser = received(world), at_desk(world, OPERATOR)
        page, commit = browser.open(CASE + code), world.deps.cases.commit

        def lost(change: Any) -> None:
            world.deps.cases.__dict__.pop("commit", None)
            commit(change)
            raise UnavailableError("store_unavailable", "Hệ thống đang bận")

        world.deps.cases.__dict__["commit"] = lost
        typed = {"answer": "Nộp tại phòng 5, tầng 2."} | PEOPLE
        assert browser.send(page, "tra-loi", typed).status == 503
        assert browser.send(page, "tra-loi", typed).status == 200
        assert [event["type"] for event in world.open(code)["timeline"]].count("Answered") == 1


class TestWhoSees:
    def test_another_unit_sees_nothing(self, world: World) -> None:
        code = world.at_officer()
        page = at_desk(world, OTHERS).open(CASE + code)
        assert (page.status, "không thuộc đơn vị" in page.words) == (403, True)
        assert SENDER["name"] not in page.words
        browser = at_desk(world, OTHERS)
        own = browser.open(CASE + world.at_officer("so_y_te"))
        own.forms["tra-lai"][""] = f"../../{CASE.strip('/')}/{code}/tra-lai"
        assert browser.send(own, "tra-lai", REASON).status == 403
        assert world.case(code).state == "with_officer"

    def test_who_reported_an_official_is_not_told_to_his_house(self, world: World) -> None:
        code = world.at_agency(**CONDUCT)
        for token in (AGENCY, OFFICER):
            page = shown(world, code, token)
            assert [one for one in (SENDER["name"], "912345678", SENDER["email"]) if one in page.words] == []
            assert "giữ kín" in page.words
        assert SENDER["name"] in shown(world, code).words

    def test_a_code_that_is_none_is_no_page(self, world: World) -> None:
        assert at_desk(world, OPERATOR).open(f"{CASE}482109375515").status == 404
        assert at_desk(world, OPERATOR).open(f"{CASE}abc").status == 404


class TestPublication:
    def test_the_draft_shows_what_was_taken_out_and_why(self, world: World) -> None:
        code = world.answered(content=f"Tôi là {SENDER['name']}, số 0912345678, muốn hỏi thủ tục khai sinh cho con.")
        page = shown(world, code)
        form = page.forms["de-nghi-cong-khai"]
        assert "[họ tên]" in form["question"]
        assert "[số điện thoại]" in form["question"]
        assert SENDER["name"] not in form["question"]
        assert re.search(r"1 họ tên : tên của người gửi\. +1 số điện thoại : có thể gọi", page.words)
        assert struck(page) == [SENDER["name"], "0912345678"]

    def test_a_changed_draft_is_shown_again_before_it_is_sent(self, world: World) -> None:
        code, browser = world.answered(), at_desk(world, OPERATOR)
        version = world.case(code).version
        page = browser.open(CASE + code)
        page.forms["de-nghi-cong-khai"][""] = f"{code}/xem-truoc"
        typed = {"question": "Hỏi về khai sinh?", "answer": f"Bà {SENDER['name']} gọi số 0987654321."}
        shown = browser.send(page, "de-nghi-cong-khai", typed)
        assert (shown.status, struck(shown)) == (200, [SENDER["name"], "0987654321"])
        assert {name: shown.forms["de-nghi-cong-khai"][name] for name in typed} == typed
        assert (world.case(code).version, world.case(code).publication) == (version, "none")

    def test_who_reported_an_official_is_not_pointed_out_to_his_house(self, world: World) -> None:
        """Given a report in which its sender is named, then a draft says that something was taken out, not what."""
        code = world.at_agency(**CONDUCT, content=f"Tôi là {SENDER['name']}, nộp hồ sơ đã quá hẹn mười ngày.")
        world.act(code, "result", AGENCY, {"result": "Đã nhắc nhở."} | PEOPLE)
        world.act(code, "answer", OFFICER, ANSWER)
        assert (struck(shown(world, code, OFFICER)), struck(shown(world, code))) == ([], [SENDER["name"]])

    def test_the_leader_reads_what_he_approves(self, world: World) -> None:
        code = world.answered()
        do(world, code, "propose_publication", OPERATOR, question="Hỏi về khai sinh?", answer="Nộp tại một cửa.")
        page = shown(world, code, LEADER)
        assert "Hỏi về khai sinh?" in page.words
        assert "Đối chiếu với bản gốc" in page.words
        assert struck(page) == []
        assert do(world, code, "approve_publication", LEADER).status == 200
        world.drain()
        assert world.case(code).publication == "published"


def test_hostile_words_are_harmless(world: World) -> None:
    who = SENDER | {"name": HOSTILE}
    code = world.at_officer(title=HOSTILE[:100], content=f"Tôi hỏi việc này. {HOSTILE}", sender=who)
    world.act(code, "forward-to-agency", OFFICER, {"note": HOSTILE})
    for token in (OPERATOR, OFFICER, AGENCY, LEADER):
        harmless(shown(world, code, token))
    typed = {"result": HOSTILE, "responsible_officer": HOSTILE[:150], "approving_leader": ""}
    hurt = do(world, code, "submit_result", AGENCY, **typed)
    assert hurt.status == 422
    harmless(hurt)
    assert hurt.forms["ket-qua"]["result"] == HOSTILE


def test_a_whole_life_is_told_in_words(world: World) -> None:
    """Given a case that went through every office, then its timeline shows each event by name, and no word of ours."""
    code = world.at_agency()
    for action, token, typed in (
        ("accept", AGENCY, {}),
        ("submit_result", AGENCY, {"result": "Đã giải quyết."} | PEOPLE),
        ("answer", OFFICER, {"answer": "Nộp tại bộ phận một cửa."} | PEOPLE),
        ("propose_publication", OPERATOR, {}),
    ):
        assert do(world, code, action, token, **typed).status == 200
    page = shown(world, code)
    types = [event["type"] for event in world.open(code)["timeline"]]
    assert all(labels.EVENTS[kind] in page.words for kind in types)
    assert "Điều 11.1.a" in page.words
    assert "Trần Văn Bình" in page.words
    assert not re.search(r"with_agency|so_tu_phap|submit_result|\bofficer\b", page.words)


def test_there_are_words_for_everything() -> None:
    assert set(EVENT_TYPES) == set(labels.EVENTS)
    assert {name for kind in EVENT_TYPES.values() for name in private_fields(kind)} - {"file_names"} == set(
        labels.TEXTS
    )
    assert set(MARKS) == set(labels.REDACTED) == set(labels.WHY_REDACTED)
    hidden = {"nonce", "version"}
    assert {name for way in WAYS for name in way.form.__struct_fields__} - hidden == set(FIELD_NAMES)


def test_the_log_in_leads_back_to_the_case(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    page = browser.open(CASE + code)
    browser.cookies.clear()
    asked = Browser().send(page, "trinh-lanh-dao", {"reason": "Ngoài thẩm quyền của các sở."})
    assert (asked.status, asked.forms["dang-nhap"]["wanted"]) == (401, f"ban-lam-viec/ho-so/{code}")
    assert "Ngoài thẩm quyền của các sở." in asked.words


def test_what_an_agency_decides_is_not_offered_to_the_operator_and_why_is_said(world: World) -> None:
    """R56, S4: không làm thay; the API says the same."""
    code = str(world.send(**CONDUCT)["code"])
    page = shown(world, code)
    assert PATHS["answer"] not in ways(page)
    assert PATHS["forward_to_officer"] in ways(page)
    assert "Trung tâm không làm thay" in page.words
    refused = world.act(code, "answer", OPERATOR, ANSWER, expect=403)
    assert (refused["code"], refused["article"]) == ("agency_decides", "Điều 8.1, 11.1.a")
    world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap"})
    assert "Trung tâm không làm thay" not in shown(world, code, OFFICER).words
