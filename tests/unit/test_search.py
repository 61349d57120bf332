"""Search over published answers: known items, marks, spellings, phrases, and what is shown of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.search import entry, find, highlight, terms

KNOWN = {
    "birth": ("Đăng ký khai sinh cho con", "Nộp tờ khai và giấy chứng sinh tại Ủy ban nhân dân xã."),
    "death": ("Đăng ký khai tử", "Người thân khai báo; trẻ mới sinh mà mất cũng đăng ký."),
    "insurance": ("Cấp lại thẻ bảo hiểm y tế", "Nộp tại cơ quan bảo hiểm xã hội."),
    "danger": ("Đường bao hiểm trở", "Khu vực bao quanh hiểm trở đã cắm biển báo."),
    "peace": ("Trung tâm hành chính công Hòa Bình", "Mở cửa trong giờ hành chính."),
    "health": ("Khám sức khỏe lái xe", "Tại bệnh viện huyện, quý I hằng năm."),
}
ENTRIES = [
    entry(name, f"{ask}\n\nTôi hỏi.", told, field="f", unit="u", month="2026-11") for name, (ask, told) in KNOWN.items()
]


def best(query: str) -> str:
    return find(ENTRIES, query)[0][0]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("khai sinh", "birth"),
        ("KHAI SINH", "birth"),
        ("dang ky khai tu", "death"),
        ("đăng ký khai tử", "death"),
        ("bảo hiểm", "insurance"),
        ("bao hiểm", "danger"),
        ("hoà bình", "peace"),
        ("hòa bình", "peace"),
        ("hoa binh", "peace"),
        ("sức khoẻ", "health"),
        ("suc khoe lai xe", "health"),
        (unicodedata.normalize("NFD", "sức khỏe"), "health"),
        ('"thẻ bảo hiểm"', "insurance"),
        ("“giay chung sinh”", "birth"),
    ],
)
def test_known_items_come_first(query: str, name: str) -> None:
    assert best(query) == name


def test_marks_as_typed_weigh_more_and_without_them_both_are_found() -> None:
    assert find(ENTRIES, "bảo hiểm")[0] == ["insurance", "danger"]
    assert set(find(ENTRIES, "bao hiem")[0]) == {"insurance", "danger"}


def test_a_phrase_is_words_side_by_side() -> None:
    assert find(ENTRIES, '"khai sinh"') == (["birth"], True)
    assert set(find(ENTRIES, "khai sinh")[0]) == {"birth", "death"}


def test_a_word_is_a_whole_word() -> None:
    assert find(ENTRIES, "tran")[0] == []


def test_where_nothing_has_every_word_most_of_them_do() -> None:
    assert find(ENTRIES, "khai sinh trực tuyến") == (["birth", "death"], False)


@pytest.mark.parametrize("query", ["", "  ", '""', "!!!", '"', "<>"])
def test_nothing_to_look_for_is_found_nowhere(query: str) -> None:
    assert terms(query) == ()
    assert find(ENTRIES, query)[0] == []


def test_few_words_are_looked_for() -> None:
    assert len(terms(" ".join(f"từ{number}" for number in range(50)))) == 8


def test_what_was_found_is_shown_as_it_is_written() -> None:
    assert highlight("Cấp thẻ bảo hiểm y tế", "bao hiểm") == (
        ("Cấp thẻ ", False),
        ("bảo hiểm", True),
        (" y tế", False),
    )
    assert highlight("không có gì", "") == (("không có gì", False),)


def test_of_a_long_text_the_part_with_the_words_is_shown() -> None:
    pieces = highlight("đầu " * 200 + "giấy khai sinh " + "cuối " * 200, "khai sinh", 100)
    text = "".join(words for words, _ in pieces)
    assert ("khai sinh", True) in pieces
    assert len(text) <= 102
    assert (text[0], text[-1]) == ("…", "…")


@given(st.text(max_size=200), st.text(max_size=40), st.integers(min_value=0, max_value=60))
def test_nothing_is_lost_and_nothing_made_up(text: str, query: str, room: int) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert "".join(words for words, _ in highlight(text, query)) == composed
    shown = "".join(words for words, _ in highlight(text, query, room)) if room else composed
    assert len(shown) <= max(len(composed), room + 2)


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=60))
def test_no_words_break_it(question: str, answer: str, query: str) -> None:
    names, _ = find([entry("x", question, answer, field="f", unit="u", month="2026-11")], query)
    assert names in ([], ["x"])
