"""The rooms of docs/architecture.md: which package may import which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib import ports

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "chalicelib"
RIM = {"config", "observability", "bootstrap"}
ALLOWED = {
    "domain": set(),
    "config": set(),
    "observability": {"domain"},
    "exchange": {"domain"},
    "ports": {"domain"},
    "usecases": {"domain", "exchange", "ports"},
    "views": {"domain", "ports"},
    "web": {"domain"},
    "adapters": {"domain", "ports", "config", "observability", "web"},
    "bootstrap": {"adapters", "domain", "ports", "config"},
    "entrypoints": {
        *("usecases", "views", "domain", "exchange", "ports", "config", "observability", "bootstrap", "web"),
    },
}
PURE = {"domain", "exchange", "ports", "usecases", "views"}
OUTSIDE = {"boto3", "botocore", "pynamodb", "chalice", "aws_lambda_powertools", "jinja2", "os", "random", "socket"}
FILES = sorted(LIBRARY.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: absolute imports only"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "chalicelib" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] == here or parts[1] in ALLOWED[here], f"{here} may not import {name}"
        if here in PURE:
            assert parts[0] not in OUTSIDE, f"{here} is pure: {name}"


def test_domain_uses_the_standard_library_alone() -> None:
    import sys

    for path in (LIBRARY / "domain").rglob("*.py"):
        for name in imports(path):
            assert name.split(".")[0] in sys.stdlib_module_names | {"chalicelib"}, f"{path}: {name}"


def test_only_config_reads_the_environment() -> None:
    for path in [*FILES, ROOT / "app.py"]:
        text = path.read_text("utf-8")
        if path.name != "config.py":
            assert "os.environ" not in text, path
            assert "getenv" not in text, path


def test_rules_read_neither_clock_nor_chance() -> None:
    for folder in ("domain", "usecases", "views"):
        for path in (LIBRARY / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            for forbidden in ("datetime.now(", "utcnow(", "time.time(", "uuid4(", "secrets."):
                assert forbidden not in text, f"{path}: {forbidden}"


def test_app_is_the_application_and_nothing_else() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) <= 10
    assert list(imports(ROOT / "app.py")) == ["chalicelib.entrypoints.application.Application"]


def test_what_ports_gives_on_is_named_where_it_is_from() -> None:
    source = (LIBRARY / "ports" / "__init__.py").read_text("utf-8")
    typed = {
        (node.module, alias.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chalicelib.ports")
        for alias in node.names
    }
    assert typed == {(f"chalicelib.ports.{home}", name) for home, names in ports.HOMES.items() for name in names}
    assert all(getattr(ports, name) for names in ports.HOMES.values() for name in names)
