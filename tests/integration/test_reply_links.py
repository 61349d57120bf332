"""An agency without software answers by the link in its mail (Điều 11.1.a: "hoặc email"; R50)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import pytest

from chalicelib.domain.case import State
from chalicelib.domain.errors import UnavailableError
from tests import files
from tests.builders import local
from tests.integration.browser import FORM, Page, open_page, send
from tests.integration.uploads import ask_by_pin, declared, fetched, put
from tests.integration.world import ADMIN, OPERATOR, World

HEALTH, HEALTH_MAIL = "so_y_te", "so-y-te@tongdai.example"
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
RESULT = {"result": "Đã kiểm tra: hồ sơ đủ, trả kết quả ngày 25/11.", **PEOPLE}
OVER = "Liên kết này không đúng, đã được sử dụng hoặc đã hết hiệu lực."
FORMS = {"nhan", "ket-qua", "bo-sung", "hen-lai", "khong-thuoc-tham-quyen"}


def link_in(world: World, subject: str, to: str = HEALTH_MAIL) -> str:
    """Return the path of the reply page in the last mail with such a subject."""
    world.drain()
    mail = [mail for mail in world.mails(to) if subject in mail["subject"]][-1]
    [link] = [link for link in mail["links"] if "/tra-loi/" in link]
    assert link.startswith(f"{world.deps.public_url}/tra-loi/")
    return str(link.removeprefix(world.deps.public_url))


@pytest.fixture
def code(world: World) -> str:
    return world.at_agency(HEALTH)


@pytest.fixture
def page(world: World, code: str) -> Page:
    return open_page(link_in(world, "Chuyển xử lý"))


def last(world: World, code: str) -> Any:
    return world.open(code)["timeline"][-1]


def events(world: World, code: str) -> list[str]:
    return [event["type"] for event in world.open(code)["timeline"]]


class TestTheMail:
    def test_leads_to_what_the_letter_says(self, page: Page) -> None:
        assert page.status == 200
        assert set(page.forms) == FORMS
        for words in (
            "Sở Y tế",
            "Đăng ký khai sinh cho con",
            "cần những giấy tờ gì",
            "0912 345 678",
            "Hạn xử lý: 09:30 ngày 25/11/2026 (thứ Tư)",
            "Còn 8 giờ làm việc",
        ):
            assert words in page.words

    def test_only_the_agencys_own_work_has_a_link(self, world: World) -> None:
        """The one-stop officer has an account; software has its queue."""
        world.at_officer(HEALTH)
        world.at_agency("so_tu_phap")
        world.drain()
        assert [link for mail in world.mails() for link in mail["links"] if "tra-loi" in link] == []

    def test_the_ladders_letters_have_it_too_and_the_overseers_have_not(self, world: World, page: Page) -> None:
        before = len(world.mails())
        for moment in ("2026-11-25 09:31", "2026-11-25 15:31"):  # late: unit and leader; by half a day: leadership
            world.clock.set(local(moment))
            world.sweep()
            world.drain()
            world.collected()
        told = {mail["to"][0]: [link for link in mail["links"] if "tra-loi" in link] for mail in world.mails()[before:]}
        link = world.deps.public_url + page.address
        assert told == {
            HEALTH_MAIL: [link],
            "lanh-dao.so-y-te@tongdai.example": [link],
            "lanh-dao-trung-tam@tongdai.example": [],
        }


class TestAnswers:
    def test_a_result(self, world: World, code: str, page: Page) -> None:
        done = send(page, "ket-qua", **RESULT)
        assert (done.status, "Đã ghi nhận kết quả xử lý" in done.words, done.forms) == (200, True, {})
        case = world.case(code)
        assert (case.state, case.has_result) == (State.WITH_OFFICER, True)
        event = last(world, code)
        assert (event["type"], event["actor_role"], event["actor_unit"]) == ("ResultSubmitted", "agency", HEALTH)
        assert event["actor_name"] == "link"
        assert event["texts"]["result"] == RESULT["result"]
        assert event["facts"]["approving_leader"] == "Lê Thị Minh"

    def test_accept_then_a_question_then_the_result(self, world: World, code: str, page: Page) -> None:
        """What leaves the case with the agency leaves the link good; details come back by the same link."""
        accepted = send(page, "nhan")
        assert accepted.status == 200
        back = open_page(str(open_page(page.address).address))
        assert set(back.forms) == FORMS - {"nhan"}
        asked = send(back, "bo-sung", question="Xin cho biết số giấy chứng sinh.")
        assert asked.status == 200
        waiting = open_page(page.address)
        assert (waiting.status, waiting.forms) == (200, {})
        assert "Thời hạn xử lý tạm dừng" in waiting.words
        world.clock.set(local("2026-12-21 09:00"))  # however long the sender takes
        assert open_page(page.address).status == 200
        details = {"content": "Số 123/2026.", "sender": {}}
        world.call("POST", f"/v1/cases/{code}/details", details, X_Case_Pin=world.deps.keys.pin(code))
        assert link_in(world, "Chuyển xử lý") == page.address
        assert "Số 123/2026." in open_page(page.address).words
        assert send(open_page(page.address), "ket-qua", **RESULT).status == 200
        assert events(world, code)[-4:-2] == ["AcceptedByAgency", "DetailsRequested"]
        assert events(world, code)[-2:] == ["DetailsSupplied", "ResultSubmitted"]

    def test_a_new_appointment_once(self, world: World, code: str, page: Page) -> None:
        """Điều 9.3; the hour is the office's."""
        assert send(page, "hen-lai", day="2026-11-27", hour="10:00", reason="Chờ đối chiếu sổ gốc").status == 200
        case = world.case(code)
        assert case.stage is not None
        assert case.stage.due_at == local("2026-11-27 10:00")
        again = open_page(page.address)
        assert set(again.forms) == FORMS - {"hen-lai"}
        refused = send(page, "hen-lai", nonce="a" * 32, day="2026-11-28", hour="10:00", reason="Chờ thêm")
        assert refused.status == 409
        assert "Mỗi hồ sơ chỉ được hẹn lại tối đa một lần" in refused.words

    def test_not_ours_and_whose(self, world: World, code: str, page: Page) -> None:
        assert "Sở Xây dựng" in page.words
        assert HEALTH not in page.every("option", "value")
        assert "tong_dai" not in page.every("option", "value")
        done = send(page, "khong-thuoc-tham-quyen", reason="Thuộc ngành xây dựng", suggested="so_xay_dung")
        assert done.status == 200
        event = last(world, code)
        assert (event["type"], event["facts"]["suggested"]) == ("DeclinedByAgency", "so_xay_dung")

    def test_the_post(self, world: World) -> None:
        """Điều 8.2.b: its result is the reply itself."""
        unit = {"name": "Bưu điện tỉnh", "kind": "enterprise", "mail": "buu-dien@tongdai.example", "exchange": "mail"}
        assert world.call("PUT", "/v1/desk/units/buu_dien_tinh", unit, token=ADMIN)[0] == 200
        code = world.send(kind="service", field="buu_chinh")["code"]
        page = open_page(link_in(world, "Chuyển xử lý", "buu-dien@tongdai.example"))
        assert set(page.forms) == FORMS - {"hen-lai"}
        assert send(page, "ket-qua", **RESULT).status == 200
        assert world.case(code).state is State.ANSWERED


