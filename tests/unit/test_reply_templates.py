"""What the staff starts from: every template is whole, names what there is, and loses nothing that was typed."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import read, reply_templates
from chalicelib.domain.case import LateMark
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.reply_templates import FIELDS, FILLS, MORE, ReplyTemplate, gaps
from chalicelib.domain.reply_templates_parsing import from_mapping
from tests.builders import REGULATION, local, receive
from tests.builders import given as story

TEMPLATES = reply_templates("hoa_binh", REGULATION)
FILE: dict[str, Any] = read("hoa_binh.replies.yaml")
KNOWN = {name: f"⟨{name}⟩" for name in FIELDS}
EACH = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


@EACH
def test_is_filled_with_what_the_case_knows(template: ReplyTemplate) -> None:
    for text in template.filled(KNOWN, {}).values():
        assert text == unicodedata.normalize("NFC", text).strip()
        assert not set(text) & set("{}")
        assert "\n\n\n" not in text


@EACH
def test_what_the_case_does_not_know_is_a_gap(template: ReplyTemplate) -> None:
    for name, text in template.filled({}, {}).items():
        named = [field for field in FIELDS if f"{{{field}}}" in template.fills[name] and field != MORE]
        assert {f"[…{FIELDS[field]}]" for field in named} <= set(gaps(text))


@EACH
@given(typed=st.text(min_size=1, max_size=60))
def test_what_was_typed_stays(template: ReplyTemplate, typed: str) -> None:
    for name, text in template.filled(KNOWN, dict.fromkeys(template.fills, typed)).items():
        assert " ".join(typed.split()) in " ".join(text.split())
        assert text.replace(typed.strip(), "").strip() or not typed.strip(), name


def test_every_action_and_every_field_has_a_use() -> None:
    texts = " ".join(text for one in TEMPLATES.values() for text in one.fills.values())
    assert {one.action for one in TEMPLATES.values()} == set(FILLS)
    assert [name for name in FIELDS if f"{{{name}}}" not in texts] == []
    labels = [(one.action, one.label) for one in TEMPLATES.values()]
    assert len(set(labels)) == len(labels)


def test_a_template_is_for_the_cases_it_was_written_for() -> None:
    case = story(receive()).case
    suits = {name for name, one in TEMPLATES.items() if one.action == "answer" and one.suits(case)}
    assert suits == {"thu_tuc_hanh_chinh", "theo_danh_muc_thu_tuc", "giai_dap", "huong_dan_noi_khac"}
    late = replace(case, late=(LateMark("officer", "so_tu_phap", local("2026-11-09 15:00")),))
    assert "tra_loi_tre_han" in {name for name, one in TEMPLATES.items() if one.suits(late)}
    report = replace(case, kind="report", about="conduct")
    assert TEMPLATES["phan_anh_hanh_vi"].suits(report)
    assert not TEMPLATES["phan_anh_quy_dinh"].suits(report)


def test_a_quotation_that_is_shortened_is_no_gap() -> None:
    assert gaps("“Nghị định […] quy định”, tại [số điện thoại]") == []
    assert gaps("Nộp […giấy tờ] tại [… nơi nộp].") == ["[…giấy tờ]", "[… nơi nộp]"]


MISTAKES: dict[str, tuple[Any, str]] = {
    "no action": (lambda t: t.update(action="close"), "action: 'close'"),
    "a text for nothing": (lambda t: t["fills"].update(question="x"), r"unknown \['question'\]"),
    "an unknown field": (lambda t: t["fills"].update(answer="{pin}"), r"\['pin'\]"),
    "a field's inside": (lambda t: t["fills"].update(answer="{you.__class__}"), "you.__class__"),
    "a field in a form": (lambda t: t["fills"].update(answer="{you:>9}"), "you"),
    "a brace left open": (lambda t: t["fills"].update(answer="{you"), "fills"),
    "an unknown kind": (lambda t: t.update(kinds=["x"]), r"kinds: \['x'\]"),
    "an unknown entry": (lambda t: t.update(text="x"), "text"),
}


@pytest.mark.parametrize(("edit", "named"), MISTAKES.values(), ids=MISTAKES)
def test_a_file_that_is_wrong_is_refused_by_the_entry(edit: Any, named: str) -> None:
    wrong = {"giai_dap": deepcopy(FILE["giai_dap"])}
    edit(wrong["giai_dap"])
    with pytest.raises(RegulationError, match=rf"giai_dap.*{named}"):
        from_mapping(wrong, REGULATION)
