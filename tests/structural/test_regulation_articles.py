"""docs/regulation.md names every article that the rules rest on, and only tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "regulation.md").read_text("utf-8")
RULES = (ROOT / "chalicelib" / "regulations" / "hoa_binh.yaml").read_text("utf-8")
NUMBER = r"\d+(?:\.\d+)?(?:\.[a-zđ]\b)?"
CITED = sorted(
    {number for cited in re.findall(rf"Điều ({NUMBER}(?:, {NUMBER})*)", RULES) for number in re.findall(NUMBER, cited)}
)
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if line.startswith("| ")
]
ARTICLES = [row[0] for row in ROWS if row[0] != "Điều"]
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)
TESTS = sorted(set(NAMED))


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_document_and_the_rules_were_read() -> None:
    assert len(ARTICLES) > 40
    assert len(TESTS) > 50
    assert len(NAMED) == DOCUMENT.count("::")  # none is misspelled so that it is not looked for
    assert {"1.1.b", "8.2.a", "9.3", "15"} <= set(CITED)


@pytest.mark.parametrize("article", CITED)
def test_every_article_of_the_rules_is_in_the_table(article: str) -> None:
    """A whole article may stand for its points, or its points for it."""
    assert any(row == article or row.startswith(f"{article}.") or article.startswith(f"{row}.") for row in ARTICLES)


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_the_table_names_exists(path: str, name: str) -> None:
    assert name in names_in(path)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_every_row_is_whole_and_proved_or_says_why_not(row: list[str]) -> None:
    assert len(row) == 5
    assert all(row)
    assert "::" in row[4] or "not software" in row[3] or row[0] == "Điều"


def test_no_article_stands_twice_and_their_order_is_the_regulations() -> None:
    assert len(set(ARTICLES)) == len(ARTICLES)
    numbers = [int(article.split(".")[0]) for article in ARTICLES]
    assert numbers == sorted(numbers)