class TestFiles:
    """The sender's files go with the work, as software gets them; in a report about an official they do not."""

    def supplied(self, world: World, **changes: Any) -> tuple[str, str]:
        """A case whose sender has sent a photo; returns the path of its page and the photo's id."""
        code = world.at_agency(HEALTH, **changes)
        page = open_page(link_in(world, "Chuyển xử lý"))
        send(page, "bo-sung", question="Xin gửi ảnh chụp giấy hẹn.")
        photo, pin = files.photo(), world.deps.keys.pin(code)
        _, slip = ask_by_pin(world, code, **declared(photo, 'ảnh "hẹn" <b>.jpg', "image/jpeg"))
        assert put(slip, photo) == 200
        body = {"attachments": [slip["id"]]}
        assert world.call("POST", f"/v1/cases/{code}/details", body, X_Case_Pin=pin)[0] == 200
        return page.address, str(slip["id"])

    def test_are_fetched_by_the_link(self, world: World) -> None:
        address, photo = self.supplied(world)
        page = open_page(address)
        assert "ảnh _hẹn_ _b_.jpg" in page.words
        [way] = [href for href in page.every("a", "href") if photo in href]
        sent = open_page(urljoin(address, way))
        assert (sent.status, sent.headers["Cache-Control"]) == (303, "no-store")
        content, headers = fetched(sent.headers["Location"])
        assert (content[:2], headers["Content-Type"]) == (b"\xff\xd8", "image/jpeg")
        assert open_page(f"{address}/tep/{'0' * 32}").status == 404
        assert open_page(f"{address}/tep/x").status == 404

    def test_not_when_the_link_is_over(self, world: World) -> None:
        address, photo = self.supplied(world)
        send(open_page(address), "ket-qua", **RESULT)
        assert open_page(f"{address}/tep/{photo}").status == 410

    def test_not_in_a_report_about_an_official(self, world: World) -> None:
        """A photo and its name can say who sent it as well as a name does."""
        address, photo = self.supplied(world, kind="report", about="conduct")
        assert photo not in open_page(address).html
        assert open_page(f"{address}/tep/{photo}").status == 404


