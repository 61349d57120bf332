"""What holds for every regulation that is shipped: complete, and naming only what there is."""

from typing import Any

import pytest

from chalicelib.adapters.regulation_files import FOLDER, read, regulation, reply_templates
from chalicelib.domain.actors import Sender
from chalicelib.domain.case import State
from chalicelib.domain.eligibility import assess
from chalicelib.domain.events import EVENT_TYPES
from chalicelib.domain.regulation import Limit, Regulation
from chalicelib.domain.text import normalise
from tests.builders import matter

NAMES = sorted(path.name.removesuffix(".directory.yaml") for path in FOLDER.glob("*.directory.yaml"))


@pytest.fixture(scope="module", params=NAMES)
def rules(request: pytest.FixtureRequest) -> Regulation:
    return regulation(request.param)


@pytest.fixture(scope="module")
def units(rules: Regulation) -> dict[str, Any]:
    return {unit["id"]: unit for unit in read(f"{rules.id}.directory.yaml")["units"]}


def test_there_are_two() -> None:
    assert NAMES == ["ha_noi", "hoa_binh"]


def test_a_regulation_is_named_as_its_file(rules: Regulation) -> None:
    assert rules.id in NAMES
    assert reply_templates(rules.id, rules)


def test_every_event_rests_on_an_article_and_no_article_on_nothing(rules: Regulation) -> None:
    own = {name for name in EVENT_TYPES if name.startswith("Input")}  # theirs stands in <regulation>.inputs.yaml
    assert set(rules.articles) == set(EVENT_TYPES) - own
    assert rules.inputs is None or rules.inputs.article
    assert all(rules.articles.values())


def test_every_state_has_words_for_people(rules: Regulation) -> None:
    assert set(rules.states) == set(State)
    assert all(rules.states.values())


def test_every_limit_has_words_and_an_article(rules: Regulation) -> None:
    assert all(isinstance(limit, Limit) and limit.label and limit.article for limit in rules.stages.values())


def test_what_a_kind_is_about_has_words_and_nothing_else_has(rules: Regulation) -> None:
    assert set(rules.about) == {about for kind in rules.kinds.values() for about in kind.about}
    assert all(kind.label and kind.article for kind in rules.kinds.values())


def test_every_field_has_a_label_and_a_unit_of_the_directory(rules: Regulation, units: dict[str, Any]) -> None:
    """Điều 7.3 (R48); "khac" alone has none."""
    assert all(field.label for field in rules.fields.values())
    assert {name for name, field in rules.fields.items() if field.unit is None} == {"khac"}
    assert [field.unit for field in rules.fields.values() if field.unit and field.unit not in units] == []


def test_whoever_the_rules_name_is_in_the_directory_and_in_force(rules: Regulation, units: dict[str, Any]) -> None:
    """Điều 1.2, 8.2, 8.3, 12 (R7, R9, R10, R49)."""
    assert units[rules.operators]["kind"] == "centre"
    assert units[rules.leadership]["kind"] == "leadership"
    at_once = [kind.at_once(about) for kind in rules.kinds.values() for about in kind.about or (None,)]
    named = {rules.supervisor, *filter(None, at_once), *(field.unit for field in rules.fields.values() if field.unit)}
    assert named <= set(units)
    assert [name for name in named if "to" in units[name]] == []


def test_every_service_is_done_by_somebody(rules: Regulation) -> None:
    """R32, R34: forwarded at once to who does it."""
    service = rules.kinds["service"]
    assert all(service.at_once(about) for about in service.about or (None,))


def test_whatever_may_be_missing_can_be_asked_for_in_words(rules: Regulation) -> None:
    """Điều 10.2.a (R40)."""
    judged = assess(matter("Hỏi", title="", sender=Sender()), rules)
    assert set(judged.missing) == set(rules.details)


def test_every_duty_of_a_conduct_report_has_words(rules: Regulation) -> None:
    """Điều 8.1, second point c (R75, R76)."""
    assert set(rules.conduct_actions) == set(rules.actions) == set(rules.conduct_symbols)
    assert set(rules.conduct_actions) <= {"notice", "substitution"}


def test_what_people_read_is_composed_vietnamese(rules: Regulation) -> None:
    words = [*rules.states.values(), *rules.channels.values(), *rules.details.values(), *rules.about.values()]
    words += [text for rule in rules.eligibility for text in (rule.reason, rule.guidance)]
    words += [text for offer in rules.offers.values() for text in (offer.label, offer.means, offer.example)]
    assert [text for text in words if text != normalise(text, multiline=False)] == []


def test_an_sms_bears_a_name_without_marks(rules: Regulation) -> None:
    assert rules.centre["ascii_name"].isascii()


def test_the_rules_are_told_apart_and_whoever_is_refused_learns_where_to_go(rules: Regulation) -> None:
    """Điều 7.2 (R39, R102): a secret text is judged before anything else could have it kept."""
    ids = [rule.id for rule in rules.eligibility]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "state_secret"
    assert not rules.eligibility[0].keep_text
