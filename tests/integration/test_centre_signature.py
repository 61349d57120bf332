"""The centre signs whatever it tells an agency, by a key that never leaves KMS (R73): nothing unsigned leaves."""

from __future__ import annotations

import json
import re
import textwrap
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from botocore.exceptions import EndpointConnectionError
from chalice.test import Client

from app import app
from chalicelib.adapters import aws, centre_keys
from chalicelib.adapters.centre_keys import KmsKeys
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.signing import thumbprint
from chalicelib.exchange.fields import LARGEST
from chalicelib.ports import Message
from infra.queues import LARGEST as QUEUE_LARGEST
from infra.signing import KEY_SPEC, KEY_USAGE
from tests.integration.signers import believed, decoded
from tests.integration.test_dead_letters import letters, redrive, unread
from tests.integration.world import World

UNIT = "so_tu_phap"
KEYS = "/v1/exchange/keys"


def shown(world: World) -> list[dict[str, Any]]:
    status, made = world.call("GET", KEYS)
    assert status == 200, made
    return made["keys"]  # type: ignore[no-any-return]


def by_kid(world: World) -> dict[str, dict[str, Any]]:
    return {key["kid"]: key for key in shown(world)}


def queued(world: World, unit: str = UNIT) -> list[Any]:
    """Look at what is in the agency's queue; it stays there."""
    url = f"{world.deps.settings.agency_queue_prefix}{unit}"
    messages = world.receive(url)
    for message in messages:
        world.cloud("sqs").change_message_visibility(
            QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )
    return messages


def header(message: Any) -> Any:
    """Read the protected header of a message's signature."""
    return json.loads(decoded(message["MessageAttributes"]["signature"]["StringValue"].partition(".")[0]))


def new_key(world: World) -> str:
    return str(world.cloud("kms").create_key(KeySpec=KEY_SPEC, KeyUsage=KEY_USAGE)["KeyMetadata"]["Arn"])


def signing_by(world: World, *keys: Any) -> None:
    """Deploy these keys."""
    world.deps.__dict__["centre_keys"] = KmsKeys(keys, world.clock)
    world.deps.__dict__.pop("outgoing", None)


