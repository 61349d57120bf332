"""Every page that people see, and how one gets there. A line here holds a page to all of test_every_page.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from .matters import Matters
from .rooms import ASKED
from .steps import (
    MATTER,
    PETITION,
    add_unit,
    announce,
    answer_by_link,
    ask_for_code,
    enter,
    fill,
    fill_from_template,
    give_code,
    log_in,
    new_number,
    open_case,
    press,
    preview_publication,
    register_key,
    send_matter,
    take_down,
)

Way = Callable[[Page, Any], object]  # by what its centre has: Matters, or There
WHITE = "\u2003"  # what a browser takes for filled in, and nobody else


def at(address: str, role: str = "", unit: str = "") -> Way:
    """Open an address, with what stands in braces from Matters; as somebody of a role (and unit), if one is given."""

    def way(tab: Page, matters: Any) -> None:
        if role:
            enter(tab, matters.user(role, unit))
        tab.goto(address.format(**vars(matters)))

    return way


def then(way: Way, step: Callable[[Page], object]) -> Way:
    """Go a way and a step further."""

    def further(tab: Page, matters: Any) -> None:
        way(tab, matters)
        step(tab)

    return further


def look_up(tab: Page, number: str) -> None:
    """Ask at the desk who telephones."""
    fill(tab, {"Số điện thoại": number})
    press(tab, "Tìm người gửi T")


def find_all_cases(tab: Page, matters: Matters) -> None:
    """Send a matter and ask for all of that address, which nobody else has."""
    mail = f"{uuid4().hex}@example.com"
    send_matter(tab, **{"Thư điện tử": mail})
    ask_for_code(tab, mail)
    give_code(tab, matters.code_told(mail))


def see_my_data(tab: Page) -> None:
    """Follow the link from all of one's cases to all data of them."""
    with tab.expect_navigation():
        tab.get_by_role("link", name="Xem mọi dữ liệu đang được lưu về tôi").click()


