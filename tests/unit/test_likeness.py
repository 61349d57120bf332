"""Whether two matters speak of the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.likeness import alike

BIRTH = "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?"
LAND = "Tôi nộp hồ sơ đất đai đã quá ngày hẹn 10 ngày mà chưa có kết quả, cũng không được giải thích lý do."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BIRTH, "Hôm trước tôi có hỏi về đăng ký khai sinh cho con, nay muốn biết cần những giấy tờ gì nữa"),
        (LAND, "Hồ sơ đất đai của tôi nộp từ tháng trước, quá ngày hẹn vẫn chưa có kết quả"),
        (BIRTH, "toi muon hoi thu tuc DANG KY KHAI SINH cho con"),
    ],
)
def test_the_same_matter_told_twice_is_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize("other", [LAND, "Đường thôn tôi bị ngập nước, đề nghị sửa chữa", "", "!?…", "khai"])
def test_another_matter_is_not(other: str) -> None:
    assert not alike(BIRTH, other)


@given(st.text(), st.text())
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