class TestDuties:
    """A report about an official: two duties, two links, and nobody learns who reported (R75, R99)."""

    @pytest.fixture
    def code(self, world: World) -> str:
        content = "Cán bộ quầy số ba đòi thêm tiền của tôi."
        return world.at_agency(HEALTH, kind="report", about="conduct", content=content)

    @pytest.mark.parametrize("subject", ["Chuyển xử lý", "Thông báo phản ánh", "Đề nghị cử cán bộ khác"])
    def test_the_sender_is_hidden(self, world: World, code: str, subject: str) -> None:
        page = open_page(link_in(world, subject))
        assert page.status == 200
        assert [word for word in ("Hoa", "912345678", "hoa@example", "Phương Lâm") if word in page.html] == []
        assert ("đòi thêm tiền" in page.words) is (subject != "Đề nghị cử cán bộ khác")

    def test_each_is_closed_by_its_own_link(self, world: World, code: str) -> None:
        notice, other = (open_page(link_in(world, subject)) for subject in ("Thông báo phản ánh", "Đề nghị cử"))
        assert set(notice.forms) == set(other.forms) == {"da-thuc-hien"}
        assert send(notice, "da-thuc-hien", outcome="Đã nhắc nhở công chức.").status == 200
        assert open_page(notice.address).status == 410
        assert [(one.name, bool(one.closed_at)) for one in world.case(code).actions] == [
            ("notice", True),
            ("substitution", False),
        ]
        assert send(other, "da-thuc-hien", outcome="Đã cử cán bộ khác.").status == 200
        assert last(world, code)["actor_name"] == "link"
        assert open_page(link_in(world, "Chuyển xử lý")).status == 200

    def test_a_link_is_for_its_purpose(self, world: World, code: str) -> None:
        notice, work = (open_page(link_in(world, subject)) for subject in ("Thông báo phản ánh", "Chuyển xử lý"))
        outcome = b"nonce=" + b"b" * 32 + b"&outcome=x"
        wrong = open_page(f"{work.address}/da-thuc-hien", method="POST", body=outcome, media_type=FORM)
        result = b"nonce=" + b"c" * 32 + b"&result=x&responsible_officer=y&approving_leader=z"
        other = open_page(f"{notice.address}/ket-qua", method="POST", body=result, media_type=FORM)
        assert (wrong.status, other.status) == (410, 410)
        assert events(world, code)[-1] == "ForwardedToAgency"


