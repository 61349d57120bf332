"""Finding procedures by what people say: everyday words, no marks, slips of the hand, codes; and what is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import everyday_words
from chalicelib.domain import everyday_words as parsing
from chalicelib.domain.answering import CONFIDENT
from chalicelib.domain.everyday_words import says, syllables
from chalicelib.domain.procedure_naming import TURNED
from chalicelib.domain.procedure_search import Entry, ProcedureIndex
from chalicelib.domain.regulation_entries import RegulationError
from tests import procedures

EVERYDAY = everyday_words()
ENTRIES = [Entry(one["code"], one["name"], one["field"], tuple(one["levels"])) for one in procedures.rows()]
EMPTY = {"noise": [], "faint": [], "phrases": {}, "written": {}, "turns": [], "narrows": []}
INDEX = ProcedureIndex(ENTRIES, EVERYDAY)


def first(query: str) -> str:
    hits = INDEX.find(query)
    return ENTRIES[hits[0].place].name if hits else ""


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("đăng ký kết hôn", "Đăng ký kết hôn"),
        ("kết hôn đăng ký", "Đăng ký kết hôn"),
        ("dang ky ket hon", "Đăng ký kết hôn"),
        ("ĐĂNG KÝ KẾT HÔN!!!", "Đăng ký kết hôn"),
        ("dang ki ket honn", "Đăng ký kết hôn"),
        ("ddawng kys keets hoon", "Đăng ký kết hôn"),
        ("d9a8ng ky1 ke61t ho6n", "Đăng ký kết hôn"),
        ("đăngký kếthôn", "Đăng ký kết hôn"),
        ("tôi muốn cưới thì làm giấy tờ ở đâu ạ", "Đăng ký kết hôn"),
        ("khai sinh cho con", "Đăng ký khai sinh"),
        ("làm lại sổ đỏ bị mất", "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất"),
        ("lam lai so do bi mat", "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất"),
        ("đổi sổ hồng", "Cấp đổi giấy chứng nhận quyền sử dụng đất"),
        ("xin giấy độc thân", "Cấp giấy xác nhận tình trạng hôn nhân"),
        ("mất cccd", "Cấp lại thẻ căn cước"),
        ("can cuoc", "Cấp lại thẻ căn cước"),
        ("nhập hộ khẩu", "Đăng ký thường trú"),
        ("khai xinh cho cháu", "Đăng ký khai sinh"),
        ("khai sanh", "Đăng ký khai sinh"),
        ("đăng kí kết hông", "Đăng ký kết hôn"),
        ("đăng ký tạm chú", "Đăng ký tạm trú"),
        ("giấy sác nhận độc thân", "Cấp giấy xác nhận tình trạng hôn nhân"),
        ("mất xổ đỏ thì nàm nại ở đâu", "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất"),
        ("sổ hồng để đâu mất rồi", "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất"),
        ("làm mất bìa đỏ", "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất"),
        ("tui bị rớt cccd giờ lm lại sao", "Cấp lại thẻ căn cước"),
        ("dk hkd cần j", "Đăng ký thành lập hộ kinh doanh"),
        ("9.000016", "Công nhận hộ nghèo, hộ cận nghèo"),
        ("mã 9.000016 khai sinh", "Công nhận hộ nghèo, hộ cận nghèo"),
    ],
)
def test_is_found_first(query: str, name: str) -> None:
    assert first(query) == name


def test_marks_that_were_typed_tell_words_apart() -> None:
    entries = [Entry("1", "Đăng ký khai thác tài nguyên", "", ()), Entry("2", "Đăng ký khái thác", "", ())]
    index = ProcedureIndex(entries, EVERYDAY)
    for query, right in (("khái thác", 1), ("khai thác", 0)):
        explains = {one.place: one.explains for one in index.find(query)}
        assert explains[right] == 1 > explains[1 - right]
    assert {one.explains for one in index.find("khai thac")} == {1}


def test_of_two_that_say_the_same_the_one_that_says_little_else_comes_first() -> None:
    entries = [Entry("1", "Đăng ký khai tử lưu động", "", ()), Entry("2", "Đăng ký khai tử", "", ())]
    assert ProcedureIndex(entries, EVERYDAY).find("khai tử")[0].place == 1


def test_what_nobody_asked_for_makes_another_matter() -> None:
    entries = [
        Entry("1", "Thu hồi giấy phép khai thác", "", ()),
        Entry("2", "Cấp, cấp lại giấy phép khai thác ở địa phương", "", ()),
    ]
    index = ProcedureIndex(entries, EVERYDAY)
    assert index.find("giấy phép khai thác ở địa phương")[0].place == 1
    asked, unasked = index.find("thu hồi giấy phép khai thác")[0], index.find("giấy phép khai thác")[0]
    assert (asked.place, unasked.place) == (0, 0)
    assert asked.score > unasked.score + TURNED
    narrower = [Entry("1", "Đăng ký khai tử tại khu vực biên giới", "", ("Cấp xã",)), Entry("2", "Khai tử lại", "", ())]
    assert ProcedureIndex(narrower, EVERYDAY).find("đăng ký khai tử")[0].score < 1.0


def test_whoever_types_a_name_gets_it() -> None:
    entries = [Entry("1", "Cấp đổi thẻ căn cước", "", ()), Entry("2", "Cấp đổi giấy chứng nhận căn cước", "", ())]
    assert ProcedureIndex(entries, EVERYDAY).find("cap doi giay chung nhan can cuoc")[0].place == 1


def test_the_official_name_of_what_is_not_there_finds_nothing_like_it() -> None:
    entries = [Entry("1", "Hỗ trợ chi phí", "", ("Cấp xã",))]
    index = ProcedureIndex(entries, EVERYDAY)
    assert index.find("xin tiền mai táng phí") == []
    assert [one.place for one in index.find("hỗ trợ chi phí")] == [0]


def test_little_that_is_said_by_chance_makes_nobody_sure() -> None:
    entries = [
        Entry(
            "1",
            "Khai thuế tháng của tổ chức trả thu nhập từ hợp đồng bảo hiểm nhân thọ, đại lý xổ số và bán hàng",
            "",
            (),
        ),
        Entry("2", "Bảo hiểm nhân thọ", "", ()),
    ]
    long, short = ProcedureIndex(entries[:1], EVERYDAY), ProcedureIndex(entries[1:], EVERYDAY)
    by_chance, meant = long.find("nhân thọ")[0], short.find("bảo hiểm nhân thọ")[0]
    assert by_chance.explains == meant.explains == 1.0
    assert by_chance.sure < meant.sure
    assert long.find("nhân thọ ở chỗ nào xa lạ")[0].sure < CONFIDENT < meant.sure


def test_of_two_alike_the_nearer_office_comes_first() -> None:
    entries = [Entry("1", "Cấp lại thẻ", "", ("Cấp tỉnh",)), Entry("2", "Cấp lại thẻ", "", ("Cấp xã",))]
    assert ProcedureIndex(entries, EVERYDAY).find("cấp lại thẻ")[0].place == 1


@pytest.mark.parametrize("query", ["", "   ", "???", "tôi muốn hỏi", "9.999999"])
def test_what_asks_nothing_finds_nothing(query: str) -> None:
    assert INDEX.find(query) == []


def test_how_much_of_a_question_is_said_tells_what_is_in_the_catalogue() -> None:
    known = min(INDEX.find(query)[0].explains for query in ("khai sinh cho con", "mở cửa hàng", "lam ho so tam tru"))
    others = ["mai trời có mưa không", "giá vàng hôm nay", "đèn đường hỏng đã lâu chưa ai thay"]
    strange = max((hits[0].explains if (hits := INDEX.find(query)) else 0.0) for query in others)
    assert strange < 0.5 < known


def test_narrowed_to_some() -> None:
    assert [one.place for one in INDEX.find("đăng ký", frozenset({2, 5}))] == [2, 5]


@given(st.text(max_size=200))
def test_nothing_breaks_it(query: str) -> None:
    assert all(0 <= one.explains <= 1 and 0 <= one.sure <= 1 for one in INDEX.find(query))


@given(st.lists(st.sampled_from(["sổ", "đỏ", "mất", "làm", "lại", "hd", "đất", "9.000001", "khai"]), max_size=100))
def test_nothing_is_found_twice(words: list[str]) -> None:
    places = [one.place for one in INDEX.find(" ".join(words))]
    assert len(places) == len(set(places))


def test_an_empty_catalogue_has_nothing() -> None:
    assert ProcedureIndex([], EVERYDAY).find("khai sinh") == []


class TestEverydayWords:
    def test_what_is_typed_without_marks_may_be_any_word(self) -> None:
        assert says(("so", "do"), ("sổ", "đỏ"))
        assert not says(("sơ", "đồ"), ("sổ", "đỏ"))
        assert not says(("sổ",), ("sổ", "đỏ"))

    def test_shorthand_is_written_out_and_the_longer_one_first(self) -> None:
        assert EVERYDAY.written_out(syllables("bìa đỏ đk ko")) == syllables("sổ đỏ được không")
        assert EVERYDAY.written_out(EVERYDAY.written_out(("cmnd",))) == syllables("chứng minh nhân dân")

    def test_both_spellings_of_tones_are_one(self) -> None:
        assert syllables("Hoà giải, thuỷ lợi") == syllables("hòa giải thủy lợi")

    @pytest.mark.parametrize(
        "data",
        [
            None,
            {"noise": [], "faint": []},
            EMPTY | {"phrases": {"sổ đỏ": "giấy"}},
            EMPTY | {"phrases": {"sổ đỏ": []}},
            EMPTY | {"written": {"ko": ["không"]}},
            EMPTY | {"turns": "mất"},
        ],
    )
    def test_a_file_that_is_wrong_is_named(self, data: object) -> None:
        with pytest.raises(RegulationError):
            parsing.from_mapping(data)
