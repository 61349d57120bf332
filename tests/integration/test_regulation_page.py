"""The administrator's page of the regulation in force: all of the file is there, each part with what it rests on."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from chalicelib.domain.regulation import Regulation, Rung
from chalicelib.domain.regulation_parsing import CONDITIONS, LETTERS, OUTCOMES, RECIPIENTS
from chalicelib.domain.sms import Price
from chalicelib.web import labels
from chalicelib.web.filters import working_duration
from chalicelib.web.rendering import TEMPLATES
from tests.builders import REGULATION
from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.world import ADMIN, AGENCY, LEADER, OPERATOR, World

PAGE = "/ban-lam-viec/quan-tri/quy-che"


@pytest.fixture
def page(world: World) -> Page:
    return at_desk(world, ADMIN).open(PAGE)


@pytest.mark.parametrize("token", [OPERATOR, AGENCY, LEADER])
def test_it_is_the_administrators(world: World, token: str) -> None:
    assert at_desk(world, token).open(PAGE).status == 403


def test_every_section_of_the_file_is_shown() -> None:
    written = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("regulation*.j2"))
    shown = set(re.findall(r"rules\.(\w+)", written)) | {"calendar"}  # its hours come as a week
    assert {field.name for field in fields(Regulation)} - shown == {"changes"}  # these are on the calendar's page


def test_whatever_a_rule_may_say_has_words() -> None:
    assert set(labels.CONDITIONS) == CONDITIONS
    assert set(labels.OUTCOMES) == set(OUTCOMES)
    assert set(labels.RECIPIENTS) == RECIPIENTS
    assert set(labels.LETTERS) == set(LETTERS)
    assert set(REGULATION.details) <= set(labels.ASKED)
    assert set(REGULATION.articles) <= set(labels.EVENTS)


def test_stages_have_their_time_and_article(page: Page) -> None:
    for limit in REGULATION.stages.values():
        line = page.words.partition(f" {limit.label} ")[2][:120]
        assert working_duration(limit.minutes) in line
        assert limit.article in line
        assert ("Thời hạn của Quy chế" in line) == limit.binding


def test_refusals_have_reason_guidance_and_article(page: Page) -> None:
    for rule in REGULATION.eligibility:
        assert f"{labels.OUTCOMES[rule.outcome]}: {rule.article}" in page.words
        assert rule.reason in page.words
        assert rule.guidance in page.words


def test_what_the_decision_leaves_open_is_said_to_be_the_centres(page: Page) -> None:
    assert "Gọi người gửi không có thư đến được 3 lần Trung tâm tự đặt" in page.words
    assert "hẹn lại, Điều 9.3" in page.words
    for words in REGULATION.basis.values():
        assert words in page.words


def test_what_other_centres_may_have(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    price = Price(Decimal(640), "VND", "Hợp đồng số 1", date(2026, 1, 1))
    early = Rung(to=("holder",), minutes_before=90)
    other = replace(REGULATION, sms_price=price, ladder=(early, *REGULATION.ladder), basis={}, pauses=())
    monkeypatch.setattr(type(world.deps), "regulation", other)
    words = at_desk(world, ADMIN).open(PAGE).words
    assert "640 VND (Hợp đồng số 1, ngày 01/01/2026)" in words
    assert "Trước hạn 1 giờ 30 phút làm việc" in words
    assert "Điều 10.2.a;" not in words
