"""The staff's log-ins at the Cognito user pool. First passwords are made and mailed by Cognito and never pass here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from chalicelib import observability
from chalicelib.adapters import aws
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError, TooManyError, UnavailableError

if TYPE_CHECKING:
    from chalicelib.domain.accounts import Account

BY_MAIL = ["EMAIL"]
EVERY_CLASS = "aA1!"  # what the pool's policy asks of any password


class CognitoLogIns:
    """Keeps the port LogIns."""

    def __init__(self, pool: str) -> None:
        self._pool = pool

    def groups(self, username: str) -> frozenset[str] | None:
        """Ask the pool."""
        try:
            found = self._call("admin_list_groups_for_user", username)
        except _NoSuchUserError:
            return None
        return frozenset(group["GroupName"] for group in found["Groups"])

    def make(self, account: Account) -> None:
        """Create, then add to the groups: a log-in without groups may do nothing."""
        attributes = {"email": account.mail, "email_verified": "true", "name": account.name}
        with suppress(_UserExistsError):  # an attempt of our own: names known only to the pool were refused before
            self._call(
                "admin_create_user",
                account.username,
                UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
                DesiredDeliveryMediums=BY_MAIL,
            )
        for group in sorted(account.groups):
            self._call("admin_add_user_to_group", account.username, GroupName=group)

    def close(self, username: str) -> None:
        """Disable first: a session that ends could else be opened again."""
        self._each_if_there(("admin_disable_user", "admin_user_global_sign_out"), username)

    def reopen(self, username: str) -> None:
        """Enable."""
        self._each_if_there(("admin_enable_user",), username)

    def reset(self, username: str) -> None:
        """Put a password that nobody knows in the place of the old one; RESEND then makes and mails the first one."""
        unknown = secrets.token_urlsafe(32) + EVERY_CLASS
        self._call("admin_set_user_password", username, Password=unknown, Permanent=False)
        self._call("admin_user_global_sign_out", username)
        self._call("admin_create_user", username, MessageAction="RESEND", DesiredDeliveryMediums=BY_MAIL)

    def _each_if_there(self, operations: tuple[str, ...], username: str) -> None:
        """Of an account whose making was cut off there may be no log-in yet."""
        try:
            for operation in operations:
                self._call(operation, username)
        except _NoSuchUserError:
            return

    def _call(self, operation: str, username: str, **parameters: object) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            ask = getattr(aws.client("cognito-idp"), operation)
            return dict(ask(UserPoolId=self._pool, Username=username, **parameters))
        except ClientError as error:
            raise _refusal(error.response["Error"]["Code"]) from None
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from None


class _NoSuchUserError(ConflictError):
    pass


class _UserExistsError(ConflictError):
    pass


_OFTEN = (TooManyError, "too_many_accounts", "Có quá nhiều yêu cầu về tài khoản. Xin thử lại sau ít phút.")
_REJECTED = (InvalidError, "account_rejected", "Hệ thống đăng nhập không nhận thông tin của tài khoản này")
_REFUSALS: Final[Mapping[str, tuple[type[DomainError], str, str]]] = {
    "UserNotFoundException": (_NoSuchUserError, "log_in_missing", "Hệ thống đăng nhập không có tài khoản này"),
    "UsernameExistsException": (_UserExistsError, "username_taken", "Tên đăng nhập này đã có người dùng"),
    "InvalidParameterException": _REJECTED,
    "InvalidPasswordException": _REJECTED,
    "UnsupportedUserStateException": (
        ConflictError,
        "account_state",
        "Trạng thái tài khoản không cho làm việc này",
    ),
    "CodeDeliveryFailureException": (
        UnavailableError,
        "invitation_not_sent",
        "Chưa gửi được thư mời. Xin thử lại.",
    ),
    "TooManyRequestsException": _OFTEN,
    "LimitExceededException": _OFTEN,
    "ThrottlingException": _OFTEN,
}


def _refusal(code: str) -> DomainError:
    """Only the code is taken: the pool's own text may repeat what was sent."""
    if code not in _REFUSALS:
        return _unavailable(code)
    kind, ours, title = _REFUSALS[code]
    return kind(ours, title)


def _unavailable(reason: str) -> UnavailableError:
    observability.warn("cognito does not answer as expected", error=reason)
    return UnavailableError("accounts_unavailable", "Tạm thời chưa làm được việc này. Xin thử lại sau.")
