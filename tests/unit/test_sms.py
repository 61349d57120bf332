"""What an SMS costs, by 3GPP TS 23.038; and that no letter's SMS is more than one part."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters import regulation_files
from chalicelib.adapters.letters import render
from chalicelib.domain.regulation import QuietHours
from chalicelib.domain.sms import ALPHABET, EXTENSION, GSM7, UCS2, Price, Size, size
from chalicelib.domain.text import to_gsm7
from chalicelib.views.letter_contexts import contexts
from tests.builders import REGULATION

REGULATIONS = sorted(path.stem for path in regulation_files.FOLDER.glob("*.yaml") if "." not in path.stem)
WITH_SMS = [name for name, context in contexts(REGULATION).items() if "sender_kind" in context]
LONGEST = {  # no free text of a case goes into an SMS: whatever these are, it must not grow
    **dict.fromkeys(("sender_name", "kind_label", "reason", "guidance", "question", "unit", "answer"), "Nghiêm " * 500),
    **dict.fromkeys(("responsible_officer", "approving_leader", "article"), "Đ" * 500),
    **dict.fromkeys(("received_at", "due_at", "opens_at", "at"), datetime(2026, 12, 30, 16, 59, tzinfo=UTC)),
    "pin": "888888",
    "link": "https://" + "w" * 2000,
}


@pytest.mark.parametrize(
    ("amount", "currency", "parts", "cost"),
    [
        ("640", "VND", 3, "1.920 VND"),
        ("0.0456", "USD", 2, "0,0912 USD"),
        ("500", "VND", 2000, "1.000.000 VND"),
        ("0.05", "USD", 20, "1 USD"),
        ("640", "VND", 0, "0 VND"),
    ],
)
def test_what_parts_cost(amount: str, currency: str, parts: int, cost: str) -> None:
    assert Price(Decimal(amount), currency, "Hợp đồng", date(2026, 1, 1)).of(parts) == cost


def test_the_alphabet_is_that_of_the_standard() -> None:
    assert len(ALPHABET) == 127  # 128 places, one of which is the escape to the extension table
    assert len(EXTENSION) == 10
    assert not ALPHABET & EXTENSION
    assert "`" not in ALPHABET
    assert "ç" not in ALPHABET  # the capital alone is


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("", Size(GSM7, 0, 1)),
        ("a" * 160, Size(GSM7, 160, 1)),
        ("a" * 161, Size(GSM7, 161, 2)),
        ("a" * 306, Size(GSM7, 306, 2)),
        ("a" * 307, Size(GSM7, 307, 3)),
        ("€" * 80, Size(GSM7, 160, 1)),
        ("€" * 81, Size(GSM7, 162, 2)),
        ("€" * 153, Size(GSM7, 306, 3)),  # 76 a part: none is torn
        ("a" * 152 + "€" + "a" * 152, Size(GSM7, 306, 3)),  # the first part ends a septet early
        ("ắ" * 70, Size(UCS2, 70, 1)),
        ("ắ" * 71, Size(UCS2, 71, 2)),
        ("ắ" * 134, Size(UCS2, 134, 2)),
        ("ắ" * 135, Size(UCS2, 135, 3)),
        ("😀" * 35, Size(UCS2, 70, 1)),
        ("😀" * 67, Size(UCS2, 134, 3)),
        ("a" * 70 + "à", Size(GSM7, 71, 1)),
        ("a" * 70 + "ạ", Size(UCS2, 71, 2)),
    ],
)
def test_sizes(text: str, measured: Size) -> None:
    assert size(text) == measured


@given(st.text(alphabet=[*sorted(ALPHABET | EXTENSION), "ạ", "😀"], max_size=700))
def test_parts_are_never_fewer_than_the_octets_need(text: str) -> None:
    measured = size(text)
    bits = {GSM7: 7, UCS2: 16}[measured.encoding]
    assert measured.units >= len(text)
    assert measured.parts >= -(-measured.units * bits // (140 * 8))
    assert (measured.parts == 1) is (measured.units * bits <= 140 * 8)
    assert size(text + "a").parts >= measured.parts


@given(st.text())
def test_what_is_spelt_for_sms_takes_one_septet_a_character(text: str) -> None:
    plain = to_gsm7(text)
    assert size(plain) == Size(GSM7, len(plain), size(plain).parts)


@pytest.mark.parametrize("name", WITH_SMS)
@pytest.mark.parametrize("regulation", REGULATIONS)
def test_every_sms_is_one_part_whatever_the_case_holds(regulation: str, name: str) -> None:
    context = contexts(regulation_files.regulation(regulation))[name]
    worst = {key: LONGEST.get(key, value) if value else value for key, value in context.items()}
    sms = render(name.partition(".")[0], worst, regulation_files.regulation(regulation).centre).sms
    assert sms
    assert size(sms).encoding == GSM7
    assert size(sms).parts == 1, f"{size(sms).units} septets: {sms}"
    assert not re.search(r"https?:(?!//[^ ]+/(danh-gia|khao-sat)/)|Nghi", sms)  # only what cannot be typed is a link


@pytest.mark.parametrize(
    ("hours", "quiet_at"),
    [(("21:00", "07:00"), "21:00 23:59 00:00 06:59"), (("12:00", "13:30"), "12:00 13:29"), (("07:00", "07:00"), "")],
)
def test_quiet_hours(hours: tuple[str, str], quiet_at: str) -> None:
    quiet = QuietHours(*map(time.fromisoformat, hours))
    asked = ("00:00", "06:59", "07:00", "11:59", "12:00", "13:29", "13:30", "20:59", "21:00", "23:59")
    assert [at for at in asked if quiet.covers(time.fromisoformat(at))] == sorted(quiet_at.split())


def test_quiet_hours_go_by_the_offices_clock() -> None:
    rules = regulation_files.regulation("hoa_binh")
    assert not rules.quiet(datetime(2026, 11, 23, 13, 59, tzinfo=UTC))
    assert rules.quiet(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    assert not rules.quiet(datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
