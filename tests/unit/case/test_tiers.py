"""The three tiers, the Post, the leadership (Điều 8; R44-R50, R69, R77, R80)."""

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role, Sender
from chalicelib.domain.case import Holder, State
from tests.builders import (
    POST,
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

DESK = Holder(Role.OPERATOR, "tong_dai")
POST_OFFICE = Holder(Role.AGENCY, "buu_dien_tinh")


def test_the_operator_answers_and_the_answer_is_recorded() -> None:
    """Điều 8.1.a, 11.1.d (R8, R44)."""
    story = when(receive(), answer())
    answered = only(story, ev.Answered)
    assert (answered.tier, answered.unit) == ("operator", "tong_dai")
    assert (answered.responsible_officer, answered.approving_leader) == ("Nguyễn Văn Minh", "Trần Thị Thu")
    assert (story.case.state, story.case.holder, story.case.stage) == (State.ANSWERED, None, None)
    assert story.case.ended_at == story.now


def test_beyond_ordinary_knowledge_goes_to_the_one_stop_officer_of_the_unit() -> None:
    """Điều 7.3, 8.1.b (R45, R48)."""
    story = when(receive(), to_officer("so_y_te"))
    assert story.last[0].article == "Điều 8.1.b"
    assert (story.case.state, story.case.holder) == (State.WITH_OFFICER, Holder(Role.OFFICER, "so_y_te"))


def test_the_officer_may_answer_at_once() -> None:
    """Điều 8.1.b (R45)."""
    story = given(receive(), to_officer(), answer())
    assert (only(story, ev.Answered).tier, only(story, ev.Answered).unit) == ("officer", "so_tu_phap")


def test_what_needs_verification_goes_to_the_focal_officer_of_the_same_agency() -> None:
    """Điều 8.1.c (R46)."""
    story = given(receive(), to_officer(), to_agency())
    assert story.last[0].article == "Điều 8.1.c"
    assert (story.case.state, story.case.holder) == (State.WITH_AGENCY, Holder(Role.AGENCY, "so_tu_phap"))


def test_the_result_comes_back_through_the_officer_who_answers_the_sender() -> None:
    """Điều 8.1.c, 11.1.a, 11.1.d (R6, R8, R69)."""
    story = given(receive(), to_officer(), to_agency(), result())
    submitted = only(story, ev.ResultSubmitted)
    assert (submitted.unit, submitted.approving_leader) == ("so_tu_phap", "Trần Thị Thu")
    assert (story.case.state, story.case.holder, story.case.has_result) == (
        State.WITH_OFFICER,
        Holder(Role.OFFICER, "so_tu_phap"),
        True,
    )
    answered = only(when(story, answer()), ev.Answered)
    assert (answered.tier, answered.unit) == ("reply", "so_tu_phap")


def test_the_agency_confirms_that_it_has_the_case_once() -> None:
    """Điều 11.1.a (R50): saying so twice changes nothing."""
    story = when(given(receive(), to_officer(), to_agency()), cmd.Accept(), at="2026-11-09 10:00")
    assert story.names == ["AcceptedByAgency"]
    assert story.case.stage is not None
    assert story.case.stage.accepted_at == local("2026-11-09 10:00")
    again = when(story, cmd.Accept())
    assert (again.names, again.case) == ([], story.case)


def test_an_agency_that_declines_gives_it_back_to_its_officer_with_a_fresh_clock() -> None:
    """Điều 7.3, 9.1 (R48)."""
    story = given(receive(), to_officer(), to_agency())
    story = when(story, cmd.Decline(reason="Thuộc Sở Y tế", suggested="so_y_te"), at="2026-11-09 10:00")
    assert only(story, ev.DeclinedByAgency).suggested == "so_y_te"
    assert (story.case.state, story.case.holder, story.case.agency) == (
        State.WITH_OFFICER,
        Holder(Role.OFFICER, "so_tu_phap"),
        None,
    )
    assert story.due() == local("2026-11-09 17:00")


@pytest.mark.parametrize(
    "back",
    [
        (cmd.ReturnToOperator(reason="Thuộc Sở Y tế"),),
        (cmd.Refer(reason="Ngoài thẩm quyền"), cmd.GiveOpinion(opinion="Hướng dẫn hỏi Bộ", leader="Phó Giám đốc")),
    ],
)
def test_an_agency_that_handed_the_case_back_does_not_answer_for_it(back: tuple[cmd.Command, ...]) -> None:
    """Điều 11.1.d, 14 (R8, R105): its figures and the board must not name it for the desk's own answer."""
    story = given(receive(), to_officer(), *back)
    assert (story.case.state, story.case.holder, story.case.agency) == (State.RECEIVED, DESK, None)
    assert only(when(story, answer()), ev.Answered).unit == "tong_dai"


def test_a_result_that_the_desk_passes_on_is_still_the_agencys() -> None:
    """Điều 11.1.d (R8)."""
    story = given(receive(), to_officer(), to_agency(), result(), cmd.ReturnToOperator(reason="Nhờ gọi lại"), answer())
    assert only(story, ev.Answered).unit == "so_tu_phap"


def test_a_result_is_old_once_the_agency_is_asked_again() -> None:
    """Điều 11.1.d (R8): what it then declines is not its answer."""
    story = given(receive(), to_officer(), to_agency(), result(), to_agency())
    assert story.case.has_result is False
    story = given(story, ask(), supply(), cmd.Decline(reason="Nhầm"), cmd.ReturnToOperator(reason="Nhầm"), answer())
    assert only(story, ev.Answered).unit == "tong_dai"


def test_a_service_request_goes_to_the_post_at_once() -> None:
    """Điều 8.2.a (R32, R47, R77)."""
    story = receive(kind="service", field="buu_chinh")
    assert story.names == ["Received", "SentToPost"]
    assert (story.case.state, story.case.holder) == (State.WITH_POST, POST_OFFICE)


def test_a_service_request_goes_to_the_post_as_soon_as_its_details_are_there() -> None:
    """Điều 8.2.a, 10.2.a (R40, R77)."""
    story = receive(matter(sender=Sender(name="A")), kind="service")
    assert story.names == ["Received", "DetailsRequested"]
    story = when(story, supply())
    assert story.names == ["DetailsSupplied", "SentToPost"]
    assert story.case.holder == POST_OFFICE


def test_a_service_request_goes_to_the_post_as_soon_as_it_is_found_to_be_one() -> None:
    """Điều 8.2.a (R77)."""
    story = when(receive(), cmd.Classify(kind="service", about=None, field="buu_chinh"))
    assert story.names == ["Classified", "SentToPost"]
    assert story.case.state is State.WITH_POST


def test_a_service_request_that_is_refused_goes_nowhere() -> None:
    """Điều 1.1.b, 8.2.a."""
    assert receive(matter(anonymous=True), kind="service").names == ["Received", "Refused"]


def test_the_posts_result_is_the_answer() -> None:
    """Điều 8.2.b (R65)."""
    story = when(receive(kind="service"), result())
    assert (only(story, ev.Answered).tier, only(story, ev.Answered).unit) == ("post", "buu_dien_tinh")
    assert story.case.state is State.ANSWERED


def test_the_post_may_decline_and_the_desk_may_send_it_again() -> None:
    """Điều 7.3, 8.2.a."""
    story = when(receive(kind="service"), cmd.Decline(reason="Ngoài địa bàn"))
    assert story.names == ["ReturnedToOperator"]
    assert (story.case.state, story.case.holder, story.case.agency) == (State.RECEIVED, DESK, None)
    assert when(story, cmd.SendToPost()).case.holder == POST_OFFICE


@pytest.mark.parametrize("before", [(), (to_officer(),)])
def test_out_of_jurisdiction_the_leadership_is_asked_and_the_desk_tells_the_sender(
    before: tuple[cmd.Command, ...],
) -> None:
    """Điều 8.3 (R9, R80)."""
    story = given(receive(), *before, cmd.Refer(reason="Thuộc tỉnh khác"))
    assert (story.case.state, story.case.holder) == (
        State.WITH_LEADERSHIP,
        Holder(Role.LEADERSHIP, "lanh_dao_trung_tam"),
    )
    story = when(story, cmd.GiveOpinion(opinion="Hướng dẫn gửi tỉnh Sơn La", leader="Giám đốc Trung tâm"))
    opinion = only(story, ev.OpinionGiven)
    assert (opinion.leader, opinion.opinion) == ("Giám đốc Trung tâm", "Hướng dẫn gửi tỉnh Sơn La")
    assert (story.case.state, story.case.holder) == (State.RECEIVED, DESK)
    assert only(when(story, answer()), ev.Answered).tier == "operator"


@pytest.mark.parametrize(
    ("story", "state", "holder"),
    [
        (given(receive(), to_officer()), State.WITH_OFFICER, Holder(Role.OFFICER, "so_tu_phap")),
        (given(receive(), to_officer(), to_agency()), State.WITH_AGENCY, Holder(Role.AGENCY, "so_tu_phap")),
        (receive(kind="service"), State.WITH_POST, POST_OFFICE),
    ],
)
def test_details_asked_for_by_an_office_come_back_to_that_office(story: object, state: State, holder: Holder) -> None:
    """Điều 10.2.a (R18, R40): the owner stays the owner while the sender is asked."""
    asked = when(story, ask())  # type: ignore[arg-type] # a Story
    assert (asked.case.state, asked.case.holder) == (State.AWAITING_DETAILS, holder)
    supplied = when(asked, supply())
    assert (supplied.names, supplied.case.state, supplied.case.holder) == (["DetailsSupplied"], state, holder)


def test_the_post_keeps_the_case_when_details_come() -> None:
    """Điều 8.2: they are not judged anew and do not send the request a second time."""
    story = when(given(receive(kind="service"), ask()), supply(whole=matter("Hỏi", title="")))
    assert (story.names, story.case.holder) == (["DetailsSupplied"], Holder(POST.role, POST.unit))
