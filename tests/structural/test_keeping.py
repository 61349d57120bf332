"""docs/operations.md says how long everything is kept, and says what file of retention and template say."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.adapters.regulation_files import retention
from chalicelib.domain.actors import Actor, Signature
from chalicelib.domain.case import Attachment, Duty, Holder, Mailed, Stage
from chalicelib.domain.events import EVENT_TYPES, private_fields
from chalicelib.domain.retention import LIFETIMES
from infra import files, incoming_mail, keeping

from .conftest import REGULATION, Built

ROOT = Path(__file__).parents[2]
SECTION = (
    (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## What is kept how long")[2].partition("\n## ")[0]
)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")]
NAMED = {row[0].split("`")[1]: row for row in ROWS if row[0].startswith("`")}
RULES = retention(REGULATION)


def test_the_table_was_read() -> None:
    assert len(ROWS) > 20
    assert all(len(row) == 4 and all(row) for row in ROWS)


@pytest.mark.parametrize("name", LIFETIMES)
def test_every_lifetime_stands_in_the_table_with_its_days(name: str) -> None:
    days = RULES.lifetimes[name].days
    assert NAMED[name][2] == f"{days} day{'s' if days > 1 else ''}"


def test_the_years_of_cases_stand_there() -> None:
    assert ROWS[1][2].startswith(f"{RULES.cases.years} years from the end of the year of completion")


@pytest.mark.parametrize("name", ["petitions", "receptions", "surveys"])
def test_the_years_of_the_others_stand_there(name: str) -> None:
    beginning = {"petitions": "complaints", "receptions": "records of citizen", "surveys": "surveys"}[name]
    row = next(row for row in ROWS if row[0].startswith(beginning))
    years = getattr(RULES, name).years
    assert row[2].startswith(f"{years} year{'s' if years > 1 else ''} from the end of the year")


def test_every_table_and_bucket_of_the_template_stands_there(built: Built) -> None:
    text = " ".join(row[1] for row in ROWS)
    tables = {each["TableName"].rpartition("-")[2] for each in built.resources("AWS::DynamoDB::Table").values()}
    assert [name for name in tables if f"table `{name}`" not in text] == []
    assert len(built.resources("AWS::S3::Bucket")) == len(set(re.findall(r"bucket `(\w+)`", text)))


def test_templates_and_store_take_their_days_from_the_file(built: Built) -> None:
    for name, forgets in (("Files", files.forgets(REGULATION)), ("MailsBucket", incoming_mail.forgets(REGULATION))):
        rules = built.data["Resources"][name]["Properties"]["LifecycleConfiguration"]["Rules"]
        assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule} == forgets
    assert {each["RetentionInDays"] for each in built.resources("AWS::Logs::LogGroup").values()} == {
        RULES.lifetimes["logs"].days
    }
    shared = built.app["Globals"]["Function"]["Environment"]["Variables"]
    assert shared["LIFETIMES"] == keeping.setting(REGULATION)


def test_every_kind_of_row_that_expires_has_a_lifetime() -> None:
    store = (ROOT / "chalicelib" / "adapters" / "dynamo").glob("*.py")
    asked = {name for path in store for name in re.findall(r'lifetimes\.expires\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert asked
    assert asked <= set(LIFETIMES)


# What an event may hold in the open: codes, names of units, stages and letters, log-ins and names of officials. A new
# field of text is private, or is named here by somebody who has thought about whose it is.
PLAIN = {
    *(
        "kind",
        "about",
        "channel",
        "field",
        "sender_kind",
        "outcome",
        "priority",
        "article",
        "rule",
        "unit",
        "suggested",
        "supervisor",
    ),
    *("responsible_officer", "approving_leader", "leader", "author", "tier", "rating", "previous", "action", "number"),
    *("suggested", "stage", "letter", "reason", "basis", "name"),
    "verdict",  # a code
    "document",  # a number, held to its pattern where it comes in
    *("asked_by", "source"),  # a unit; a code
}
OF_OUR_OWN = {Actor, Attachment, Duty, Holder, Mailed, Signature, Stage}


def test_no_event_holds_a_word_in_the_open_that_nobody_thought_about() -> None:
    for kind in EVENT_TYPES.values():
        texts = {item.name for item in fields(kind) if item.type in ("str", "str | None")}
        open_texts = texts - set(private_fields(kind))
        assert open_texts <= PLAIN, (kind, open_texts - PLAIN)


def test_reason_is_in_the_open_only_where_it_is_a_code() -> None:
    named = {kind.__name__ for kind in EVENT_TYPES.values() if "reason" in {one.name for one in fields(kind)}}
    private = {name for name in named if "reason" in private_fields(EVENT_TYPES[name])}
    assert named - private == {"DeliveryFailed"}
