"""The reference agency is another house: an agency copies its folder, and nothing of ours must be missing there."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "agency"
FILES = sorted(FOLDER.glob("*.py"))
# What its requirements bring, by the names under which Python knows it.
BROUGHT = {"boto3": {"boto3", "botocore"}, "pyjwt": {"jwt", "cryptography"}}


def outside(path: Path) -> set[str]:
    """Top names of everything that is imported from outside the folder."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1, f"{path.name} looks above its folder"
    return found - sys.stdlib_module_names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_imports_nothing_but_what_it_requires(path: Path) -> None:
    required = re.findall(r"^([a-z0-9]+)", (FOLDER / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert outside(path) <= set().union(*(BROUGHT[name] for name in required))


def test_everything_required_is_used() -> None:
    used = set().union(*map(outside, FILES))
    assert used == set().union(*BROUGHT.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_its_files_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 250


def test_a_copy_stands_alone(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "agency", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "agency", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=True)
    assert "agency.toml" in done.stdout
