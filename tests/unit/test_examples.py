"""The example cases are well formed, varied, invented, and the rules judge them as their path says."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.actors import Sender
from chalicelib.domain.eligibility import Assessment, Matter, assess

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples").glob("cases_*.jsonl"))
CASES: list[dict[str, Any]] = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
DIRECTORY = yaml.safe_load((ROOT / "chalicelib/regulations/hoa_binh.directory.yaml").read_text("utf-8"))
QUEUES = {unit["id"] for unit in DIRECTORY["units"] if unit.get("exchange") == "sqs"}
RULES = regulation("hoa_binh")

ALWAYS = {"id", "channel", "kind", "about", "declared_petition", "anonymous", "field", "title", "content", "sender"}
ALWAYS |= {"path", "unit", "arrives"}
NEEDS = {
    "answered_at_once": {"answer"},
    "officer_answers": {"answer"},
    "agency_result": {"answer"},
    "agency_reappoints": {"answer", "reason"},
    "agency_wants_details": {"answer", "question", "supplied"},
    "agency_not_ours": {"answer", "reason", "suggested"},
    "left_late_at_officer": set(),
    "left_late_at_agency": set(),
    "left_open": set(),
    "referred": {"reason", "opinion"},
    "refused_by_operator": {"refusal"},
    "refused_by_rule": set(),
    "awaiting_details": set(),
    "details_supplied": {"answer", "supplied"},
    "service_done": {"answer"},
    "conduct": {"answer"},
}
LEAST = {"refused_by_rule": 25, "awaiting_details": 10, "left_late_at_officer": 10, "left_late_at_agency": 10}
AT_AGENCY = {"agency_result", "agency_reappoints", "agency_wants_details", "agency_not_ours", "left_late_at_agency"}
each = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


def judge(case: dict[str, Any], sender: dict[str, str], content: str) -> Assessment:
    person = Sender(sender["type"], sender["name"], sender["phone"], sender["email"], sender["address"])
    matter = Matter(case["title"], content, person, case["anonymous"], case["declared_petition"])
    return assess(matter, RULES)


def test_ids_follow_the_lines_and_no_two_cases_are_alike() -> None:
    assert [case["id"] for case in CASES] == [f"k{number:03d}" for number in range(1, len(CASES) + 1)]
    assert len(CASES) >= 230
    for key in ("title", "content", "answer"):
        words = [case[key].casefold() for case in CASES if key in case]
        assert [word for word, count in Counter(words).items() if count > 1] == []
    people = Counter((case["sender"]["name"], case["sender"]["address"]) for case in CASES if case["sender"]["name"])
    assert max(people.values()) == 1


@each
def test_a_case_has_the_documented_shape(case: dict[str, Any]) -> None:
    assert set(case) == ALWAYS | NEEDS[case["path"]]
    assert case["channel"] in RULES.channels
    assert case["field"] in RULES.fields
    assert case["kind"] in RULES.kinds
    assert case["arrives"] in {"office", "night", "weekend"}
    assert case["declared_petition"] in {None, "complaint", "denunciation"}
    assert (case["about"] in {"regulation", "conduct"}) is (case["kind"] == "report")
    assert case["title"]
    assert 0 < len(case["content"]) <= 1200
    assert case["sender"]["type"] in {"individual", "organisation"}
    assert set(case.get("refusal", {"reason": 1, "guidance": 1})) == {"reason", "guidance"}
    texts = [case[key] for key in ("answer", "reason", "opinion", "question") if key in case]
    assert all(unicodedata.is_normalized("NFC", text) and len(text) >= 30 for text in texts)


@each
def test_units_exist_and_suit_the_path(case: dict[str, Any]) -> None:
    units = {unit["id"] for unit in DIRECTORY["units"]}
    assert case["unit"] in units
    assert case.get("suggested", case["unit"]) in units
    assert case.get("suggested") != case["unit"]
    if case["path"] in AT_AGENCY | {"left_late_at_officer"}:
        assert case["unit"] in QUEUES - {"buu_dien_tinh"}
    if case["kind"] == "service":
        assert case["unit"] == "buu_dien_tinh"
    if case["path"] == "conduct":
        assert (case["kind"], case["about"]) == ("report", "conduct")


@each
def test_the_rules_judge_as_the_path_says(case: dict[str, Any]) -> None:
    outcomes = {"refused_by_rule": "refuse", "awaiting_details": "await_details", "details_supplied": "await_details"}
    judged = judge(case, case["sender"], case["content"])
    assert judged.outcome == outcomes.get(case["path"], "accept")
    if "supplied" in case:
        sender = case["sender"] | case["supplied"].get("sender", {})
        assert judge(case, sender, f"{case['content']}\n{case['supplied']['content']}").outcome == "accept"


@each
def test_nobody_real_can_be_reached(case: dict[str, Any]) -> None:
    people = [case["sender"], case.get("supplied", {}).get("sender", {})]
    phones = [re.sub(r"[ .]", "", person.get("phone", "")) for person in people]
    assert all(re.fullmatch(r"((0|\+84)900000\d{3})?", phone) for phone in phones)
    assert all(re.fullmatch(r"([a-z.]+@example\.(com|vn))?", person.get("email", "")) for person in people)


def test_the_mix_is_that_of_a_hotline() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    paths = Counter(case["path"] for case in CASES)
    reports = Counter(case["about"] for case in CASES if case["kind"] == "report")
    total = len(CASES)
    assert 0.55 <= kinds["question"] / total <= 0.65
    assert 0.17 <= kinds["report"] / total <= 0.26
    assert all(0.07 <= kinds[kind] / total <= 0.12 for kind in ("suggestion", "service"))
    assert 0.25 <= reports["conduct"] / reports.total() <= 0.4
    assert set(paths) == set(NEEDS)
    assert {path: count for path, count in LEAST.items() if paths[path] < count} == {}
    assert min(paths.values()) >= 4


def test_people_write_in_many_ways() -> None:
    contents = [case["content"] for case in CASES]
    assert sum(not unicodedata.is_normalized("NFC", text) for text in contents) >= 4
    assert sum(text.isascii() for text in contents) >= 10
    assert sum(any(unicodedata.category(char) == "So" for char in text) for text in contents) >= 5
    assert sum("language_doubtful" in judge(case, case["sender"], case["content"]).flags for case in CASES) == 2
    assert sum(case["sender"]["type"] == "organisation" for case in CASES) >= 20
    assert sum(not case["sender"]["email"] for case in CASES) >= 30
    assert sum(not case["sender"]["phone"] for case in CASES) >= 20
