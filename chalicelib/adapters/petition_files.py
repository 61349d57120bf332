"""Reads what a centre's regulation says of petitions; a centre without that file does not take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.adapters.regulation_files import FOLDER, read

if TYPE_CHECKING:
    from chalicelib.domain.petitions.rules import PetitionRules


def petition_rules(name: str) -> PetitionRules | None:
    """Return the rules; None where there are none. Raises RegulationError naming what is wrong."""
    from chalicelib.domain.petitions import parsing

    return parsing.from_mapping(read(f"{name}.petitions.yaml")) if takes_petitions(name) else None


def takes_petitions(name: str) -> bool:
    """Tell whether there are any, without reading them."""
    return (FOLDER / f"{name}.petitions.yaml").exists()
