"""Điều 4 and 6: what is accepted, what is asked back, what is refused (R35-R43, R102)."""

import unicodedata
from dataclasses import replace

import pytest

from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role, Sender
from chalicelib.domain.case import State
from chalicelib.domain.eligibility import assess
from chalicelib.domain.regulation import EligibilityRule
from chalicelib.domain.text import fold
from tests.builders import CONTENT, HUONG, REGULATION, given, matter, only, receive, supply, to_officer, when
from tests.builders import ask as ask_back

ENGLISH = "Please tell me which documents are needed to register the birth of my child in this city."


def test_a_complete_vietnamese_matter_is_accepted() -> None:
    """Điều 3.5, 6 (R35-R38)."""
    assert assess(matter(), REGULATION).outcome == "accept"


@pytest.mark.parametrize("declared", ["complaint", "denunciation"])
def test_a_declared_petition_is_refused(declared: str) -> None:
    """Điều 1.1.b (R41)."""
    judged = assess(matter(declared=declared), REGULATION)
    assert (judged.outcome, judged.rule and judged.rule.id) == ("refuse", "petition_declared")


@pytest.mark.parametrize("spell", [str, lambda text: unicodedata.normalize("NFD", text), fold, str.upper])
@pytest.mark.parametrize("heading", ["Đơn khiếu nại về việc thu hồi đất", "ĐƠN TỐ CÁO", "** Đơn kêu oan **"])
def test_a_petition_that_names_itself_is_refused_however_it_is_spelled(heading: str, spell: object) -> None:
    """Điều 1.1.b (R41): composed, decomposed, without marks, in capitals."""
    assert callable(spell)
    for subject in (
        matter(title=spell(heading)),
        matter(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{spell(heading)}\nTôi tên là …"),
    ):
        judged = assess(subject, REGULATION)
        assert (judged.outcome, judged.rule and judged.rule.id) == ("refuse", "petition_heading")


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("Hỏi về đơn khiếu nại", "Cho tôi hỏi đơn khiếu nại về đất đai thì nộp ở cơ quan nào?"),
        ("Đơn khiếu nại nộp ở đâu?", "Cho tôi hỏi nơi nhận đơn khiếu nại về đất đai của huyện."),
        ("Xin hướng dẫn", "Tôi khiếu nại thái độ phục vụ thì cần viết những gì, gửi tới đâu ạ?"),
    ],
)
def test_a_question_about_petitions_is_only_flagged(title: str, content: str) -> None:
    """Điều 4.1 (R40, R41): asking how to complain is asking."""
    judged = assess(matter(content, title=title), REGULATION)
    assert (judged.outcome, judged.flags) == ("accept", ("possible_petition",))


def test_an_anonymous_matter_is_refused() -> None:
    """Điều 6.c (R37)."""
    judged = assess(matter(anonymous=True), REGULATION)
    assert (judged.outcome, judged.rule and judged.rule.id) == ("refuse", "anonymous")


@pytest.mark.parametrize(
    ("sender", "missing"),
    [
        (HUONG, ()),
        (replace(HUONG, email=""), ()),
        (replace(HUONG, phone=""), ()),
        (replace(HUONG, phone="", email=""), ("phone_or_email",)),
        (replace(HUONG, name=""), ("name",)),
        (replace(HUONG, address=""), ("address",)),
        (Sender(), ("name", "address", "phone_or_email")),
    ],
)
def test_missing_contact_details_are_asked_for_by_name(sender: Sender, missing: tuple[str, ...]) -> None:
    """Điều 6.c, 10.2.a (R37, R40)."""
    judged = assess(matter(sender=sender), REGULATION)
    assert (judged.outcome, judged.missing) == ("await_details" if missing else "accept", missing)


def test_a_matter_of_too_few_words_is_asked_back_not_refused() -> None:
    """Điều 6.b, 10.2.a (R36, R40)."""
    judged = assess(matter("Hỏi giấy", title=""), REGULATION)
    assert (judged.outcome, judged.missing) == ("await_details", ("content",))
    assert assess(matter("Làm lại giấy khai", title="Xin hỏi"), REGULATION).outcome == "accept"  # six words


