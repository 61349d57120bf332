"""Who has a case open right now: told to colleagues who may open it, for as long as it is so, and to nobody else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.presence import STALE, look
from tests.builders import OPERATOR as LAN
from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.test_desk_case_page import CASE, shown
from tests.integration.test_worklist_page import listed
from tests.integration.world import AGENCY, MONDAY, OFFICER, OPERATOR, World

COLLEAGUE = "operator:tong_dai:dtv02"
SAID = "Điện thoại viên dtv01 đang xem hồ sơ này, từ 09:00."


def looks(world: World, code: str, token: str) -> dict[str, Any]:
    """Have a page open, whose script says so."""
    browser = at_desk(world, token)
    answer = browser.send(browser.open(CASE + code), "dang-xem")
    assert answer.status == 200
    told: dict[str, Any] = json.loads(answer.html)
    return told


def said(page: Page) -> str:
    return page.html.partition("data-others")[2].partition("</p>")[0]


def test_a_colleague_sees_it_on_the_page_on_the_list_and_as_it_changes(world: World) -> None:
    code, other = world.send()["code"], world.send()["code"]
    looks(world, code, OPERATOR)
    world.clock.forward(minutes=1)
    assert SAID in said(shown(world, code, COLLEAGUE))
    assert looks(world, code, COLLEAGUE) == {"others": SAID, "newer": False}
    assert looks(world, code, OPERATOR)["others"].startswith("Điện thoại viên dtv02 đang xem hồ sơ này, từ 09:01")
    page = listed(world, COLLEAGUE)
    assert page.words.count("dtv01 đang xem") == 1
    row = page.html.partition(f'id="r-{code}"')[2].partition("</tr>")[0]
    assert "dtv01 đang xem" in row
    assert "đang xem" not in said(shown(world, other, COLLEAGUE))


def test_nobody_is_told_of_himself(world: World) -> None:
    code = world.send()["code"]
    looks(world, code, OPERATOR)
    assert "đang xem" not in shown(world, code).words
    assert "đang xem" not in listed(world).words


def test_it_ends_when_the_page_is_silent_or_another_case_is_opened(world: World) -> None:
    code, other = world.send()["code"], world.send()["code"]
    looks(world, code, OPERATOR)
    looks(world, other, OPERATOR)
    assert "đang xem" not in shown(world, code, COLLEAGUE).words
    assert SAID in shown(world, other, COLLEAGUE).words
    world.clock.forward(seconds=STALE.total_seconds())
    assert "đang xem" not in shown(world, other, COLLEAGUE).words


def test_to_open_a_page_says_nothing_and_to_say_so_leaves_the_case_alone(world: World) -> None:
    code = world.send()["code"]
    version, history = world.case(code).version, len(world.open(code)["timeline"])
    shown(world, code)
    assert "đang xem" not in shown(world, code, COLLEAGUE).words
    looks(world, code, OPERATOR)
    assert (world.case(code).version, len(world.open(code)["timeline"])) == (version, history)


def test_a_page_that_is_old_hears_it(world: World) -> None:
    code, browser = world.send()["code"], at_desk(world, OPERATOR)
    page = browser.open(CASE + code)
    world.act(code, "classify", COLLEAGUE, {"kind": "question", "field": "dat_dai"})
    assert json.loads(browser.send(page, "dang-xem").html)["newer"] is True


def test_who_may_not_read_the_case_says_and_hears_nothing(world: World) -> None:
    code, own = world.at_agency(), world.at_agency("so_y_te")
    looks(world, code, AGENCY)
    browser = at_desk(world, "agency:so_y_te:cq07")
    page = browser.open(CASE + own)
    page.forms["dang-xem"][""] = f"{code}/dang-xem"
    assert browser.send(page, "dang-xem").status == 403
    assert "cq07" not in shown(world, code, OFFICER).words
    assert "cq01" not in listed(world, "agency:so_y_te:cq07").words


def test_one_row_a_person_that_goes_by_itself(world: World) -> None:
    for code in (world.send()["code"], world.send()["code"]):
        looks(world, code, OPERATOR)
    rows = list(CentreItem.query("LOOKING"))
    assert [row.sk for row in rows] == ["dtv01"]
    assert rows[0].expires == int((world.clock.now() + timedelta(hours=1)).timestamp())


def test_of_two_windows_the_later_word_counts(world: World) -> None:
    earlier = look(LAN, "1", None, MONDAY)
    later = look(LAN, "2", earlier, MONDAY + timedelta(seconds=1))
    world.deps.presence.note(later)
    world.deps.presence.note(earlier)
    assert world.deps.presence.all() == (later,)


@pytest.mark.parametrize("code", ["1", "2"])
@given(silent=st.integers(0, 400))
def test_since_when_is_kept_while_it_holds(code: str, silent: int) -> None:
    before, now = look(LAN, "1", None, MONDAY), MONDAY + timedelta(seconds=silent)
    kept = code == "1" and timedelta(seconds=silent) < STALE
    assert look(LAN, code, before, now).since == (MONDAY if kept else now)
