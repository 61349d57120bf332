"""A mail that comes back: its address is left alone, the case shows it, and operators are asked to telephone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.case import PHONE_THE_SENDER
from chalicelib.ports import PermanentDeliveryError
from tests.integration.deliveries import invoke
from tests.integration.world import ANSWER, OPERATOR, SENDER, World

EVENTS = Path(__file__).parents[1] / "events"
HOA = SENDER["email"]
PHONE = "+84912345678"
ONLY_MAIL = SENDER | {"phone": ""}


def report(name: str, code: str, *, mail: str = "m1", **tags: Any) -> dict[str, str]:
    """Make a message of the queue: a recorded event of SES, about a mail of a case."""
    recorded = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    recorded["mail"]["messageId"] = mail
    recorded["mail"]["tags"] |= {"case": [code]} | tags
    return {"MessageId": mail, "Body": json.dumps(recorded)}


def come_back(world: World, *messages: dict[str, str]) -> set[str]:
    failed = invoke("bounces", list(messages))
    world.drain()
    return failed


def failures(world: World, code: str) -> list[dict[str, str]]:
    return [event["facts"] for event in world.open(code)["timeline"] if event["type"] == "DeliveryFailed"]


def sent(world: World, **changes: Any) -> str:
    code: str = world.send(**changes)["code"]
    world.drain()
    return code


def asked(world: World) -> list[str]:
    """Return the subjects of the mails that ask operators to telephone."""
    return [mail["subject"] for mail in world.mails() if mail["subject"].startswith("Đề nghị gọi điện")]


@pytest.mark.parametrize(("name", "reason"), [("ses_bounce", "bounce"), ("ses_complaint", "complaint")])
def test_the_case_shows_it_and_operators_are_asked_to_telephone(world: World, name: str, reason: str) -> None:
    code = sent(world)
    assert come_back(world, report(name, code)) == set()
    assert failures(world, code) == [{"channel": "email", "reason": reason, "letter": "acknowledged"}]
    _, worklist = world.call("GET", "/v1/desk/cases", token=OPERATOR)
    assert [case["flags"] for case in worklist["cases"]] == [[PHONE_THE_SENDER]]
    assert asked(world) == [f"Đề nghị gọi điện cho người gửi, hồ sơ {code[:4]}-{code[4:8]}-{code[8:]}"]


def test_the_next_letters_go_by_sms_in_this_case_and_in_others_of_the_address(world: World) -> None:
    code = sent(world)
    come_back(world, report("ses_bounce", code))
    world.act(code, "answer", OPERATOR, ANSWER)
    other = sent(world, sender=SENDER | {"email": HOA.upper()})
    assert [mail["to"] for mail in world.mails(HOA)] == [[HOA]], "the first letter, and no more"
    assert [number for number, _ in world.texts()] == [PHONE, PHONE]
    assert failures(world, other) == []


def test_where_there_is_no_mobile_each_letter_is_left_to_the_telephone(world: World) -> None:
    """Given an address that failed in one case, when another case has no other way, then that one shows it too."""
    come_back(world, report("ses_bounce", sent(world)))
    code = sent(world, sender=ONLY_MAIL)
    world.act(code, "answer", OPERATOR, ANSWER)
    world.drain()
    suppressed = {"channel": "email", "reason": "suppressed"}
    assert failures(world, code) == [suppressed | {"letter": "acknowledged"}, suppressed | {"letter": "answered"}]
    assert (len(world.mails(HOA)), world.texts(), len(asked(world))) == (1, [], 3)


def test_a_report_that_comes_twice_counts_once(world: World) -> None:
    code = sent(world)
    for _ in range(2):
        assert come_back(world, report("ses_bounce", code)) == set()
    assert come_back(world, report("ses_bounce", code, mail="m2", letter=["answered"])) == set()
    assert [failure["letter"] for failure in failures(world, code)] == ["acknowledged", "answered"]
    assert len(asked(world)) == 2


def test_a_full_mailbox_is_written_to_again(world: World) -> None:
    code = sent(world)
    assert come_back(world, report("ses_mailbox_full", code)) == set()
    world.act(code, "answer", OPERATOR, ANSWER)
    world.drain()
    assert (failures(world, code), len(world.mails(HOA))) == ([], 2)


def test_who_says_it_was_no_spam_is_written_to_again(world: World) -> None:
    code = sent(world)
    message = report("ses_complaint", code)
    message["Body"] = message["Body"].replace('"abuse"', '"not-spam"')
    assert come_back(world, message) == set()
    assert failures(world, code) == []


def test_a_mail_to_the_staff_changes_no_case_and_stops_no_mail(world: World) -> None:
    recorded = json.loads((EVENTS / "ses_bounce.json").read_text("utf-8"))
    for tag in ("case", "event", "letter"):
        del recorded["mail"]["tags"][tag]
    assert come_back(world, {"MessageId": "m1", "Body": json.dumps(recorded)}) == set()
    sent(world)
    assert len(world.mails(HOA)) == 1


def test_what_cannot_be_read_fails_alone(world: World) -> None:
    code = sent(world)
    bad = [{"MessageId": f"bad{place}", "Body": body} for place, body in enumerate(("", "{}", '{"eventType": 1}'))]
    greeting = {"MessageId": "hello", "Body": "Successfully validated SNS topic for Amazon SES event publishing."}
    unknown = report("ses_bounce", "999999999999", mail="nobody")
    failed = come_back(world, *bad, greeting, unknown, report("ses_bounce", code))
    assert failed == {"bad0", "bad1", "bad2", "nobody"}
    assert len(failures(world, code)) == 1


def test_who_writes_again_is_in_touch_again(world: World) -> None:
    made = world.send(sender=SENDER | {"address": ""})
    world.drain()
    come_back(world, report("ses_bounce", made["code"]))
    assert PHONE_THE_SENDER in world.case(made["code"]).flags
    body = {"sender": {"address": SENDER["address"], "email": "moi@example.com"}}
    status, _ = world.call("POST", f"/v1/cases/{made['code']}/details", body, X_Case_Pin=made["pin"])
    assert (status, world.case(made["code"]).flags) == (200, ())
    world.act(made["code"], "answer", OPERATOR, ANSWER)
    world.drain()
    assert len(world.mails("moi@example.com")) == 1


@pytest.mark.parametrize(("way", "sender"), [("mail", ONLY_MAIL), ("sms", SENDER | {"email": ""})])
def test_an_address_refused_at_once_is_shown_too(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str, sender: dict[str, str]
) -> None:
    send, refused = getattr(world.deps.mailer, way), (HOA, PHONE)

    def refuse(to: str, *rest: Any) -> None:
        if to in refused:
            raise PermanentDeliveryError("MessageRejected")
        send(to, *rest)

    monkeypatch.setattr(world.deps.mailer, way, refuse)
    code = sent(world, sender=sender)
    channel = {"mail": "email", "sms": "sms"}[way]
    assert failures(world, code) == [{"channel": channel, "reason": "refused", "letter": "acknowledged"}]
    assert len(asked(world)) == 1


def test_a_mail_names_its_case_and_no_person(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES takes letters, digits, - and _ in tags; those of the staff's mails are empty."""
    tagged: list[tuple[str, Any]] = []
    monkeypatch.setattr(world.deps.mailer, "mail", lambda to, *rest: tagged.append((to, rest[3])))
    code = world.at_officer()
    world.drain()
    assert (HOA, {"case": code, "event": "1", "letter": "acknowledged"}) in tagged
    assert [tags for to, tags in tagged if to != HOA] == [{}]


def test_the_list_shows_nobodys_address(world: World) -> None:
    come_back(world, report("ses_bounce", sent(world)))
    (row,) = CentreItem.query("SUPPRESSED")
    assert (row.kind, len(row.sk)) == ("bounce", 32)
    assert "hoa" not in json.dumps(row.serialize())
