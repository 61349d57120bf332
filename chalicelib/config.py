"""The settings of a deployment; the only place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from functools import cache


class SettingsError(Exception):
    """Names every setting that is missing, at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field per environment variable (upper case). docs/settings.md says what each is for."""

    stage: str  # name of the deployment, e.g. "dev"; part of every resource name
    table_prefix: str  # tables are <prefix>-cases, -inbox, -centre, -board, -tallies, -access
    regulation: str  # file in chalicelib/regulations without its ending
    notices_queue_url: str
    outgoing_queue_url: str
    tallies_queue_url: str
    board_queue_url: str
    replies_queue_url: str
    bounces_queue_url: str
    mails_queue_url: str
    relay_dlq_url: str  # stream records that nobody could read
    agency_queue_prefix: str  # URL up to the unit's id, e.g. https://sqs…/tongdai-dev-agency-
    files_bucket: str  # what comes with cases
    lake_bucket: str  # where the event log goes for Athena
    reports_bucket: str  # reports and what they are made of
    reports_queue_url: str
    mail_sender: str  # verified SES identity
    signing_keys: str  # KMS keys, the signing one first: "<ARN>, <ARN> until 2027-03-31"
    mails_bucket: str  # where SES puts what people write
    secret_id: str  # Secrets Manager: JSON {"key"}; every key of ours is derived from it
    issuer: str  # Cognito issuer, as in the token's iss
    jwks_url: str  # where its keys are; on AWS <issuer>/.well-known/jwks.json
    user_pool_id: str  # where the staff's log-ins are made and closed
    client_id: str  # the user pool client whose tokens are accepted
    public_url: str  # base of the links in mails
    lifetimes: str  # days that rows are kept, "inbox=90,…": made of the centre's file of retention
    petition_key: str  # KMS key that seals what petitions say and who sent them
    answer_model: str = ""  # Bedrock model that may reword what the catalogue answers; empty: none
    mail_inbound_domain: str = ""  # where answers to letters are received; empty: they go to the centre's mailbox

    @property
    def worker_queue_urls(self) -> dict[str, str]:
        """The queues of our own workers by name."""
        return {
            "notices": self.notices_queue_url,
            "outgoing": self.outgoing_queue_url,
            "tallies": self.tallies_queue_url,
            "board": self.board_queue_url,
            "replies": self.replies_queue_url,
            "bounces": self.bounces_queue_url,
            "mails": self.mails_queue_url,
            "reports": self.reports_queue_url,
        }

    @property
    def days_kept(self) -> dict[str, int]:
        """How many days rows of a kind are kept."""
        pairs = (entry.partition("=") for entry in self.lifetimes.split(","))
        return {kind: int(days) for kind, _, days in pairs}

    @property
    def centre_keys(self) -> tuple[tuple[str, datetime | None], ...]:
        """The keys that sign what agencies are told, the one that signs now first; until when each is shown."""
        entries = (entry.split() for entry in self.signing_keys.split(","))
        return tuple((arn, _midnight(until[-1]) if until else None) for arn, *until in entries)


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def from_mapping(environ: Mapping[str, str]) -> Settings:
    """Read the settings; raises SettingsError with the names of all that are missing or empty and have no default."""
    given = {field.name: value for field in fields(Settings) if (value := environ.get(field.name.upper()))}
    missing = [field.name.upper() for field in fields(Settings) if field.default is MISSING and field.name not in given]
    if missing:
        raise SettingsError("missing settings: " + ", ".join(missing))
    return Settings(**given)


@cache
def load() -> Settings:
    """Read this process's settings, once."""
    return from_mapping(os.environ)