AGENCIES = at("/ban-lam-viec/quan-tri/co-quan", "administrator")
AGENCY = at("/ban-lam-viec/quan-tri/co-quan/so_tu_phap", "administrator")
CALENDAR = at("/ban-lam-viec/quan-tri/lich", "administrator")
INTAKE = at("/ban-lam-viec/tiep-nhan", "operator")
PAGES: Mapping[str, Way] = {
    "home": at("/"),
    "send": at("/gui"),
    "send-faults": lambda tab, _: send_matter(tab, **{"Số điện thoại": "12", "Họ và tên (hoặc tên tổ chức)": WHITE}),
    "send-answered": lambda tab, _: send_matter(tab, once=True),
    "sent": lambda tab, _: send_matter(tab),
    "look-up": at("/theo-doi"),
    "look-up-unknown": at("/theo-doi?ma=4821-0937-5515"),
    "follow": at("/theo-doi/{waiting.code}"),
    "sent-refused": lambda tab, _: send_matter(tab, **{"Nội dung": PETITION}),
    "follow-answered": at("/theo-doi/{answered.code}"),
    "open": lambda tab, made: open_case(tab, made.answered.code, made.answered.pin),
    "open-rated": lambda tab, made: open_case(tab, made.rated.code, made.rated.pin),
    "open-refused": lambda tab, made: open_case(tab, made.refused.code, made.refused.pin),
    "open-wrong": lambda tab, made: open_case(tab, made.answered.code, "000000"),
    "open-asked": lambda tab, made: open_case(tab, made.asked.code, made.asked.pin),
    "open-hostile": lambda tab, made: open_case(tab, made.hostile.code, made.hostile.pin),
    "my-cases": at("/ho-so-cua-toi"),
    "my-cases-list": find_all_cases,
    "my-data": then(find_all_cases, see_my_data),
    "my-cases-faults": lambda tab, _: ask_for_code(tab, "12"),
    "my-cases-code": lambda tab, _: ask_for_code(tab, f"{uuid4().hex}@example.com"),  # one address may ask five times
    "contact": at("/lien-he"),
    "statistics": at("/thong-ke"),
    "open-data": at("/du-lieu-mo"),
    "board": at("/cong-khai"),
    "board-search": at("/cong-khai?tim=khai+sinh"),
    "board-nothing": at("/cong-khai?tim=khong+co+gi+nhu+vay"),
    "posting": at("/cong-khai/{posting}"),
    "rating": at("{rating_link}"),
    "rating-unknown": at("/danh-gia/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    "procedures": at("/thu-tuc"),
    "procedures-search": at("/thu-tuc?tim=lam+lai+so+do"),
    "procedure": at("/thu-tuc/9.000009"),
    "invitation-unknown": at("/khao-sat/000000000000/AAAAAAAAAAAAAAAAAAAA"),
    "desk-surveys": at("/ban-lam-viec/khao-sat", "leadership"),
    "desk-survey": at("/ban-lam-viec/khao-sat/{rooms.survey}", "leadership"),
    "desk-survey-calls": at("/ban-lam-viec/khao-sat/{rooms.survey}/goi-dien", "leadership"),
    "reply": at("{link}"),
    "reply-faults": lambda tab, made: answer_by_link(tab, made.link, **{"Lãnh đạo phê duyệt": WHITE}),
    "reply-hostile": at("{hostile_link}"),
    "reply-unknown": at("/tra-loi/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    "desk-log-in": at("/ban-lam-viec/dang-nhap"),
    "desk-log-in-wrong": lambda tab, made: log_in(tab, made.user("operator"), "không đúng"),
    "desk-account": at("/ban-lam-viec/tai-khoan", "operator"),
    "desk-worklist": at("/ban-lam-viec/ho-so", "operator"),
    "desk-worklist-empty": at("/ban-lam-viec/ho-so?linh-vuc=y_te&qua-han=1", "operator"),
    "desk-case": at("/ban-lam-viec/ho-so/{waiting.code}", "operator"),
    "desk-receptions": at("/ban-lam-viec/tiep-dan", "leadership"),
    "desk-reception": at("/ban-lam-viec/tiep-dan/{rooms.reception}", "leadership"),
    "desk-minutes": at("/ban-lam-viec/tiep-dan/{rooms.reception}/bien-ban", "leadership"),
    "desk-inputs": at("/ban-lam-viec/y-kien", "agency", ASKED),
    "desk-input": at("/ban-lam-viec/y-kien/{rooms.input}/1", "agency", ASKED),
    "desk-case-input": at("/ban-lam-viec/ho-so/{rooms.input}", "officer", "so_tu_phap"),
    "desk-case-forwarded": at("/ban-lam-viec/ho-so/{forwarded.code}?xong=chuyen", "operator"),
    "desk-case-template": then(
        at("/ban-lam-viec/ho-so/{waiting.code}", "operator"), lambda tab: fill_from_template(tab, "Giải đáp câu hỏi")
    ),
    "desk-case-answered": at("/ban-lam-viec/ho-so/{answered.code}", "operator"),
    "desk-case-publication": then(at("/ban-lam-viec/ho-so/{answered.code}", "operator"), preview_publication),
    "desk-case-hostile": at("/ban-lam-viec/ho-so/{hostile.code}", "operator"),
    "desk-forecast": at("/ban-lam-viec/du-bao", "leadership"),
    "desk-intake-suggested": then(INTAKE, lambda tab: press(tab, "Gợi ý phân loại G")),
    "desk-reports": at("/ban-lam-viec/bao-cao", "leadership"),
    "desk-report": at("/ban-lam-viec/bao-cao/{rooms.report}", "leadership"),
    "desk-report-cases": at("/ban-lam-viec/bao-cao/{rooms.report}/ho-so?o=total%2Fentered", "leadership"),
    "desk-leadership": at("/ban-lam-viec/lanh-dao", "leadership"),
    "desk-rewards": at("/ban-lam-viec/khen-thuong", "leadership"),
    "desk-guide": at("/ban-lam-viec/tro-giup", "officer"),
    "desk-guide-operator": at("/ban-lam-viec/tro-giup", "operator"),
    "desk-keyboard": at("/ban-lam-viec/tro-giup/phim-tat", "operator"),
    "desk-first-day": at("/ban-lam-viec/tro-giup/ngay-dau", "leadership"),
    "desk-home": at("/ban-lam-viec", "operator"),
    "desk-intake": at("/ban-lam-viec/tiep-nhan", "operator"),
    "desk-administration": at("/ban-lam-viec/quan-tri", "administrator"),
    "desk-dead-letters": at("/ban-lam-viec/quan-tri/thong-diep", "administrator"),
    "desk-dead-letters-settled": at("/ban-lam-viec/quan-tri/thong-diep?xem=da-xu-ly", "administrator"),
    "desk-rights": at("/ban-lam-viec/quyen-du-lieu", "leadership"),
    "desk-right": at("/ban-lam-viec/quyen-du-lieu/{rooms.right}", "leadership"),
    "desk-access": at("/ban-lam-viec/quan-tri/truy-cap?ho-so={answered.code}", "administrator"),
    "desk-breaches": at("/ban-lam-viec/quan-tri/su-co", "leadership"),
    "desk-breach": at("/ban-lam-viec/quan-tri/su-co/{rooms.breach}", "leadership"),
    "desk-aside": at("/ban-lam-viec/quan-tri/de-rieng", "administrator"),
    "desk-catalogue": at("/ban-lam-viec/quan-tri/thu-tuc", "administrator"),
    "desk-catalogue-version": at("/ban-lam-viec/quan-tri/thu-tuc/phien-ban/1", "administrator"),
    "desk-accounts": at("/ban-lam-viec/quan-tri/tai-khoan", "administrator"),
    "desk-agencies": AGENCIES,
    "desk-agencies-faults": then(AGENCIES, lambda tab: add_unit(tab, WHITE)),
    "desk-agency": AGENCY,
    "desk-agency-faults": then(AGENCY, lambda tab: register_key(tab, "{")),
    "desk-calendar": CALENDAR,
    "desk-calendar-faults": then(CALENDAR, lambda tab: announce(tab, **{"Đến hết ngày": "2026-01-01"})),
    "desk-calendar-look": then(CALENDAR, announce),
    "desk-regulation": at("/ban-lam-viec/quan-tri/quy-che", "administrator"),
    "desk-routing": at("/ban-lam-viec/quan-tri/dinh-tuyen", "administrator"),
    "desk-case-routing": at("/ban-lam-viec/ho-so/{waiting.code}/dinh-tuyen", "operator"),
    "desk-letters": at("/ban-lam-viec/quan-tri/mau-thu", "administrator"),
    "desk-letter": at("/ban-lam-viec/quan-tri/mau-thu/answered", "administrator"),
    "desk-mails": at("/ban-lam-viec/thu-den", "operator"),
    "desk-mail": at("/ban-lam-viec/thu-den/{mail}", "operator"),
    "desk-mails-none": at("/ban-lam-viec/thu-den?xem=da-bo-qua", "administrator"),
    "desk-intake-known": then(INTAKE, lambda tab: look_up(tab, MATTER["Số điện thoại"])),
    "desk-intake-faults": then(INTAKE, lambda tab: press(tab, "Lưu và trả lời R")),
    "desk-intake-similar": then(INTAKE, lambda tab: take_down(tab, "Lưu L")),
    "desk-intake-saved": then(INTAKE, lambda tab: take_down(tab, "Lưu L", **{"Số điện thoại": new_number()})),
    "desk-worklist-officer": at("/ban-lam-viec/ho-so", "officer"),
    "desk-not-allowed": at("/ban-lam-viec/quan-tri", "operator"),
    "desk-closed": at("/ban-lam-viec/tai-khoan"),
}
