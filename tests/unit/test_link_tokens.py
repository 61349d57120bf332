"""The token of a reply link: what the centre made opens, and nothing else does."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.keys import SecretKeys
from chalicelib.domain.case_code import from_number

CODES = st.integers(0, 10**11 - 1).map(from_number)
SEQS = st.integers(1, 99999)


def keys(secret: bytes = b"k" * 64) -> SecretKeys:
    made = SecretKeys("unasked")
    made.__dict__["_key"] = secret
    return made


@given(CODES, SEQS)
def test_a_token_opens_to_what_it_names_and_fits_a_url(code: str, seq: int) -> None:
    token = keys().link("reply", code, seq)
    assert keys().opened_link("reply", token) == (code, seq)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", token)


@given(CODES, SEQS, st.integers(0, 31), st.integers(0, 63))
def test_any_character_changed_is_refused(code: str, seq: int, place: int, other: int) -> None:
    """Each character is six bits, so every change of bits is a change of characters."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = keys().link("reply", code, seq)
    changed = token[:place] + alphabet[other] + token[place + 1 :]
    assert (keys().opened_link("reply", changed) is None) is (changed != token)


@given(CODES, SEQS, st.binary(min_size=1, max_size=64))
def test_another_centres_key_opens_nothing(code: str, seq: int, secret: bytes) -> None:
    assert keys(secret).opened_link("reply", keys(b"k" * 64).link("reply", code, seq)) is None


@given(st.text(max_size=40) | st.binary(max_size=30).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_what_somebody_made_up_opens_nothing(token: str) -> None:
    assert keys().opened_link("reply", token) is None


@pytest.mark.parametrize("change", ["{0}=", "{0}A", " {0}", "{0}\n", "{1}", "{0}{0}"])
def test_a_token_is_written_one_way_only(change: str) -> None:
    token = keys().link("reply", "482109375512", 3)
    assert keys().opened_link("reply", change.format(token, token[:-1])) is None


@pytest.mark.parametrize(("use", "version"), [("pin", 1), ("board", 1), ("sender", 1), ("reply link", 2), ("", 1)])
def test_a_mac_of_another_use_or_format_opens_nothing(use: str, version: int) -> None:
    """Whoever has PINs and board names of a case learns nothing of its links."""
    made = keys()
    named = bytes([version]) + (482109375512).to_bytes(5, "big") + (3).to_bytes(3, "big")
    forged = base64.urlsafe_b64encode(named + made._mac(use, named.hex())[:15]).decode()
    assert made.opened_link("reply", forged) is None
    assert len(forged) == len(made.link("reply", "482109375512", 3))
