"""Cognito: who a token belongs to, and logging in.

Tokens are verified in this process (a gateway's authorizer is not enforced everywhere): RS256 only, key, issuer,
client, use and time. PyJWT, cryptography and botocore's client load when first used: public routes start without them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from chalicelib import observability
from chalicelib.domain.errors import (
    DomainError,
    ForbiddenError,
    InvalidError,
    TooManyError,
    UnauthenticatedError,
    UnavailableError,
)
from chalicelib.domain.sign_in import SETUP, Challenge, Enrolment, Tokens
from chalicelib.ports import Claims

LEEWAY: Final = 30.0  # seconds
FETCH_TIMEOUT: Final = 2.0  # seconds
REFETCH_AFTER: Final = timedelta(minutes=1)  # unknown key ids cannot make us call more often
RETRY_AFTER: Final = timedelta(seconds=5)  # after a failed fetch
LARGEST_KEY_SET: Final = 64 * 1024
_EVERYTHING_BUT_TIME: Final = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
_ANSWERS: Final = {"NEW_PASSWORD_REQUIRED": "NEW_PASSWORD", "SOFTWARE_TOKEN_MFA": "SOFTWARE_TOKEN_MFA_CODE"}


class CognitoKeys:
    """The pool's signing keys by id; fetched when an unknown id is asked for, and not too often."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: Mapping[str, Any] = {}
        self._next_fetch: datetime | None = None
        self._reachable = True

    def find(self, key_id: object, now: datetime) -> Any:
        """Return the public key; raises UnauthenticatedError, or UnavailableError while the keys cannot be had."""
        if key_id not in self._keys and (self._next_fetch is None or now >= self._next_fetch):
            self._fetch(now)
        if key_id in self._keys:
            return self._keys[str(key_id)]
        if self._reachable:
            raise _invalid_token()
        seconds = int(RETRY_AFTER.total_seconds())
        raise UnavailableError(
            "token_keys_unavailable", "Chưa kiểm tra được đăng nhập. Xin thử lại.", retry_after=seconds
        )

    def _fetch(self, now: datetime) -> None:
        import urllib.request

        import jwt

        self._next_fetch, self._reachable = now + RETRY_AFTER, False
        try:
            with urllib.request.urlopen(self._url, timeout=FETCH_TIMEOUT) as answer:  # noqa: S310 a setting, not input
                document = json.loads(answer.read(LARGEST_KEY_SET))
            usable = [key for key in document["keys"] if key.get("kty") == "RSA"]
            self._keys = {key["kid"]: jwt.PyJWK(key, algorithm="RS256").key for key in usable}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, jwt.PyJWTError) as error:
            observability.log_failure(error, command="fetch_keys")
            return
        self._next_fetch, self._reachable = now + REFETCH_AFTER, True


