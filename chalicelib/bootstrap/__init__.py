"""The composition root: settings become everything the use cases need, lazily, once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from chalicelib import config
from chalicelib.bootstrap.petitions import PetitionTrack
from chalicelib.bootstrap.registers import Registers
from chalicelib.bootstrap.reporting import Reporting
from chalicelib.bootstrap.services import Services
from chalicelib.bootstrap.stores import Stores

if TYPE_CHECKING:
    from chalicelib import ports
    from chalicelib.config import Settings
    from chalicelib.domain.centre_calendar import Change
    from chalicelib.domain.points import Points
    from chalicelib.domain.reception import ReceptionRules
    from chalicelib.domain.regulation import Regulation
    from chalicelib.domain.reply_templates import ReplyTemplate
    from chalicelib.domain.reporting.rules import ReportRules
    from chalicelib.domain.retention import Retention
    from chalicelib.domain.routing import Routing
    from chalicelib.domain.surveys import SurveyRules
    from chalicelib.ports.procedures import Procedures


class LiveDeps(Stores, Registers, Services, PetitionTrack, Reporting):
    """Keeps the port Deps on AWS. The rules stand here."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.public_url = settings.public_url
        self.mail_domain = settings.mail_inbound_domain
        self._timed: tuple[tuple[Change, ...], Regulation] | None = None

    @cached_property
    def _rules(self) -> Regulation:
        from chalicelib.adapters import regulation_files

        return regulation_files.regulation(self.settings.regulation)

    @property
    def centre(self) -> Mapping[str, str]:
        """Name and addresses of the centre."""
        return self._rules.centre

    @property
    def regulation(self) -> Regulation:
        """The rules of this centre, under the calendar as its administrators have changed it; made anew only then."""
        changes = self.calendar.changes()
        if self._timed is None or self._timed[0] is not changes:
            from chalicelib.domain.centre_calendar import under

            self._timed = changes, under(self._rules, changes)
        return self._timed[1]

    @cached_property
    def points(self) -> Points | None:
        """Where people are served in person."""
        from chalicelib.adapters import regulation_files

        return regulation_files.points(self.settings.regulation)

    @cached_property
    def survey_rules(self) -> SurveyRules:
        """Who surveys, and how."""
        from chalicelib.adapters import regulation_files

        return regulation_files.survey_rules(self.settings.regulation)

    @cached_property
    def reply_templates(self) -> Mapping[str, ReplyTemplate]:
        """What the staff starts from when it writes."""
        from chalicelib.adapters import regulation_files

        return regulation_files.reply_templates(self.settings.regulation, self._rules)

    @cached_property
    def routing(self) -> Routing:
        """Who owns and who supervises what."""
        from chalicelib.adapters import regulation_files

        return regulation_files.routing(self.settings.regulation, self._rules)

    @cached_property
    def retention(self) -> Retention:
        """How long what is kept is kept."""
        from chalicelib.adapters import regulation_files

        return regulation_files.retention(self.settings.regulation)

    @cached_property
    def procedures(self) -> Procedures:
        """The catalogue of procedures."""
        from chalicelib.adapters import regulation_files
        from chalicelib.adapters.held_procedures import HeldProcedures

        return HeldProcedures(self.catalogue_versions, self.catalogue_books, regulation_files.everyday_words)

    @cached_property
    def report_rules(self) -> ReportRules:
        """What reports look like and count."""
        from chalicelib.adapters import regulation_files

        return regulation_files.report_rules(self.settings.regulation, self._rules)

    @cached_property
    def reception_rules(self) -> ReceptionRules:
        """Who receives citizens, and how."""
        from chalicelib.adapters import regulation_files

        return regulation_files.reception(self.settings.regulation, self._rules)

    @cached_property
    def letters(self) -> ports.Letters:
        """Letters."""
        from chalicelib.adapters.letters import CentreLetters

        return CentreLetters(self.centre)


@cache
def deps() -> LiveDeps:
    """Return this process's dependencies."""
    return LiveDeps(config.load())
