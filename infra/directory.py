"""The directory of a regulation as operations see it: which units there are and how each is reached."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REGULATIONS = Path(__file__).parent.parent / "chalicelib" / "regulations"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: does it talk by queue, which AWS account is its software's (None: ours), all the file says of it."""

    id: str
    by_queue: bool
    account: str | None
    attributes: dict[str, Any]


@cache
def units(regulation: str) -> tuple[Unit, ...]:
    """Read the units of a regulation's directory file, in its order."""
    text = (REGULATIONS / f"{regulation}.directory.yaml").read_text(encoding="utf-8")
    return tuple(
        Unit(entry["id"], entry.get("exchange") == "sqs", entry.get("account"), entry)
        for entry in yaml.safe_load(text)["units"]
    )


def agencies(regulation: str) -> tuple[Unit, ...]:
    """Give the units that have a queue of their own."""
    return tuple(unit for unit in units(regulation) if unit.by_queue)
