"""The regulation of Hoà Bình as it is shipped: complete, and naming only what there is (2370/QĐ-UBND)."""

import pytest

from chalicelib.adapters.regulation_files import read
from chalicelib.domain.case import Sender, State
from chalicelib.domain.eligibility import assess
from chalicelib.domain.events import EVENT_TYPES
from chalicelib.domain.regulation import Limit
from chalicelib.domain.text import normalise
from tests.builders import REGULATION, matter

UNITS = {unit["id"]: unit for unit in read("hoa_binh.directory.yaml")["units"]}


def test_every_event_rests_on_an_article_and_no_article_on_nothing() -> None:
    assert set(REGULATION.articles) == set(EVENT_TYPES)
    assert all(article.startswith("Điều ") for article in REGULATION.articles.values())


def test_every_state_has_words_for_people() -> None:
    assert set(REGULATION.states) == set(State)
    assert all(REGULATION.states.values())


def test_the_limits_are_the_regulations_and_the_targets_bind_nobody() -> None:
    """Điều 9.1, 9.2 (R59, R60): nothing else may ever be called trễ hạn."""
    binding = {name: (limit.minutes, limit.article) for name, limit in REGULATION.stages.items() if limit.binding}
    assert binding == {"officer": (5 * 60, "Điều 9.1"), "agency": (8 * 60, "Điều 9.2")}
    assert all(isinstance(limit, Limit) and limit.label for limit in REGULATION.stages.values())


def test_one_reappointment() -> None:
    """Điều 9.3 (R62)."""
    assert REGULATION.reappointments == 1


def test_the_kinds_are_those_of_the_regulation() -> None:
    """Điều 4, 8.2.a (R29-R32)."""
    articles = {name: kind.article for name, kind in REGULATION.kinds.items()}
    assert articles == {
        "question": "Điều 4.1",
        "report": "Điều 4.2",
        "suggestion": "Điều 4.3",
        "service": "Điều 8.2.a",
    }
    assert set(REGULATION.about) == {about for kind in REGULATION.kinds.values() for about in kind.about}


def test_the_centre_is_reached_as_the_regulation_says() -> None:
    """Điều 5 (R19, R20)."""
    centre = REGULATION.centre
    assert (centre["hotline"], centre["email"]) == ("02183.1022", "tthcc@hoabinh.gov.vn")
    assert centre["web"] == "tongdai1022.hoabinh.gov.vn"


@pytest.mark.parametrize("name", REGULATION.fields)
def test_every_field_has_a_label_and_a_unit_of_the_directory(name: str) -> None:
    """Điều 7.3 (R48); "khac" alone has none."""
    field = REGULATION.fields[name]
    assert field.label
    assert field.unit in UNITS if name != "khac" else field.unit is None


def test_whoever_the_rules_name_is_in_the_directory() -> None:
    """Điều 1.2, 8.2, 8.3, 12 (R7, R9, R10, R49)."""
    assert UNITS[REGULATION.operators]["kind"] == "centre"
    assert UNITS[REGULATION.leadership]["kind"] == "leadership"
    assert REGULATION.supervisor in UNITS
    at_once = {kind.sent_at_once_to for kind in REGULATION.kinds.values() if kind.sent_at_once_to}
    assert at_once == {"buu_dien_tinh"} <= set(UNITS)


def test_the_agencies_bound_by_name_are_there() -> None:
    """Điều 1.2.b, 1.2.c (R49)."""
    assert {"cong_an_tinh", "bao_hiem_xa_hoi", "dien_luc", "buu_dien_tinh", "vnpt"} <= set(UNITS)


def test_whatever_may_be_missing_can_be_asked_for_in_words() -> None:
    """Điều 10.2.a (R40)."""
    judged = assess(matter("Hỏi", title="", sender=Sender()), REGULATION)
    assert set(judged.missing) == set(REGULATION.details)


def test_every_duty_of_a_conduct_report_has_words() -> None:
    """Điều 8.1, second point c (R75)."""
    assert set(REGULATION.conduct_actions) == set(REGULATION.actions) == {"notice", "substitution"}


def test_what_people_read_is_composed_vietnamese() -> None:
    words = [*REGULATION.states.values(), *REGULATION.channels.values(), *REGULATION.details.values()]
    words += [text for rule in REGULATION.eligibility for text in (rule.reason, rule.guidance)]
    assert [text for text in words if text != normalise(text, multiline=False)] == []


def test_the_rules_are_told_apart_and_whoever_is_refused_learns_where_to_go() -> None:
    """Điều 7.2 (R39, R102): a secret text is judged before anything else could have it kept."""
    ids = [rule.id for rule in REGULATION.eligibility]
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in REGULATION.eligibility if not rule.keep_text] == [ids[0]] == ["state_secret"]