def test_a_rule_of_several_conditions_needs_them_all() -> None:
    """Điều 6: the file may combine what it asks for."""
    both = EligibilityRule("both", "Điều 6.b", "await_details", {"anonymous": True, "fewer_words_than": 6})
    rules = replace(REGULATION, eligibility=(both,))
    outcomes = [
        assess(matter(words, title="", anonymous=anonymous), rules).outcome
        for words, anonymous in (("Hỏi giấy", True), ("Hỏi giấy", False), (CONTENT, True))
    ]
    assert outcomes == ["await_details", "accept", "accept"]


def test_everything_missing_is_asked_at_once_in_words() -> None:
    """Điều 10.2.a (R40): one letter, not three."""
    asked = only(receive(matter("Hỏi giấy", title="", sender=Sender())), ev.DetailsRequested)
    assert asked.missing == ("name", "address", "phone_or_email", "content")
    assert asked.question == "\n".join(f"- {REGULATION.details[name]}" for name in asked.missing)


def test_another_language_is_flagged_for_a_person_not_refused() -> None:
    """Điều 6.a (R35): a machine may only doubt."""
    judged = assess(matter(ENGLISH, title="Birth certificate"), REGULATION)
    assert (judged.outcome, judged.flags) == ("accept", ("language_doubtful",))
    assert assess(matter(fold(CONTENT), title=""), REGULATION).flags == ()


@pytest.mark.parametrize("stamp", ["TUYỆT MẬT", "Tối mật", "[ĐỘ MẬT: TỐI MẬT]", "VĂN BẢN MẬT"])
def test_a_matter_stamped_secret_is_refused_and_its_text_not_kept(stamp: str) -> None:
    """R102: the system must not store it."""
    story = receive(matter(f"{stamp}\nKế hoạch bảo vệ mục tiêu trọng điểm của tỉnh năm 2026", title="Gửi tài liệu"))
    received = only(story, ev.Received)
    assert story.case.state is State.REFUSED
    assert only(story, ev.Refused).rule == "state_secret"
    assert "Kế hoạch" not in received.content
    assert "Gửi" not in received.title
    assert received.content


def test_a_stamp_decides_before_any_other_rule_so_that_nothing_is_kept() -> None:
    """R102."""
    story = receive(matter("TỐI MẬT\nKế hoạch bảo vệ mục tiêu của tỉnh", anonymous=True, declared="complaint"))
    assert "Kế hoạch" not in only(story, ev.Received).content


@pytest.mark.parametrize(
    "words",
    [
        "Tôi mất giấy tờ xe, xin hỏi thủ tục cấp lại.",
        "Toi mat giay to xe, xin hoi thu tuc cap lai.",
        "Đồ mất trộm tại bến xe thì trình báo ở đâu?",
        "Văn bản mất dấu đỏ có được chứng thực không?",
        "Độ mặn nước sông tăng, xin hỏi lịch lấy nước.",
    ],
)
@pytest.mark.parametrize("place", ["title", "content"])
def test_words_that_differ_from_a_stamp_only_by_marks_are_accepted(words: str, place: str) -> None:
    """R40, R102: "tôi mất" (I lost) is not "tối mật" (top secret)."""
    subject = matter(title=words) if place == "title" else matter(words)
    assert assess(subject, REGULATION).outcome == "accept"


@pytest.mark.parametrize("holder", [Role.OPERATOR, Role.OFFICER])
def test_secret_words_supplied_later_are_not_kept_either(holder: Role) -> None:
    """R102, whoever asked for the details."""
    story = given(receive(), ask_back()) if holder is Role.OPERATOR else given(receive(), to_officer(), ask_back())
    secret = "TỐI MẬT\nKế hoạch bảo vệ mục tiêu của tỉnh"
    story = when(story, supply(secret, matter(secret)))
    assert "Kế hoạch" not in only(story, ev.DetailsSupplied).content
    assert story.case.state is (State.REFUSED if holder is Role.OPERATOR else State.WITH_OFFICER)


@pytest.mark.parametrize(
    "subject",
    [matter(declared="complaint"), matter(title="Đơn tố cáo"), matter(anonymous=True), matter(title="TỐI MẬT")],
)
def test_whoever_is_refused_reads_why_where_to_go_and_by_which_article(subject: object) -> None:
    """Điều 7.2 (R39)."""
    story = receive(subject)  # type: ignore[arg-type] # all four are matters
    refused = only(story, ev.Refused)
    assert len(refused.reason) > 40
    assert len(refused.guidance) > 40
    assert story.last[-1].article == refused.article != ""
    assert (story.case.holder, story.case.stage) == (None, None)
