"""The events are the truth and show when somebody changes them; they hold no person (R99, R124)."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from chalicelib.adapters.dynamo import codec
from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.evolve import fold
from chalicelib.usecases.verify_log import verify_log
from tests.integration import lives
from tests.integration.world import ANSWER, OFFICER, OPERATOR, World


@pytest.fixture
def code(world: World) -> str:
    """A case of four events: received, forwarded, appointed, answered."""
    code = world.at_officer()
    world.act(code, "appointment", OFFICER, {"at": "2026-11-25T09:00:00+07:00"})
    world.act(code, "answer", OFFICER, ANSWER)
    return code


def item(code: str, sk: str) -> CaseItem:
    return CaseItem.get(code, sk)


def test_whole_lives_are_intact(world: World) -> None:
    """Given cases that met every kind of event, then chain, texts and head fit, and the head is the events' fold."""
    for code in lives.everything(world):
        assert verify_log(code, world.deps) == ()
        dossier = world.deps.cases.dossier(code)
        assert [recorded.seq for recorded in dossier.history] == list(range(1, dossier.case.version + 1))
        assert fold(dossier.history) == dossier.case
        assert all(later.before is earlier.after for earlier, later in pairwise(dossier.history))


class TestTampering:
    def test_a_changed_fact(self, world: World, code: str) -> None:
        body = item(code, "EVENT#00002").body.replace("so_tu_phap", "so_y_te")
        world.spoil(code, "EVENT#00002", body=body)
        assert verify_log(code, world.deps) == ("EVENT#00002: changed",)

    def test_a_changed_fact_with_its_hash(self, world: World, code: str) -> None:
        """Given somebody who makes the hash of the changed event anew, then the next event tells on them."""
        old = item(code, "EVENT#00002")
        body = old.body.replace("so_tu_phap", "so_y_te")
        chain = codec.link(item(code, "EVENT#00001").chain, f"{code}#00002", old.kind, body)
        world.spoil(code, "EVENT#00002", body=body, chain=chain)
        assert verify_log(code, world.deps) == ("EVENT#00003: changed",)

    def test_a_changed_kind(self, world: World, code: str) -> None:
        world.spoil(code, "EVENT#00003", kind="AcceptedByAgency")
        assert verify_log(code, world.deps) == ("EVENT#00003: changed",)

    def test_changed_words(self, world: World, code: str) -> None:
        """The event keeps a salted digest of each text: words put into somebody's mouth do not fit it."""
        words = json.dumps({"answer": "Không được.", "title": ""})
        world.spoil(code, "TEXT#00004", body=words)
        assert verify_log(code, world.deps) == ("TEXT#00004: changed",)

    def test_a_changed_digest(self, world: World, code: str) -> None:
        event, text = item(code, "EVENT#00004"), item(code, "TEXT#00004")
        old = codec.digest(text.salt, ANSWER["answer"])
        world.spoil(code, "TEXT#00004", body=json.dumps({"answer": "Không được."}))
        world.spoil(code, "EVENT#00004", body=event.body.replace(old, codec.digest(text.salt, "Không được.")))
        assert verify_log(code, world.deps) == ("EVENT#00004: changed",)

    def test_two_events_exchanged(self, world: World, code: str) -> None:
        second, third = item(code, "EVENT#00002"), item(code, "EVENT#00003")
        world.spoil(code, "EVENT#00002", body=third.body, kind=third.kind, chain=third.chain)
        world.spoil(code, "EVENT#00003", body=second.body, kind=second.kind, chain=second.chain)
        found = verify_log(code, world.deps)
        assert found == ("EVENT#00002: changed", "EVENT#00003: changed", "EVENT#00004: changed")

    def test_an_event_taken_out(self, world: World, code: str) -> None:
        item(code, "EVENT#00003").delete()
        assert verify_log(code, world.deps) == ("EVENT#00004: not in its place", "EVENT#00004: changed")

    def test_the_last_event_taken_out(self, world: World, code: str) -> None:
        item(code, "EVENT#00004").delete()
        assert verify_log(code, world.deps) == ("HEAD: not the end of the chain",)

    def test_a_changed_head(self, world: World, code: str) -> None:
        body = item(code, "HEAD").body.replace('"answered"', '"closed"')
        world.spoil(code, "HEAD", body=body)
        assert verify_log(code, world.deps) == ("HEAD: not what the events make",)

    def test_an_erased_text_is_no_fault(self, world: World, code: str) -> None:
        """Given words erased with their salt when their time is over, then the log still stands."""
        item(code, "TEXT#00001").delete()
        item(code, "PERSON").delete()
        assert verify_log(code, world.deps) == ()
        shown = world.open(code)
        assert (shown["sender"]["name"], shown["timeline"][0]["texts"]) == ("", {})

    def test_nothing_there(self, world: World) -> None:
        with pytest.raises(NotFoundError):
            verify_log("000049000073", world.deps)


def test_events_hold_no_words_and_no_person(world: World, code: str) -> None:
    """What a person wrote stands in TEXT and PERSON items only; the digests differ for the same words (salted)."""
    again = world.answered()
    events = {sk: item(code, sk).body for sk in ("EVENT#00001", "EVENT#00002", "EVENT#00003", "EVENT#00004")}
    written = "".join(events.values())
    private = ["Hoa", "912345678", "hoa@", "Phương Lâm", "khai sinh", ANSWER["answer"][:12]]
    assert [words for words in private if words in written] == []
    assert "Trần Văn Bình" in events["EVENT#00004"]  # who answers for the reply is public (R8)
    digests = [json.loads(body)["data"]["digests"] for body in (events["EVENT#00001"], item(again, "EVENT#00001").body)]
    assert set(digests[0]) == set(digests[1]) == {"title", "content"}
    assert digests[0]["content"] != digests[1]["content"]


def test_each_event_says_who_when_and_by_which_article(world: World, code: str) -> None:
    told = [(e["actor_role"], e["actor_name"], e["article"], e["before"]) for e in world.open(code)["timeline"]]
    assert told == [
        ("sender", "", "Điều 7.1", None),
        ("operator", OPERATOR.rpartition(":")[2], "Điều 8.1.b", "received"),
        ("officer", "mc01", "Điều 8.1.c", "with_officer"),
        ("officer", "mc01", "Điều 8.1", "with_officer"),
    ]
