"""Complaints and denunciations (R42, R82): one is handed in, by its sender or for it, and asked after."""

from __future__ import annotations

from typing import Final

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.domain.petitions import commands as cmd
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import petition_bodies as bodies
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.entrypoints.wording import canonical, sender
from chalicelib.views.petitions.standing import PetitionStanding

routes = Blueprint(__name__)
TAGS: Final = ("petitions",)
DESK: Final = "/v1/desk/petitions"
RECORDERS: Final = PETITION_STAFF | {Role.OPERATOR}


class HandedIn(Struct, frozen=True):
    """Mã đơn và mã PIN để xem đơn đang ở bước nào; mã PIN chỉ có ở đây."""

    code: str
    pin: str


@endpoint(
    routes,
    "POST",
    "/v1/petitions",
    allow=PUBLIC,
    body=bodies.PetitionBody,
    returns={201: HandedIn, 200: HandedIn},
    summary="Gửi đơn khiếu nại, tố cáo",
    tags=TAGS,
    idempotency="required",
    refuses=(404, 409),
)
def hand_in(request: Request) -> tuple[int, HandedIn]:
    """Take a petition in; nothing of it is shown again by this door."""
    return _receive(request, "web")


@endpoint(
    routes,
    "GET",
    "/v1/petitions/{code}",
    allow=PUBLIC,
    returns={200: PetitionStanding},
    summary="Đơn đang ở bước nào",
    tags=TAGS,
    pin="required",
    refuses=(401, 404, 429),
)
def follow_own_petition(request: Request, code: given.Code) -> PetitionStanding:
    """Say state and days, to who has the PIN."""
    from chalicelib.usecases.petitions.follow_petition import follow_petition
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.standing import standing

    deps = bootstrap.deps()
    return standing(follow_petition(canonical(code), request.pin or "", deps), rules_of(deps), deps)


@endpoint(
    routes,
    "POST",
    DESK,
    allow=RECORDERS,
    body=bodies.DeskPetitionBody,
    returns={201: HandedIn, 200: HandedIn},
    summary="Ghi nhận đơn thay người gửi",
    tags=TAGS,
    idempotency="required",
    refuses=(404, 409),
)
def record_petition(request: Request) -> tuple[int, HandedIn]:
    """Write down a petition that came by telephone, at the counter or by post."""
    return _receive(request, request.body.channel)


@endpoint(
    routes,
    "POST",
    "/v1/desk/petition-moves/{code}",
    allow=RECORDERS,
    body=bodies.MoveCaseBody,
    returns={201: HandedIn, 200: HandedIn},
    summary="Chuyển một hồ sơ thành đơn khiếu nại, tố cáo",
    tags=TAGS,
    refuses=(404, 409),
)
def move_case_to_petitions(request: Request, code: given.Code) -> tuple[int, HandedIn]:
    """Move a case that a person found to be a petition; its words and sender leave the ordinary track."""
    from chalicelib.usecases.petitions.move_case import move_case

    made = move_case(
        canonical(code),
        files_handed_over=request.body.files_handed_over,
        actor=request.caller,
        deps=bootstrap.deps(),
    )
    return 200 if made.repeated else 201, HandedIn(made.code, made.pin)


def _receive(request: Request, channel: str) -> tuple[int, HandedIn]:
    from chalicelib.usecases.petitions.receive_petition import receive_petition

    body, caller = request.body, request.caller
    made = receive_petition(
        cmd.Receive(channel=channel, content=body.content, joint=body.joint),
        sender(body.sender),
        key=f"{caller.role} {caller.name} {request.idempotency_key}",
        actor=caller,
        deps=bootstrap.deps(),
    )
    return 200 if made.repeated else 201, HandedIn(made.code, made.pin)
