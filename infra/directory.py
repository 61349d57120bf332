"""The directory of a regulation as operations see it: which units there are and how each is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.domain.units import from_entries

REGULATIONS = Path(__file__).parent.parent / "chalicelib" / "regulations"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: does it talk by queue, which AWS account is its software's (None: ours), all the file says of it."""

    id: str
    by_queue: bool
    account: str | None
    attributes: dict[str, Any]

    @property
    def works(self) -> bool:
        """Whether it has staff to sign in: a unit that is no more has not even a mail address."""
        return "mail" in self.attributes


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of the centre's own: its name, and the day on which agencies are no longer to believe it."""

    name: str
    until: date | None = None


@cache
def _file(regulation: str) -> dict[str, Any]:
    text = (REGULATIONS / f"{regulation}.directory.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@cache
def units(regulation: str) -> tuple[Unit, ...]:
    """Read the units of a regulation's directory file, in its order; raises DirectoryError naming one that is wrong."""
    from_entries(_file(regulation)["units"])
    return tuple(
        Unit(entry["id"], entry.get("exchange") == "sqs", entry.get("account"), entry)
        for entry in _file(regulation)["units"]
    )


def signing_keys(regulation: str) -> tuple[SigningKey, ...]:
    """Read the centre's own keys, the one that signs first."""
    return tuple(SigningKey(**entry) for entry in _file(regulation)["signing_keys"])


def agencies(regulation: str) -> tuple[Unit, ...]:
    """Give the units that have a queue of their own."""
    return tuple(unit for unit in units(regulation) if unit.by_queue)
