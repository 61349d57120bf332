"""Reads chalicelib/regulations: the rules, the calendar and the reply templates of a centre."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.domain import authority_parsing, input_rules
from chalicelib.domain.calendar_layers import announced, layered, outside
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_parsing import from_mapping

if TYPE_CHECKING:
    from collections.abc import Collection

    from chalicelib.domain.everyday_words import EverydayWords
    from chalicelib.domain.points import Points
    from chalicelib.domain.reception import ReceptionRules
    from chalicelib.domain.reply_templates import ReplyTemplate
    from chalicelib.domain.reporting.rules import ReportRules
    from chalicelib.domain.retention import Retention
    from chalicelib.domain.routing import Routing
    from chalicelib.domain.surveys import SurveyRules

FOLDER = Path(__file__).parent.parent / "regulations"


def regulation(name: str) -> Regulation:
    """Return a regulation by the name of its file; raises RegulationError or CalendarError naming what is wrong."""
    rules = from_mapping(read(f"{name}.yaml"), calendar(name))
    authority = authority_parsing.from_mapping(read(f"{name}.authority.yaml"), rules)
    asked = input_rules.from_mapping(read(file)) if (FOLDER / (file := f"{name}.inputs.yaml")).exists() else None
    return replace(rules, authority=authority, inputs=asked)


def calendar(name: str) -> dict[str, Any]:
    """Return the mapping of a centre's calendar: its own file, above what its country has if it names one.

    `defaults: vietnam` names it: what was announced for some years, and what a library computes for the others.
    """
    return calendar_file(f"{name}.calendar.yaml")


def reply_templates(name: str, rules: Regulation) -> dict[str, ReplyTemplate]:
    """Return the texts that the staff starts from; raises RegulationError naming what is wrong."""
    from chalicelib.domain import reply_templates_parsing as parsing

    return parsing.from_mapping(read(f"{name}.replies.yaml"), rules)


def points(name: str) -> Points | None:
    """Return where people are served in person; None where a centre has no such file. Raises RegulationError."""
    from chalicelib.domain import points_parsing as parsing

    if not (FOLDER / f"{name}.points.yaml").exists():
        return None
    areas = {unit["id"]: unit["area"] for unit in read(f"{name}.directory.yaml")["units"] if unit.get("area")}
    return parsing.from_mapping(read(f"{name}.points.yaml"), areas)


def routing(name: str, rules: Regulation, units: Collection[str] | None = None) -> Routing:
    """Return who owns and who supervises what; raises RegulationError naming the rules that are wrong."""
    from chalicelib.domain import routing_parsing as parsing

    provinces = read("vietnam.provinces.yaml")["provinces"]
    return parsing.from_mapping(read(f"{name}.routing.yaml"), rules, provinces, units)


def reception(name: str, rules: Regulation) -> ReceptionRules:
    """Return who receives citizens and how; raises RegulationError naming what is wrong."""
    from chalicelib.domain import reception_parsing as parsing

    return parsing.from_mapping(read(f"{name}.reception.yaml"), rules)


def everyday_words(country: str = "vietnam") -> EverydayWords:
    """Return what people call procedures; raises RegulationError naming what is wrong."""
    from chalicelib.domain import everyday_words as parsing

    return parsing.from_mapping(read(f"{country}.everyday_words.yaml"))


def retention(name: str) -> Retention:
    """Return how long what is kept is kept, above what its country's file says; raises RegulationError."""
    from chalicelib.domain import retention_parsing as parsing

    own = read(f"{name}.retention.yaml")
    country = own.get("defaults") if isinstance(own, dict) else None
    return parsing.from_mapping(own, read(f"{country}.retention.yaml") if country else None)


def survey_rules(name: str) -> SurveyRules:
    """Return how a centre surveys; raises RegulationError naming what is wrong."""
    from chalicelib.domain import surveys_parsing as parsing

    return parsing.from_mapping(read(f"{name}.surveys.yaml"))


def report_rules(name: str, rules: Regulation) -> ReportRules:
    """Return what a centre's reports look like and count; raises RegulationError naming what is wrong."""
    from chalicelib.domain import reports_parsing as parsing

    return parsing.from_mapping(read(f"{name}.reports.yaml"), rules)


def calendar_file(file: str) -> dict[str, Any]:
    """Return the mapping of a calendar by its file, as `calendar` does."""
    own = read(file) or {}
    country = own.pop("defaults", None)
    if not country:
        return layered(own)
    said = read(f"{country}.announced.yaml")
    computed = outside(said["years"], read(f"{country}.holidays.yaml"))
    return layered(computed, announced(said, own.get("weekly") or {}), own)


def read(file: str) -> Any:
    """Return a YAML file's content, by libyaml where it is there: ten times faster."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / file).read_text("utf-8"), Loader=loader)  # noqa: S506 both loaders are the safe ones
