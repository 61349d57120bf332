"""Progress is for whoever has the code; content only for whoever has the PIN too (R68, R99)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.domain.case_code import from_number
from tests.integration.world import CASE, OPERATOR, SENDER, World

NOBODYS = from_number(48_210_937_551)
WINDOW_MINUTES = 15


def content(world: World, code: str, pin: str) -> Any:
    return world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=pin)


def wrong(made: dict[str, Any]) -> str:
    return f"{(int(made['pin']) + 1) % 10**6:06}"


def test_the_right_pin_opens_the_content(world: World) -> None:
    made = world.send()
    status, shown = content(world, made["code"], made["pin"])
    assert (status, shown["sender"]["name"], shown["sender"]["phone"]) == (200, SENDER["name"], "+84912345678")
    texts = shown["said"][0]["texts"]
    assert (texts["title"], texts["content"]) == (CASE["title"], CASE["content"])


def test_spoken_and_written_codes_are_the_same(world: World) -> None:
    made = world.send()
    for spelling in (
        made["code"],
        made["progress"]["display_code"],
        made["progress"]["display_code"].replace("-", "."),
    ):
        assert world.call("GET", f"/v1/cases/{spelling}")[1]["code"] == made["code"]


def test_a_wrong_pin(world: World) -> None:
    made = world.send()
    status, refused = content(world, made["code"], wrong(made))
    assert (status, refused["code"]) == (401, "wrong_pin")


def test_an_unknown_code_answers_like_a_wrong_pin(world: World) -> None:
    """Nobody learns which codes exist, neither by the words nor by how often one may try."""
    made = world.send()
    known = [content(world, made["code"], wrong(made)) for _ in range(6)]
    unknown = [content(world, NOBODYS, wrong(made)) for _ in range(6)]
    for (status, said), (other_status, other) in zip(known, unknown, strict=True):
        del said["instance"], other["instance"]
        assert (status, said) == (other_status, other)


class TestFiveWrongOnes:
    @pytest.fixture
    def locked(self, world: World) -> dict[str, Any]:
        made = world.send()
        assert [content(world, made["code"], wrong(made))[0] for _ in range(5)] == [401] * 5
        return made

    def test_lock_even_for_the_right_one(self, world: World, locked: dict[str, Any]) -> None:
        status, refused = content(world, locked["code"], locked["pin"])
        assert (status, refused["code"], refused["retry_after"]) == (429, "pin_locked", 900)

    def test_lock_adding_details_too(self, world: World, locked: dict[str, Any]) -> None:
        world.act(locked["code"], "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
        path = f"/v1/cases/{locked['code']}/details"
        assert world.call("POST", path, {"content": "Số 123."}, X_Case_Pin=locked["pin"])[0] == 429

    def test_until_the_window_ends(self, world: World, locked: dict[str, Any]) -> None:
        world.clock.forward(minutes=WINDOW_MINUTES - 1)
        assert content(world, locked["code"], locked["pin"])[0] == 429
        world.clock.forward(minutes=1)
        assert content(world, locked["code"], locked["pin"])[0] == 200

    def test_lock_only_this_case(self, world: World, locked: dict[str, Any]) -> None:
        other = world.send()
        assert content(world, other["code"], other["pin"])[0] == 200

    def test_four_wrong_ones_do_not(self, world: World) -> None:
        made = world.send()
        assert [content(world, made["code"], wrong(made))[0] for _ in range(4)] == [401] * 4
        assert content(world, made["code"], made["pin"])[0] == 200


def test_progress_shows_no_content_and_no_person(world: World) -> None:
    """Given a case full of words, when somebody asks with the code alone, then state, holder and times are all."""
    code = world.at_agency(title="Chuyện riêng", content="Nhà tôi ở cạnh nhà ông Năm, đường đi bị rào lại từ hôm qua.")
    status, shown = world.call("GET", f"/v1/cases/{code}")
    assert (status, shown["state"], shown["holder"]["unit_name"]) == (200, "with_agency", "Sở Tư pháp")
    assert set(shown) == {
        *("code", "display_code", "kind", "kind_label", "state", "state_label", "received_at", "late", "holder"),
        *("since", "due_at", "first_due_at", "appointment", "ended_at", "attachments", "anonymised_at"),
    }
    written = json.dumps(shown, ensure_ascii=False)
    private = ["Chuyện riêng", "ông Năm", *SENDER.values(), "+84912345678", "0912345678", "mc01", "dtv01"]
    assert [words for words in private if words in written] == []
