"""Logging in: the routes on a stub, and the adapter's translation of Cognito's answers."""

import json
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ParamValidationError
from chalice.test import Client

from chalicelib.adapters.cognito import CognitoSessions
from chalicelib.domain import errors
from chalicelib.domain.sign_in import SETUP, Challenge, Enrolment, Tokens
from tests.unit.http.small_app import JSON, make_app, refused, routes_of, send

GRANTED = {"AuthenticationResult": {"AccessToken": "a", "RefreshToken": "r", "ExpiresIn": 900}}
ASKED = {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "s" * 20}
SIGN_IN = {"username": "dtv01", "password": "mật khẩu"}


class StubClient:
    """Answers every call with one outcome and keeps what it was asked."""

    def __init__(self, outcome):
        self.outcome, self.calls = outcome, []

    def __getattr__(self, operation):
        def call(**parameters):
            self.calls.append((operation, parameters))
            if isinstance(self.outcome, Exception):
                raise self.outcome
            return self.outcome

        return call


def sessions_with(outcome):
    sessions = CognitoSessions("client")
    sessions.__dict__["_client"] = StubClient(outcome)
    return sessions, sessions.__dict__["_client"].calls


def refusal(code):
    return ClientError({"Error": {"Code": code, "Message": "dtv01 secret"}}, "InitiateAuth")


@pytest.fixture(scope="module")
def app():
    return make_app(routes_of("api_sessions"))


@pytest.fixture
def ask(app, deps):
    def ask(method, path, body=None, *, outcome, headers=JSON):
        deps.sessions, calls = sessions_with(outcome)
        with Client(app) as client:
            return send(client, method, path, body, headers), calls

    return ask


def test_a_password_opens_a_session(ask):
    response, calls = ask("POST", "/v1/sessions", SIGN_IN, outcome=GRANTED)
    assert json.loads(response.body) == {
        "access_token": "a",
        "refresh_token": "r",
        "expires_in": 900,
        "token_type": "Bearer",
    }
    ((operation, parameters),) = calls
    assert operation == "initiate_auth"
    assert parameters["AuthFlow"] == "USER_PASSWORD_AUTH"
    assert parameters["AuthParameters"] == {"USERNAME": "dtv01", "PASSWORD": "mật khẩu"}


def test_a_challenge_is_passed_on(ask):
    response, _ = ask("POST", "/v1/sessions", SIGN_IN, outcome=ASKED)
    assert json.loads(response.body) == {"challenge": "SOFTWARE_TOKEN_MFA", "session": "s" * 20}


@pytest.mark.parametrize(
    ("challenge", "name"),
    [("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE"), ("NEW_PASSWORD_REQUIRED", "NEW_PASSWORD")],
)
def test_a_challenge_is_answered(ask, challenge, name):
    body = {"username": "dtv01", "challenge": challenge, "session": "s" * 20, "answer": "123456"}
    response, calls = ask("POST", "/v1/sessions/challenge", body, outcome=GRANTED)
    assert response.status_code == 200
    assert calls[0][1]["ChallengeResponses"] == {"USERNAME": "dtv01", name: "123456"}
    assert calls[0][1]["Session"] == "s" * 20


def test_refreshing_gives_the_same_refresh_token_back(ask):
    outcome = {"AuthenticationResult": {"AccessToken": "b", "ExpiresIn": 900}}
    response, _ = ask("POST", "/v1/sessions/refresh", {"refresh_token": "r.r"}, outcome=outcome)
    assert json.loads(response.body)["refresh_token"] == "r.r"


def test_signing_out_needs_the_token_and_sends_it(ask):
    response, calls = ask("DELETE", "/v1/sessions", outcome={}, headers={"Authorization": "Bearer operator"})
    assert response.status_code == 204
    assert calls == [("global_sign_out", {"AccessToken": "operator"})]
    response, calls = ask("DELETE", "/v1/sessions", outcome={}, headers={})
    refused(response, 401, "token_missing")
    assert calls == []


