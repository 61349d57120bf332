"""Every letter, in every form, with friendly and with hostile words."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from jinja2 import StrictUndefined, UndefinedError, meta

from chalicelib.adapters import letters
from chalicelib.adapters.letters import TEMPLATES, CentreLetters, environment, render
from chalicelib.views.letter_contexts import samples
from chalicelib.views.letter_samples import CODE
from chalicelib.web.filters import (
    article_words,
    case_code,
    vn_date,
    vn_dates,
    vn_month,
    vn_phone,
    vn_time,
    working_duration,
)
from tests.builders import REGULATION

NAMES = sorted(path.stem for path in TEMPLATES.glob("*.j2") if "." not in path.stem)
CENTRE, SAMPLES = REGULATION.centre, samples(REGULATION)
TO_SENDER = sorted(name for name, sample in SAMPLES.items() if "sender_kind" in sample)
HOSTILE = "Ông <script>alert('x')</script> {{7*7}} {% raw %}\r\nBcc: x@example.com\n\n<b>&amp;</b>"
GIVEN = {"centre", "you", "addressee", "layout", "formal", "facts", "quote", "points", "table", "listing", "button"}
GIVEN |= {"answerable"}  # every letter to a sender has it
# In office hours nobody asks when they begin; what was taken back is no longer the reader's to open.
UNUSED = {"refused": ["link"], "taken_back": ["link"], "input_withdrawn": ["link"], "acknowledged": ["opens_at"]}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Collects the tags, and what is not balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes[tag] = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def hostile(value: object) -> object:
    """Replace every free word of a context; what the system makes itself (codes, times, numbers) stays."""
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, list):
        return [hostile(item) for item in value]
    return value


def test_every_template_has_a_sample() -> None:
    assert sorted(SAMPLES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_says_the_same_in_text_and_in_html(name: str) -> None:
    letter = render(name, SAMPLES[name], CENTRE)
    page = Page(letter.html)
    assert page.open == []
    assert page.attributes["html"]["lang"] == "vi"
    assert {"header", "main", "footer"} <= set(page.seen)
    words = re.sub(r"<[^>]+>", " ", letter.html.partition("<main>")[2].partition("</main>")[0])
    missing = set(letter.text.partition("Kính gửi")[2].split("----")[0].replace("|", " ").split()) - set(words.split())
    assert {word for word in missing if word.strip("-:") and not word.startswith("http")} <= set(
        re.findall(r"\S+:", letter.text)
    )
    assert "Kính gửi: " in letter.text
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("name", NAMES)
def test_the_subject_names_the_case_and_no_person(name: str) -> None:
    subject = render(name, SAMPLES[name], CENTRE).subject
    assert ("4821-0937-5514" in subject) is ("code" in SAMPLES[name])
    plain = {"code", "link", "kind_label", "late", "counts", "day", "minutes", "step"}
    words = [value for key, value in SAMPLES[name].items() if key not in plain and isinstance(value, str)]
    assert not [value for value in words if value and value in subject]
    assert len(subject) <= 78


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_stay_words(name: str) -> None:
    fixed = {
        "code",
        "link",
        "digits",
        "survey_link",
        "reply_link",
        "rating_link",
        "sender_kind",
        "counts",
        "lists",
        "holders",
        "day",
        "contact",
    }
    letter = render(name, {k: v if k in fixed else hostile(v) for k, v in SAMPLES[name].items()}, CENTRE)
    assert "<script" not in letter.html
    assert "<b>" not in letter.html
    assert letter.html.count("{{7*7}}") == letter.html.count("alert(") > 0
    assert Page(letter.html).open == []
    assert not re.search(r"[\r\n\x00-\x1f]", letter.subject)
    assert "Bcc" not in letter.subject
    assert not re.search(r"^Bcc", letter.text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_key_is_an_error_not_a_gap(name: str) -> None:
    for key in SAMPLES[name].keys() - {"sender_name", *UNUSED.get(name, ())}:
        with pytest.raises(UndefinedError):
            render(name, {k: v for k, v in SAMPLES[name].items() if k != key}, CENTRE)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_in_the_module_names_the_keys_of_the_template(name: str) -> None:
    row = re.search(rf"^\| {name} \|[^|]*\| (.*) \|$", letters.__doc__ or "", re.MULTILINE)
    assert row
    named = set(re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)", "", row[1])))
    tree = environment("html").parse((TEMPLATES / f"{name}.j2").read_text("utf-8"))
    assert named == meta.find_undeclared_variables(tree) - GIVEN - {"code", "link"}


@pytest.mark.parametrize("name", NAMES)
def test_only_the_sender_gets_an_sms_of_one_part(name: str) -> None:
    sms = render(name, SAMPLES[name], CENTRE).sms
    assert (sms is not None) is (name in TO_SENDER)
    if sms is not None:
        assert len(sms) <= 160
        assert re.fullmatch(r"[A-Za-z0-9 .,:/\-]+", sms)
        assert (SAMPLES[name].get("digits") or SAMPLES[name].get("survey_link") or "4821-0937-5514") in sms


def test_outside_office_hours_the_letter_says_from_when() -> None:
    opens_at = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
    sample = SAMPLES["acknowledged"] | {"in_office_hours": False, "opens_at": opens_at}
    letter = render("acknowledged", sample, CENTRE)
    assert "ngoài giờ hành chính" in letter.text
    assert "bắt đầu từ 07:30 ngày 25/11/2026 (thứ Tư)" in letter.text
    assert letter.sms is not None
    assert "Xu ly tu 07:30 25/11/2026" in letter.sms
    assert len(letter.sms) <= 160


@pytest.mark.parametrize(
    ("kind", "name", "addressee"),
    [
        ("individual", "Bùi Văn Tình", "Ông/Bà Bùi Văn Tình"),
        ("individual", "", "Ông/Bà"),
        ("organisation", "Hợp tác xã Mường Bi", "Hợp tác xã Mường Bi"),
        ("organisation", None, "Quý cơ quan, tổ chức"),
    ],
)
def test_the_sender_is_addressed(kind: str, name: str | None, addressee: str) -> None:
    sample = SAMPLES["answered"] | {"sender_kind": kind, "sender_name": name}
    text = CentreLetters(CENTRE).render("answered", sample).text
    assert f"Kính gửi: {addressee}\n" in text
    assert ("Quý đơn vị" in text) is (kind == "organisation")


def test_a_contact_is_shown_only_where_it_is_given() -> None:
    contact = {"name": "Bùi Văn Tình", "phone": "0900000123", "email": "", "address": "Xã Mường Bi"}
    assert "0900000123" in render("assigned", SAMPLES["assigned"] | {"contact": contact}, CENTRE).text
    assert "Thông tin liên hệ" not in render("assigned", SAMPLES["assigned"], CENTRE).text


def test_an_agency_without_software_is_shown_where_to_answer() -> None:
    for name in ("assigned", "overdue", "reminder", "conduct_notice", "substitution_request", "sender_wrote"):
        letter = render(name, SAMPLES[name] | {"reply_link": "https://1022.test/tra-loi/abc"}, CENTRE)
        assert letter.text.count("https://1022.test/tra-loi/abc") == 1
        assert '<a href="https://1022.test/tra-loi/abc"' in letter.html
        assert str(SAMPLES[name]["link"]) not in letter.text
        assert "Trả lời tại đây" not in render(name, SAMPLES[name], CENTRE).text


def test_a_late_reminder_says_by_how_much() -> None:
    letter = render("reminder", SAMPLES["reminder"] | {"late": True, "minutes": 270}, CENTRE)
    assert "quá hạn 4 giờ 30 phút làm việc" in letter.text
    assert "đã quá hạn" in letter.subject


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((8, 4, 0), "12 hồ sơ (8 đã quá hạn, 4 sắp đến hạn)"),
        ((0, 2, 0), "2 hồ sơ (2 sắp đến hạn)"),
        ((0, 1, 3), "4 hồ sơ (1 sắp đến hạn, 3 chờ bổ sung)"),
    ],
)
def test_reminders_that_go_together_are_counted_by_how_they_stand(counts: tuple[int, ...], words: str) -> None:
    names = dict(zip(("late", "soon", "waiting"), counts, strict=True))
    full = SAMPLES["reminders"]["lists"]
    assert isinstance(full, dict)
    lists = {name: full[name] if count else [] for name, count in names.items()}
    letter = render("reminders", SAMPLES["reminders"] | {"counts": names, "lists": lists, "more": 0}, CENTRE)
    assert letter.subject == f"Đôn đốc xử lý: {words}"
    shown = [caption in letter.text for caption in ("Đã quá hạn (", "Sắp đến hạn (", "Chờ người gửi bổ sung (")]
    assert shown == [bool(count) for count in counts]
    assert "hồ sơ khác" not in letter.text


def test_a_row_of_reminders_says_when_and_by_how_much() -> None:
    row = "4821-0937-5514 | Phản ánh | Bộ phận một cửa xử lý | Sở Tư pháp | 16:30 23/11/2026 | 4 giờ 30 phút"
    text = render("reminders", SAMPLES["reminders"], CENTRE).text
    assert (text.count(row), text.count(f"{row} | Báo trễ hạn")) == (3, 2)
    assert "Ngoài ra còn 7 hồ sơ khác" in text


def test_who_waits_for_the_sender_is_not_called_late() -> None:
    letter = render("reminder", SAMPLES["reminder"] | {"late": True, "waiting": True}, CENTRE)
    assert letter.subject == "Đôn đốc xử lý hồ sơ 4821-0937-5514 (chờ bổ sung)"
    assert "chờ người gửi bổ sung thông tin" in letter.text
    assert "hạn 2 giờ" not in letter.text
    assert "Hạn xử lý:" not in letter.text


def test_times_are_vietnamese() -> None:
    assert vn_time(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == "00:30 ngày 23/11/2026 (thứ Hai)"
    assert vn_time(datetime(2026, 11, 22, 3, 0, tzinfo=UTC)) == "10:00 ngày 22/11/2026 (Chủ nhật)"
    assert vn_date(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == vn_date(date(2026, 11, 23)) == "23/11/2026"
    days = [date(2027, 2, day) for day in (12, 15, 16, 17)]
    assert vn_dates(days) == "12/02/2027; 15/02/2027 đến 17/02/2027"
    with pytest.raises(ValueError, match="aware"):
        vn_time(datetime(2026, 11, 22))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "words"),
    [("+84912345678", "0912 345 678"), ("+842183851022", "02183851022"), ("+33612345678", "+33612345678"), (None, "")],
)
def test_telephone_numbers_are_written_as_here(number: str | None, words: str) -> None:
    assert vn_phone(number) == words


def test_months_are_written_as_here() -> None:
    assert vn_month("2026-11") == "11/2026"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (210, "3 giờ 30 phút làm việc"),
        (480, "8 giờ làm việc"),
        (45, "45 phút làm việc"),
        (0, "0 phút làm việc"),
        (-90, "1 giờ 30 phút làm việc"),
        (59.2, "1 giờ làm việc"),
        (None, ""),
    ],
)
def test_lengths_of_work(minutes: float | None, words: str) -> None:
    assert working_duration(minutes) == words


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("Điều 8.1.c", "điểm c khoản 1 Điều 8 Quy chế"),
        ("Điều 10.1.đ", "điểm đ khoản 1 Điều 10 Quy chế"),
        ("Điều 6.c", "điểm c Điều 6 Quy chế"),
        ("Điều 9.3", "khoản 3 Điều 9 Quy chế"),
        ("Điều 6", "Điều 6 Quy chế"),
        ("Điều 3.2, 8.1.a", "Điều 3.2, 8.1.a"),
        ("Luật Bảo vệ bí mật nhà nước", "Luật Bảo vệ bí mật nhà nước"),
        (None, ""),
    ],
)
def test_articles_are_written_as_in_law(article: str | None, words: str) -> None:
    assert article_words(article) == words


def test_a_code_is_written_once_however_it_comes() -> None:
    assert case_code(CODE) == case_code(case_code(CODE)) == "4821-0937-5514"


def test_only_html_escapes_and_both_are_strict() -> None:
    assert environment("html").autoescape is True
    assert environment("text").autoescape is False
    assert environment("html").undefined is environment("text").undefined is StrictUndefined
    assert environment("html") is environment("html")
    assert "Bùi & Hà" in render("answered", SAMPLES["answered"] | {"answer": "Bùi & Hà"}, CENTRE).text
    assert CODE not in render("answered", SAMPLES["answered"], CENTRE).text
