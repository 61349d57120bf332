"""The example catalogue for tests, and the real one where this machine has it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "procedures.jsonl"
REAL = Path(os.environ.get("PROCEDURES") or ROOT.parent / "shared" / "data" / "procedures.jsonl")
needs_real = pytest.mark.skipif(
    not REAL.exists(), reason=f"the national catalogue is not part of this repository: PROCEDURES=file.jsonl ({REAL})"
)


def rows(file: Path = EXAMPLE) -> list[dict[str, Any]]:
    """Read the rows of a catalogue."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
