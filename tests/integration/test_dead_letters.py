"""What died is on a screen: why, since when, whose case; sent again with one effect, or closed with a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from tests.integration.deliveries import record
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, SENDER, World

LIST = "/v1/desk/dead-letters"
HOPELESS = {"code": "000000000000", "seq": 1, "type": "Received"}
UNIT = "so_tu_phap"


def let_die(world: World) -> None:
    """Let the workers try until they give up, then let `collect` see."""
    for _ in range(6):
        world.work()
    world.collect()


def spoiled(world: World, **changes: Any) -> tuple[str, str]:
    """A case that nobody can read when its news are to be told: its code, and what must be put back to mend it."""
    code = world.send(**changes)["code"]
    whole = CaseItem.get(code, HEAD).body
    world.spoil(code, "HEAD", body="{}")
    world.relay()
    let_die(world)
    return code, whole


def letters(world: World, query: str = "", token: str = ADMIN) -> list[dict[str, Any]]:
    status, listed = world.call("GET", f"{LIST}{query}", token=token)
    assert status == 200, listed
    return listed["letters"]  # type: ignore[no-any-return]


def of_notices(world: World) -> dict[str, Any]:
    [letter] = letters(world, "?queue=notices")
    return letter


def redrive(world: World, letter: str, token: str = ADMIN) -> tuple[int, Any]:
    return world.call("POST", f"{LIST}/{letter}/redrive", token=token)


def redrive_all(world: World, reason: str, *, dry_run: bool = False, **more: Any) -> Any:
    body = {"reason": reason, "dry_run": dry_run} | more
    status, made = world.call("POST", f"{LIST}/redrive", body, token=ADMIN)
    assert status == 200, made
    return made


def close(world: World, letter: str, note: str = "Đã gọi điện cho người gửi", token: str = ADMIN) -> tuple[int, Any]:
    return world.call("POST", f"{LIST}/{letter}/close", {"note": note}, token=token)


class TestSeen:
    def test_with_its_case_its_reason_and_its_age(self, world: World) -> None:
        code, _ = spoiled(world)
        world.clock.forward(minutes=30)
        letter = of_notices(world)
        display = f"{code[:4]}-{code[4:8]}-{code[8:]}"
        assert letter["id"].split("-")[1] == "notices"
        assert letter | {"id": ""} == {
            "id": "",
            "queue": "notices",
            "reason": "ValidationError",
            "state": "open",
            "code": code,
            "display_code": display,
            "seq": 1,
            "type": "Received",
            "since": "2026-11-23T02:00:00Z",
            "died_at": "2026-11-23T02:00:00Z",
            "stood_minutes": 30,
            "overdue": False,
            "deaths": 1,
            "failures": 5,
            "can_be_redriven": True,
            "history": [],
        }
        assert world.call("GET", f"{LIST}/{letter['id']}", token=OPERATOR) == (200, letter)

    def test_it_has_left_the_queue(self, world: World) -> None:
        spoiled(world)
        left = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        url = world.url("notices", "notices-dlq")
        found = world._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=left)["Attributes"]
        assert [found[name] for name in left] == ["0", "0"]

    def test_by_queue_and_by_reason_in_pages(self, world: World) -> None:
        for _ in range(5):
            world.post("notices", HOPELESS)
        world.post("board", "không phải JSON")
        let_die(world)
        found = {letter["queue"]: letter["reason"] for letter in letters(world)}
        assert found == {"notices": "case_not_found", "board": "DecodeError"}
        assert [letter["queue"] for letter in letters(world, "?reason=DecodeError")] == ["board"]
        assert letters(world, "?reason=DecodeError&queue=notices") == []
        seen, cursor, pages = [], "", 0
        while cursor or not pages:
            _, listed = world.call("GET", f"{LIST}?queue=notices&limit=2&cursor={cursor}", token=ADMIN)
            seen += [letter["id"] for letter in listed["letters"]]
            cursor, pages = listed["cursor"], pages + 1
        assert (len(set(seen)), seen, pages) == (5, sorted(seen), 3)

    def test_a_worker_that_never_came_back(self, world: World) -> None:
        """Given a worker that ran out of time five times, then nobody noted anything, and it says so."""
        world.post("tallies", HOPELESS)
        for _ in range(6):
            for message in world.receive(world.url("tallies")):
                world._sqs.change_message_visibility(
                    QueueUrl=world.url("tallies"), ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
        world.collect()
        assert [(letter["reason"], letter["failures"]) for letter in letters(world)] == [("no_answer", 0)]

    @pytest.mark.parametrize(
        "body", ["{", "[]", '{"code": 7, "seq": "x", "type": "<b>"}', '{"case": {"code": "1"}}', "[" * 100_000]
    )
    def test_whatever_it_says(self, world: World, body: str) -> None:
        world.post("board", body)
        let_die(world)
        [letter] = letters(world)
        assert (letter["code"], letter["seq"], letter["type"]) == ("", 0, "")

    def test_nothing_of_a_person_is_shown_or_logged(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        """An agency that does not read its messages: these hold the whole matter, and the desk shows none of it."""
        world.at_agency()
        world.drain()
        unread(world)
        capsys.readouterr()
        world.collect()
        [letter] = letters(world)
        assert (letter["queue"], letter["reason"], letter["type"]) == (f"agency-{UNIT}", "not_taken", "case_assigned")
        shown = json.dumps(letter, ensure_ascii=False) + capsys.readouterr().out
        assert not [word for word in SENDER.values() if word in shown]


def unread(world: World) -> None:
    """Let the agency's program receive a message six times and never delete it."""
    url = f"{world.deps.settings.agency_queue_prefix}{UNIT}"
    for _ in range(6):
        for message in world.receive(url):
            world._sqs.change_message_visibility(
                QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )


