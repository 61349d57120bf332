"""What is a person's own in a mail, as clients of Vietnam and others quote; and what only looks like a client's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail_words import REPLY_LINE, said

WORDS = "Tôi xin bổ sung: số giấy chứng sinh 123.\n\nTrân trọng."
LETTER = f"--- {REPLY_LINE} ---\nTRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\nKính gửi: Ông/Bà Bùi Thị Hoa\nMã PIN: 493817"
QUOTED = "\n".join(f"> {line}" for line in LETTER.splitlines())
CENTRE = "Tổng đài 1022 Hòa Bình <tong-dai@tongdai.example>"
QUOTES = {
    "gmail": f"Vào Th 2, 23 thg 11, 2026 vào lúc 10:22 {CENTRE} đã viết:\n\n{QUOTED}",
    "gmail, wrapped": "Vào 10:22, Th 2, 23 thg 11, 2026 Tổng đài 1022 <\ntong-dai@tongdai.example> đã viết:\n\n"
    + QUOTED,
    "gmail, three lines": "Vào Th 2, 23 thg 11, 2026 vào lúc 10:22\nTổng đài 1022 Hòa Bình\n<a@b.example> đã viết:\n"
    + QUOTED,
    "gmail, old": f"2026-11-23 10:22 GMT+07:00 {CENTRE}:\n\n{QUOTED}",
    "gmail, English": f"On Mon, Nov 23, 2026 at 10:22 AM {CENTRE} wrote:\n\n{QUOTED}",
    "iPhone": f"Đã gửi từ iPhone của tôi\n\nVào 10:22, 23 thg 11, 2026, {CENTRE} đã viết:\n\n{QUOTED}",
    "iPhone, not marked": f"Đã gửi từ iPhone của tôi\n\nVào 10:22, 23 thg 11, 2026, {CENTRE} đã viết:\n\n{LETTER}",
    "outlook": f"________________________________\nTừ: {CENTRE}\nĐã gửi: Thứ Hai, 23 Tháng Mười Một 2026 10:22\n"
    f"Đến: hoa@example.com\nChủ đề: Đề nghị bổ sung thông tin\n\n{LETTER}",
    "outlook, English": f"\nFrom: {CENTRE}\nSent: Monday, November 23, 2026 10:22 AM\nTo: hoa@example.com\n"
    f"Subject: Đề nghị bổ sung thông tin\n\n{LETTER}",
    "outlook, phone": f"Tải Outlook cho iOS<https://aka.ms/o0ukef>\n________________________________\n*Từ:* {CENTRE}\n"
    f"*Ngày gửi:* 23/11/2026\n*Đến:* hoa@example.com\n*Chủ đề:* Bổ sung\n{LETTER}",
    "outlook, old": f"-----Original Message-----\nFrom: {CENTRE}\nTo: hoa\n\n{LETTER}",
    "yahoo": f"    Vào lúc 10:22:33 GMT+7 Thứ Hai, 23 tháng 11, 2026, {CENTRE} đã viết:\n\n{LETTER}",
    "thunderbird": f"Vào lúc 10:22 23/11/2026, Tổng đài đã viết:\n{QUOTED}",
    "zoho": f"---- Vào Th 2, 23 thg 11 2026 10:22:00 +0700 {CENTRE} đã viết ----\n\n{LETTER}",
    "roundcube": f"Vào 2026-11-23 10:22, Tổng đài đã viết:\n{QUOTED}",
    "like Zalo": f"----- Tin nhắn gốc -----\n{LETTER}",
    "samsung": f"Được gửi từ thiết bị Galaxy của tôi\n-------- Thư gốc --------\nTừ: {CENTRE}\n{LETTER}",
    "our own line alone": LETTER,
}


@pytest.mark.parametrize("client", QUOTES)
def test_the_letter_that_is_answered_goes(client: str) -> None:
    assert said(f"{WORDS}\n\n{QUOTES[client]}") == WORDS


@pytest.mark.parametrize("client", QUOTES)
def test_who_wrote_nothing_said_nothing(client: str) -> None:
    assert said(QUOTES[client]) == ""


@pytest.mark.parametrize("client", ["gmail", "thunderbird", "gmail, English"])
def test_who_answers_below_or_between_is_heard_too(client: str) -> None:
    assert said(f"{QUOTES[client]}\n\n{WORDS}") == WORDS
    head, *lines = QUOTES[client].split("\n")
    between = "\n".join([head, *lines[:3], "Số 123", *lines[3:], "Xin cảm ơn"])
    assert said(between) == "Số 123\nXin cảm ơn"


@pytest.mark.parametrize(
    "words",
    [
        "Vào sáng ngày 10/11, lúc 10:22, cán bộ một cửa đã viết:\nGiấy hẹn số 15.\nĐến nay chưa có kết quả.",
        "Tôi đi xe buýt.\nTừ: Hòa Bình\nĐến: Hà Nội\nNgày: 10/11\nXe không chạy đúng giờ.",
        "Từ: ngày 10/11 tôi đã gửi đơn đến hoa@example.com.\nĐến nay chưa có trả lời.",
        "Tiêu đề: Chậm trả kết quả\nNội dung: đã quá hẹn ba ngày.",
        "- thứ nhất\n- thứ hai\n-- hết --",
        "Số hồ sơ:\n_____\nH28.12",
        "a > b và 5 < 6",
        "On 10/11 he wrote:\nno",
        "Bùi Thị Hoa\n0912 345 678\nTổ 5, phường Phương Lâm",
    ],
)
def test_what_only_looks_like_a_client_stays(words: str) -> None:
    assert said(words) == words


def test_what_a_telephone_adds_goes_only_at_the_end() -> None:
    assert said("Đã gửi từ bưu điện huyện, số 15.\nXin kiểm tra.\n\nSent from my iPhone") == (
        "Đã gửi từ bưu điện huyện, số 15.\nXin kiểm tra."
    )


@given(st.text())
def test_nothing_is_invented(text: str) -> None:
    lines = {line.strip() for line in text.splitlines()}
    assert set(said(text).splitlines()) <= lines | {""}
