"""What the department's pages of petitions have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from chalicelib import bootstrap
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import Sheet

if TYPE_CHECKING:
    from chalicelib.domain.petitions.rules import PetitionRules

LIST: Final = f"{desk.HOME}/khieu-nai-to-cao"
GUIDE: Final = f"{LIST}/tro-giup"


def told(template: str, about: Mapping[str, Any], status: int = 200) -> Sheet:
    """Return a page of the track, with its rules and its words."""
    from chalicelib.web import petition_words

    return Sheet(template, {"rules": rules(), "words": petition_words, **about}, status)


def rules() -> PetitionRules:
    """Return what the centre's regulation says of petitions; raises NotFoundError where it does not take them."""
    from chalicelib.usecases.petitions.track import rules_of

    return rules_of(bootstrap.deps())


def this_month() -> str:
    """Return the month it is at the office, "2026-11"."""
    from chalicelib.ports import local_day

    deps = bootstrap.deps()
    return f"{local_day(deps.clock.now(), deps.regulation):%Y-%m}"