class TestOnce:
    def test_what_mail_programs_hang_on_to_a_link_is_let_be(self, page: Page) -> None:
        assert open_page(f"{page.address}?utm_source=mail&utm_source=x&fbclid=1").status == 200

    def test_to_look_changes_nothing(self, world: World, code: str, page: Page) -> None:
        """Mail scanners open every link, some of them each hour."""
        before = world.case(code)
        assert {open_page(page.address).status for _ in range(3)} == {200}
        assert world.case(code) == before

    def test_a_second_press_is_answered_the_same(self, world: World, code: str, page: Page) -> None:
        first, second = send(page, "ket-qua", **RESULT), send(page, "ket-qua", **RESULT)
        assert (first.status, first.html) == (second.status, second.html)
        assert events(world, code).count("ResultSubmitted") == 1

    def test_also_of_what_leaves_the_link_good(self, world: World, code: str, page: Page) -> None:
        asked = [send(page, "bo-sung", question="Số giấy chứng sinh?") for _ in range(2)]
        assert asked[0].html == asked[1].html
        assert events(world, code).count("DetailsRequested") == 1

    def test_the_same_form_with_other_words_is_not_taken_for_the_first(self, world: World, page: Page) -> None:
        send(page, "hen-lai", day="2026-11-27", hour="10:00", reason="Chờ đối chiếu")
        again = send(page, "hen-lai", day="2026-11-28", hour="10:00", reason="Chờ thêm")
        assert (again.status, again.forms.keys() >= {"ket-qua"}) == (409, True)

    def test_a_used_link_is_over_and_gives_back_what_was_typed(self, world: World, code: str, page: Page) -> None:
        send(page, "ket-qua", **RESULT)
        later = send(page, "ket-qua", nonce="d" * 32, **RESULT | {"result": "Kết quả khác hẳn."})
        same = send(page, "ket-qua", **RESULT | {"result": "Kết quả khác hẳn."})
        shown = open_page(page.address)
        assert (later.status, same.status, shown.status) == (410, 410, 410)
        assert OVER in shown.words
        assert "Kết quả khác hẳn." in later.words
        assert [word for word in ("khai sinh", "Hoa", "Sở Y tế") if word in shown.words] == []
        assert events(world, code).count("ResultSubmitted") == 1

    def test_given_to_the_same_unit_again_the_old_link_stays_over(self, world: World, code: str, page: Page) -> None:
        send(page, "ket-qua", **RESULT)
        world.act(code, "forward-to-agency", f"officer:{HEALTH}:mc01")
        fresh = link_in(world, "Chuyển xử lý")
        assert fresh != page.address
        assert (open_page(page.address).status, open_page(fresh).status) == (410, 200)
        assert send(page, "ket-qua", nonce="e" * 32, **RESULT).status == 410

    def test_who_is_quicker_at_the_desk(self, world: World, code: str, page: Page) -> None:
        """Given both answer at once, then one result counts and the other is told so."""
        world.meanwhile(lambda: world.act(code, "result", f"agency:{HEALTH}:cq01", RESULT))
        assert send(page, "ket-qua", **RESULT).status == 410
        assert events(world, code).count("ResultSubmitted") == 1

    def test_two_results_by_one_link_at_the_same_moment(self, world: World, code: str, page: Page) -> None:
        """Given two colleagues with the same mail, then one result counts."""
        other = RESULT | {"result": "Kết quả của đồng nghiệp."}
        world.meanwhile(lambda: send(page, "ket-qua", nonce="f" * 32, **other))
        assert send(page, "ket-qua", **RESULT).status == 410
        assert last(world, code)["texts"]["result"] == other["result"]

    @pytest.mark.parametrize(("form", "typed"), [("ket-qua", RESULT), ("bo-sung", {"question": "Số giấy?"})])
    def test_a_double_click(self, world: World, code: str, page: Page, form: str, typed: dict[str, str]) -> None:
        answers: list[Page] = []
        world.meanwhile(lambda: answers.append(send(page, form, **typed)))
        answers.append(send(page, form, **typed))
        assert [one.status for one in answers] == [200, 200]
        assert answers[0].html == answers[1].html
        assert world.case(code).version == 4

    def test_moved_on_to_another_unit(self, world: World, code: str, page: Page) -> None:
        send(page, "khong-thuoc-tham-quyen", reason="Không thuộc ngành")
        world.act(code, "return", f"officer:{HEALTH}:mc01", {"reason": "Chuyển đúng cơ quan"})
        world.act(code, "forward", OPERATOR, {"unit": "so_xay_dung"})
        world.act(code, "forward-to-agency", "officer:so_xay_dung:mc01")
        assert open_page(page.address).status == 410


