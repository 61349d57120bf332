"""docs/errors.md says what the code says."""

import ast
import re
from pathlib import Path

from chalicelib.domain import errors
from chalicelib.entrypoints.responses import STATUSES

ROOT = Path(__file__).parents[3]
GENERIC = [
    "adapters/cognito.py",
    *(f"entrypoints/{name}.py" for name in ("http", "decoding", "identity", "api_sessions", "api_openapi")),
]
MADE_BY_RESPONSES = {("method_not_allowed", 405), ("internal_error", 500)}
ROW = re.compile(r"^\| `([a-z_]+)` \| (\d{3}) \|", re.MULTILINE)


def raised(file):
    """Every (code, status) a file refuses with."""
    for call in ast.walk(ast.parse((ROOT / "chalicelib" / file).read_text("utf-8"))):
        kind = getattr(errors, getattr(getattr(call, "func", None), "id", ""), None)
        if kind in STATUSES:
            given = {word.arg: word.value for word in call.keywords}
            status = ast.literal_eval(given["status"]) if "status" in given else STATUSES[kind]
            yield ast.literal_eval(call.args[0]), status


def test_the_table_is_the_code_s():
    told = ROW.findall((ROOT / "docs/errors.md").read_text("utf-8"))
    made = {pair for file in GENERIC for pair in raised(file)} | MADE_BY_RESPONSES
    assert {(code, int(status)) for code, status in told} == made
    assert len(told) == len(made)


def test_every_branch_of_the_tree_has_a_status():
    assert set(errors.DomainError.__subclasses__()) == set(STATUSES)
