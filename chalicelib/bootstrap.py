"""The composition root: settings become everything the use cases need, lazily, once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib import config

if TYPE_CHECKING:
    from chalicelib import ports
    from chalicelib.config import Settings
    from chalicelib.domain.centre_calendar import Change
    from chalicelib.domain.regulation import Regulation
    from chalicelib.domain.reply_templates import ReplyTemplate
    from chalicelib.domain.sign_in import Sessions


class LiveDeps:
    """Keeps the port Deps on AWS. Each part is built when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.public_url = settings.public_url
        self.mail_domain = settings.mail_inbound_domain
        self._timed: tuple[tuple[Change, ...], Regulation] | None = None

    @cached_property
    def _dynamo(self) -> Any:
        from chalicelib.adapters.dynamo import tables

        return tables.configure(self.settings.table_prefix)

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
    def reply_templates(self) -> Mapping[str, ReplyTemplate]:
        """What the staff starts from when it writes."""
        from chalicelib.adapters import regulation_files

        return regulation_files.reply_templates(self.settings.regulation, self._rules)

    @cached_property
    def calendar(self) -> ports.CentreCalendar:
        """Changes of the calendar."""
        from chalicelib.adapters.dynamo.calendar import DynamoCalendar

        return DynamoCalendar(self._dynamo)

    @cached_property
    def retimings(self) -> ports.Retimings:
        """What these changes ask for."""
        from chalicelib.adapters.dynamo.calendar import DynamoRetimings

        assert self._dynamo
        return DynamoRetimings()

    @cached_property
    def clock(self) -> ports.Clock:
        """The system's clock."""
        from chalicelib.adapters.clock import SystemClock

        return SystemClock()

    @cached_property
    def ids(self) -> ports.Ids:
        """Random codes."""
        from chalicelib.adapters.clock import RandomIds

        return RandomIds()

    @cached_property
    def keys(self) -> ports.Keys:
        """The centre's secret keys."""
        from chalicelib.adapters.keys import SecretKeys

        return SecretKeys(self.settings.secret_id)

    @cached_property
    def agency_keys(self) -> ports.AgencyKeys:
        """The agencies' public keys."""
        from chalicelib.adapters.dynamo.agency_keys import DynamoAgencyKeys

        assert self._dynamo
        return DynamoAgencyKeys()

    @cached_property
    def centre_keys(self) -> ports.CentreKeys:
        """The centre's own keys."""
        from chalicelib.adapters.centre_keys import KmsKeys

        return KmsKeys(self.settings.centre_keys, self.clock)

    @cached_property
    def signatures(self) -> ports.Signatures:
        """Signatures."""
        from chalicelib.adapters.signatures import JoseSignatures

        return JoseSignatures()

    @cached_property
    def cases(self) -> ports.CaseStore:
        """The case table."""
        from chalicelib.adapters.dynamo.cases import DynamoCases

        return DynamoCases(self._dynamo)

    @cached_property
    def files(self) -> ports.Files:
        """The bucket of files."""
        from chalicelib.adapters.files import S3Files

        return S3Files(self.settings.files_bucket)

    @cached_property
    def lists(self) -> ports.CaseLists:
        """Lists of cases."""
        from chalicelib.adapters.dynamo.lists import DynamoLists

        assert self._dynamo
        return DynamoLists()

    @cached_property
    def alarms(self) -> ports.Alarms:
        """What the sweep must look at."""
        from chalicelib.adapters.dynamo.alarms import DynamoAlarms

        assert self._dynamo
        return DynamoAlarms()

    @cached_property
    def inbox(self) -> ports.Inbox:
        """What has been done."""
        from chalicelib.adapters.dynamo.inbox import DynamoInbox

        assert self._dynamo
        return DynamoInbox()

    @cached_property
    def codes(self) -> ports.OneTimeCodes:
        """One-time codes of senders."""
        from chalicelib.adapters.dynamo.one_time_codes import DynamoOneTimeCodes

        assert self._dynamo
        return DynamoOneTimeCodes()

    @cached_property
    def directory(self) -> ports.Directory:
        """The units."""
        from chalicelib.adapters.dynamo.centre import DynamoDirectory

        assert self._dynamo
        return DynamoDirectory()

    @cached_property
    def watermarks(self) -> ports.Watermarks:
        """How far jobs have come."""
        from chalicelib.adapters.dynamo.centre import DynamoWatermarks

        assert self._dynamo
        return DynamoWatermarks()

    @cached_property
    def reminders(self) -> ports.Reminders:
        """Reminders that wait."""
        from chalicelib.adapters.dynamo.reminders import DynamoReminders

        return DynamoReminders(self._dynamo)

    @cached_property
    def dead_letters(self) -> ports.DeadLetters:
        """What died."""
        from chalicelib.adapters.dynamo.dead_letters import DynamoDeadLetters

        assert self._dynamo
        return DynamoDeadLetters()

    @cached_property
    def dead_queues(self) -> ports.DeadQueues:
        """Where it arrives."""
        from chalicelib.adapters.dead_queues import SqsDeadQueues

        settings = self.settings
        return SqsDeadQueues(settings.worker_queue_urls, settings.agency_queue_prefix, settings.relay_dlq_url)

    @cached_property
    def rejections(self) -> ports.Rejections:
        """What agencies were told had no effect."""
        from chalicelib.adapters.dynamo.rejections import DynamoRejections

        return DynamoRejections(self._dynamo)

    @cached_property
    def suppressed(self) -> ports.Suppressions:
        """Addresses not to write to."""
        from chalicelib.adapters.dynamo.suppressions import DynamoSuppressions

        assert self._dynamo
        return DynamoSuppressions()

    @cached_property
    def mails(self) -> ports.Mails:
        """What people send by mail."""
        from chalicelib.adapters.mails import S3Mails

        return S3Mails(self.settings.mails_bucket)

    @cached_property
    def unassigned_mails(self) -> ports.UnassignedMails:
        """Those that wait for an operator."""
        from chalicelib.adapters.dynamo.unassigned_mails import DynamoUnassignedMails

        assert self._dynamo
        return DynamoUnassignedMails()

    @cached_property
    def tallies(self) -> ports.Tallies:
        """Counters."""
        from chalicelib.adapters.dynamo.tallies import DynamoTallies

        return DynamoTallies(self._dynamo)

    @cached_property
    def month_sums(self) -> ports.MonthSums:
        """Counters added up."""
        from chalicelib.adapters.dynamo.held_sums import HeldSums

        return HeldSums(self.tallies)

    @cached_property
    def board(self) -> ports.BoardStore:
        """Published answers."""
        from chalicelib.adapters.dynamo.board import DynamoBoard

        assert self._dynamo
        return DynamoBoard()

    @cached_property
    def board_index(self) -> ports.BoardIndex:
        """What can be searched of them."""
        from chalicelib.adapters.dynamo.board_index import HeldBoard

        return HeldBoard(self.board)

    @cached_property
    def outgoing(self) -> ports.Outgoing:
        """Queues."""
        from chalicelib.adapters.queues import SqsOutgoing

        settings = self.settings
        urls = settings.worker_queue_urls | {"relay_dlq": settings.relay_dlq_url}
        return SqsOutgoing(urls, settings.agency_queue_prefix, self.centre_keys.sign)

    @cached_property
    def mailer(self) -> ports.Mailer:
        """Mail and SMS."""
        from chalicelib.adapters.delivery import SesSnsMailer

        return SesSnsMailer(self.settings.mail_sender, f"{self.settings.table_prefix}-mail")

    @cached_property
    def letters(self) -> ports.Letters:
        """Letters."""
        from chalicelib.adapters.letters import CentreLetters

        return CentreLetters(self.centre)

    @cached_property
    def accounts(self) -> ports.Accounts:
        """The register of the staff."""
        from chalicelib.adapters.dynamo.accounts import DynamoAccounts

        return DynamoAccounts(self._dynamo)

    @cached_property
    def log_ins(self) -> ports.LogIns:
        """Their log-ins."""
        from chalicelib.adapters.log_ins import CognitoLogIns

        return CognitoLogIns(self.settings.user_pool_id)

    @cached_property
    def presence(self) -> ports.Presence:
        """Who looks at which case."""
        from chalicelib.adapters.dynamo.presence import DynamoPresence

        assert self._dynamo
        return DynamoPresence()

    @cached_property
    def tokens(self) -> ports.TokenVerifier:
        """Staff tokens."""
        from chalicelib.adapters.cognito import CognitoTokens

        settings = self.settings
        return CognitoTokens(issuer=settings.issuer, client_id=settings.client_id, jwks_url=settings.jwks_url)

    @cached_property
    def sessions(self) -> Sessions:
        """Logging in."""
        from chalicelib.adapters.cognito import CognitoSessions

        return CognitoSessions(self.settings.client_id)


@cache
def deps() -> LiveDeps:
    """Return this process's dependencies."""
    return LiveDeps(config.load())
