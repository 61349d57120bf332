"""`make bench`: run every section in a process of its own, print the tables, exit 1 when a limit is broken."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.table import Line, render

SECTIONS = (
    "startup",
    "handling",
    "pages",
    "deadlines",
    "replaying",
    "operations",
    "sweeping",
    "door",
    "exchange",
    "reporting",
    "learning",
    "foresight",
    "knowledge",
)
# What measures us against other libraries runs in their environment, the rest in ours.
ELSEWHERE = {name: Path(".venv-bench/bin/python") for name in ("deadlines", "smoothing")}


def main() -> None:
    """Print one table of ratios, then those of units and costs."""
    asked = sys.argv[1:] or list(SECTIONS)
    results = [result(name) for name in asked]
    lines = [Line(**line) for found in results for line in found.get("lines", ())]
    print(render([line.cells for line in lines]))
    for found in results:
        for title, header, rows in found.get("tables", ()):
            print(f"\n{title}\n\n{render(rows, header)}")
    if broken := [line.what for line in lines if line.broken]:
        sys.exit("bench: limit broken: " + "; ".join(broken))


def result(section: str) -> Any:
    """Run a section; what it says meanwhile is shown only if it fails."""
    python = ELSEWHERE.get(section, Path(sys.executable))
    if not python.exists():
        sys.exit(f"bench: {section} runs in .venv-bench: make bench, or python infra/venvs.py .venv-bench")
    program = [str(python), "-m", "benchmarks", "--of", section]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stderr}\nbench: {section} failed")
    return json.loads(done.stdout)


def section(name: str) -> None:
    """Run a section here. Standard output is for its result alone: the application's log goes to standard error."""
    answer = os.dup(1)
    os.dup2(2, 1)
    module = importlib.import_module(f"benchmarks.{name}")
    found = {kind: getattr(module, kind)() for kind in ("lines", "tables") if hasattr(module, kind)}
    with os.fdopen(answer, "w") as out:
        json.dump(found, out, default=asdict)


if __name__ == "__main__":
    section(sys.argv[2]) if sys.argv[1:2] == ["--of"] else main()
