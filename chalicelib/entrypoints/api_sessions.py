"""Logging in and out of the staff. Passwords pass through to Cognito and are kept nowhere."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib.domain import sign_in
from chalicelib.domain.errors import ForbiddenError
from chalicelib.entrypoints import identity
from chalicelib.entrypoints.contracts import END
from chalicelib.entrypoints.http import PUBLIC, WHOEVER_LOGS_IN, Request, endpoint

routes = Blueprint(__name__)

Username = Annotated[
    str, Meta(min_length=1, max_length=128, pattern=r"^\S+" + END, description="Tên đăng nhập", examples=["dtv01"])
]
Secret = Annotated[str, Meta(min_length=1, max_length=256)]
Opaque = Annotated[str, Meta(min_length=1, max_length=8192, pattern=r"^[A-Za-z0-9_=.+/-]+" + END)]
SessionText = Annotated[str, Meta(min_length=20, max_length=2048, description="Giá trị `session` của câu hỏi")]
ChallengeName = Literal["NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA"]


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tên đăng nhập và mật khẩu."""

    username: Username
    password: Annotated[Secret, Meta(description="Mật khẩu", examples=["Một-câu-dài-2026"])]


class ChallengeAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Câu trả lời cho bước xác thực tiếp theo: mật khẩu mới, hoặc mã 6 chữ số của ứng dụng xác thực."""

    username: Username
    challenge: ChallengeName
    session: SessionText
    answer: Annotated[Secret, Meta(description="Mật khẩu mới hoặc mã xác thực", examples=["123456"])]


class Refresh(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mã gia hạn nhận được khi đăng nhập."""

    refresh_token: Opaque


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """Phiên đăng nhập (access_token, refresh_token, expires_in, token_type) hoặc câu hỏi (challenge, session)."""

    access_token: str = ""
    refresh_token: str = ""
    expires_in: Annotated[int, Meta(description="Số giây còn hiệu lực", examples=[900])] = 0
    token_type: Literal["Bearer", ""] = ""
    challenge: ChallengeName | None = None
    session: str = ""


@endpoint(
    routes,
    "POST",
    "/v1/sessions",
    allow=PUBLIC,
    body=SignIn,
    returns={200: Session},
    summary="Đăng nhập",
    tags=("sessions",),
    refuses=(401, 403, 429),
)
def open_session(request: Request) -> Session:
    """Answer with tokens, or with the challenge that must be answered first."""
    return _session(_sessions().sign_in(request.body.username, request.body.password))


@endpoint(
    routes,
    "POST",
    "/v1/sessions/challenge",
    allow=PUBLIC,
    body=ChallengeAnswer,
    returns={200: Session},
    summary="Trả lời bước xác thực",
    tags=("sessions",),
    refuses=(401, 403, 429),
)
def answer_challenge(request: Request) -> Session:
    """Set the first password, or give the code of the authenticator."""
    challenge = sign_in.Challenge(request.body.challenge, request.body.session)
    return _session(_sessions().answer(challenge, request.body.username, request.body.answer))


@endpoint(
    routes,
    "POST",
    "/v1/sessions/refresh",
    allow=PUBLIC,
    body=Refresh,
    returns={200: Session},
    summary="Gia hạn phiên",
    tags=("sessions",),
    refuses=(401, 403, 429),
)
def refresh_session(request: Request) -> Session:
    """Exchange the refresh token for a new access token."""
    return _session(_sessions().refresh(request.body.refresh_token))


@endpoint(
    routes,
    "DELETE",
    "/v1/sessions",
    allow=WHOEVER_LOGS_IN,
    returns={204: None},
    summary="Đăng xuất",
    tags=("sessions",),
    refuses=(429,),
)
def close_sessions(request: Request) -> None:
    """End every session of the caller; access tokens already given run out within minutes."""
    _sessions().sign_out(identity.bearer(request.headers.get("authorization")))


def _sessions() -> sign_in.Sessions:
    from chalicelib import bootstrap

    return bootstrap.deps().sessions


def _session(outcome: sign_in.Tokens | sign_in.Challenge) -> Session:
    if isinstance(outcome, sign_in.Challenge) and outcome.name == sign_in.SETUP:
        title = "Tài khoản cần thiết lập xác thực hai bước: xin đăng nhập ở trang bàn làm việc để thiết lập."
        raise ForbiddenError("account_not_ready", title)
    if isinstance(outcome, sign_in.Challenge):
        return Session(challenge=msgspec.convert(outcome.name, ChallengeName), session=outcome.session)
    return Session(
        access_token=outcome.access,
        refresh_token=outcome.refresh,
        expires_in=outcome.expires_in,
        token_type="Bearer",  # noqa: S106 the scheme, not a token
    )