class TestRedriven:
    def test_a_mended_one_has_its_effect_once(self, world: World) -> None:
        """Poisoned, dead, seen, mended, sent again: the citizen is told, once, however often it is asked for."""
        code, whole = spoiled(world)
        assert world.mails() == []
        world.spoil(code, "HEAD", body=whole)
        letter = of_notices(world)["id"]
        world.clock.forward(minutes=5)
        assert [redrive(world, letter)[1]["state"] for _ in range(2)] == ["redriving", "redriving"]
        world.collect()
        world.collect()
        assert (world.work(), len(world.mails())) == (0, 1)
        assert letters(world, "?queue=notices") == []
        [settled] = letters(world, "?state=settled&queue=notices")
        assert [(step["state"], step["by"], step["at"]) for step in settled["history"]] == [
            ("redriving", "qt01", "2026-11-23T02:05:00Z"),
            ("redriven", "qt01", "2026-11-23T02:05:00Z"),
        ]
        assert redrive(world, letter)[1]["state"] == "redriven"
        world.collect()
        assert (world.work(), len(world.mails())) == (0, 1)

    def test_one_that_dies_again_is_the_same_letter(self, world: World) -> None:
        spoiled(world)
        first = of_notices(world)
        world.clock.forward(hours=1)
        redrive(world, first["id"])
        world.collect()
        let_die(world)
        again = of_notices(world)
        assert (again["id"], again["state"], again["deaths"], again["since"]) == (
            first["id"],
            "open",
            2,
            first["since"],
        )
        assert again["died_at"] == "2026-11-23T03:00:00Z"
        assert len(again["history"]) == 2

    def test_by_reason_with_a_dry_run(self, world: World) -> None:
        for queue in ("notices", "notices", "outgoing"):
            world.post(queue, HOPELESS)
        world.post("board", "không phải JSON")
        let_die(world)
        would = redrive_all(world, "case_not_found", dry_run=True)
        assert (would["dry_run"], would["count"], would["more"]) == (True, 3, False)
        assert {letter["state"] for letter in letters(world)} == {"open"}
        world.collect()
        assert world.work() == 0  # nothing was sent
        assert redrive_all(world, "case_not_found", queue="outgoing")["count"] == 1
        done = redrive_all(world, "case_not_found")
        assert (done["count"], {letter["state"] for letter in done["letters"]}) == (2, {"redriving"})
        assert redrive_all(world, "case_not_found")["count"] == 0
        world.collect()
        assert world.work() == 3
        assert [letter["queue"] for letter in letters(world)] == ["board"]

    def test_more_than_one_call_takes(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.usecases.decide_dead_letters.AT_ONCE", 2)
        for _ in range(3):
            world.post("notices", HOPELESS)
        let_die(world)
        taken = [redrive_all(world, "case_not_found") for _ in range(2)]
        assert [(done["count"], done["more"]) for done in taken] == [(2, True), (1, False)]

    def test_a_reply_of_an_agency(self, world: World) -> None:
        """Given a reply to a case that nobody can read, when it is mended, then the same message is heard, once."""
        code = world.at_agency()
        world.drain()
        reply = {"version": "1", "type": "accepted", "unit": UNIT, "message_id": "m1", "case": code}
        whole = CaseItem.get(code, HEAD).body
        world.spoil(code, "HEAD", body="{}")
        world.reply(reply)
        let_die(world)
        [letter] = letters(world, "?queue=replies")
        assert (letter["code"], letter["type"], letter["reason"]) == (code, "accepted", "ValidationError")
        world.spoil(code, "HEAD", body=whole)
        redrive(world, letter["id"])
        world.collect()
        assert world.work() == 0
        assert [event["type"] for event in world.open(code)["timeline"]].count("AcceptedByAgency") == 1

    def test_a_message_for_an_agency_goes_to_it_again_as_it_was(self, world: World) -> None:
        code = world.at_agency()
        world.drain()
        unread(world)
        world.collect()
        [letter] = letters(world)
        redrive(world, letter["id"])
        world.collect()
        [message] = world.agency_inbox(UNIT)
        assert (message["case"]["code"], message["sender"]["name"]) == (code, SENDER["name"])

    def test_a_record_of_the_stream_that_could_not_be_read(self, world: World) -> None:
        """Given an event of a type nobody knew, when the version that knows it is there, then it is relayed."""
        code = world.answered()
        events = world.stream()
        strange = record(code, "EVENT#00002", "Teleported")
        world.restream([events[0], strange])
        world.work()
        world.spoil(code, "EVENT#00002", kind="Teleported")
        world.collect()
        [letter] = letters(world)
        assert (letter["queue"], letter["reason"], letter["code"]) == ("relay", "unreadable_record", code)
        redrive(world, letter["id"])
        world.collect()
        [still] = letters(world)
        assert (still["state"], still["deaths"], still["reason"]) == ("open", 2, "KeyError")
        world.spoil(code, "EVENT#00002", kind="Answered")
        redrive(world, letter["id"])
        world.collect()
        assert (world.work(), len(world.mails()), letters(world)) == (0, 2, [])

    def test_a_batch_that_the_stream_gave_up_names_no_event(self, world: World) -> None:
        world._sqs.send_message(
            QueueUrl=world.deps.settings.relay_dlq_url,
            MessageBody=json.dumps({"requestContext": {"condition": "RetryAttemptsExhausted"}}),
        )
        world.collect()
        [letter] = letters(world)
        assert (letter["reason"], letter["can_be_redriven"]) == ("stream_given_up", False)
        status, refused = redrive(world, letter["id"])
        assert (status, refused["code"]) == (409, "letter_not_redrivable")
        assert redrive_all(world, "stream_given_up")["count"] == 0
        assert close(world, letter["id"])[0] == 200


class TestClosed:
    def test_with_a_word_and_its_message_goes(self, world: World) -> None:
        world.at_agency()
        world.drain()
        unread(world)
        world.collect()
        [letter] = letters(world)
        words = world.deps.dead_letters.words(letter["id"])
        assert words
        assert SENDER["name"] in words.body
        status, closed = close(world, letter["id"], "  Đã báo Sở qua điện thoại ")
        assert (status, closed["state"]) == (200, "closed")
        words = world.deps.dead_letters.words(letter["id"])
        assert words is None or words.body == ""
        world.collect()
        assert letters(world) == []
        [settled] = letters(world, "?state=settled", OPERATOR)
        assert settled["history"] == [
            {
                "state": "closed",
                "by": "qt01",
                "role": "administrator",
                "at": "2026-11-23T02:00:00Z",
                "note": "Đã báo Sở qua điện thoại",
            }
        ]
        assert world.deps.dead_letters.words(letter["id"]) is None
        assert world.agency_inbox(UNIT) == []

    @pytest.mark.parametrize("put_away", [False, True], ids=["at once", "after the run"])
    def test_what_is_decided_is_decided(self, world: World, *, put_away: bool) -> None:
        world.post("notices", HOPELESS)
        let_die(world)
        letter = of_notices(world)["id"]
        close(world, letter)
        if put_away:
            world.collect()
        for again in (close, redrive):
            status, refused = again(world, letter)
            assert (status, refused["code"]) == (409, "letter_not_open")

    def test_one_that_waits_to_be_sent(self, world: World) -> None:
        """Given a letter to a queue that does not take it, when it is closed, then it is sent no more."""
        world.post("notices", HOPELESS)
        let_die(world)
        letter = of_notices(world)["id"]
        redrive(world, letter)
        assert close(world, letter)[1]["state"] == "closed"
        world.collect()
        assert (world.work(), letters(world)) == (0, [])

    @pytest.mark.parametrize(("note", "status"), [("", 422), ("   ", 422), ("x" * 1001, 422)])
    def test_not_without_a_word(self, world: World, note: str, status: int) -> None:
        world.post("notices", HOPELESS)
        let_die(world)
        assert close(world, of_notices(world)["id"], note)[0] == status
        assert of_notices(world)["state"] == "open"


class TestWho:
    @pytest.mark.parametrize("token", [OFFICER, AGENCY, LEADER])
    def test_others_see_nothing(self, world: World, token: str) -> None:
        for path in (LIST, f"{LIST}/1763863200123-notices-x"):
            status, refused = world.call("GET", path, token=token)
            assert (status, refused["code"]) == (403, "role_not_allowed")

    @pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY, LEADER])
    def test_only_administrators_act(self, world: World, token: str) -> None:
        world.post("notices", HOPELESS)
        let_die(world)
        letter = of_notices(world)["id"]
        bulk = world.call("POST", f"{LIST}/redrive", {"reason": "case_not_found", "dry_run": True}, token=token)
        for status, refused in (redrive(world, letter, token), close(world, letter, token=token), bulk):
            assert (status, refused["code"]) == (403, "role_not_allowed")
        assert of_notices(world)["state"] == "open"

    def test_one_that_is_not_there(self, world: World) -> None:
        missing = "1763863200123-notices-3f1c2b1e"
        for status, refused in (redrive(world, missing), close(world, missing)):
            assert (status, refused["code"]) == (404, "letter_not_found")
        assert redrive(world, "x")[0] == 404
        assert world.call("GET", f"{LIST}/{missing}", token=ADMIN)[0] == 404
