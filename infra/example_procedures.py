"""The example catalogue on a local stack, brought in as an administrator would; one that is there already stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from infra.agency_keys import Door

FILE: Final = Path(__file__).parent.parent / "examples" / "procedures.jsonl"
IMPORTS: Final = "/v1/desk/catalogue/imports"
ABOUT: Final = {"note": "Danh mục ví dụ, không phải văn bản thật", "effective": "2026-07-01"}


def show(door: Door) -> None:
    """Propose and accept it; a catalogue that has these procedures is not changed by it."""
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    status, draft = door.call(IMPORTS, ABOUT | {"procedures": rows})
    assert status == 201, draft  # noqa: PLR2004
    if draft["base"] == 0:
        status, made = door.call(f"{IMPORTS}/{draft['id']}/accept", {})
        assert status == 200, made  # noqa: PLR2004
