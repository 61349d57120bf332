"""What the desk sees of agencies' messages that had no effect: which, when, why; no word of them, no person."""

from __future__ import annotations

import json

import pytest

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.exchange.fields import LARGEST
from tests.integration.deliveries import invoke
from tests.integration.signers import signed
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, SENDER, World
from tests.unit.exchange.test_reading import HURTFUL

LIST = "/v1/desk/exchange/rejections"
UNIT = "so_tu_phap"


class Died(BaseException):
    """The process is gone: nothing may catch it."""


def died(*_: object) -> None:
    raise Died


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


def test_whatever_is_signed_is_told_back_once_and_shown(world: World) -> None:
    """Given every message written to hurt, twice each, and a good one: each is named once and none is in the way."""
    code = world.at_agency()
    world.drain()
    world.agency_inbox(UNIT)
    bodies = {name: body.encode("utf-8", "surrogatepass") for name, (body, _, _) in HURTFUL.items()}
    bodies["too large"] = b"a" * (LARGEST + 1)  # as large as can be sent
    world.reply({"version": "1", "unit": UNIT, "case": code, "message_id": "good", "type": "accepted"})
    for name, body in bodies.items():
        for _ in range(2):
            world.post("replies", signed(body, UNIT, world.deps.clock.now()))
        assert world.work() == 0, name
        told = [(back["code"], back["pointer"]) for back in world.agency_inbox(UNIT)]
        assert told == [HURTFUL[name][1:]], name
    assert world.case(code).stage.accepted_at
    assert world.call("GET", f"{LIST}?limit=100", token=OPERATOR)[1]["rejections"][0]["unit"] == UNIT
    assert len(world.call("GET", f"{LIST}?limit=100", token=OPERATOR)[1]["rejections"]) == len(HURTFUL)
    assert world.dead_letters("replies") == []


def test_a_crash_before_the_agency_is_told_shows_it_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a refusal that is on the list, and a worker that dies then, when it is heard again, it is there once."""
    body = {"version": "1", "unit": UNIT, "message_id": "m1", "type": "accepted", "case": "123"}
    message = {"MessageId": "1", "Body": signed(body, UNIT, world.deps.clock.now())}
    with monkeypatch.context() as broken:
        broken.setattr(world.deps.outgoing, "to_agency", died)
        with pytest.raises(Died):
            invoke("replies", [message])
    world.clock.forward(minutes=2)
    assert invoke("replies", [message]) == set()
    listed = world.call("GET", LIST, token=OPERATOR)[1]["rejections"]
    assert [(one["message_id"], one["at"]) for one in listed] == [("m1", "2026-11-23T02:00:00Z")]
    assert [back["rejected_message_id"] for back in world.agency_inbox(UNIT)] == ["m1"]


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
