"""What a citizen answers to a letter lands in its case, once, and nothing that comes by mail is lost (R28, R40)."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import Any

import pytest

from chalicelib.domain.case import SENDER_WROTE, State
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases.hear_mail import MOST
from chalicelib.usecases.reach_sender import reply_address
from examples.put_mail import PREFIX, notification
from tests.integration.browser import open_page
from tests.integration.deliveries import invoke
from tests.integration.world import ADMIN, OFFICER, OPERATOR, SENDER, World

HOA = SENDER["email"]
WORDS = "Số giấy chứng sinh là 123/2026, cấp tại Trạm Y tế phường Phương Lâm."
ASK = {"question": "Ông/Bà cho biết số giấy chứng sinh?"}


def mail(to: str, words: str = WORDS, *, source: str = HOA, **headers: str) -> EmailMessage:
    """Write an answer as a telephone does."""
    made = EmailMessage()
    made["From"], made["To"] = f"Bùi Thị Hoa <{source}>", to
    made["Subject"] = "Re: Đề nghị bổ sung thông tin"
    for name, value in ({"Message_ID": f"<{hash(words)}@mail.example>"} | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content(
        f"{words}\n\nVào 10:22, Th 2, 23 thg 11, 2026 Tổng đài <tongdai@tongdai.example> đã viết:\n\n> Kính gửi\n"
    )
    return made


class Post:
    """The mail service in front of the centre."""

    def __init__(self, world: World) -> None:
        self.world, self._number = world, 0

    def put(self, letter: EmailMessage | bytes, to: str, *, source: str = HOA, **verdicts: str) -> dict[str, Any]:
        """Put a mail away; returns the message that tells of it."""
        self._number += 1
        name = f"mail{self._number:04d}"
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        self.world.cloud("s3").put_object(Bucket=self.world.deps.settings.mails_bucket, Key=PREFIX + name, Body=raw)
        told = notification(name, self.world.clock.now(), source, [to], **verdicts)
        return {"MessageId": name, "Body": json.dumps(told)}

    def bring(self, *arrived: dict[str, Any]) -> None:
        """Let the worker have these messages, and everybody what follows."""
        assert invoke("mails", list(arrived)) == set()
        self.world.drain()

    def answer(self, code: str, words: str = WORDS, **how: Any) -> None:
        """Answer a letter of a case."""
        to = reply_address(code, self.world.deps)
        self.bring(self.put(mail(to, words, **how), to))

    def waiting(self, state: str = "open") -> list[dict[str, Any]]:
        """List the mails at the desk."""
        status, page = self.world.call("GET", f"/v1/desk/mails?state={state}", token=OPERATOR)
        assert status == 200, page
        return page["mails"]  # type: ignore[no-any-return]


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


def said(world: World, code: str) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """What the sender said after the first words."""
    later = ("DetailsSupplied", "SenderWrote")
    return [(e["type"], e["texts"], e["facts"]) for e in world.open(code)["timeline"] if e["type"] in later]


def asked(world: World) -> str:
    code: str = world.send()["code"]
    world.act(code, "request-details", OPERATOR, ASK)
    world.drain()
    return code


class TestLettersCarryTheAddress:
    def test_to_the_sender_and_to_nobody_else(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        sent: list[tuple[str, str]] = []
        deliver = world.deps.mailer.mail

        def spy(to: str, *rest: Any) -> None:
            sent.append((to, rest[-1]))
            deliver(to, *rest)

        monkeypatch.setattr(world.deps.mailer, "mail", spy)
        code = world.at_officer()
        world.drain()
        address = reply_address(code, world.deps)
        assert address.endswith("@tra-loi.tongdai.example")
        assert len(address.partition("@")[0]) <= 64
        assert [one for one in sent if one[0] == HOA] == [(HOA, address)]
        assert {reply_to for to, reply_to in sent if to != HOA} == {""}

    def test_the_letter_says_so_only_where_it_works(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        asked(world)
        *_, wanted = world.mails(HOA)
        assert "trả lời trực tiếp thư này" in wanted["body"]
        monkeypatch.setattr(world.deps, "mail_domain", "")
        code = asked(world)
        *_, wanted = world.mails(HOA)
        assert "trả lời trực tiếp thư này" not in wanted["body"]
        assert "không tự động vào hồ sơ" in wanted["body"]
        assert reply_address(code, world.deps) == "tthcc@hoabinh.gov.vn"


class TestIntoTheCase:
    def test_what_was_asked_for_lets_the_clock_run_again(self, world: World, post: Post) -> None:
        """R40: the same as on the portal."""
        code = asked(world)
        world.clock.forward(minutes=30)
        post.answer(code)
        case = world.case(code)
        assert (case.state, case.stage and case.stage.paused) == (State.RECEIVED, False)
        facts = {"stage": "operator", "channel": "mail"}
        assert said(world, code) == [("DetailsSupplied", {"content": WORDS}, facts)]

    def test_words_nobody_asked_for_are_kept_and_the_holder_told(self, world: World, post: Post) -> None:
        code = world.at_officer()
        before = world.case(code)
        post.answer(code)
        case = world.case(code)
        assert (case.state, case.stage, case.holder) == (before.state, before.stage, before.holder)
        assert said(world, code) == [("SenderWrote", {"content": WORDS}, {"channel": "mail"})]
        _, worklist = world.call("GET", "/v1/desk/cases", token=OFFICER)
        assert [one["flags"] for one in worklist["cases"]] == [[SENDER_WROTE]]
        [told] = [one for one in world.mails() if "Người gửi viết thêm" in one["subject"]]
        assert WORDS in told["body"]
        world.act(code, "forward-to-agency", OFFICER)
        assert world.case(code).flags == ()

    def test_an_agency_hears_of_them_by_its_queue(self, world: World, post: Post) -> None:
        code = world.at_agency()
        world.drain()
        world.agency_inbox("so_tu_phap")
        post.answer(code)
        [told] = world.agency_inbox("so_tu_phap")
        assert (told["type"], told["details"]) == ("details_added", [WORDS])
        assert [one for one in world.mails() if "Người gửi viết thêm" in one["subject"]] == []

    def test_an_agency_without_software_by_mail(self, world: World, post: Post) -> None:
        code = world.at_agency("bao_hiem_xa_hoi")
        world.drain()
        post.answer(code)
        [told] = [one for one in world.mails() if "Người gửi viết thêm" in one["subject"]]
        assert WORDS in told["body"]
        [link] = [link for link in told["links"] if "/tra-loi/" in link]
        assert WORDS in open_page(link.removeprefix(world.deps.public_url)).words

    def test_the_sender_reads_them_with_the_pin(self, world: World, post: Post) -> None:
        made = world.send()
        post.answer(made["code"])
        _, content = world.call("GET", f"/v1/cases/{made['code']}/content", X_Case_Pin=made["pin"])
        assert [one["texts"].get("content") for one in content["said"] if one["type"] == "SenderWrote"] == [WORDS]

    def test_another_address_is_shown_and_not_believed_to_be_the_sender(self, world: World, post: Post) -> None:
        code = world.at_officer()
        post.answer(code, source="con.gai@example.com")
        [(_, _, facts)] = said(world, code)
        assert facts["other_address"] == world.deps.keys.sender("con.gai@example.com")
        assert world.open(code)["sender"]["email"] == HOA
        [told] = [one for one in world.mails() if "Người gửi viết thêm" in one["subject"]]
        assert "địa chỉ khác" in told["body"]

    def test_a_quoted_pin_and_address_do_not_get_in(self, world: World, post: Post) -> None:
        made = world.send()
        address = reply_address(made["code"], world.deps)
        post.answer(made["code"], f"Mã PIN của tôi là {made['pin']}, thư gửi tới {address.upper()} có được không?")
        [(_, texts, _)] = said(world, made["code"])
        assert made["pin"] not in texts["content"]
        assert address.partition("@")[0] not in texts["content"].lower()

    def test_what_was_missing_is_not_asked_for_again_by_a_machine(self, world: World, post: Post) -> None:
        """Given a case without an address, when it is told in the words of a mail, then a person reads them."""
        code = world.send(sender=SENDER | {"address": ""})["code"]
        assert world.case(code).state is State.AWAITING_DETAILS
        post.answer(code, "Nhà tôi ở tổ 5, phường Phương Lâm, thành phố Hòa Bình.")
        assert world.case(code).state is State.RECEIVED
        assert len([one for one in world.mails(HOA) if "Đề nghị bổ sung" in one["subject"]]) == 1

    def test_long_words_are_shortened_and_it_is_said(self, world: World, post: Post) -> None:
        code = world.send()["code"]
        post.answer(code, "rất dài " * 5000)
        [(_, texts, facts)] = said(world, code)
        assert len(texts["content"]) <= 20_000
        assert facts["shortened"] == "true"


class TestAfterTheEnd:
    def test_the_words_are_kept_and_the_sender_told_once_a_day(self, world: World, post: Post) -> None:
        code = world.answered()
        for number in range(3):
            post.answer(code, f"Tôi vẫn chưa nhận được giấy, lần {number}.")
        assert world.case(code).state is State.ANSWERED
        assert len(said(world, code)) == 3
        told = [one for one in world.mails(HOA) if "Đã nhận thư" in one["subject"]]
        assert len(told) == 1
        assert "đã kết thúc" in told[0]["body"]
        assert len([one for one in world.mails() if "Người gửi viết thêm" in one["subject"]]) == 3
        world.clock.forward(days=1)
        post.answer(code, "Hôm nay vẫn chưa.")
        assert len([one for one in world.mails(HOA) if "Đã nhận thư" in one["subject"]]) == 2

    def test_who_sends_files_is_told_that_they_were_not_taken(self, world: World, post: Post) -> None:
        code = asked(world)
        to = reply_address(code, world.deps)
        letter = mail(to)
        letter.add_attachment(b"\xff\xd8" * 20_000, maintype="image", subtype="jpeg", filename="giấy hẹn.jpg")
        post.bring(post.put(letter, to))
        [(_, texts, facts)] = said(world, code)
        assert (texts["content"], facts["channel"], facts["files_not_taken"]) == (WORDS, "mail", "1")
        [told] = [one for one in world.mails(HOA) if "Đã nhận thư" in one["subject"]]
        assert "chưa nhận tệp đính kèm" in told["body"]
        assert "đã kết thúc" not in told["body"]
        [row] = post.waiting()
        assert (row["reason"], row["code"], row["attachments"]) == ("files", code, 1)
        path = f"/v1/desk/mails/{row['id']}"
        _, opened = world.call("GET", path, token=OPERATOR)
        assert opened["files"] == [{"name": "giấy hẹn.jpg", "kind": "image/jpeg", "size": 40_000}]
        status, problem = world.call("POST", f"{path}/attach", {"code": code}, token=OPERATOR)
        assert (status, problem["code"]) == (409, "mail_in_case")

    def test_a_mail_larger_than_is_read_keeps_its_words(self, world: World, post: Post) -> None:
        code = asked(world)
        to = reply_address(code, world.deps)
        letter = mail(to)
        letter.add_attachment(b"\x00" * 5_000_000, maintype="video", subtype="mp4", filename="hiện trường.mp4")
        post.bring(post.put(letter, to))
        [(kind, texts, facts)] = said(world, code)
        assert (kind, texts["content"], facts["files_not_taken"]) == ("DetailsSupplied", WORDS, "1")


class TestOnce:
    def test_under_redelivery_and_resending(self, world: World, post: Post) -> None:
        """Given a mail that SQS delivers twice and its sender's server twice, then its words are there once."""
        code = world.at_officer()
        to = reply_address(code, world.deps)
        first, again = (post.put(mail(to), to) for _ in range(2))
        post.bring(first, first, again)
        assert len(said(world, code)) == 1

    def test_two_mails_that_a_program_calls_by_one_name_are_two(self, world: World, post: Post) -> None:
        code = world.at_officer()
        for words in ("Lời thứ nhất của tôi.", "Lời thứ hai của tôi."):
            post.answer(code, words, Message_ID="<1@may-quet.example>")
        assert len(said(world, code)) == 2

    @pytest.mark.parametrize("broken", ["cases.commit", "inbox.find", "inbox.count_failure", "mails.read"])
    def test_whatever_breaks_on_the_way(
        self, world: World, post: Post, monkeypatch: pytest.MonkeyPatch, broken: str
    ) -> None:
        code = asked(world)
        to = reply_address(code, world.deps)
        arrived = post.put(mail(to), to)
        part, _, name = broken.partition(".")

        def fail(*_: object, **__: object) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận")

        with monkeypatch.context() as weather:
            weather.setattr(getattr(world.deps, part), name, fail)
            assert invoke("mails", [arrived]) == {arrived["MessageId"]}
        post.bring(arrived)
        assert len(said(world, code)) == 1
        assert world.case(code).state is State.RECEIVED

    def test_a_race_with_the_desk_loses_neither(self, world: World, post: Post) -> None:
        """Given an operator who answers for the sender in the same moment, then the mail is kept as further words."""
        code = asked(world)
        path = f"/v1/desk/cases/{code}/details"
        world.meanwhile(
            lambda: world.call(
                "POST", path, {"version": world.case(code).version, "content": "Nói qua điện thoại"}, token=OPERATOR
            )
        )
        post.answer(code)
        assert [kind for kind, _, _ in said(world, code)] == ["DetailsSupplied", "SenderWrote"]