class TestMessages:
    def test_a_case_is_signed_by_the_key_that_is_shown(self, world: World) -> None:
        world.at_agency()
        world.drain()
        [message] = queued(world)
        assert believed(message, by_kid(world))
        [key] = shown(world)
        assert header(message) == {
            "alg": "ES256",
            "typ": "tongdai-message",
            "kid": key["kid"],
            "iat": int(world.clock.now().timestamp()),
        }

    def test_another_word_another_signature(self, world: World) -> None:
        world.at_agency()
        world.drain()
        [message] = queued(world)
        for altered in (message["Body"] + " ", message["Body"].replace("so_tu_phap", "so_y_te", 1)):
            assert not believed(message | {"Body": altered}, by_kid(world))

    def test_a_rejection_is_signed(self, world: World) -> None:
        world.reply({"version": "1", "unit": UNIT, "message_id": "m1", "type": "accepted", "case": "123"})
        assert world.work() == 0
        [message] = queued(world)
        assert json.loads(message["Body"])["type"] == "message_rejected"
        assert believed(message, by_kid(world))

    def test_what_is_sent_again_bears_the_signature_it_had(self, world: World) -> None:
        world.at_agency()
        world.drain()
        [died] = queued(world)
        unread(world)
        world.collect()
        [letter] = letters(world)
        assert redrive(world, letter["id"])[0] == 200
        world.collect()
        [message] = queued(world)
        assert message["MessageAttributes"]["signature"] == died["MessageAttributes"]["signature"]
        assert believed(message, by_kid(world))

    def test_the_largest_message_fits_its_queue(self, world: World) -> None:
        world.deps.outgoing.to_agency(
            UNIT, Message("ă" * ((LARGEST - 2) // 2), {"type": "t" * 64, "message_id": "m" * 200})
        )
        [message] = queued(world)
        said = message["MessageAttributes"].items()
        weight = sum(len(name) + len(value["DataType"]) + len(value["StringValue"]) for name, value in said)
        assert len(message["Body"].encode()) == LARGEST
        assert LARGEST + weight <= QUEUE_LARGEST
        assert believed(message, by_kid(world))


class TestThePage:
    """docs/agency-exchange.md: its own lines verify what is sent, and refuse what is not."""

    @pytest.fixture
    def spoken_by_the_centre(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
        page = (Path(__file__).parents[2] / "docs" / "agency-exchange.md").read_text("utf-8")
        [lines] = re.findall(r"(    import base64, jwt\n.*?)\n\nJavaScript", page, re.DOTALL)
        monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", lambda _: world.call("GET", KEYS)[1])
        names: dict[str, Any] = {}
        exec(textwrap.dedent(lines), names)
        return names["spoken_by_the_centre"]

    def test_verifies(self, world: World, spoken_by_the_centre: Any) -> None:
        world.at_agency()
        world.drain()
        [message] = queued(world)
        assert spoken_by_the_centre(message)
        assert not spoken_by_the_centre(message | {"Body": message["Body"] + " "})
        assert not spoken_by_the_centre({"Body": message["Body"]})
        assert not spoken_by_the_centre(message | {"MessageAttributes": {"signature": {"StringValue": "a.b"}}})

    def test_refuses_what_was_signed_for_another_purpose_or_by_nobody(
        self, world: World, spoken_by_the_centre: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.at_agency()
        world.drain()
        [message] = queued(world)
        monkeypatch.setattr(centre_keys, "CENTRE_TYPE", "JWT")
        value = world.deps.centre_keys.sign(message["Body"].encode())
        unsigned = "eyJhbGciOiJub25lIiwidHlwIjoidG9uZ2RhaS1tZXNzYWdlIn0.."  # {"alg":"none","typ":"tongdai-message"}
        for forged in (value, unsigned):
            assert not spoken_by_the_centre(message | {"MessageAttributes": {"signature": {"StringValue": forged}}})


class TestTrouble:
    @pytest.mark.parametrize("operation", ["GetPublicKey", "Sign"])
    def test_nothing_leaves_unsigned_and_nothing_is_lost(self, world: World, operation: str) -> None:
        """Given KMS that is away, when an agency is to be told, then it is told later."""

        def away(**_: Any) -> None:
            raise EndpointConnectionError(endpoint_url="https://kms.test")

        events = aws.client("kms").meta.events
        events.register(f"before-call.kms.{operation}", away)
        world.at_agency()
        world.relay()
        assert world.work() == 1
        assert queued(world) == []
        events.unregister(f"before-call.kms.{operation}", away)
        assert world.work() == 0
        assert len(world.agency_inbox(UNIT)) == 1

    def test_what_kms_refuses_is_said_by_its_code(self, world: World) -> None:
        signing_by(world, ("arn:aws:kms:ap-southeast-1:123456789012:key/none", None))
        with pytest.raises(UnavailableError) as refused:
            world.deps.outgoing.to_agency(UNIT, Message({}))
        assert refused.value.context["cause"] == "NotFoundException"
        assert queued(world) == []
        status, said = world.call("GET", KEYS)
        assert (status, said["code"]) == (503, "signing_unavailable")


class TestShown:
    def test_as_a_jwk_set_that_anybody_may_keep_for_an_hour(self, world: World) -> None:
        with Client(app) as client:
            answer = client.http.get(KEYS)
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        [key] = json.loads(answer.body)["keys"]
        assert {name: key[name] for name in ("kty", "crv", "use", "alg")} == {
            "kty": "EC",
            "crv": "P-256",
            "use": "sig",
            "alg": "ES256",
        }
        assert key["kid"] == thumbprint({name: key[name] for name in ("crv", "kty", "x", "y")})
        assert "exp" not in key

    def test_a_refusal_is_kept_by_nobody(self, world: World) -> None:
        signing_by(world, ("none", None))
        with Client(app) as client:
            assert client.http.get(KEYS).headers["Cache-Control"] == "no-store"


class TestRotation:
    def test_a_new_key_is_shown_before_it_signs_and_the_old_one_after(self, world: World) -> None:
        """docs/agency-keys.md: show, switch, let end. At no moment is there a message that no shown key fits."""
        [old] = world.deps.settings.centre_keys
        new, end = new_key(world), world.clock.now() + timedelta(days=30)
        [first] = shown(world)
        for number, keys in enumerate([(old, (new, None)), ((new, None), (old[0], end))]):
            signing_by(world, *keys)
            assert len(by_kid(world)) == 2
            world.at_agency()
            world.drain()
            [message] = queued(world)
            assert believed(message, by_kid(world))
            assert (header(message)["kid"] == first["kid"]) == (number == 0)
            world.agency_inbox(UNIT)
        assert [key.get("exp") for key in shown(world)] == [None, int(end.timestamp())]

    def test_a_key_that_is_over_is_not_shown_nor_asked_for(self, world: World) -> None:
        [old] = world.deps.settings.centre_keys
        signing_by(world, old, ("deleted long ago", world.clock.now()))
        assert len(shown(world)) == 1
