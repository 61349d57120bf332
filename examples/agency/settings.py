"""What the centre told us and what is our own: one TOML file, agency.example.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field a line of the file; paths are relative to it."""

    unit: str
    inbox: str
    replies: str
    region: str
    centre_keys: str
    kid: str
    private_key: Path
    database: Path
    responsible_officer: str
    approving_leader: str
    fields: tuple[str, ...] = ()
    answers: str = "rule"
    wait_seconds: int = 20
    endpoint: str | None = None


def read(file: Path) -> Settings:
    """Read the file; raises TypeError naming what is missing or unknown."""
    said: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    for name in ("private_key", "database"):
        if name in said:
            said[name] = file.parent / said[name]
    return Settings(**said | {"fields": tuple(said.get("fields", ()))})
