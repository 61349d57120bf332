"""Reads chalicelib/regulations: the rules, the calendar and the directory of a centre."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chalicelib.domain.regulation import Regulation, from_mapping

FOLDER = Path(__file__).parent.parent / "regulations"


def regulation(name: str) -> Regulation:
    """Return a regulation by the name of its file; raises RegulationError or CalendarError naming what is wrong."""
    return from_mapping(read(f"{name}.yaml"), read(f"{name}.calendar.yaml"))


def read(file: str) -> Any:
    """Return a YAML file's content, by libyaml where it is there: ten times faster."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / file).read_text("utf-8"), Loader=loader)  # noqa: S506 both loaders are the safe ones
