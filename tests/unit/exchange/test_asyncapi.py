"""The AsyncAPI document: valid by the official schema, complete, true, and the same in the repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from chalicelib.domain.case_code import parse
from chalicelib.entrypoints import asyncapi, exchange
from chalicelib.exchange.fields import Message
from chalicelib.exchange.heard import HEARD
from chalicelib.exchange.samples import SAMPLES, type_of
from chalicelib.exchange.told import TOLD, OnCase
from infra.names import named
from infra.queues import DAY, SOURCE_DAYS

OFFICIAL = json.loads((Path(__file__).parent / "asyncapi-3.0.0.json").read_text("utf-8"))
KINDS = [*TOLD.__args__, *HEARD.__args__]
EACH_SAMPLE = pytest.mark.parametrize("sample", SAMPLES, ids=type_of)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return asyncapi.build()


def faults(document: dict[str, Any], schema: str, payload: Any) -> list[str]:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(payload)]


def kind_of(sample: Message) -> Any:
    return TOLD if isinstance(sample, TOLD) else HEARD


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(OFFICIAL).iter_errors(document)] == []


def test_the_schema_would_tell(document: dict[str, Any]) -> None:
    wrong = json.loads(json.dumps(document))
    wrong["operations"]["tellAgency"]["action"] = "publish"
    assert list(Draft7Validator(OFFICIAL).iter_errors(wrong))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for path in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place: Any = document
        for step in path.split("/"):
            place = place[step]


def test_every_message_has_an_example_and_words_for_both_readers(document: dict[str, Any]) -> None:
    messages = document["components"]["messages"]
    assert set(messages) == {type_of(kind) for kind in KINDS} == {type_of(sample) for sample in SAMPLES}
    for message in messages.values():
        assert message["examples"]
        assert message["title"]
        assert message["summary"]


@EACH_SAMPLE
def test_examples_are_as_the_schemas_say(document: dict[str, Any], sample: Message) -> None:
    [example] = document["components"]["messages"][type_of(sample)]["examples"]
    assert faults(document, type(sample).__name__, example["payload"]) == []


@EACH_SAMPLE
def test_examples_can_be_read(sample: Message) -> None:
    written = msgspec.json.encode(sample)
    assert msgspec.json.decode(written, type=kind_of(sample)) == sample
    if isinstance(sample, HEARD):
        assert exchange.read(written.decode()).message_id == sample.message_id
    elif isinstance(sample, OnCase):
        assert parse(sample.case.code) == sample.case.code


@EACH_SAMPLE
def test_a_schema_misses_what_the_reader_misses(document: dict[str, Any], sample: Message) -> None:
    """Each required field left out in turn: schema and program say the same."""
    whole = msgspec.to_builtins(sample)
    for name in whole:
        body = {key: value for key, value in whole.items() if key != name}
        fine = not faults(document, type(sample).__name__, body)
        try:
            msgspec.convert(body, type=kind_of(sample))
        except msgspec.ValidationError:
            assert not fine
        else:
            assert fine


def test_an_agencys_slip_is_a_fault_and_the_centres_growth_is_none(document: dict[str, Any]) -> None:
    for sample in SAMPLES:
        body = msgspec.to_builtins(sample, builtin_types=()) | {"colour": "blue"}
        assert bool(faults(document, type(sample).__name__, body)) == isinstance(sample, HEARD)


def test_the_queues_are_those_that_are_made(document: dict[str, Any]) -> None:
    filled = {name: channel["address"] for name, channel in document["channels"].items()}
    assert filled["toAgency"].format(stage="dev", unit="so_y_te") == named("dev", "agency", "so_y_te")
    assert filled["toCentre"].format(stage="dev") == named("dev", "replies")
    for channel in document["channels"].values():
        assert channel["bindings"]["sqs"]["queue"]["messageRetentionPeriod"] == SOURCE_DAYS * DAY


def test_the_file_is_written_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "asyncapi.json"
    with pytest.raises(SystemExit, match="is not what the messages' types say"):
        asyncapi.main(["--check", str(file)])
    asyncapi.main(["--write", str(file)])
    asyncapi.main(["--check", str(file)])
    file.write_text(file.read_text("utf-8").replace("Hẹn lại", "Hen lai"), "utf-8")
    with pytest.raises(SystemExit):
        asyncapi.main(["--check", str(file)])


def test_the_repositorys_file_is_the_programs() -> None:
    asyncapi.main(["--check", str(Path(__file__).parents[3] / "docs/asyncapi.json")])
