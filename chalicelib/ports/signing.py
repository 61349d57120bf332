"""What signing needs of the world: the register of the agencies' keys, and the mathematics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.signing import AgencyKey


@dataclass(frozen=True, slots=True)
class Envelope:
    """A JWS in compact form, opened but not verified; `digest` (of the signing input) and `value` are base64url."""

    header: Mapping[str, object]
    payload: bytes
    digest: str
    value: str


@dataclass(frozen=True, slots=True)
class CentreKey:
    """A public key of the centre's own; after `until` nobody is to believe it any more."""

    kid: str
    jwk: Mapping[str, str]
    until: datetime | None


class CentreKeys(Protocol):
    """The keys with which the centre signs what agencies are told."""

    def sign(self, body: bytes) -> str:
        """Return a detached JWS (RFC 7515, Appendix F) over exactly these bytes; raises UnavailableError."""

    def shown(self, now: datetime) -> tuple[CentreKey, ...]:
        """Return every public key that counts now, the signing one first; raises UnavailableError."""


class AgencyKeys(Protocol):
    """The public keys of the agencies; never an old copy, for a key may have been revoked a second ago."""

    def find(self, kid: str) -> AgencyKey | None:
        """Return a key; raises UnavailableError."""

    def all(self) -> tuple[AgencyKey, ...]:
        """Return every key there ever was; raises UnavailableError."""

    def add(self, key: AgencyKey) -> None:
        """Register a key; raises ConflictError where it was registered before, UnavailableError."""

    def revoke(self, key: AgencyKey) -> None:
        """Keep a key as revoked; raises ConflictError where another did before, UnavailableError."""


class Signatures(Protocol):
    """Signatures by a well-kept library."""

    def canonical(self, public: Mapping[str, str], algorithm: str) -> Mapping[str, str] | None:
        """Return a public JWK as it is always written, or None where it is no key, e.g. no point on its curve."""

    def opened(self, message: str) -> Envelope | None:
        """Take a JWS apart, believing nothing of it; None where it is none."""

    def holds(self, message: str, public: Mapping[str, str], algorithm: str) -> bool:
        """Tell whether a JWS was signed with this key by this algorithm, whatever its header says."""
