"""The Hoà Bình directory and calendar are well formed and name what they must."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

REGULATIONS = Path(__file__).parents[2] / "chalicelib" / "regulations"
DIRECTORY = yaml.safe_load((REGULATIONS / "hoa_binh.directory.yaml").read_text("utf-8"))
CALENDAR = yaml.safe_load((REGULATIONS / "hoa_binh.calendar.yaml").read_text("utf-8"))
ANNOUNCED = yaml.safe_load((REGULATIONS / "vietnam.announced.yaml").read_text("utf-8"))
UNITS = DIRECTORY["units"]
UNIT_IDS = [
    *(
        "tong_dai",
        "lanh_dao_trung_tam",
        "van_phong_ubnd",
        "so_noi_vu",
        "so_tu_phap",
        "so_ke_hoach_dau_tu",
        "so_tai_chinh",
    ),
    *("so_cong_thuong", "so_nong_nghiep", "so_giao_thong_van_tai", "so_xay_dung", "so_tai_nguyen_moi_truong"),
    *("so_thong_tin_truyen_thong", "so_lao_dong", "so_van_hoa", "so_khoa_hoc_cong_nghe", "so_giao_duc", "so_y_te"),
    *("thanh_tra_tinh", "cong_an_tinh", "bao_hiem_xa_hoi", "dien_luc", "buu_dien_tinh", "vnpt"),
]


def test_the_directory_names_every_unit_once() -> None:
    assert [unit["id"] for unit in UNITS] == UNIT_IDS
    assert len({unit["name"] for unit in UNITS}) == len(UNITS)
    assert len({unit["mail"] for unit in UNITS}) == len(UNITS)


@pytest.mark.parametrize("unit", UNITS, ids=UNIT_IDS)
def test_a_unit_has_what_a_handover_needs(unit: dict[str, str]) -> None:
    assert {"id", "name", "kind", "mail", "leader_mail", "source"} <= set(unit)
    assert set(unit) <= {"id", "name", "kind", "mail", "leader_mail", "source", "phone", "exchange", "account"}
    assert unit["kind"] in {"centre", "leadership", "department", "central", "enterprise"}
    assert unit["leader_mail"] != unit["mail"]


@pytest.mark.parametrize("key", ["mail", "leader_mail"])
def test_no_address_can_reach_a_real_mailbox(key: str) -> None:
    assert [unit[key] for unit in UNITS if not re.fullmatch(r"[a-z.-]+@tongdai\.example", unit[key])] == []


def test_three_units_exchange_by_queue_and_one_from_another_account() -> None:
    exchanging = {unit["id"]: unit.get("account") for unit in UNITS if unit.get("exchange") == "sqs"}
    assert exchanging == {"so_tu_phap": None, "so_tai_nguyen_moi_truong": "222222222222", "buu_dien_tinh": None}


def test_the_calendar_has_the_documented_keys_and_only_strings() -> None:
    assert list(CALENDAR) == ["timezone", "defaults", "weekly", "holidays", "date_overrides", "breaks"]
    assert list(CALENDAR["weekly"]) == ["mon", "tue", "wed", "thu", "fri"]
    frames = [frame for day in (*CALENDAR["weekly"].values(), *CALENDAR["date_overrides"].values()) for frame in day]
    assert all(re.fullmatch(r"\d\d:\d\d", edge) for frame in frames for edge in frame), json.dumps(frames)
    assert all(opens < closes for opens, closes in frames)


def test_holidays_are_working_days_in_order_and_swaps_are_saturdays() -> None:
    holidays = [date.fromisoformat(day) for day in ANNOUNCED["holidays"]]
    assert holidays == sorted(set(holidays))
    assert all(day.weekday() < 5 for day in holidays)
    assert date(2026, 11, 24) in holidays
    assert date(2026, 1, 2) in holidays
    assert list(ANNOUNCED["swaps"]) == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
    assert all(date.fromisoformat(day).weekday() == 5 for day in ANNOUNCED["swaps"])
    assert set(ANNOUNCED["swaps"].values()) <= set(ANNOUNCED["holidays"])
