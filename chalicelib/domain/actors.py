"""Who acts on a case, how that is proved, and who sent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Who acts. The first five, STAFF, and the two of PETITION_STAFF are groups of the staff's log-in."""

    OPERATOR = "operator"  # điện thoại viên
    OFFICER = "officer"  # công chức một cửa
    AGENCY = "agency"  # cán bộ đầu mối
    LEADERSHIP = "leadership"  # lãnh đạo Trung tâm
    ADMINISTRATOR = "administrator"
    PETITION_OFFICER = "petition_officer"  # cán bộ xử lý đơn khiếu nại, tố cáo
    PETITION_HEAD = "petition_head"  # lãnh đạo phòng xử lý đơn
    SENDER = "sender"  # người phản ánh, kiến nghị
    SYSTEM = "system"


STAFF = frozenset({Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP, Role.ADMINISTRATOR})
OVERSEERS = frozenset({Role.OPERATOR, Role.LEADERSHIP, Role.ADMINISTRATOR})  # who see the whole centre
PETITION_STAFF = frozenset({Role.PETITION_OFFICER, Role.PETITION_HEAD})  # of a track that the others do not see


@dataclass(frozen=True, slots=True)
class Signature:
    """A verified electronic signature (chữ ký số, R73). It proves what was said without holding a word of it.

    `kid` names the registered key and `signer` who answers for it. `digest` is the SHA-256 of the JWS signing input
    and `value` the signature, both in base64url: for ES256 these two and the public key are enough to verify again.
    """

    kid: str
    signer: str
    signed_at: datetime
    digest: str
    value: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: role, unit id (empty for a sender or the system), log-in name, signature where it signed."""

    role: str
    unit: str = ""
    name: str = ""
    signature: Signature | None = None

    @property
    def side(self) -> str:
        """Whom it acts for: the unit, or the role of who has none."""
        return self.unit or self.role


SYSTEM = Actor(Role.SYSTEM)
SENDER = Actor(Role.SENDER)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent the case. Personal data: kept apart from the case and its events."""

    kind: str = "individual"  # or "organisation"
    name: str = ""
    phone: str = ""  # E.164 where it is a full number
    email: str = ""
    address: str = ""
