"""A case forwarded by mistake is taken back: by one press, told to whom it was given, and their way in is shut."""

from __future__ import annotations

from tests.integration.browser import open_page
from tests.integration.desk import at_desk
from tests.integration.test_desk_case_page import CASE, CONDUCT, PATHS, do, shown, ways
from tests.integration.test_reply_links import HEALTH, HEALTH_MAIL, OVER, link_in
from tests.integration.world import OFFICER, OPERATOR, World

UNDO = "Hoàn tác việc chuyển"
OFFICER_OF_HEALTH = f"officer:{HEALTH}:mc01"


def test_one_press_after_forwarding_undoes_it(world: World) -> None:
    code, browser = world.send()["code"], at_desk(world, OPERATOR)
    done = browser.send(browser.open(CASE + code), PATHS["forward_to_officer"], {"unit": "so_tu_phap"})
    assert UNDO in done.words
    back = browser.send(done, PATHS["take_back"])
    assert (back.status, world.case(code).state, world.case(code).holder.role) == (200, "received", "operator")  # type: ignore[union-attr]
    assert "Đã thu hồi" in back.words
    assert UNDO not in shown(world, code).words
    assert "Thu hồi việc chuyển hồ sơ" in back.words
    assert at_desk(world, OFFICER).open(CASE + code).status == 403


def test_too_late_is_said_and_not_offered(world: World) -> None:
    code, browser = world.at_officer(), at_desk(world, OPERATOR)
    page = browser.open(CASE + code)
    world.act(code, "appointment", OFFICER, {"at": "2026-11-25T09:00:00+07:00"})
    assert browser.send(page, PATHS["take_back"]).status == 409
    assert PATHS["take_back"] not in ways(shown(world, code))
    late = world.at_officer()
    page = browser.open(CASE + late)
    world.clock.forward(days=2)
    refused = browser.send(page, PATHS["take_back"])
    assert (refused.status, "không thể thu hồi" in refused.words) == (409, True)
    assert PATHS["take_back"] not in ways(shown(world, late))


def test_the_officer_is_told_by_mail(world: World) -> None:
    code = world.at_officer(HEALTH)
    world.drain()
    do(world, code, "take_back", OPERATOR, reason="Thuộc Sở Tư pháp.")
    world.drain()
    [mail] = [mail for mail in world.mails(HEALTH_MAIL) if "Thu hồi hồ sơ" in mail["subject"]]
    assert "Thuộc Sở Tư pháp." in mail["body"]


def test_an_agency_without_software_is_told_and_its_link_is_over(world: World) -> None:
    code = world.at_agency(HEALTH)
    link = link_in(world, "Chuyển xử lý")
    assert open_page(link).status == 200
    do(world, code, "take_back", OFFICER_OF_HEALTH)
    world.drain()
    assert [mail for mail in world.mails(HEALTH_MAIL) if "Thu hồi hồ sơ" in mail["subject"]]
    page = open_page(link)
    assert (page.status, OVER in page.words) == (410, True)


def test_an_agencys_software_is_told_and_its_answer_is_refused(world: World) -> None:
    code = world.at_agency()
    world.drain()
    do(world, code, "take_back", OFFICER)
    world.drain()
    told = world.agency_inbox("so_tu_phap")[-1]
    assert (told["type"], told["because"], told["case"]["code"]) == ("withdrawn", "taken_back", code)


def test_the_documents_of_a_conduct_report_come_back_with_it(world: World) -> None:
    code = world.at_officer(**CONDUCT)
    world.drain()
    page = do(world, code, "take_back", OPERATOR)
    assert page.words.count("đã thu hồi") == 2
    world.drain()
    told = [message for message in world.agency_inbox("so_tu_phap") if message["type"] == "withdrawn"]
    assert {message["action"] for message in told} == {"notice", "substitution"}


def test_the_counts_of_who_holds_what_stay_true(world: World) -> None:
    code = world.at_officer(HEALTH)
    do(world, code, "take_back", OPERATOR)
    world.drain()
    status, tally = world.call("GET", "/v1/desk/tallies?month=2026-11", token=OPERATOR)
    assert status == 200
    assert tally["states"].get("with_officer", 0) == 0
    assert tally["states"]["received"] == 1
