"""A sender's copy also holds what was said at a reception, and which surveys asked; what it lacks is told."""

from __future__ import annotations

from typing import Any

from chalicelib.entrypoints.pages_my_cases import COOKIE
from tests.integration import track
from tests.integration.browser import open_page
from tests.integration.desk import at_desk
from tests.integration.test_my_cases import PHONE
from tests.integration.test_reception import MATTER, SESSION, SORTING, post
from tests.integration.test_rights import BY_PHONE, DATA, token
from tests.integration.test_surveys import links, opinion, planned
from tests.integration.world import LEADER, OPERATOR, World

OTHER = MATTER | {"content": "Điều của người khác.", "sender": MATTER["sender"] | {"name": "Trần Thị Khác"}}


def mine(world: World) -> Any:
    status, copy = world.call("GET", "/v1/my/data", token=token(world))
    assert status == 200, copy
    return copy


def received(world: World) -> str:
    """Return the record of a reception of two people, of whose matters one became a case."""
    record = post(world, "", SESSION, expect=201, key="buoi")["code"]
    post(world, f"/{record}/matters", OTHER)
    post(world, f"/{record}/matters", MATTER | {"sender": BY_PHONE})
    post(world, f"/{record}/matters/2/case", SORTING)
    world.drain()
    return str(record)


def test_what_was_said_at_a_reception_is_in_the_copy_and_nobody_elses(world: World) -> None:
    record = received(world)
    copy = mine(world)
    [matter] = copy["matters"]
    assert (matter["record"], matter["number"], matter["said"]) == (record, 2, [MATTER["title"], MATTER["content"]])
    assert matter["person"]["name"] == BY_PHONE["name"]
    assert OTHER["content"] not in str(copy)
    assert "Trần Thị Khác" not in str(copy)


def test_a_page_and_the_counter_show_the_same(world: World) -> None:
    received(world)
    [case] = mine(world)["cases"]
    code = case["content"]["progress"]["code"]
    page = open_page(DATA, cookie=f"{COOKIE}={token(world)}")
    at_counter = {"case": code, "identity": "Căn cước"}
    printed = at_desk(world, OPERATOR)
    shown = printed.send(printed.open("/ban-lam-viec/quyen-du-lieu"), "ban-sao", at_counter)
    for one in (page, shown):
        assert "Tiếp công dân ngày 23/11/2026" in one.words
        assert "Điều không có trong bản sao này" in one.words
        assert "Nhật ký cán bộ nào đã xem dữ liệu được giữ 730 ngày" in one.words


def test_a_survey_is_told_of_but_not_what_was_said(world: World) -> None:
    world.answered(sender=BY_PHONE)
    world.drain()
    assert mine(world)["surveys"] == []
    world.clock.forward(days=1)
    planned(world)
    [asked] = mine(world)["surveys"]
    assert (asked["title"], asked["answered"]) == ("Khảo sát tháng 11", False)
    text = next(words for _, words in world.texts() if "/khao-sat/" in words)
    opinion("/khao-sat/" + text.partition("/khao-sat/")[2].split()[0], comment="Zulu rất tốt")
    copy = mine(world)
    assert copy["surveys"][0]["answered"] is True
    assert "Zulu" not in str(copy)
    assert PHONE not in str(links(world))


def test_what_it_lacks_is_told_with_the_reason_and_of_petitions_only_where_there_are_any(world: World) -> None:
    world.answered(sender=BY_PHONE)
    world.drain()
    told = mine(world)["not_shown"]
    assert [words for words in told if "khiếu nại" in words] == []
    assert all(words.startswith(("Biên bản", "Ý kiến", "Nhật ký")) for words in told)
    track.opened(world)
    handed = track.hand_in(world, sender=track.WHO | {"phone": PHONE})
    copy = mine(world)
    [petitions] = [words for words in copy["not_shown"] if "khiếu nại" in words]
    assert "15 năm" in petitions
    assert "Phòng Kiểm tra - Giám sát" in petitions
    assert handed["code"] not in str(copy)
    assert track.MARK not in str(copy)
    assert (
        world.call(
            "POST",
            "/v1/desk/rights",
            {"kind": "erasure", "case": handed["code"], "identity": "CCCD"},
            token=LEADER,
            Idempotency_Key="x",
        )[0]
        == 404
    )
