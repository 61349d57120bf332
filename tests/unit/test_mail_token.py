"""The token in a mail's address for answers: what it gives, and what nobody else can make of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chalicelib.adapters.keys import SecretKeys
from chalicelib.domain.case_code import from_number

CODES = st.integers(0, 10**11 - 1).map(from_number)
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


KEYS = SecretKeys.of("k" * 64)


@given(CODES)
@example("000000000000")
def test_it_leads_back_to_its_case_in_any_case_of_letters(code: str) -> None:
    token = KEYS.mail_token(code)
    assert re.fullmatch("[a-z2-7]{24}", token)
    assert KEYS.code_of_mail_token(token) == KEYS.code_of_mail_token(token.upper()) == code
    assert KEYS.mail_token(code) == token, "as long as the case lives"


@given(CODES)
def test_an_address_with_it_is_one_that_mail_systems_take(code: str) -> None:
    """RFC 5321 4.5.3.1.1: at most 64 octets before the @."""
    assert len(f"tra-loi+{KEYS.mail_token(code)}") <= 64


@given(CODES, st.integers(0, 23), st.sampled_from(ALPHABET))
def test_one_letter_changed_makes_it_nothing(code: str, place: int, letter: str) -> None:
    token = KEYS.mail_token(code)
    assume(token[place] != letter)
    assert KEYS.code_of_mail_token(token[:place] + letter + token[place + 1 :]) is None


@given(CODES, CODES)
def test_the_halves_of_two_make_no_third(one: str, other: str) -> None:
    assume(one != other)
    mixed = KEYS.mail_token(one)[:8] + KEYS.mail_token(other)[8:]
    assert KEYS.code_of_mail_token(mixed) is None


@given(CODES)
def test_another_centre_cannot_read_it_and_nobody_sees_the_code_or_the_pin(code: str) -> None:
    token = KEYS.mail_token(code)
    assert SecretKeys.of("j" * 64).code_of_mail_token(token) is None
    assert code not in token
    assert KEYS.pin(code) not in token


def test_neighbours_look_nothing_alike() -> None:
    """Whoever has many addresses learns nothing of how many cases there are, or when."""
    covered = [KEYS.mail_token(from_number(number))[:8] for number in range(2000)]
    assert len(set(covered)) == 2000
    for place in range(8):
        assert len({token[place] for token in covered}) == 32


@given(st.text(max_size=40) | st.text(ALPHABET + "=", min_size=20, max_size=32))
@example("")
@example("a" * 24)
@example("ſ" * 24)
@example("0189" * 6)
def test_whatever_else_is_written_there_is_no_token(text: str) -> None:
    assert KEYS.code_of_mail_token(text) is None


@pytest.mark.parametrize("use", ["pin", "public_name", "sender"])
def test_what_else_the_key_makes_is_no_token(use: str) -> None:
    code = from_number(4711)
    made = getattr(KEYS, use)(code)
    assert KEYS.code_of_mail_token(made) is None
    assert made not in KEYS.mail_token(code)
