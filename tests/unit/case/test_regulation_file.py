"""A regulation file that is wrong is refused by the name of the wrong entry, before it can rule anything."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from chalicelib.adapters.regulation_files import calendar, read, regulation
from chalicelib.domain.eligibility import CONDITIONS as KNOWN_TO_THE_JUDGE
from chalicelib.domain.regulation_parsing import CONDITIONS, RegulationError, from_mapping
from chalicelib.domain.working_time import CalendarError

RULES: dict[str, Any] = read("hoa_binh.yaml")
CALENDAR: dict[str, Any] = calendar("hoa_binh")
Edit = Callable[[dict[str, Any]], object]


def edited(edit: Edit) -> dict[str, Any]:
    rules = deepcopy(RULES)
    edit(rules)
    return rules


def rule(rules: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in rules["eligibility"] if item["id"] == name)
    return found


MISTAKES: dict[str, tuple[Edit, str]] = {
    "a step that opens again and is none": (
        lambda r: r["satisfaction"].update(reopens="x"),
        "satisfaction.reopens: 'x'",
    ),
    "a window of no time": (lambda r: r["satisfaction"].update(window=0), "satisfaction.window: 0"),
    "fewer openings than none": (lambda r: r["satisfaction"].update(reopenings=-1), "satisfaction.reopenings: -1"),
    "a scale in words": (lambda r: r["satisfaction"].update(scale="tốt"), "satisfaction.scale: "),
    "a kind that nobody is offered": (lambda r: r["offers"].pop("conduct"), r"offers: missing \['report/conduct'\]"),
    "an offer of no kind": (lambda r: r["offers"]["service"].update(kind="x"), r"offers: .*unknown \['x/'\]"),
    "an offer without an example": (lambda r: r["offers"]["service"].pop("example"), "offers.service: .*example"),
    "a morning without an hour": (lambda r: r["digests"].update(at="sáng"), "digests: .*sáng"),
    "a week that begins on no day": (lambda r: r["digests"].update(week_begins="thứ hai"), "digests: .*thứ hai"),
    "a price without a source": (
        lambda r: r.update(sms_price={"amount": "640", "currency": "VND", "as_of": "2026-01-01"}),
        "sms_price: ",
    ),
    "a price in another money": (
        lambda r: r.update(sms_price={"amount": "1", "currency": "EUR", "source": "x", "as_of": "2026-01-01"}),
        "sms_price: ",
    ),
    "a basis of nothing": (lambda r: r["basis"].update(colour="Điều 1"), "basis.colour: "),
    "a basis that is a number": (lambda r: r["basis"].update(ladder=9.2), "basis.ladder: 9.2"),
    "no calls at all": (lambda r: r.update(phone_tries=0), "phone_tries: 0"),
    "a document without a symbol": (lambda r: r["conduct_symbols"].pop("notice"), "conduct_symbols: missing"),
    "a missing section": (lambda r: r.pop("ladder"), r"the file: missing \['ladder'\]"),
    "an unknown section": (lambda r: r.update(colour="red"), r"the file: .*unknown \['colour'\]"),
    "an empty section": (lambda r: r.update(kinds=None), "kinds: "),
    "a list for a mapping": (lambda r: r.update(stages=["officer"]), "stages: "),
    "a mapping for a list": (lambda r: r.update(ladder={"percent": 75}), "ladder: "),
    "a missing stage": (lambda r: r["stages"].pop("officer"), r"stages: missing \['officer'\]"),
    "an unknown stage": (lambda r: r["stages"].update(mars=r["stages"]["post"]), r"stages: .*unknown \['mars'\]"),
    "a stage without minutes": (lambda r: r["stages"]["officer"].pop("minutes"), "stages.officer: .*minutes"),
    "a stage with an unknown key": (lambda r: r["stages"]["officer"].update(hours=5), "stages.officer: .*hours"),
    "a stage of no time": (lambda r: r["stages"]["officer"].update(minutes=0), "stages.officer.minutes: 0"),
    "a stage in words": (lambda r: r["stages"]["officer"].update(minutes="5h"), "stages.officer.minutes: '5h'"),
    "an empty kind": (lambda r: r["kinds"].update(question=None), "kinds.question: "),
    "a kind without a label": (lambda r: r["kinds"]["report"].pop("label"), "kinds.report: .*label"),
    "an unknown key of a field": (lambda r: r["fields"]["dat_dai"].update(owner="x"), "fields.dat_dai: .*owner"),
    "a rung without place": (lambda r: r["ladder"][1].pop("percent"), r"ladder\[1\]: give one of"),
    "a rung in two places": (lambda r: r["ladder"][0].update(minutes_after=5), r"ladder\[0\]: give one of"),
    "a rung beyond the whole budget": (lambda r: r["ladder"][0].update(percent=120), r"ladder\[0\].percent: 120"),
    "minutes before after the due time": (
        lambda r: r["ladder"].insert(2, {"minutes_before": 30, "to": ["holder"]}),
        r"ladder\[2\]: .*before",
    ),
    "minutes before in the wrong order": (
        lambda r: r.update(ladder=[{"minutes_before": m, "to": ["holder"]} for m in (30, 60)]),
        r"ladder\[1\]: .*before",
    ),
    "no ordinary priority": (lambda r: r["priorities"].pop("normal"), "priorities.normal: must be there"),
    "an ordinary priority of its own time": (
        lambda r: r["priorities"]["normal"].update(minutes={"officer": 10}),
        "priorities.normal: must be there",
    ),
    "a priority without a label": (lambda r: r["priorities"]["urgent"].pop("label"), "priorities.urgent: .*label"),
    "a priority for an unknown stage": (
        lambda r: r["priorities"]["urgent"]["minutes"].update(mars=5),
        "priorities.urgent.minutes.mars: 5",
    ),
    "a priority of no time": (
        lambda r: r["priorities"]["urgent"]["minutes"].update(post=0),
        "priorities.urgent.minutes.post: 0",
    ),
    "a pause where nobody waits": (lambda r: r.update(pauses=["with_agency"]), "pauses: in 'with_agency'"),
    "a rung for nobody": (lambda r: r["ladder"][2].update(to=["mayor"]), r"ladder\[2\].to: .*mayor"),
    "a rung with an unknown letter": (lambda r: r["ladder"][1].update(letter="poem"), r"ladder\[1\].letter: 'poem'"),
    "a rung without readers": (lambda r: r["ladder"][3].pop("to"), r"ladder\[3\]: .*to"),
    "a rung below the one before": (lambda r: r["ladder"].reverse(), r"ladder\[1\]: .*before"),
    "a percentage after minutes": (lambda r: r["ladder"].insert(3, r["ladder"][0]), r"ladder\[3\]: .*before"),
    "notices without a pause": (lambda r: r["notices"].pop("every"), "notices: .*every"),
    "notices without end": (lambda r: r["notices"].update(every=0), "notices.every: 0"),
    "letters that may not stand": (lambda r: r.update(dead_letters_stand=0), "dead_letters_stand: 0 is no number"),
    "notices that wait in words": (lambda r: r["notices"].update(gather="2m"), "notices.gather: '2m'"),
    "no files at all": (lambda r: r["attachments"].update(most=0), "attachments.most: 0"),
    "files too large for a function": (lambda r: r["attachments"].update(largest_mb=51), "attachments.largest_mb: 51"),
    "a file's size in words": (lambda r: r["attachments"].update(largest_mb="10"), "attachments.largest_mb: '10'"),
    "quiet hours without an end": (lambda r: r.update(sms_quiet=["21:00"]), "sms_quiet: .*21:00"),
    "quiet hours in words": (lambda r: r.update(sms_quiet="at night"), "sms_quiet: 'at night'"),
    "quiet hours without quotes": (lambda r: r.update(sms_quiet=[1260, 420]), r"sms_quiet: \[1260, 420\]"),
    "quiet hours of another zone": (lambda r: r.update(sms_quiet=["21:00Z", "07:00Z"]), "sms_quiet: .*Z"),
    "a rule without an outcome": (lambda r: rule(r, "anonymous").pop("outcome"), "eligibility.anonymous: .*outcome"),
    "an unknown outcome": (lambda r: rule(r, "anonymous").update(outcome="maybe"), "eligibility.anonymous.outcome"),
    "a refusal without reason": (lambda r: rule(r, "anonymous").pop("reason"), "eligibility.anonymous: a refusal"),
    "a refusal without guidance": (lambda r: rule(r, "anonymous").pop("guidance"), "eligibility.anonymous: a refusal"),
    "an unknown condition": (
        lambda r: rule(r, "anonymous")["when"].update(mood=1),
        "eligibility.anonymous.when: .*mood",
    ),
    "no condition": (lambda r: rule(r, "anonymous").update(when={}), "eligibility.anonymous.when"),
    "conditions left empty": (lambda r: rule(r, "anonymous").update(when=None), "eligibility.anonymous.when"),
    "a rule that is no mapping": (lambda r: r["eligibility"].append("anonymous"), r"eligibility\[8\]: "),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named(mistake: str) -> None:
    edit, message = MISTAKES[mistake]
    with pytest.raises(RegulationError, match=message):
        from_mapping(edited(edit), CALENDAR)


def test_an_empty_file_is_a_mistake_too() -> None:
    with pytest.raises(RegulationError, match="the file"):
        from_mapping(None, CALENDAR)  # type: ignore[arg-type] # what an empty YAML file holds


def test_a_mistake_in_the_calendar_is_named() -> None:
    with pytest.raises(CalendarError, match="holidays"):
        from_mapping(RULES, {**CALENDAR, "holidays": ["30 Tết"]})


def test_the_file_as_it_stands_is_right() -> None:
    assert from_mapping(RULES, CALENDAR).id == "hoa_binh"
    assert regulation("hoa_binh").stages == from_mapping(RULES, CALENDAR).stages


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="atlantis"):
        regulation("atlantis")


def test_every_condition_a_file_may_name_can_be_judged() -> None:
    assert set(KNOWN_TO_THE_JUDGE) == CONDITIONS