class TestMachines:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"X_Auto_Response_Suppress": "All"},
            {"Return_Path": "<>"},
        ],
    )
    def test_what_a_machine_wrote_changes_nothing(self, world: World, post: Post, headers: dict[str, str]) -> None:
        code = world.answered()
        world.drain()
        before = len(world.mails())
        post.answer(code, "Tôi đi vắng đến ngày 30/11.", **headers)
        assert (said(world, code), post.waiting(), len(world.mails())) == ([], [], before)

    def test_nor_what_bounces(self, world: World, post: Post) -> None:
        code = world.answered()
        to = reply_address(code, world.deps)
        post.bring(post.put(mail(to), to, source=""))
        assert (said(world, code), post.waiting()) == ([], [])

    def test_our_own_letters_say_that_a_machine_wrote_them(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.adapters import delivery

        sent: list[dict[str, Any]] = []
        monkeypatch.setattr(delivery, "_call", lambda *_, **arguments: sent.append(arguments))
        world.send()
        world.relay()
        assert world.work() == 0
        headers = [one["Content"]["Simple"]["Headers"] for one in sent if "Content" in one]
        assert headers
        assert all({"Name": "Auto-Submitted", "Value": "auto-generated"} in each for each in headers)

    def test_one_that_does_not_say_so_is_stopped(self, world: World, post: Post) -> None:
        code = world.at_officer()
        to = reply_address(code, world.deps)
        for number in range(MOST + 2):
            post.bring(post.put(mail(to, f"Thư tự động số {number} của máy"), to))
        assert len(said(world, code)) == MOST
        assert [one["reason"] for one in post.waiting()] == ["too_many"] * 2


class TestUnassigned:
    @pytest.mark.parametrize(
        ("verdicts", "reason"),
        [
            ({"spam": "FAIL"}, "spam"),
            ({"virus": "FAIL", "spam": "FAIL"}, "virus"),
            ({"dmarc": "FAIL", "dmarc_policy": "reject"}, "forged"),
        ],
    )
    def test_what_must_not_be_believed_is_set_aside(
        self, world: World, post: Post, verdicts: dict[str, str], reason: str
    ) -> None:
        code = asked(world)
        to = reply_address(code, world.deps)
        post.bring(post.put(mail(to), to, **verdicts))
        assert (said(world, code), [one["reason"] for one in post.waiting()]) == ([], [reason])

    def test_a_domain_that_only_wants_it_noted_is_believed(self, world: World, post: Post) -> None:
        code = asked(world)
        to = reply_address(code, world.deps)
        post.bring(post.put(mail(to), to, dmarc="FAIL", dmarc_policy="none", spam="GRAY"))
        assert len(said(world, code)) == 1

    def test_no_words_but_a_quotation(self, world: World, post: Post, capfd: Any) -> None:
        code = asked(world)
        post.answer(code, "Đã gửi từ iPhone của tôi")
        [one] = post.waiting()
        assert '"MailsUnassigned": 1' in capfd.readouterr().out
        assert (one["reason"], one["code"], world.case(code).state) == ("no_words", code, State.AWAITING_DETAILS)

    def test_what_nobody_can_read(self, world: World, post: Post) -> None:
        post.bring(post.put(b"Content-Type: message/rfc822\n\n" * 3000, "la@tra-loi.tongdai.example"))
        [one] = post.waiting()
        assert one["reason"] == "unreadable"
        status, problem = world.call("GET", f"/v1/desk/mails/{one['id']}", token=OPERATOR)
        assert (status, problem["code"]) == (422, "unreadable_mail")

    @pytest.mark.parametrize("way", ["unknown", "forged", "gone"])
    def test_an_operator_reads_it_and_puts_it_into_its_case(self, world: World, post: Post, way: str) -> None:
        code = asked(world)
        address = reply_address(code, world.deps)
        to = {
            "unknown": "hoi@tra-loi.tongdai.example",
            "forged": f"tra-loi+{'a' * 24}@tra-loi.tongdai.example",
            "gone": reply_address("999999999999", world.deps),
        }[way]
        post.bring(post.put(mail(to), to))
        [one] = post.waiting()
        assert one["reason"] == ("case_not_found" if way == "gone" else "unknown_address")
        path = f"/v1/desk/mails/{one['id']}"
        for _ in range(2):
            status, opened = world.call("GET", path, token=OPERATOR)
        assert (status, opened["source"], opened["words"]) == (200, HOA, WORDS)
        assert "Kính gửi" in opened["text"]
        for _ in range(2):
            status, settled = world.call("POST", f"{path}/attach", {"code": code}, token=OPERATOR)
        assert (status, settled["state"], settled["code"]) == (200, "attached", code)
        assert [(step["state"], step["by"]) for step in settled["history"]] == [
            ("read", "dtv01"),
            ("attached", "dtv01"),
        ]
        [(kind, texts, _)] = said(world, code)
        assert (kind, texts["content"], world.case(code).state) == ("DetailsSupplied", WORDS, State.RECEIVED)
        assert world.open(code)["timeline"][-1]["actor_name"] == "dtv01"
        assert (post.waiting(), len(post.waiting("attached"))) == ([], 1)
        assert address

    def test_one_is_dismissed_with_a_reason_and_stays_so(self, world: World, post: Post) -> None:
        arrived = post.put(mail("hoi@tra-loi.tongdai.example", "Mua nhà giá rẻ"), "hoi@tra-loi.tongdai.example")
        post.bring(arrived)
        [one] = post.waiting()
        path = f"/v1/desk/mails/{one['id']}"
        status, settled = world.call("POST", f"{path}/dismiss", {"note": "Quảng cáo"}, token=OPERATOR)
        assert (status, settled["state"], settled["history"][0]["note"]) == (200, "dismissed", "Quảng cáo")
        post.bring(arrived)
        assert post.waiting() == []
        code = world.send()["code"]
        status, problem = world.call("POST", f"{path}/attach", {"code": code}, token=OPERATOR)
        assert (status, problem["code"]) == (409, "mail_settled")
        status, _ = world.call("POST", f"{path}/dismiss", {"note": " "}, token=OPERATOR)
        assert status == 422

    def test_who_died_between_the_case_and_the_list_asks_again(
        self, world: World, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        to = "hoi@tra-loi.tongdai.example"
        post.bring(post.put(mail(to), to))
        [one] = post.waiting()
        code, path = world.at_officer(), f"/v1/desk/mails/{one['id']}/attach"

        def fail(_: object) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận", retry_after=1)

        with monkeypatch.context() as weather:
            weather.setattr(world.deps.unassigned_mails, "save", fail)
            assert world.call("POST", path, {"code": code}, token=OPERATOR)[0] == 503
        assert world.call("POST", path, {"code": code}, token=OPERATOR)[0] == 200
        assert len(said(world, code)) == 1

    def test_after_30_days_the_mail_is_gone_and_it_is_said(self, world: World, post: Post) -> None:
        to = "hoi@tra-loi.tongdai.example"
        post.bring(post.put(mail(to), to))
        world.cloud("s3").delete_object(Bucket=world.deps.settings.mails_bucket, Key=f"{PREFIX}mail0001")
        [one] = post.waiting()
        status, problem = world.call("GET", f"/v1/desk/mails/{one['id']}", token=OPERATOR)
        assert (status, problem["code"]) == (404, "mail_gone")

    def test_the_list_holds_no_word_and_no_person(self, world: World, post: Post) -> None:
        from chalicelib.adapters.dynamo.tables import CentreItem

        to = "hoi@tra-loi.tongdai.example"
        post.bring(post.put(mail(to), to))
        [row] = CentreItem.query("MAIL")
        kept = json.dumps(row.serialize())
        assert not [word for word in (HOA, "Hoa", "chứng sinh", "Re:") if word in kept]

    def test_others_have_no_business_here(self, world: World, post: Post) -> None:
        for token, expected in ((OFFICER, 403), (ADMIN, 200), ("", 401)):
            assert world.call("GET", "/v1/desk/mails", token=token)[0] == expected
        assert world.call("GET", "/v1/desk/mails/1763863200123-x", token=ADMIN)[0] == 403
        assert world.call("GET", "/v1/desk/mails/1763863200123-x", token=OPERATOR)[0] == 404

    def test_pages_follow_each_other(self, world: World, post: Post) -> None:
        to = "hoi@tra-loi.tongdai.example"
        for number in range(3):
            world.clock.forward(seconds=1)
            post.bring(post.put(mail(to, f"Thư số {number} gửi tổng đài"), to))
        _, first = world.call("GET", "/v1/desk/mails?limit=2", token=OPERATOR)
        _, second = world.call("GET", f"/v1/desk/mails?limit=2&cursor={first['cursor']}", token=OPERATOR)
        assert [len(page["mails"]) for page in (first, second)] == [2, 1]
        assert second["cursor"] == ""


def test_a_mail_to_two_cases_goes_into_both(world: World, post: Post) -> None:
    codes = [world.at_officer(), world.answered()]
    letter = mail(", ".join(reply_address(code, world.deps) for code in codes))
    post.bring(post.put(letter, "chuyen-tiep@tra-loi.tongdai.example"))
    assert [len(said(world, code)) for code in codes] == [1, 1]


def test_nothing_of_a_mail_is_logged(world: World, post: Post, capfd: Any, caplog: Any) -> None:
    code = world.at_officer()
    post.answer(code, "Lời riêng tư không được ghi vào nhật ký")
    post.bring(post.put(mail("x@tra-loi.tongdai.example", "Lời riêng tư khác"), "x@tra-loi.tongdai.example"))
    written = caplog.text + "".join(capfd.readouterr())
    assert "riêng tư" not in written
    assert HOA not in written


def test_what_tells_of_no_mail_fails_alone(world: World, post: Post) -> None:
    code = asked(world)
    to = reply_address(code, world.deps)
    greeting = {"MessageId": "hello", "Body": "Successfully validated SNS topic for Amazon SES."}
    lost = {"MessageId": "lost", "Body": json.dumps(notification("lost", world.clock.now(), HOA, [to]))}
    bad = {"MessageId": "bad", "Body": "{}"}
    assert invoke("mails", [bad, greeting, lost, post.put(mail(to), to)]) == {"bad", "lost"}
    assert len(said(world, code)) == 1
