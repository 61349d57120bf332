"""The regulation of Hà Nội as it is shipped says what its decisions say, and marks the rest."""

from typing import Any

import pytest

from chalicelib.adapters.regulation_files import read, regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import Holder, State
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.permissions import allowed, may_read
from tests.builders import (
    Story,
    answer,
    ask,
    given,
    local,
    matter,
    only,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
)

ROOM = "phong_ho_tro_to_chuc"
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


class TestTheCentresRoomsAndTheCitysDepartments:
    """A room of the Centre has the case, a department settles it: the result comes back to the room (R51, R56, R58)."""

    def at_department(self, **more: Any) -> Story:
        story = receive(kind="question", field="xay_dung", rules=RULES, **more)
        return given(story, to_officer(ROOM), cmd.ForwardToAgency(unit="so_xay_dung", note="Xin giải quyết."))

    def test_the_room_gives_it_to_the_department(self) -> None:
        case = self.at_department().case
        assert case.holder == Holder(Role.AGENCY, "so_xay_dung")
        assert (case.agency, case.office) == ("so_xay_dung", ROOM)

    def test_the_result_comes_back_to_the_room_and_is_still_the_departments(self) -> None:
        story = when(self.at_department(), result())
        assert story.case.holder == Holder(Role.OFFICER, ROOM)
        answered = when(story, answer())
        assert only(answered, ev.Answered).unit == "so_xay_dung"

    def test_what_the_department_declines_comes_back_to_the_room(self) -> None:
        story = when(self.at_department(), cmd.Decline(reason="Thuộc thẩm quyền của phường."))
        assert (story.case.holder, story.case.agency) == (Holder(Role.OFFICER, ROOM), None)

    def test_both_may_read_it_and_the_room_may_propose_the_answer_for_the_board(self) -> None:
        story = given(self.at_department(), result(), answer())
        people = [Actor(Role.OFFICER, ROOM, "a"), Actor(Role.AGENCY, "so_xay_dung", "b")]
        assert all(may_read(story.case, one) for one in people)
        assert "propose_publication" in allowed(story.case, people[0], RULES)

    def test_a_departments_own_people_still_pass_it_on_within(self) -> None:
        story = given(receive(rules=RULES), to_officer("so_tu_phap"), to_agency(), result())
        assert (story.case.holder, story.case.office) == (Holder(Role.OFFICER, "so_tu_phap"), "")

    def test_where_officers_are_the_agencies_own_nothing_goes_to_another(self) -> None:
        """2370/QĐ-UBND, Điều 8.1.c."""
        story = given(receive(), to_officer())
        with pytest.raises(InvalidError, match="not_your_agency"):
            when(story, cmd.ForwardToAgency(unit="so_y_te"))

    def test_taken_back_it_is_the_rooms_again(self) -> None:
        story = when(self.at_department(), cmd.TakeBack(reason="Nhầm cơ quan"))
        assert story.case.holder == Holder(Role.OFFICER, ROOM)
        again = given(story, to_agency(), result())
        assert again.case.holder == Holder(Role.OFFICER, ROOM)


class TestUrgent:
    """1207/QĐ-UBND: handled within 4 working hours of acceptance, through whatever hands it goes."""

    def urgent(self) -> Story:
        story = receive(kind="report", about="scene", priority="urgent", rules=RULES, at="2026-11-09 08:00")
        return when(story, to_officer("phong_ho_tro_ca_nhan"), at="2026-11-09 09:00")

    def test_acceptance_keeps_its_eight_hours(self) -> None:
        story = receive(kind="report", about="scene", priority="urgent", rules=RULES, at="2026-11-09 08:00")
        assert (story.due(), story.case.stage and story.case.stage.binding) == (local("2026-11-09 17:00"), True)

    def test_the_clock_goes_on_from_hand_to_hand(self) -> None:
        story = self.urgent()
        assert story.due() == local("2026-11-09 14:00")
        story = when(story, cmd.ForwardToAgency(unit="xa_00004"), at="2026-11-09 10:00")
        assert story.due() == local("2026-11-09 14:00")
        story = when(story, result(), at="2026-11-09 11:00")
        assert story.due() == local("2026-11-09 14:00")
        assert story.case.stage is not None
        assert (story.case.stage.name, story.case.stage.binding) == ("reply", True)

    def test_asking_the_sender_stops_it_and_what_follows_knows(self) -> None:
        story = when(self.urgent(), ask(), at="2026-11-09 10:00")
        story = when(story, supply(), at="2026-11-09 11:00")
        story = when(story, cmd.ForwardToAgency(unit="xa_00004"), at="2026-11-09 11:30")
        assert story.due() == local("2026-11-09 15:00")

    def test_late_in_one_hand_is_late_once(self) -> None:
        story = when(self.urgent(), cmd.Watch(), at="2026-11-09 14:01")
        assert [mark.unit for mark in story.case.late] == ["phong_ho_tro_ca_nhan"]
        story = when(story, cmd.ForwardToAgency(unit="xa_00004"), at="2026-11-09 14:30")
        story = when(story, cmd.Watch(), at="2026-11-09 16:00")
        story = given(story, result(), answer(), at="2026-11-09 16:30")
        assert len(story.case.late) == 1
        assert story.case.late[0].done_at == local("2026-11-09 16:30")
        assert only(story, ev.Answered).late

    def test_other_levels_have_a_clock_for_each_hand_and_targets_alone(self) -> None:
        story = when(receive(rules=RULES, priority="complex"), to_officer("phong_ho_tro_ca_nhan"))
        story = when(story, cmd.ForwardToAgency(unit="so_xay_dung"), at="2026-11-10 09:00")
        assert story.case.stage is not None
        assert (story.case.stage.minutes, story.case.stage.binding) == (4800, False)


def test_the_department_that_decides_on_conduct_is_not_notified_as_the_officials_agency() -> None:
    """1371/QĐ-TTPVHCC, Điều 7.1.3 (R75): it notifies; what it handles must not stand in its own index 7."""
    story = receive(kind="report", about="conduct", rules=RULES)
    inspectors = when(story, cmd.ForwardToOfficer(unit="phong_kiem_tra_giam_sat"))
    assert inspectors.names == ["ForwardedToOfficer"]
    actor = Actor(Role.OFFICER, "phong_kiem_tra_giam_sat", "an")
    told = when(inspectors, cmd.ForwardToAgency(unit="so_xay_dung"), actor=actor)
    assert [(one.action, one.unit) for one in told.events if isinstance(one, ev.ActionOpened)] == [
        ("notice", "so_xay_dung")
    ]
