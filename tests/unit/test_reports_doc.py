"""docs/reports.md says what each number means in the words that are printed with it."""

from __future__ import annotations

from pathlib import Path

from chalicelib.domain.reporting.definitions import DEFINITIONS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")


def test_every_definition_stands_in_the_document_as_it_is_printed() -> None:
    assert [term for term, meaning in DEFINITIONS.items() if f"- **{term}**: {meaning}\n" not in DOCUMENT] == []


def test_what_a_number_means_names_no_article_of_one_centre() -> None:
    """The same words are printed in every centre's report."""
    assert [term for term, meaning in DEFINITIONS.items() if "Điều" in f"{term} {meaning}"] == []
