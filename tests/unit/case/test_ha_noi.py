"""The regulation of Hà Nội as it is shipped says what its decisions say, and marks the rest."""

import pytest

from chalicelib.adapters.regulation_files import read, regulation
from chalicelib.domain.case import State
from tests.builders import matter, receive

RULES = regulation("ha_noi")
UNITS = {unit["id"]: unit for unit in read("ha_noi.directory.yaml")["units"]}
SERVICES = {
    "legal_advice": "cham_soc_khach_hang",
    "notarisation": "cham_soc_khach_hang",
    "measuring": "van_phong_dang_ky_dat_dai",
    "mobile": "phong_tai_cau_truc",
    "at_home": "buu_dien_thanh_pho",
    "vulnerable": "phong_ho_tro_ca_nhan",
}


def test_only_what_was_found_binds() -> None:
    """1207/QĐ-UBND by way of 2.4: accepted in 8 working hours; no other limit was found."""
    binding = {name: (limit.minutes, limit.article) for name, limit in RULES.stages.items() if limit.binding}
    assert binding == {"operator": (8 * 60, "Quyết định 1207/QĐ-UBND")}


def test_the_levels_are_ihanois() -> None:
    assert {name: one.label for name, one in RULES.priorities.items()} == {
        "normal": "Bình thường",
        "complex": "Phức tạp",
        "urgent": "Khẩn",
    }


def test_its_matters_are_those_of_the_sources() -> None:
    """R33: guidance, quality, media image; five streams of iHanoi."""
    assert set(RULES.kinds["report"].about) == {
        *("scene", "regulation", "conduct", "waste", "alert"),
        *("guidance", "quality", "media"),
    }


@pytest.mark.parametrize(("service", "unit"), SERVICES.items())
def test_a_service_goes_at_once_to_who_does_it(service: str, unit: str) -> None:
    """R34: the sender chooses which."""
    story = receive(kind="service", about=service, field="khac", rules=RULES)
    assert story.case.state is State.WITH_POST
    assert story.case.holder is not None
    assert story.case.holder.unit == unit


@pytest.mark.parametrize("declared", ["complaint", "denunciation"])
def test_a_petition_is_sent_to_its_own_track_and_its_words_are_not_kept_here(declared: str) -> None:
    """1371/QĐ-TTPVHCC, Điều 7.2.11 (R42, R86): guided to its door, not turned away."""
    story = receive(matter("Tôi không đồng ý với quyết định của phường.", declared=declared), rules=RULES)
    assert story.case.state is State.REFUSED
    refused = story.events[-1]
    assert "Khiếu nại, tố cáo" in refused.guidance
    assert "phường" not in story.events[0].content


def test_the_centres_units_are_there() -> None:
    """1371, Điều 4; CSKH, Điều 3.2; 12 branches; 126 communes."""
    assert {
        *("tong_dai", "lanh_dao_trung_tam", "phong_hanh_chinh_quan_tri", "phong_tai_cau_truc"),
        *("phong_kiem_soat_tthc", "phong_kiem_tra_giam_sat", "cham_soc_khach_hang", "phong_ho_tro_to_chuc"),
        *("phong_ho_tro_ca_nhan", "phong_ho_tro_dat_dai", "phong_nghien_cuu_chat_luong", "quan_tri_he_thong"),
        *(f"chi_nhanh_so_{number}" for number in range(1, 13)),
    } <= set(UNITS)
    assert sum(unit["kind"] == "commune" for unit in UNITS.values()) == 126
    assert sum(unit["kind"] == "district" for unit in UNITS.values()) == 30
