"""What the desk sees of agencies' messages that had no effect: which, when, why; no word of them, no person."""

from __future__ import annotations

import json

from chalicelib.adapters.dynamo.tables import CentreItem
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, SENDER, World

LIST = "/v1/desk/exchange/rejections"
UNIT = "so_tu_phap"


def say(world: World, message_id: str, **body: str) -> None:
    world.reply({"version": "1", "unit": UNIT, "message_id": message_id, **body})
    assert world.work() == 0


def test_the_list_says_which_when_and_why_newest_first(world: World) -> None:
    code = world.at_officer()
    question = f"Số điện thoại {SENDER['phone']} của {SENDER['name']} có đúng không?"
    for _ in range(2):
        say(world, "m1", type="details_wanted", case=code, question=question)
    world.clock.forward(minutes=1)
    say(world, "m2", type="details_wanted", case="123", question=question)
    world.clock.forward(minutes=1)
    say(world, "m3", type="accepted", case=code, **{SENDER["name"]: "x"})
    status, listed = world.call("GET", LIST, token=OPERATOR)
    assert status == 200
    other, newest, oldest = listed["rejections"]
    assert (other["code"], other["pointer"]) == ("unknown_field", "")
    assert (newest["message_id"], newest["code"], newest["pointer"], newest["case"]) == (
        "m2",
        "invalid_code",
        "/case",
        "",
    )
    assert oldest == {
        "at": "2026-11-23T02:00:00Z",
        "unit": UNIT,
        "unit_name": "Sở Tư pháp",
        "message_id": "m1",
        "code": "not_holder",
        "reason": "Hồ sơ đang do đơn vị khác xử lý",
        "pointer": "",
        "case": code,
    }
    kept = json.dumps([item.attribute_values for item in CentreItem.query("REJECTION")], ensure_ascii=False)
    assert not [word for word in SENDER.values() if word in kept]


def test_it_has_pages_and_forgets(world: World) -> None:
    for number in range(5):
        say(world, f"m{number}", type="accepted", case="123")
        world.clock.forward(minutes=1)
    pages, cursor = [], ""
    while cursor or not pages:
        status, listed = world.call("GET", f"{LIST}?limit=2&cursor={cursor.replace('#', '%23')}", token=ADMIN)
        assert status == 200
        pages.append([one["message_id"] for one in listed["rejections"]])
        cursor = listed["cursor"]
    assert pages == [["m4", "m3"], ["m2", "m1"], ["m0"]]
    days = [(item.expires - world.clock.now().timestamp()) / 86_400 for item in CentreItem.query("REJECTION")]
    assert all(89 < each <= 90 for each in days)


def test_it_is_for_the_centres_own_people(world: World) -> None:
    for token in (OFFICER, AGENCY, LEADER):
        assert world.call("GET", LIST, token=token)[0] == 403
    assert world.call("GET", LIST)[0] == 401