class TestTime:
    def test_late_is_still_heard_and_at_the_end_no_more(self, world: World, page: Page) -> None:
        """Five working days (of 7.5 hours) past the due time of Wednesday 09:30."""
        world.clock.set(local("2026-12-02 09:30"))
        late = open_page(page.address)
        assert (late.status, "Đã quá hạn" in late.words) == (200, True)
        assert set(late.forms) == FORMS - {"hen-lai"}
        world.clock.forward(milliseconds=1)
        assert open_page(page.address).status == 410
        assert send(page, "ket-qua", **RESULT).status == 410

    def test_a_due_time_that_moves_takes_the_link_along(self, world: World, page: Page) -> None:
        send(page, "hen-lai", day="2026-11-30", hour="10:00", reason="Chờ đối chiếu")
        world.clock.set(local("2026-12-07 10:00"))
        assert open_page(page.address).status == 200
        world.clock.forward(milliseconds=1)
        assert open_page(page.address).status == 410


class TestForeignTokens:
    @pytest.mark.parametrize("token", ["x", "A" * 32, "a" * 33, "%2e%2e", "%ff", "á" * 32, "%00", "A" * 31 + "="])
    def test_are_one_courteous_page(self, world: World, token: str) -> None:
        from urllib.parse import quote

        shown = open_page(f"/tra-loi/{quote(token, safe='%')}")
        assert shown.status == 404
        assert "02183.1022" in shown.words
        assert shown.forms == {}

    def test_another_centres(self, world: World, page: Page) -> None:
        """The key is the centre's own."""
        forged = "/tra-loi/" + ("B" if page.address[9] != "B" else "C") + page.address[10:]
        assert open_page(forged).status == 404
        world.deps.keys.__dict__["_key"] = b"another"
        assert open_page(page.address).status == 404

    def test_of_an_event_that_is_not_in_the_log(self, world: World, code: str) -> None:
        """Given a log restored from before, then its later links are over."""
        for seq in (1, 99):  # what gave no work; what has not happened
            assert open_page(f"/tra-loi/{world.deps.keys.link('reply', code, seq)}").status == 410