@pytest.mark.parametrize(
    ("outcome", "status", "code"),
    [
        (refusal("NotAuthorizedException"), 401, "wrong_credentials"),
        (refusal("UserNotFoundException"), 401, "wrong_credentials"),
        (refusal("UserNotConfirmedException"), 401, "wrong_credentials"),
        (refusal("PasswordResetRequiredException"), 401, "wrong_credentials"),
        (refusal("InvalidParameterException"), 401, "wrong_credentials"),
        (refusal("CodeMismatchException"), 401, "wrong_code"),
        (refusal("ExpiredCodeException"), 401, "wrong_code"),
        (refusal("InvalidPasswordException"), 422, "password_rejected"),
        (refusal("TooManyRequestsException"), 429, "too_many_sign_ins"),
        (refusal("ResourceNotFoundException"), 503, "sign_in_unavailable"),
        (refusal("InternalErrorException"), 503, "sign_in_unavailable"),
        (ConnectTimeoutError(endpoint_url="https://x"), 503, "sign_in_unavailable"),
        (ParamValidationError(report="x"), 503, "sign_in_unavailable"),
        ({"ChallengeName": "MFA_SETUP", "Session": "s"}, 403, "account_not_ready"),
        ({}, 403, "account_not_ready"),
    ],
    ids=str,
)
def test_cognito_s_refusals_are_ours(ask, lines, outcome, status, code):
    response, _ = ask("POST", "/v1/sessions", SIGN_IN, outcome=outcome)
    refused(response, status, code)
    assert "dtv01" not in response.body.decode() + lines.getvalue()
    assert "mật khẩu" not in lines.getvalue()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/sessions", {"username": "", "password": "x"}),
        ("/v1/sessions", {"username": "a b", "password": "x"}),
        ("/v1/sessions", {"username": "a", "password": ""}),
        ("/v1/sessions", SIGN_IN | {"client": "x"}),
        ("/v1/sessions/challenge", {"username": "a", "challenge": "SMS_MFA", "session": "s" * 20, "answer": "1"}),
        ("/v1/sessions/challenge", {"username": "a", "challenge": "SOFTWARE_TOKEN_MFA", "session": "s", "answer": "1"}),
        ("/v1/sessions/refresh", {"refresh_token": "có dấu"}),
    ],
)
def test_what_cannot_be_right_is_not_sent_on(ask, path, body):
    response, calls = ask("POST", path, body, outcome=GRANTED)
    refused(response, 422, "invalid_request")
    assert calls == []


def test_a_second_factor_is_set_up_in_three_words_with_cognito():
    begun = {"SecretCode": "JBSWY3DPEHPK3PXP", "Session": "t" * 20}
    sessions, calls = sessions_with(begun)
    enrolled = sessions.enrol(Challenge(SETUP, "s" * 20))
    assert enrolled == Enrolment("JBSWY3DPEHPK3PXP", "t" * 20)
    assert calls == [("associate_software_token", {"Session": "s" * 20})]
    sessions, calls = sessions_with({"Status": "SUCCESS", "Session": "u" * 20} | GRANTED)
    assert sessions.confirm(enrolled, "dtv01", "123456") == Tokens("a", "r", 900)
    told = {"ClientId": "client", "ChallengeName": SETUP, "Session": "u" * 20}
    assert calls == [
        ("verify_software_token", {"Session": "t" * 20, "UserCode": "123456"}),
        ("respond_to_auth_challenge", told | {"ChallengeResponses": {"USERNAME": "dtv01"}}),
    ]
    wrong, _ = sessions_with(refusal("EnableSoftwareTokenMFAException"))
    with pytest.raises(errors.UnauthenticatedError, match="wrong_code"):
        wrong.confirm(enrolled, "dtv01", "654321")


def test_secrets_do_not_show_in_a_repr():
    secrets = Tokens("geheim", "geheim", 1), Challenge(SETUP, "geheim"), Enrolment("geheim", "geheim")
    shown = repr(secrets)
    assert "geheim" not in shown


def test_signing_out_tells_the_truth():
    sessions, _ = sessions_with(refusal("NotAuthorizedException"))
    with pytest.raises(errors.UnauthenticatedError):
        sessions.sign_out("token")


def test_the_client_gives_up_before_the_gateway_does(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-1")
    config = CognitoSessions("client")._client.meta.config
    retries = SimpleNamespace(**config.retries)
    assert (config.connect_timeout + config.read_timeout) * retries.total_max_attempts < 29
