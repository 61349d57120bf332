"""Who may sign in: the user pool, its client, and one group per role and per unit."""

from __future__ import annotations

from infra.names import Json, logical, named

ROLES = ("operator", "officer", "agency", "leadership", "administrator", "petition_officer", "petition_head")
INVITATION = {
    "EmailSubject": "Tài khoản Tổng đài hành chính công 1022",
    # Cognito puts the name and the first password in; mails are HTML.
    "EmailMessage": (
        "<p>Kính gửi anh/chị,</p>"
        "<p>Tổng đài hành chính công 1022 gửi anh/chị thông tin đăng nhập:</p>"
        "<p>Tên đăng nhập: <b>{username}</b><br>Mật khẩu lần đầu: <b>{####}</b></p>"
        "<p>Mật khẩu này có hiệu lực trong 3 ngày. Khi đăng nhập lần đầu, anh/chị sẽ được yêu cầu đặt mật khẩu mới. "
        "Xin không chuyển tiếp thư này và không cho ai biết mật khẩu.</p>"
        "<p>Nếu anh/chị không chờ thư này, xin báo người quản lý tài khoản của đơn vị.</p>"
        "<p>Trân trọng,<br>Tổng đài hành chính công 1022</p>"
    ),
}
FROM = {"SourceArn": {"Ref": "MailIdentity"}, "From": {"Ref": "MailSender"}}
KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def pool(stage: str) -> Json:
    """Make the pool: accounts are made by the administrator only; a second factor is offered."""
    return {
        "Type": "AWS::Cognito::UserPool",
        **KEPT,
        "Properties": {
            "UserPoolName": named(stage, "people"),
            "DeletionProtection": "ACTIVE",
            "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True, "InviteMessageTemplate": INVITATION},
            "UsernameConfiguration": {"CaseSensitive": False},
            "EmailConfiguration": {
                "Fn::If": ["OwnInvitations", {"EmailSendingAccount": "DEVELOPER", **FROM}, {"Ref": "AWS::NoValue"}]
            },
            "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
            "MfaConfiguration": "OPTIONAL",
            "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
            "Policies": {
                "PasswordPolicy": {
                    "MinimumLength": 12,
                    "RequireLowercase": True,
                    "RequireUppercase": True,
                    "RequireNumbers": True,
                    "RequireSymbols": True,
                    "TemporaryPasswordValidityDays": 3,
                }
            },
        },
    }


def client(stage: str) -> Json:
    """Make the one client: a public one, so without a secret; a working day's refresh token."""
    return {
        "Type": "AWS::Cognito::UserPoolClient",
        **KEPT,
        "Properties": {
            "UserPoolId": {"Ref": "UserPool"},
            "ClientName": named(stage, "desk"),
            "GenerateSecret": False,
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "AccessTokenValidity": 60,
            "IdTokenValidity": 60,
            "RefreshTokenValidity": 12,
            "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "hours"},
            "EnableTokenRevocation": True,
            "PreventUserExistenceErrors": "ENABLED",
        },
    }


def _group(name: str) -> Json:
    return {
        "Type": "AWS::Cognito::UserPoolGroup",
        "Properties": {"GroupName": name, "UserPoolId": {"Ref": "UserPool"}},
    }


def people(stage: str, unit_ids: list[str]) -> dict[str, Json]:
    """Make pool, client and groups, by logical id."""
    names = [*ROLES, *(f"unit:{unit_id}" for unit_id in unit_ids)]
    groups = {logical("group", name): _group(name) for name in names}
    return {"UserPool": pool(stage), "UserPoolClient": client(stage), **groups}
