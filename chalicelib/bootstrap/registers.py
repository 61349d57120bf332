"""The books that a centre keeps beside its cases."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib import ports
    from chalicelib.config import Settings
    from chalicelib.ports.access import AccessLog
    from chalicelib.ports.breaches import Breaches
    from chalicelib.ports.learned import Learned
    from chalicelib.ports.procedures import CatalogueVersions
    from chalicelib.ports.reception import Receptions
    from chalicelib.ports.rights import Rights
    from chalicelib.ports.surveys import Surveys


class Registers:
    """Registers behind their ports. Each part is built when first asked for."""

    settings: Settings
    _dynamo: Any

    @cached_property
    def access(self) -> AccessLog:
        """Who was shown whose personal data."""
        from chalicelib.adapters.dynamo.access import DynamoAccessLog

        assert self._dynamo
        return DynamoAccessLog()

    @cached_property
    def breaches(self) -> Breaches:
        """Breaches of personal data."""
        from chalicelib.adapters.dynamo.records import DynamoRecords
        from chalicelib.domain.breaches import Breach

        assert self._dynamo
        return DynamoRecords(Breach, "BREACH", "breaches", lambda breach: breach.notified_at)

    @cached_property
    def rights(self) -> Rights:
        """What senders asked of their data."""
        from chalicelib.adapters.dynamo.records import DynamoRecords
        from chalicelib.domain.rights import RightRequest

        assert self._dynamo
        return DynamoRecords(RightRequest, "RIGHT", "rights_requests", lambda request: request.decided_at)

    @cached_property
    def learned(self) -> Learned:
        """What the centre learned."""
        from chalicelib.adapters.learned import S3Learned

        assert self._dynamo
        return S3Learned(self.settings.files_bucket)

    @cached_property
    def accounts(self) -> ports.Accounts:
        """The register of the staff."""
        from chalicelib.adapters.dynamo.accounts import DynamoAccounts

        return DynamoAccounts(self._dynamo)

    @cached_property
    def surveys(self) -> Surveys:
        """Independent surveys."""
        from chalicelib.adapters.dynamo.surveys import DynamoSurveys

        return DynamoSurveys(self._dynamo)

    @cached_property
    def receptions(self) -> Receptions:
        """Records of citizen reception."""
        from chalicelib.adapters.dynamo.reception import DynamoReceptions

        return DynamoReceptions(self._dynamo)

    @cached_property
    def presence(self) -> ports.Presence:
        """Who looks at which case."""
        from chalicelib.adapters.dynamo.presence import DynamoPresence

        assert self._dynamo
        return DynamoPresence()

    @cached_property
    def catalogue_versions(self) -> CatalogueVersions:
        """Versions of the catalogue of procedures."""
        from chalicelib.adapters.dynamo.catalogue import DynamoCatalogueVersions

        assert self._dynamo
        return DynamoCatalogueVersions()

    @cached_property
    def agency_keys(self) -> ports.AgencyKeys:
        """The agencies' public keys."""
        from chalicelib.adapters.dynamo.agency_keys import DynamoAgencyKeys

        assert self._dynamo
        return DynamoAgencyKeys()

    @cached_property
    def unassigned_mails(self) -> ports.UnassignedMails:
        """Those that wait for an operator."""
        from chalicelib.adapters.dynamo.unassigned_mails import DynamoUnassignedMails

        assert self._dynamo
        return DynamoUnassignedMails()

    @cached_property
    def rejections(self) -> ports.Rejections:
        """What agencies were told had no effect."""
        from chalicelib.adapters.dynamo.rejections import DynamoRejections

        return DynamoRejections(self._dynamo)