class CognitoTokens:
    """A TokenVerifier for the access tokens of one client of one user pool."""

    def __init__(self, *, issuer: str, client_id: str, jwks_url: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._keys = CognitoKeys(jwks_url)

    def verify(self, token: str, now: datetime) -> Claims:
        """Return the caller's name and groups; raises UnauthenticatedError, UnavailableError."""
        import jwt

        try:
            key = self._keys.find(jwt.get_unverified_header(token).get("kid"), now)
            claims = jwt.decode(token, key, algorithms=["RS256"], issuer=self._issuer, options=_options())
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise _invalid_token() from error
        if claims.get("token_use") != "access" or claims.get("client_id") != self._client_id:
            raise _invalid_token()
        self._check_time(claims, now.timestamp())
        return _claims(claims)

    def _check_time(self, claims: Mapping[str, Any], now: float) -> None:
        issued, begins, expires = claims["iat"], claims.get("nbf", 0), claims["exp"]
        if not all(isinstance(moment, int | float) for moment in (issued, begins, expires)):
            raise _invalid_token()
        if not max(issued, begins) <= now + LEEWAY:
            raise _invalid_token()
        if not now < expires + LEEWAY:
            raise UnauthenticatedError("token_expired", "Phiên đăng nhập đã hết hạn. Xin đăng nhập lại.")


class CognitoSessions:
    """Logging in and out at the user pool; its calls are unsigned, they need no permission."""

    def __init__(self, client_id: str) -> None:
        self._client_id = client_id

    def sign_in(self, username: str, password: str) -> Tokens | Challenge:
        """Ask with user name and password; a wrong name and a wrong password are refused alike."""
        secrets = {"USERNAME": username, "PASSWORD": password}
        return self._ask(
            "initiate_auth", ClientId=self._client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=secrets
        )

    def answer(self, challenge: Challenge, username: str, answer: str) -> Tokens | Challenge:
        """Answer a challenge with the new password or the one-time code."""
        return self._ask(
            "respond_to_auth_challenge",
            ClientId=self._client_id,
            ChallengeName=challenge.name,
            Session=challenge.session,
            ChallengeResponses={"USERNAME": username, _ANSWERS[challenge.name]: answer},
        )

    def enrol(self, challenge: Challenge) -> Enrolment:
        """Ask for the secret of a new authenticator."""
        made = self._call("associate_software_token", Session=challenge.session)
        return Enrolment(made["SecretCode"], made["Session"])

    def confirm(self, enrolment: Enrolment, username: str, code: str) -> Tokens | Challenge:
        """Show the first code, and go on with the log-in."""
        verified = self._call("verify_software_token", Session=enrolment.session, UserCode=code)
        return self._ask(
            "respond_to_auth_challenge",
            ClientId=self._client_id,
            ChallengeName=SETUP,
            Session=verified["Session"],
            ChallengeResponses={"USERNAME": username},
        )

    def refresh(self, token: str) -> Tokens | Challenge:
        """Make a new access token; the refresh token stays the same unless the pool rotates it."""
        secrets = {"REFRESH_TOKEN": token}
        return self._ask(
            "initiate_auth",
            kept=token,
            ClientId=self._client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters=secrets,
        )

    def sign_out(self, access_token: str) -> None:
        """End every session of the token's owner; access tokens in use run out within their validity."""
        self._call("global_sign_out", AccessToken=access_token)

    def revoke(self, refresh_token: str) -> None:
        """End the one session that the token belongs to; its access token runs out within its validity."""
        self._call("revoke_token", Token=refresh_token, ClientId=self._client_id)

    def _ask(self, operation: str, *, kept: str = "", **parameters: object) -> Tokens | Challenge:
        answer = self._call(operation, **parameters)
        if result := answer.get("AuthenticationResult"):
            return Tokens(result["AccessToken"], result.get("RefreshToken", kept), result["ExpiresIn"])
        name = answer.get("ChallengeName", "")
        if name not in (*_ANSWERS, SETUP):
            raise ForbiddenError("account_not_ready", "Tài khoản chưa sẵn sàng. Xin liên hệ quản trị viên.")
        return Challenge(name, answer["Session"])

    def _call(self, operation: str, **parameters: object) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return dict(getattr(self._client, operation)(**parameters))
        except ClientError as error:
            raise _refusal(error.response["Error"]["Code"]) from None  # its text may repeat the user's name
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from None

    @cached_property
    def _client(self) -> Any:
        import botocore.session
        from botocore import UNSIGNED
        from botocore.config import Config

        retries = {"mode": "standard", "total_max_attempts": 2}
        config = Config(signature_version=UNSIGNED, connect_timeout=1, read_timeout=5, retries=retries)
        return botocore.session.Session().create_client("cognito-idp", config=config)


def _options() -> Any:
    return {**_EVERYTHING_BUT_TIME, "require": ["exp", "iat", "iss"]}


def _claims(claims: Mapping[str, Any]) -> Claims:
    username, groups = claims.get("username"), claims.get("cognito:groups", [])
    if not isinstance(username, str) or not username or not isinstance(groups, list):
        raise _invalid_token()
    return Claims(username=username, groups=tuple(str(group) for group in groups))


def _invalid_token() -> UnauthenticatedError:
    return UnauthenticatedError("token_invalid", "Phiên đăng nhập không hợp lệ. Xin đăng nhập lại.")


def _refusal(code: str) -> DomainError:
    match code:
        case "InvalidPasswordException" | "PasswordHistoryPolicyViolationException":
            title = "Mật khẩu mới chưa đủ mạnh hoặc đã dùng gần đây."
            return InvalidError("password_rejected", title)
        case "CodeMismatchException" | "ExpiredCodeException" | "EnableSoftwareTokenMFAException":
            return UnauthenticatedError("wrong_code", "Mã xác thực không đúng hoặc đã hết hạn.")
        case "TooManyRequestsException" | "LimitExceededException" | "ThrottlingException":
            return TooManyError("too_many_sign_ins", "Có quá nhiều lần đăng nhập. Xin thử lại sau ít phút.")
        case (
            "NotAuthorizedException"
            | "UserNotFoundException"
            | "UserNotConfirmedException"
            | "PasswordResetRequiredException"
            | "InvalidParameterException"
        ):
            return UnauthenticatedError("wrong_credentials", "Thông tin đăng nhập không đúng hoặc đã hết hạn.")
    return _unavailable(code)


def _unavailable(reason: str) -> UnavailableError:
    observability.warn("cognito does not answer as expected", error=reason)
    return UnavailableError("sign_in_unavailable", "Tạm thời chưa đăng nhập được. Xin thử lại sau.")
