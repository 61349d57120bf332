"""Logging in at moto's Cognito over HTTP, and verifying the tokens it signs."""

from datetime import UTC, datetime, timedelta

import botocore.session
import pytest
from moto.server import ThreadedMotoServer

from chalicelib.adapters.cognito import CognitoSessions, CognitoTokens
from chalicelib.domain.errors import InvalidError, UnauthenticatedError
from chalicelib.domain.sign_in import Challenge, Tokens
from chalicelib.ports import Claims

REGION = "us-east-1"  # moto looks up unsigned calls that name no pool there
PASSWORD = "Một-câu-dài-2026!"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


class Pool:
    """A user pool with one client, one group each for role and unit, and one user."""

    def __init__(self, client, name, address):
        self.id = client.create_user_pool(PoolName=name)["UserPool"]["Id"]
        made = client.create_user_pool_client(UserPoolId=self.id, ClientName=name, ExplicitAuthFlows=FLOWS)
        self.client_id = made["UserPoolClient"]["ClientId"]
        self.issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{self.id}"
        self.jwks_url = f"{address}/{self.id}/.well-known/jwks.json"
        client.admin_create_user(UserPoolId=self.id, Username="dtv01", TemporaryPassword=PASSWORD)
        for group in ("operator", "unit:centre"):
            client.create_group(UserPoolId=self.id, GroupName=group)
            client.admin_add_user_to_group(UserPoolId=self.id, Username="dtv01", GroupName=group)

    def tokens(self, **other):
        return CognitoTokens(**{"issuer": self.issuer, "client_id": self.client_id, "jwks_url": self.jwks_url, **other})


@pytest.fixture(scope="module")
def address():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cloud(address, monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    return botocore.session.Session().create_client("cognito-idp")


@pytest.fixture
def pool(cloud, address):
    pool = Pool(cloud, "staff", address)
    cloud.admin_set_user_password(UserPoolId=pool.id, Username="dtv01", Password=PASSWORD, Permanent=True)
    return pool


@pytest.fixture
def sessions(pool, monkeypatch):
    """Without credentials: the calls must go out unsigned."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    return CognitoSessions(pool.client_id)


def now():
    return datetime.now(UTC)


def test_a_session_opens_staff_routes(sessions, pool):
    session = sessions.sign_in("dtv01", PASSWORD)
    assert isinstance(session, Tokens)
    assert session.expires_in > 0
    claims = pool.tokens().verify(session.access, now())
    assert (claims.username, set(claims.groups)) == ("dtv01", {"operator", "unit:centre"})


def test_a_wrong_password_and_an_unknown_name_look_the_same(sessions):
    refused = []
    for name, password in (("dtv01", "sai-mật-khẩu"), ("khong-co", PASSWORD)):
        with pytest.raises(UnauthenticatedError) as caught:
            sessions.sign_in(name, password)
        refused.append((caught.value.code, caught.value.title, caught.value.detail, dict(caught.value.context)))
    assert refused[0] == refused[1]
    assert refused[0][0] == "wrong_credentials"


def test_the_first_password_must_be_changed(cloud, address):
    pool = Pool(cloud, "newcomers", address)
    sessions = CognitoSessions(pool.client_id)
    challenge = sessions.sign_in("dtv01", PASSWORD)
    assert isinstance(challenge, Challenge)
    assert challenge.name == "NEW_PASSWORD_REQUIRED"
    with pytest.raises(InvalidError) as caught:
        sessions.answer(challenge, "dtv01", "yếu")
    assert caught.value.code == "password_rejected"
    session = sessions.answer(challenge, "dtv01", "Một-câu-mới-2026!")
    assert isinstance(session, Tokens)
    assert pool.tokens().verify(session.access, now()).username == "dtv01"


def test_refreshing_keeps_the_refresh_token(sessions, pool):
    first = sessions.sign_in("dtv01", PASSWORD)
    second = sessions.refresh(first.refresh)
    assert second.refresh == first.refresh
    assert isinstance(pool.tokens().verify(second.access, now()), Claims)


def test_after_signing_out_nothing_is_refreshed(sessions):
    session = sessions.sign_in("dtv01", PASSWORD)
    sessions.sign_out(session.access)
    with pytest.raises(UnauthenticatedError):
        sessions.refresh(session.refresh)
    with pytest.raises(UnauthenticatedError):
        sessions.sign_out(session.access)


@pytest.mark.parametrize("other", [{"issuer": "https://x/another-pool"}, {"client_id": "another-client"}])
def test_same_key_other_pool_or_client(sessions, pool, other):
    """Moto signs for every pool with one key: only issuer and client tell them apart."""
    session = sessions.sign_in("dtv01", PASSWORD)
    with pytest.raises(UnauthenticatedError):
        pool.tokens(**other).verify(session.access, now())


def test_an_id_token_is_not_an_access_token(cloud, pool):
    secrets = {"USERNAME": "dtv01", "PASSWORD": PASSWORD}
    answer = cloud.initiate_auth(ClientId=pool.client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=secrets)
    with pytest.raises(UnauthenticatedError):
        pool.tokens().verify(answer["AuthenticationResult"]["IdToken"], now())


def test_an_old_token_is_expired(sessions, pool):
    session = sessions.sign_in("dtv01", PASSWORD)
    with pytest.raises(UnauthenticatedError) as caught:
        pool.tokens().verify(session.access, now() + timedelta(days=2))
    assert caught.value.code == "token_expired"
