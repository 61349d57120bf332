"""What a centre goes by: its rules, and what it is called and reached by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.points import Points
    from chalicelib.domain.reception import ReceptionRules
    from chalicelib.domain.regulation import Regulation
    from chalicelib.domain.reply_templates import ReplyTemplate
    from chalicelib.domain.retention import Retention
    from chalicelib.domain.routing import Routing
    from chalicelib.domain.surveys import SurveyRules


class Rules(Protocol):
    """The files of the regulation and the settings of a deployment, each read when first asked for."""

    @property
    def centre(self) -> Mapping[str, str]:
        """Name and addresses of the centre, known without asking anybody."""

    @property
    def regulation(self) -> Regulation:
        """The rules of this centre, under the calendar as its administrators have changed it."""

    @property
    def points(self) -> Points | None:
        """Where people are served in person; None where the centre has not said."""

    @property
    def reply_templates(self) -> Mapping[str, ReplyTemplate]:
        """What the staff starts from when it writes, by name."""

    @property
    def routing(self) -> Routing:
        """Who owns and who supervises what."""

    @property
    def retention(self) -> Retention:
        """How long what is kept is kept."""

    @property
    def survey_rules(self) -> SurveyRules:
        """Who surveys, and how."""

    @property
    def takes_petitions(self) -> bool:
        """Whether there is a track of complaints and denunciations (R42, R82)."""

    @property
    def petition_unit(self) -> str:
        """The department that it is of; empty where there is none."""

    @property
    def reception_rules(self) -> ReceptionRules:
        """Who receives citizens, and how."""

    @property
    def public_url(self) -> str:
        """Base of the links in mails."""

    @property
    def mail_domain(self) -> str:
        """Where answers to letters are received; empty where the centre takes none."""
