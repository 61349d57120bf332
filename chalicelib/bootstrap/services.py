"""What is neither a table nor a rule: queues, buckets, letters, keys, log-ins, the clock."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib import ports
    from chalicelib.config import Settings
    from chalicelib.domain.sign_in import Sessions
    from chalicelib.ports.lake import Lake
    from chalicelib.ports.procedures import CatalogueBooks, Workbooks
    from chalicelib.ports.rewording import Rewording


class Services:
    """Everything else behind its port. Each part is built when first asked for."""

    settings: Settings

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
    def files(self) -> ports.Files:
        """The bucket of files."""
        from chalicelib.adapters.files import S3Files

        return S3Files(self.settings.files_bucket)

    @cached_property
    def lake(self) -> Lake:
        """The event log for questions that read years."""
        from chalicelib.adapters.lake import S3Lake

        return S3Lake(self.settings.lake_bucket)

    @cached_property
    def dead_queues(self) -> ports.DeadQueues:
        """Where it arrives."""
        from chalicelib.adapters.dead_queues import SqsDeadQueues

        settings = self.settings
        return SqsDeadQueues(settings.worker_queue_urls, settings.agency_queue_prefix, settings.relay_dlq_url)

    @cached_property
    def mails(self) -> ports.Mails:
        """What people send by mail."""
        from chalicelib.adapters.mails import S3Mails

        return S3Mails(self.settings.mails_bucket)

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
    def log_ins(self) -> ports.LogIns:
        """Their log-ins."""
        from chalicelib.adapters.log_ins import CognitoLogIns

        return CognitoLogIns(self.settings.user_pool_id)

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

    @cached_property
    def catalogue_books(self) -> CatalogueBooks:
        """Books of the catalogue of procedures."""
        from chalicelib.adapters.catalogue_books import S3Books

        return S3Books(self.settings.files_bucket)

    @cached_property
    def workbooks(self) -> Workbooks:
        """Spreadsheets."""
        from chalicelib.adapters.workbooks import CalamineWorkbooks

        return CalamineWorkbooks()

    @cached_property
    def rewording(self) -> Rewording | None:
        """A language model, if this centre has one."""
        if not self.settings.answer_model:
            return None
        from chalicelib.adapters.bedrock import BedrockRewording

        return BedrockRewording(self.settings.answer_model)