class TestFaults:
    def test_are_told_at_their_fields_and_nothing_is_lost(self, world: World, code: str, page: Page) -> None:
        typed = {"result": "Đã xong.\r\nHai dòng.", "responsible_officer": "  ", "approving_leader": "x" * 201}
        hurt = send(page, "ket-qua", **typed)
        assert hurt.status == 422
        assert hurt.words.count("Xin điền mục này.") == 2  # at the field and above
        assert "Chỉ nhận nhiều nhất 200 ký tự." in hurt.words
        kept = hurt.forms["ket-qua"]
        assert (kept["result"], kept["approving_leader"]) == ("Đã xong.\nHai dòng.", "x" * 201)
        assert {"ket-qua-responsible_officer-fault"} <= set(" ".join(hurt.every("input", "aria-describedby")).split())
        assert send(hurt, "ket-qua", **PEOPLE).status == 200
        assert last(world, code)["texts"]["result"] == "Đã xong.\nHai dòng."

    @pytest.mark.parametrize(
        ("typed", "status", "words"),
        [
            ({"day": "2026-02-31", "hour": "10:00"}, 422, "Không đúng dạng ngày"),
            ({"day": "2026-11-27", "hour": "25:00"}, 422, "Không đúng định dạng"),
            ({"day": "2026-11-28", "hour": "10:00"}, 422, "07:30 ngày 30/11/2026"),
            ({"day": "2026-11-24", "hour": "08:00"}, 422, "phải sau hạn hiện tại"),
            ({"day": "0001-01-01", "hour": "00:00"}, 422, "Chỉ nhận ngày từ năm 2000"),
            ({"day": "9999-12-31", "hour": "23:59"}, 422, "đến năm 2199"),
        ],
    )
    def test_of_an_appointment(self, page: Page, typed: dict[str, str], status: int, words: str) -> None:
        hurt = send(page, "hen-lai", reason="Chờ đối chiếu", **typed)
        assert (hurt.status, words in hurt.words) == (status, True), hurt.words
        assert hurt.forms["hen-lai"]["day"] == typed["day"]

    @pytest.mark.parametrize(
        ("body", "media_type", "status"),
        [
            (b"{}", "application/json", 415),
            (b"", "", 415),
            (b"nonce=1&nonce=2", FORM, 422),
            (b"nonce=1&else=2", FORM, 422),
            (b"nonce=%ff", FORM, 400),
            (b"&".join(b"a%d=1" % number for number in range(60)), FORM, 400),
            (b"nonce=" + b"x" * 300_000, FORM, 413),
            (b"", FORM, 422),
        ],
    )
    def test_what_nobody_typed_is_refused_as_a_page(
        self, page: Page, body: bytes, media_type: str, status: int
    ) -> None:
        refused = open_page(f"{page.address}/nhan", method="POST", body=body, media_type=media_type)
        assert (refused.status, refused.headers["Content-Type"]) == (status, "text/html; charset=utf-8")

    def test_a_store_that_is_away_keeps_what_was_typed(self, world: World, page: Page, monkeypatch: Any) -> None:
        def away(_: object) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận, vui lòng thử lại")

        monkeypatch.setattr(world.deps.cases, "commit", away)
        hurt = send(page, "ket-qua", **RESULT)
        assert (hurt.status, hurt.forms["ket-qua"]["result"]) == (503, RESULT["result"])

    def test_an_answer_that_was_lost_on_its_way_is_an_answer(self, world: World, page: Page, monkeypatch: Any) -> None:
        """Given what ended the work was written and the line broke then, then nobody is told that the link is over."""
        commit = world.deps.cases.commit

        def written(what: Any) -> None:
            commit(what)
            raise UnavailableError("store_unavailable", "Hệ thống đang bận, vui lòng thử lại")

        with monkeypatch.context() as broken:
            broken.setattr(world.deps.cases, "commit", written)
            hurt = send(page, "ket-qua", **RESULT)
        assert (hurt.status, hurt.html) == (200, send(page, "ket-qua", **RESULT).html)

    def test_what_nobody_foresaw_is_a_page(self, world: World, page: Page, monkeypatch: Any) -> None:
        monkeypatch.setattr(world.deps.cases, "dossier", lambda _: 1 / 0)
        shown = open_page(page.address)
        assert (shown.status, "Mã yêu cầu" in shown.words) == (500, True)
        assert "ZeroDivisionError" not in shown.html


def test_a_unit_that_has_left_the_directory_keeps_its_link(world: World, page: Page) -> None:
    unit = {"name": "Sở Y tế mới", "kind": "department", "mail": "moi@tongdai.example", "exchange": "sqs"}
    assert world.call("PUT", f"/v1/desk/units/{HEALTH}", unit, token=ADMIN)[0] == 200
    assert "Sở Y tế mới" in open_page(page.address).words
