"""Everything the use cases may ask for, built lazily by bootstrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chalicelib.ports.reports import Reporting
from chalicelib.ports.rules import Rules

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib import ports
    from chalicelib.ports.access import AccessLog
    from chalicelib.ports.breaches import Breaches
    from chalicelib.ports.keeping import Traces
    from chalicelib.ports.lake import Lake
    from chalicelib.ports.learned import Learned
    from chalicelib.ports.procedures import CatalogueBooks, CatalogueVersions, Procedures, Workbooks
    from chalicelib.ports.reception import Receptions
    from chalicelib.ports.rewording import Rewording
    from chalicelib.ports.rights import Rights
    from chalicelib.ports.surveys import Surveys


class Deps(Rules, Reporting, Protocol):
    """Everything, built lazily by bootstrap."""

    @property
    def access(self) -> AccessLog:
        """Who was shown whose personal data."""

    @property
    def rights(self) -> Rights:
        """What senders asked of their data."""

    @property
    def breaches(self) -> Breaches:
        """Breaches of personal data that were written down."""

    @property
    def traces(self) -> Traces:
        """What is taken away of cases that are anonymised."""

    @property
    def surveys(self) -> Surveys:
        """Independent surveys."""

    @property
    def lake(self) -> Lake:
        """The event log for questions that read years."""

    @property
    def calendar(self) -> ports.CentreCalendar:
        """Changes of the calendar."""

    @property
    def retimings(self) -> ports.Retimings:
        """What these changes ask for."""

    @property
    def clock(self) -> ports.Clock:
        """The time."""

    @property
    def ids(self) -> ports.Ids:
        """Fresh codes."""

    @property
    def keys(self) -> ports.Keys:
        """Secret keys."""

    @property
    def agency_keys(self) -> ports.AgencyKeys:
        """The agencies' public keys."""

    @property
    def centre_keys(self) -> ports.CentreKeys:
        """The centre's own."""

    @property
    def signatures(self) -> ports.Signatures:
        """Signatures."""

    @property
    def cases(self) -> ports.CaseStore:
        """Cases."""

    @property
    def files(self) -> ports.Files:
        """What came with cases."""

    @property
    def lists(self) -> ports.CaseLists:
        """Lists of cases."""

    @property
    def alarms(self) -> ports.Alarms:
        """What the sweep must look at."""

    @property
    def inbox(self) -> ports.Inbox:
        """What has been done."""

    @property
    def codes(self) -> ports.OneTimeCodes:
        """One-time codes of senders."""

    @property
    def directory(self) -> ports.Directory:
        """Units."""

    @property
    def watermarks(self) -> ports.Watermarks:
        """How far jobs have come."""

    @property
    def suppressed(self) -> ports.Suppressions:
        """Addresses not to write to."""

    @property
    def reminders(self) -> ports.Reminders:
        """What waits to be sent."""

    @property
    def dead_letters(self) -> ports.DeadLetters:
        """What died."""

    @property
    def dead_queues(self) -> ports.DeadQueues:
        """Where it arrives."""

    @property
    def rejections(self) -> ports.Rejections:
        """What agencies were told had no effect."""

    @property
    def mails(self) -> ports.Mails:
        """What people send by mail."""

    @property
    def unassigned_mails(self) -> ports.UnassignedMails:
        """Those that wait for an operator."""

    @property
    def outgoing(self) -> ports.Outgoing:
        """Queues."""

    @property
    def mailer(self) -> ports.Mailer:
        """Mail and SMS."""

    @property
    def letters(self) -> ports.Letters:
        """Letters."""

    @property
    def tallies(self) -> ports.Tallies:
        """Counters."""

    @property
    def month_sums(self) -> ports.MonthSums:
        """Counters added up, not of this very moment."""

    @property
    def board(self) -> ports.BoardStore:
        """Published answers."""

    @property
    def board_index(self) -> ports.BoardIndex:
        """What can be searched of them."""

    @property
    def learned(self) -> Learned:
        """What the centre learned from its own cases."""

    @property
    def accounts(self) -> ports.Accounts:
        """The register of the staff."""

    @property
    def log_ins(self) -> ports.LogIns:
        """Their log-ins."""

    @property
    def receptions(self) -> Receptions:
        """Records of citizen reception."""

    @property
    def presence(self) -> ports.Presence:
        """Who looks at which case."""

    @property
    def tokens(self) -> ports.TokenVerifier:
        """Staff tokens."""

    @property
    def procedures(self) -> Procedures:
        """The catalogue of procedures, to be read."""

    @property
    def catalogue_versions(self) -> CatalogueVersions:
        """Its versions."""

    @property
    def catalogue_books(self) -> CatalogueBooks:
        """What each version says."""

    @property
    def workbooks(self) -> Workbooks:
        """Spreadsheets."""

    @property
    def rewording(self) -> Rewording | None:
        """A language model; None where this centre has none."""
