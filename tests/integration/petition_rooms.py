"""Where the routes of petitions land: who of the department is let in, and what has become of the petition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.integration import track
from tests.integration.test_petition_moves import MATTER, REASON
from tests.integration.world import OPERATOR, World

MONTH = "2026-11"


@dataclass(frozen=True)
class Landing:
    """Who comes, what the path names, and what must stand in body and query for the rest to count."""

    token: str
    names: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    pin: str = ""


Land = Callable[[World], Landing]


def handed_in(world: World, token: str = track.CLERK, *steps: tuple[str, Any], **body: Any) -> Landing:
    """A petition, and what has become of it."""
    made = track.hand_in(world)
    for step, said in steps:
        track.do(world, made["code"], step, said)
    more = {"case": world.send()["code"]} if "case" in body else {}
    return Landing(token, {"code": made["code"]}, body | more, pin=made["pin"])


def held_back(world: World) -> Landing:
    made = handed_in(world, track.HEAD)
    track.do(world, made.names["code"], "hold", {"reason": "Nghiêm trọng"}, token=track.HEAD)
    return made


def a_petition_after_all(world: World) -> Landing:
    return Landing(OPERATOR, {"code": world.send(**MATTER)["code"]})


def month_of(token: str) -> Land:
    return lambda _: Landing(token, query={"month": MONTH})


def written_down(world: World) -> Landing:
    return Landing(OPERATOR, body={"sender": track.WHO | {"kind": "individual"}})


SORTED = ("classify", {"kind": "denunciation"})
ACCEPTED = ("accept", {"body": "Chủ tịch UBND phường", "on": "2026-11-23"})
SETTLED = ("settle", {"document": "conclusion", "number": "12/KL", "on": "2026-11-23"})

PETITION_LANDINGS: dict[str, Land] = {
    "POST /v1/petitions": written_down,
    "GET /v1/petitions/{code}": handed_in,
    "POST /v1/desk/petitions": written_down,
    "POST /v1/desk/petition-moves/{code}": a_petition_after_all,
    "GET /v1/desk/petition-openings": month_of(track.HEAD),
    "GET /v1/desk/petition-report": month_of(track.CLERK),
    "GET /v1/desk/petitions": month_of(track.CLERK),
    "GET /v1/desk/petitions/{code}": handed_in,
    "POST /v1/desk/petitions/{code}/words": handed_in,
    "POST /v1/desk/petitions/{code}/identity": partial(handed_in, **REASON),
    "POST /v1/desk/petitions/{code}/supplement": handed_in,
    "POST /v1/desk/petitions/{code}/classify": partial(handed_in, kind="denunciation"),
    "POST /v1/desk/petitions/{code}/accept": lambda world: handed_in(world, track.CLERK, SORTED, on="2026-11-23"),
    "POST /v1/desk/petitions/{code}/refuse": lambda world: handed_in(world, track.CLERK, SORTED),
    "POST /v1/desk/petitions/{code}/transfer": lambda world: handed_in(world, track.CLERK, SORTED),
    "POST /v1/desk/petitions/{code}/guide": lambda world: handed_in(world, track.CLERK, SORTED),
    "POST /v1/desk/petitions/{code}/move": partial(handed_in, case=""),
    "POST /v1/desk/petitions/{code}/withdraw": lambda world: handed_in(world, track.CLERK, SORTED, ACCEPTED),
    "POST /v1/desk/petitions/{code}/extend": lambda world: handed_in(
        world, track.CLERK, SORTED, ACCEPTED, grade="complex"
    ),
    "POST /v1/desk/petitions/{code}/settle": lambda world: handed_in(
        world, track.CLERK, SORTED, ACCEPTED, document="conclusion", on="2026-11-23"
    ),
    "POST /v1/desk/petitions/{code}/follow": lambda world: handed_in(world, track.CLERK, SORTED, ACCEPTED, SETTLED),
    "POST /v1/desk/petitions/{code}/hold": partial(handed_in, token=track.HEAD),
    "POST /v1/desk/petitions/{code}/lift": held_back,
    "POST /v1/desk/petitions/{code}/execute": lambda world: handed_in(world, track.CLERK, SORTED, ACCEPTED, SETTLED),
}
