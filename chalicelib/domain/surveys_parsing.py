"""Reads the file of surveys and names the entry that is wrong."""

from __future__ import annotations

from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.surveys import SurveyRules

FEWEST = 3  # answers: below, one who answered could tell what the other said


def from_mapping(data: Any) -> SurveyRules:
    """Read the file; raises RegulationError naming the entry that is wrong."""
    made: SurveyRules = entries.build(SurveyRules, "surveys", data)
    entries.minutes("surveys.lasts", made.lasts)
    entries.count("surveys.most", made.most, least=1)
    entries.count("surveys.smallest", made.smallest, least=FEWEST)
    if not made.surveyor or not isinstance(made.surveyor, str):
        raise RegulationError("surveys.surveyor: no unit is named")
    return made
