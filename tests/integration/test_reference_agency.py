"""The reference agency (examples/agency) with the centre: what it says has its effects, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from examples.agency.officer import Officer
from examples.agency.queues import Sqs
from examples.agency.settings import Settings
from examples.agency.signatures import Centre, Pen
from examples.agency.store import Store
from examples.agency.worker import Worker
from tests.builders import local
from tests.integration.signers import agency_key, private_key
from tests.integration.world import OFFICER, OPERATOR, World

UNIT = "so_tu_phap"


class Agency:
    """The agency's house: `round` is what its program does again and again."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.store = world, Store(folder / "agency.sqlite")
        pem = folder / "key.pem"
        pem.write_bytes(private_key(UNIT).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.settings = Settings(
            unit=UNIT,
            inbox=f"{world.deps.settings.agency_queue_prefix}{UNIT}",
            replies=world.url("replies"),
            region="ap-southeast-1",
            centre_keys="https://1022.test/v1/exchange/keys",
            kid=agency_key(UNIT).kid,
            private_key=pem,
            database=folder / "agency.sqlite",
            responsible_officer="Trần Văn Bình",
            approving_leader="Lê Thị Minh",
            wait_seconds=0,
        )
        self.queues = Sqs(self.settings)
        pen = Pen(pem, self.settings.kid, lambda: world.clock.now().timestamp())
        officer, centre = Officer("Trần Văn Bình", "Lê Thị Minh", ("ho_tich",)), Centre(self.settings.centre_keys)
        self.worker = Worker(UNIT, self.queues, centre, pen.sign, self.store, officer.answer)

    def round(self) -> None:
        """Let the centre tell, the agency work, the centre hear; nothing may fail."""
        self.world.drain()
        self.worker.round()
        assert self.world.work() == 0

    def close(self) -> None:
        self.store.close()
        self.queues._client.close()


@pytest.fixture
def agency(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", lambda _: world.call("GET", "/v1/exchange/keys")[1])
    made = Agency(world, tmp_path)
    yield made
    made.close()


def types(world: World, code: str) -> list[str]:
    return [event["type"] for event in world.open(code)["timeline"]]


def test_a_case_comes_back_with_its_result(world: World, agency: Agency) -> None:
    code = world.at_agency()
    agency.round()
    file = world.open(code)
    assert types(world, code)[-1] == "ResultSubmitted"
    assert file["timeline"][-1]["signature"]["kid"] == agency.settings.kid
    assert (file["case"]["state"], file["case"]["has_result"]) == ("with_officer", True)


def test_what_is_told_twice_and_said_twice_has_one_effect(world: World, agency: Agency) -> None:
    code = world.at_agency()
    records = world.stream()
    world.restream(records)
    assert world.work() == 0
    [message] = world.receive(agency.settings.inbox)
    attributes = message["MessageAttributes"]
    for _ in range(2):
        world.cloud("sqs").send_message(
            QueueUrl=agency.settings.inbox, MessageBody=message["Body"], MessageAttributes=attributes
        )
    for _ in range(2):
        agency.round()
        for (said,) in agency.store._db.execute("SELECT message_id FROM said").fetchall():
            agency.store.again(said)
    agency.round()
    assert types(world, code).count("ResultSubmitted") == 1
    assert agency.store._db.execute("SELECT count(*), sum(rejected != '') FROM said").fetchone() == (1, 0)


def test_questions_are_asked_and_answered(world: World, agency: Agency) -> None:
    made = world.send(content="Bao giờ tôi nhận được giấy?")
    code = made["code"]
    world.act(code, "forward", OPERATOR, {"unit": UNIT})
    world.act(code, "forward-to-agency", OFFICER)
    agency.round()
    assert types(world, code)[-1] == "DetailsRequested"
    world.call("POST", f"/v1/cases/{code}/details", {"content": "Hồ sơ số 12."}, X_Case_Pin=made["pin"])
    agency.round()
    assert types(world, code)[-1] == "ResultSubmitted"


def test_anothers_matter_goes_back(world: World, agency: Agency) -> None:
    code = world.at_agency(field="dat_dai")
    agency.round()
    assert types(world, code)[-1] == "DeclinedByAgency"


def test_both_duties_of_a_report_about_an_official_are_done(world: World, agency: Agency) -> None:
    code = world.at_officer(kind="report", about="conduct")
    agency.round()
    assert all(action["closed_at"] for action in world.open(code)["case"]["actions"])


def test_a_promise_is_kept_when_the_centre_reminds(world: World, agency: Agency) -> None:
    """Điều 9.3: appointed again once; late all the same, the result counts."""
    code = world.at_agency(title="Xin trích lục sổ gốc")
    agency.round()
    assert set(types(world, code)[-2:]) == {"AcceptedByAgency", "Reappointed"}
    world.clock.set(local("2026-12-02 09:31"))
    world.sweep()
    agency.round()
    assert types(world, code)[-1] == "ResultSubmitted"


def test_a_promise_that_is_refused_is_a_result(world: World, agency: Agency) -> None:
    """Outside office hours nothing is appointed again."""
    code = world.at_agency(title="Xin trích lục sổ gốc")
    world.drain()
    world.clock.set(local("2026-11-23 20:00"))
    agency.round()
    agency.round()
    assert types(world, code)[-1] == "ResultSubmitted"
    assert agency.store._db.execute("SELECT rejected FROM said WHERE rejected != ''").fetchall() == [
        ("outside_office_hours",)
    ]


def test_what_the_centre_did_not_sign_stays_in_the_queue(world: World, agency: Agency) -> None:
    code = world.at_agency()
    world.drain()
    [message] = world.agency_inbox(UNIT)
    world.cloud("sqs").send_message(QueueUrl=agency.settings.inbox, MessageBody=str(message))
    agency.round()
    assert types(world, code)[-1] == "ForwardedToAgency"
    names = ["ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessages"]
    depth = world.cloud("sqs").get_queue_attributes(QueueUrl=agency.settings.inbox, AttributeNames=names)
    assert sorted(depth["Attributes"].values()) == ["0", "1"]
