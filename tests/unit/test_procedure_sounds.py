"""What is written as it sounds is put right where the words beside it tell, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.procedure_sounds import Sounds, sound

PAIRS = [("tạm", "trú"), ("đăng", "ký"), ("ký", "tạm"), ("khai", "sinh"), ("tư", "pháp"), ("lý", "lịch"), ("sổ", "đỏ")]
SOUNDS = Sounds(PAIRS)


@pytest.mark.parametrize(
    ("one", "other"),
    [("chú", "trú"), ("xổ", "sổ"), ("dấy", "giấy"), ("rấy", "giấy"), ("nàm", "làm"), ("hông", "hôn"), ("kí", "ký")],
)
def test_are_often_taken_for_each_other(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("trú", "trụ"), ("đa", "da"), ("nghe", "ne"), ("thu", "tu"), ("hô", "ho")])
def test_are_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_hook_and_tilde_are_one() -> None:
    assert sound("sửa") == sound("sữa")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("đăng ký tạm chú", "đăng ký tạm trú"),
        ("tam chu", "tạm trú"),
        ("ly lịch tư pháp", "lý lịch tư pháp"),  # the mark is missing where it is certain
        ("xổ đỏ của chú", "sổ đỏ của chú"),
        ("chú tôi", "chú tôi"),
    ],
)
def test_the_word_beside_it_tells(typed: str, right: str) -> None:
    assert SOUNDS.put_right(tuple(typed.split()), marked=True) == tuple(right.split())


def test_without_marks_nothing_gets_any() -> None:
    assert SOUNDS.put_right(("tam", "tru"), marked=False) == ("tam", "tru")


def test_what_stands_right_beside_another_is_left_alone() -> None:
    # "ký tạm" is known: "tạm" is not made anything else by what follows
    sounds = Sounds([*PAIRS, ("tạn", "cùng")])
    assert sounds.put_right(("ký", "tạm", "cùng"), marked=True) == ("ký", "tạm", "cùng")


@given(st.lists(st.text(alphabet="aăâbcdđeghiklmnoôơpqrstuưvxyàáảãạ0", min_size=1, max_size=7), max_size=12))
def test_as_many_come_back_as_were_typed(words: list[str]) -> None:
    assert len(SOUNDS.put_right(tuple(words), marked=True)) == len(words)
