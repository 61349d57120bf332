"""docs/agency-exchange.md: a client is written from it alone, so it shows what is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec

from chalicelib.adapters.regulation_files import retention
from chalicelib.entrypoints.exchange import read
from chalicelib.exchange.fields import LARGEST
from chalicelib.exchange.rejections import CODES
from chalicelib.exchange.samples import SAMPLES, type_of
from infra.data_stack import AGENCY_ACTIONS
from infra.functions import MAX_RECEIVES
from infra.queues import SOURCE_DAYS

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "agency-exchange.md").read_text("utf-8")
KEYS = (DOCS / "agency-keys.md").read_text("utf-8")


def test_every_example_is_the_documents() -> None:
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)]
    assert shown == [msgspec.to_builtins(sample, builtin_types=()) for sample in SAMPLES]


def test_every_message_has_its_heading() -> None:
    assert re.findall(r"^### `(\w+)`", PAGE, re.MULTILINE) == [type_of(sample) for sample in SAMPLES]


def test_every_code_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE + KEYS, re.MULTILINE)
    assert set(CODES) <= set(rows)


def test_its_numbers_are_the_programs() -> None:
    for said in (
        f"{LARGEST:,} bytes",
        f"remembers yours for {retention('hoa_binh').lifetimes['inbox'].days} days",
        f"After {SOURCE_DAYS} days unread",
        f"After {MAX_RECEIVES} such tries",
    ):
        assert said in PAGE
    assert all(f"`{action.removeprefix('sqs:')}`" in PAGE for action in AGENCY_ACTIONS)


def test_a_reply_of_the_page_can_be_sent_as_it_stands() -> None:
    replies = [block for block in re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL) if '"stp-' in block[:200]]
    assert len([read(block) for block in replies]) == 6
