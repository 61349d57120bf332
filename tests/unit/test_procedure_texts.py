"""The parts of a procedure, cut as the national catalogue writes them; nothing is lost, nothing is made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.procedure_texts import Papers, Way, papers, plainly, ways
from tests import procedures

TABLE = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def test_papers_by_case() -> None:
    dossier = (
        f"a) Bị mất:{TABLE}(1) Đơn1 bản chính,1 bản saoẢnh 4x62 bản chínhb) Hỏng:{TABLE}Bản gốc0 bản chính,1 bản sao"
    )
    assert papers(dossier) == (
        Papers("a) Bị mất", (("(1) Đơn", "1 bản chính; 1 bản sao"), ("Ảnh 4x6", "2 bản chính"))),
        Papers("b) Hỏng", (("Bản gốc", "1 bản sao"),)),
    )


def test_a_paper_that_was_cut_off_is_kept() -> None:
    assert papers(f"--{TABLE}Đơn1 bản chínhTrường hợp các")[0].papers == (
        ("Đơn", "1 bản chính"),
        ("Trường hợp các", ""),
    )


def test_ways_with_time_and_fee() -> None:
    online, there = "Trực tuyến3 Ngày làm việcMiễn phí", "Trực tiếp15 Ngày75,000 Việt Nam Đồng(mỗi bản)"
    how = f"{WAYS}{online}{there}Dịch vụ bưu chínhKhông có thông tinMiễn phí"
    assert ways(how) == (
        Way("Trực tuyến", "3 Ngày làm việc", "Miễn phí", ""),
        Way("Trực tiếp", "15 Ngày", "75,000 Việt Nam Đồng", "mỗi bản"),
        Way("Dịch vụ bưu chính", "", "Miễn phí", ""),
    )


def test_a_number_without_a_unit_is_not_given_one() -> None:
    assert ways(f"{WAYS}Trực tiếp1Miễn phí") == (Way("Trực tiếp", "1 (nguồn không ghi đơn vị)", "Miễn phí", ""),)


def test_numbers_that_run_together_are_left_together() -> None:
    assert ways(f"{WAYS}Trực tiếp120 VNĐ")[0] == Way("Trực tiếp", "", "", "120 VNĐ")


@pytest.mark.parametrize("text", ["", "Nộp tại xã, 3 ngày.", "Trực tiếp 3 ngày"])
def test_what_is_no_table_is_left_whole(text: str) -> None:
    assert (papers(text), ways(text)) == ((), ())


@pytest.mark.parametrize("text", ["Không có thông tin", "Không", " -- "])
def test_what_says_nothing_is_empty(text: str) -> None:
    assert plainly(text) == ""


@given(st.text(alphabet="Tên giấytờ0123 bảnchíosTrựcếp(),;-\n", max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    papers(TABLE + text)
    ways(WAYS + text)


@procedures.needs_real
def test_of_the_national_catalogue_almost_all_can_be_cut_and_nothing_is_lost() -> None:
    rows = procedures.rows(procedures.REAL)
    assert sum(bool(papers(row["dossier"])) for row in rows) > 0.95 * len(rows)
    assert sum(bool(ways(row["how"])) for row in rows) > 0.95 * len(rows)
    cut = [(one, row["dossier"]) for row in rows if (one := papers(row["dossier"]))]
    told = sum(len(part.when) + sum(len(name) for name, _ in part.papers) for parts, _ in cut for part in parts)
    headings = sum(len(TABLE) * text.count(TABLE) for _, text in cut)
    counts = sum(len(" ".join(re.findall(r"\d bản chính|,\d bản sao|\d bản sao", text))) for _, text in cut)
    assert told > 0.97 * (sum(len(text) for _, text in cut) - headings - counts)
