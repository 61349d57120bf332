"""Citizen reception: written down once and for good, followed up by cases, what is owed listed and told (R25, R84)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import State
from chalicelib.usecases.follow_up_matter import Sorting, follow_up_matter
from tests.builders import local
from tests.integration.desk import Browser, at_desk
from tests.integration.test_digest import digest_at
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import LEADER, OFFICER, OPERATOR, SENDER, World

ALL, PAGE = "/v1/desk/receptions", "/ban-lam-viec/tiep-dan"
SESSION = {
    "kind": "reception",
    "day": "2026-11-23",
    "place": "Trụ sở Trung tâm, phòng 101",
    "presided": "Ông Trần Văn Quang, Giám đốc",
    "proceedings": "Bà Hoa trình bày.",
    "conclusions": "Giao tổng đài lập hồ sơ.",
}
MATTER = {"sender": SENDER, "title": "Chậm trả sổ đỏ", "content": "Tôi nộp hồ sơ đất đai ba tháng chưa có kết quả."}
SORTING = {"kind": "question", "field": "dat_dai"}
SECRETS = (SENDER["name"], "912345678", "đất đai ba tháng", "Bà Hoa trình bày", "Giao tổng đài")
CHANNEL = "reception"
DESK, LEADERS = "tong-dai@tongdai.example", "lanh-dao-trung-tam@tongdai.example"


def post(world: World, path: str, body: Any, token: str = LEADER, *, expect: int = 200, key: str = "") -> Any:
    headers = {"Idempotency_Key": key} if key else {}
    status, made = world.call("POST", f"{ALL}{path}", body, token=token, **headers)
    assert status == expect, made
    return made


@pytest.fixture
def code(world: World) -> str:
    made: str = post(world, "", SESSION, expect=201, key="buoi-1")["code"]
    post(world, f"/{made}/matters", MATTER)
    return made


def got(world: World, path: str, token: str = LEADER) -> Any:
    status, found = world.call("GET", path, token=token)
    assert status == 200, found
    return found


class TestTheRecord:
    def test_holds_what_was_said_and_by_whom(self, world: World, code: str) -> None:
        shown = got(world, f"{ALL}/{code}")
        assert (shown["place"], shown["kind_label"], shown["unit_name"][:8]) == (
            SESSION["place"],
            "Tiếp công dân",
            "Lãnh đạo",
        )
        [matter] = shown["matters"]
        assert (matter["person"]["name"], matter["content"], matter["state"]) == (
            SENDER["name"],
            MATTER["content"],
            "open",
        )
        assert matter["due_at"] == "2026-12-08T10:00:00Z"  # the tenth working day

    def test_the_same_key_makes_one_and_another_body_is_told(self, world: World, code: str) -> None:
        assert post(world, "", SESSION, expect=201, key="buoi-1")["code"] == code
        assert (
            post(world, "", SESSION | {"place": "Nơi khác"}, expect=409, key="buoi-1")["code"]
            == "idempotency_key_reused"
        )
        assert len(got(world, f"{ALL}?month=2026-11")["sessions"]) == 1

    def test_personal_data_stands_apart(self, world: World, code: str) -> None:
        """As cases do it: entries and lists hold none of it."""
        items = {item.sk: item.body for item in CentreItem.query(f"RECEPTION#{code}")}
        assert set(items) == {"HEAD", "ENTRY#00001", "ENTRY#00002", "PERSON#00002", "TEXT#00001", "TEXT#00002"}
        rows = [*CentreItem.query("RECEPTIONS#2026-11"), *CentreItem.query("RECEPTIONS#waiting")]
        apart = [body for sk, body in items.items() if sk.startswith(("HEAD", "ENTRY"))] + [row.body for row in rows]
        assert not [secret for secret in SECRETS for body in apart if secret in body]

    def test_is_corrected_by_an_entry_and_nothing_is_lost(self, world: World, code: str) -> None:
        before = {item.sk: item.body for item in CentreItem.query(f"RECEPTION#{code}") if item.sk != "HEAD"}
        shown = post(world, f"/{code}/corrections", {"correction": "Địa điểm là phòng 102."})
        assert [one["texts"]["correction"] for one in shown["corrections"]] == ["Địa điểm là phòng 102."]
        after = {item.sk: item.body for item in CentreItem.query(f"RECEPTION#{code}")}
        assert {sk: after[sk] for sk in before} == before
        assert shown["place"] == SESSION["place"]

    def test_is_listed_by_month_and_found_by_code(self, world: World, code: str) -> None:
        assert [one["code"] for one in got(world, f"{ALL}?month=2026-11")["sessions"]] == [code]
        assert got(world, f"{ALL}?month=2026-10")["sessions"] == []
        assert world.call("GET", f"{ALL}/{code[:-1]}{(int(code[-1]) + 1) % 10}", token=LEADER)[0] == 404

    def test_is_of_those_who_receive_alone(self, world: World, code: str) -> None:
        for path in (f"{ALL}/{code}", f"{ALL}?month=2026-11", "/v1/desk/reception-duties"):
            status, told = world.call("GET", path, token=OFFICER)
            assert (status, told["code"]) == (403, "not_a_receiver")
        assert post(world, f"/{code}/corrections", {"correction": "x"}, OFFICER, expect=403)["code"] == "not_a_receiver"
        assert got(world, f"{ALL}/{code}", OPERATOR)["code"] == code

    @pytest.mark.parametrize(
        ("body", "refused"),
        [
            ({"day": "2026-11-24"}, "session_ahead"),
            ({"kind": "meeting"}, "unknown_session"),
            ({"place": " "}, "empty_text"),
        ],
    )
    def test_what_cannot_be_is_refused(self, world: World, body: dict[str, str], refused: str) -> None:
        assert post(world, "", SESSION | body, expect=422, key="k")["code"] == refused


class TestTheFollowUp:
    def test_is_a_case_linked_both_ways(self, world: World, code: str) -> None:
        made = post(world, f"/{code}/matters/1/case", SORTING)
        case = world.open(made["code"])
        assert (case["case"]["channel"], case["case"]["state"]) == (CHANNEL, "received")
        assert case["sender"]["name"] == SENDER["name"]
        assert case["timeline"][0]["facts"]["source"] == f"{code}-1"
        assert got(world, f"{ALL}/{code}")["matters"][0]["case"] == made["code"]
        assert f"{PAGE[1:]}/{code}" in at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{made['code']}").html

    def test_is_made_once(self, world: World, code: str) -> None:
        first = post(world, f"/{code}/matters/1/case", SORTING)
        assert post(world, f"/{code}/matters/1/case", SORTING)["code"] == first["code"]
        assert got(world, f"{ALL}/{code}")["version"] == 3

    def test_is_made_once_where_a_crash_came_between(self, world: World, code: str, monkeypatch: Any) -> None:
        """Given a case that no entry names yet, then the next try finds it and writes the entry."""
        by = {"actor": Actor(Role.LEADERSHIP, "lanh_dao_trung_tam", "ld01"), "deps": world.deps}
        with monkeypatch.context() as broken:
            broken.setattr("chalicelib.usecases.follow_up_matter.add_entry", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                follow_up_matter(code, 1, Sorting("question", None, "dat_dai"), **by)
        again = follow_up_matter(code, 1, Sorting("question", None, "dat_dai"), **by)
        assert got(world, f"{ALL}/{code}")["matters"][0]["case"] == again.code
        _, found = world.call("POST", "/v1/desk/senders", {"contact": SENDER["phone"]}, token=OPERATOR)
        assert [case["code"] for case in found["cases"]] == [again.code]

    def test_and_the_sender_is_told_as_ever(self, world: World, code: str) -> None:
        made = post(world, f"/{code}/matters/1/case", SORTING)
        world.drain()
        assert world.case(made["code"]).state is State.RECEIVED
        assert world.mails(SENDER["email"])


class TestWhatIsOwed:
    def test_is_listed_until_it_is_told(self, world: World, code: str) -> None:
        [one] = got(world, "/v1/desk/reception-duties")["owed"]
        assert (one["code"], one["matter"]["overdue"]) == (code, False)
        told = {"how": "transferred", "words": "Đã chuyển Sở Tài nguyên và Môi trường."}
        shown = post(world, f"/{code}/matters/1/telling", told)
        assert shown["matters"][0]["state"] == "transferred"
        assert got(world, "/v1/desk/reception-duties")["owed"] == []
        assert post(world, f"/{code}/matters/1/telling", told, expect=409)["code"] == "matter_settled"
        assert post(world, f"/{code}/matters/1/case", SORTING, expect=409)["code"] == "matter_settled"

    def test_goes_to_the_petitions_by_their_number(self, world: World, code: str) -> None:
        """R82: the seam; nothing of the petition is known here but its number."""
        handed = {"how": "petition", "words": "Đã chuyển bộ phận tiếp nhận đơn."}
        assert post(world, f"/{code}/matters/1/telling", handed, expect=422)["code"] == "reference_missing"
        shown = post(world, f"/{code}/matters/1/telling", handed | {"reference": "12/TC-2026"})
        assert shown["matters"][0]["reference"] == "12/TC-2026"

    def test_is_overdue_after_ten_working_days_and_in_the_mornings_mail(self, world: World, code: str) -> None:
        world.clock.set(local("2026-12-09 08:00"))
        [one] = got(world, "/v1/desk/reception-duties")["owed"]
        assert one["matter"]["overdue"]
        told = [mail for mail in digest_at(world, "2026-12-09 08:00") if "nội dung 1" in mail["body"]]
        assert {to for mail in told for to in mail["to"]} == {DESK, LEADERS}
        assert all("quá hạn" in mail["body"] and SENDER["name"] not in mail["body"] for mail in told)


class TestThePages:
    @pytest.fixture
    def browser(self, world: World) -> Browser:
        return at_desk(world, LEADER)

    def test_lead_from_the_session_to_the_minutes(self, world: World, browser: Browser) -> None:
        page = browser.open(PAGE)
        assert "Chưa có biên bản nào" in page.words
        made = browser.send(page, "lap", SESSION)
        assert "✓ Đã lập biên bản" in made.words
        typed = {
            "name": SENDER["name"],
            "phone": SENDER["phone"],
            "title": MATTER["title"],
            "content": MATTER["content"],
        }
        raised = browser.send(made, "noi-dung", typed)
        assert "✓ Đã ghi nội dung" in raised.words
        opened = browser.send(raised, "ho-so", {"number": "1", "kind": "question", "field": "dat_dai"})
        assert "✓ Đã lập hồ sơ" in opened.words
        corrected = browser.send(opened, "dinh-chinh", {"correction": "Phòng 102."})
        minutes = browser.open(corrected.address.partition("?")[0] + "/bien-ban")
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SENDER["name"], SESSION["conclusions"], "Phòng 102."):
            assert words in minutes.words

    def test_a_second_press_writes_nothing_more(self, world: World, browser: Browser, code: str) -> None:
        page = browser.open(f"{PAGE}/{code}")
        for _ in range(2):
            assert browser.send(page, "dinh-chinh", {"correction": "Phòng 102."}).status == 200
        assert got(world, f"{ALL}/{code}")["version"] == 3

    def test_a_telling_is_written_down(self, browser: Browser, code: str) -> None:
        page = browser.open(f"{PAGE}/{code}")
        wrong = browser.send(page, "tra-loi", {"number": "1", "how": "petition", "words": "Đã chuyển."})
        assert (wrong.status, "Xin ghi số của đơn" in wrong.words) == (422, True)
        told = browser.send(page, "tra-loi", {"number": "1", "how": "refused", "words": "Không thuộc thẩm quyền."})
        assert "✓ Đã ghi việc trả lời" in told.words

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, browser: Browser, code: str) -> None:
        told = browser.send(browser.open(f"{PAGE}/{code}"), "noi-dung", {"content": "Nội dung dài."})
        assert (told.status, "Họ và tên: Xin điền mục này" in told.words, "Nội dung dài." in told.html) == (
            422,
            True,
            True,
        )

    def test_words_of_people_do_no_harm(self, world: World, browser: Browser) -> None:
        made = browser.send(browser.open(PAGE), "lap", SESSION | {"proceedings": HOSTILE, "place": HOSTILE[:200]})
        harmless(made)
        raised = browser.send(made, "noi-dung", {"name": HOSTILE[:200], "content": HOSTILE})
        harmless(raised)
        harmless(browser.open(raised.address.partition("?")[0] + "/bien-ban"))

    def test_a_code_leads_to_its_record_and_a_wrong_one_is_told(self, browser: Browser, code: str) -> None:
        assert browser.open(f"{PAGE}?ma={code}").headers["Location"].endswith(f"tiep-dan/{code}")
        assert browser.open(f"{PAGE}?ma=1").status == 404

    def test_who_does_not_receive_is_not_led_here(self, world: World) -> None:
        browser = at_desk(world, OFFICER)
        assert browser.open(PAGE).status == 403
        assert PAGE[1:] not in " ".join(browser.open("/ban-lam-viec/ho-so").every("a", "href"))
