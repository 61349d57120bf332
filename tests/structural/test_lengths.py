"""What stays readable: files up to 250 lines, functions up to 25."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted(path for room in ("chalicelib", "infra") for path in (ROOT / room).rglob("*.py") if path.stat().st_size)
LINES, LINES_OF_A_FUNCTION = 250, 25
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
RECORD = 5  # fields from which on a call lays out a record


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def records(node: ast.AST) -> Iterator[ast.Dict | ast.Call]:
    """Find what is laid out a line a field: dicts, and calls that name their fields; the outermost."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Dict) or (isinstance(part, ast.Call) and len(part.keywords) >= RECORD):
            yield part
        else:
            yield from records(part)


def length(function: FUNCTION) -> int:
    """Count the lines in which it does something: without its docstring, each record as one."""
    doing = function.body[ast.get_docstring(function) is not None :]
    whole = doing[-1].end_lineno - doing[0].lineno + 1 if doing else 0
    return whole - sum(record.end_lineno - record.lineno for part in doing for record in records(part))


def test_a_file_is_read_at_one_sitting() -> None:
    assert len(FILES) > 500
    assert not {name(path): count for path in FILES if (count := len(path.read_text("utf-8").splitlines())) > LINES}


def test_a_function_is_seen_at_once() -> None:
    functions = [
        (name(path), each)
        for path in FILES
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(each, FUNCTION)
    ]
    assert len(functions) > 2000
    assert not {(file, each.name): count for file, each in functions if (count := length(each)) > LINES_OF_A_FUNCTION}


def test_long_functions_are_found() -> None:
    steps = "\n".join(f"    step({place})" for place in range(LINES_OF_A_FUNCTION + 1))
    laid_out = "\n".join(f"        field_{place}={place}," for place in range(40))
    long, wide = ast.parse(f'def f():\n    """Do."""\n{steps}\ndef g():\n    return Row(\n{laid_out}\n    )').body
    assert isinstance(long, FUNCTION)
    assert isinstance(wide, FUNCTION)
    assert (length(long), length(wide)) == (LINES_OF_A_FUNCTION + 1, 1)
