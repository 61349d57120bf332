"""What is written of a case and its events: short, and read back as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec

from chalicelib.adapters.dynamo import codec
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Actor, Signature
from chalicelib.domain.case import Publication
from tests.builders import ask, given, receive, to_officer

CASE = receive().case


def test_what_has_its_default_is_left_out() -> None:
    body = json.loads(codec.case_to_body(CASE))
    assert body["about"] is None, "it has no default"
    assert not {"late", "reappointed", "appointment", "publication"} & set(body)
    assert not {"pauses", "step", "late_since", "reminded"} & set(body["stage"])
    assert codec.case_from_body(codec.case_to_body(CASE)) == CASE


def test_what_differs_from_its_default_is_kept() -> None:
    assert CASE.stage
    stage = replace(CASE.stage, step=2, pauses=((CASE.received_at, None),))
    case = replace(CASE, stage=stage, reappointed=1, flags=("x",), publication=Publication.WITHDRAWN)
    assert codec.case_from_body(codec.case_to_body(case)) == case


def test_what_was_written_whole_is_read_alike() -> None:
    assert codec.case_from_body(msgspec.json.encode(CASE).decode()) == CASE


def test_every_event_is_read_as_it_was() -> None:
    story = given(receive(), to_officer(), ask("Số giấy chứng sinh?"))
    kinds = {type(recorded.event) for recorded in story.history}
    assert {ev.Received, ev.ForwardedToOfficer, ev.DetailsRequested} == kinds
    for recorded in story.history:
        body, texts = codec.event_to_body(recorded, "salt")
        kind = type(recorded.event).__name__
        assert codec.event_from_body(recorded.code, recorded.seq, kind, body, texts) == recorded
        assert texts
        assert not [text for text in texts.values() if text in body]


def test_a_signature_is_kept_and_events_without_one_are_as_they_were() -> None:
    recorded = receive().history[0]
    plain, _ = codec.event_to_body(recorded, "salt")
    assert "signature" not in plain
    signature = Signature("k" * 43, "Trần Văn Bình", recorded.at, "d" * 43, "v" * 86)
    signed = replace(recorded, actor=Actor("agency", "so_tu_phap", "sqs", signature))
    body, texts = codec.event_to_body(signed, "salt")
    assert codec.event_from_body(signed.code, signed.seq, "Received", body, texts) == signed
