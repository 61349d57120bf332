"""Whose signature counts (chữ ký số, R73): the agencies' public keys, and why a signature does not hold. Pure."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.domain.errors import ConflictError, InvalidError

ALGORITHMS: Final[Mapping[tuple[str, str], str]] = {("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}
PARTS: Final[Mapping[str, tuple[str, ...]]] = {"EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x")}
SECRET_PARTS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})  # RFC 7518, 6.2.2, 6.3.2, 6.4
LONGEST: Final = timedelta(days=3 * 366)  # a key lives three years at most: none is forgotten
TYPE: Final = "tongdai-reply"  # `typ`: what was signed for another purpose is no reply (RFC 8725, 3.11)
UPLOAD: Final = "tongdai-upload"  # of asking for leave to upload a file
DOWNLOAD: Final = "tongdai-download"  # of asking where to fetch one
CENTRE_TYPE: Final = "tongdai-message"  # that of what the centre signs itself
LEEWAY: Final = timedelta(minutes=5)  # between their clock and ours
IN_TRANSIT: Final = timedelta(days=1)  # what a key signed in time may arrive so long after its end
OLDEST: Final = timedelta(days=14)  # far less than receipts are kept (90 days): nothing can be replayed
LAST_SECOND: Final = 253_402_300_800  # of the year 9999
REFUSALS: Final[Mapping[str, str]] = {
    "unsigned": "Thông điệp chưa được ký số",
    "unknown_key": "Khóa ký thông điệp chưa được đăng ký",
    "bad_header": "Phần đầu của chữ ký không đúng quy cách",
    "bad_signature": "Chữ ký số không đúng",
    "key_revoked": "Khóa ký thông điệp đã bị thu hồi",
    "key_expired": "Khóa ký thông điệp đã hết hạn",
    "key_not_yet_valid": "Khóa ký thông điệp chưa có hiệu lực",
    "signing_time": "Thời điểm ký cách quá xa thời điểm tiếp nhận",
    "wrong_unit": "Khóa ký thông điệp là của cơ quan khác",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyKey:
    """A key that an agency signs with, from `not_before` until `not_after`; `signer` answers for what it signs."""

    kid: str
    unit: str
    signer: str
    algorithm: str
    jwk: Mapping[str, str]
    not_before: datetime
    not_after: datetime
    registered_at: datetime
    registered_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""
    reason: str = ""

    def status(self, now: datetime) -> str:
        """Tell how it stands: waiting, valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        if now < self.not_before:
            return "waiting"
        return "valid" if now < self.not_after else "expired"


def public_part(jwk: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    """Return the algorithm and the public members of a JWK; raises InvalidError.

    A private key is refused above all, and kept nowhere.
    """
    if SECRET_PARTS & jwk.keys():
        title = "Đây là khóa bí mật. Khóa này coi như đã lộ: xin hủy, tạo cặp khóa mới và chỉ gửi khóa công khai"
        raise InvalidError("private_key_sent", title, pointer="/jwk")
    kind, curve = jwk.get("kty"), jwk.get("crv")
    algorithm = ALGORITHMS.get((kind, curve)) if isinstance(kind, str) and isinstance(curve, str) else None
    if algorithm is None:
        known = "; ".join(f"kty {one}, crv {other}" for one, other in ALGORITHMS)
        title = f"Loại khóa này không được hỗ trợ; các loại được dùng: {known}"
        raise InvalidError("key_kind_unsupported", title, pointer="/jwk")
    return algorithm, {name: str(jwk.get(name, "")) for name in PARTS[str(kind)]}


def thumbprint(public: Mapping[str, str]) -> str:
    """Name a key by what it is (RFC 7638): one key has one name for good, under which it was revoked."""
    canonical = json.dumps(public, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).decode().rstrip("=")


def check_dates(not_before: datetime, not_after: datetime, now: datetime) -> None:
    """Raise InvalidError unless the key will be valid, begins within three years and lasts no longer than that."""
    if not_after <= max(not_before, now):
        raise InvalidError(
            "key_dates", "Thời điểm hết hạn phải sau thời điểm bắt đầu và sau lúc này", pointer="/not_after"
        )
    if max(not_after - not_before, not_before - now) > LONGEST:
        title = "Một khóa được dùng tối đa 3 năm, bắt đầu trong vòng 3 năm tới"
        raise InvalidError("key_dates", title, pointer="/not_after")


def revoked(key: AgencyKey, *, by: str, reason: str, now: datetime) -> AgencyKey:
    """Return the key as revoked; raises ConflictError where it was before: the first time and reason stand."""
    if key.revoked_at is not None:
        before = {"kid": key.kid, "revoked_at": _written(key.revoked_at)}
        raise ConflictError("key_revoked_already", "Khóa này đã bị thu hồi từ trước", **before)
    return replace(key, revoked_at=now, revoked_by=by, reason=reason)


def signed_at(header: Mapping[str, object], algorithm: str, purpose: str) -> datetime:
    """Return the time that a protected header gives; raises InvalidError where it fits not the algorithm or purpose."""
    for name, wanted in (("typ", purpose), ("alg", algorithm)):
        if header.get(name) != wanted:
            raise refusal("bad_header", parameter=name, expected=wanted)
    if "crit" in header:  # there is no extension that we understand (RFC 7515, 4.1.11)
        raise refusal("bad_header", parameter="crit", expected=None)
    at = header.get("iat")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < LAST_SECOND:
        raise refusal("bad_header", parameter="iat", expected="seconds since 1970-01-01T00:00:00Z")
    return datetime.fromtimestamp(at, UTC)


def check_in_force(key: AgencyKey, at: datetime, now: datetime) -> None:
    """Raise InvalidError unless the key is good for what was signed at a time and is taken up now.

    Revoked, it is good for nothing any more. Expired, it is good for IN_TRANSIT for what was signed before: whoever
    has an old key can write any date.
    """
    moments = {name: _written(moment) for name, moment in (("signed_at", at), ("now", now))}
    if key.revoked_at is not None:
        raise refusal("key_revoked", kid=key.kid, revoked_at=_written(key.revoked_at))
    if not now - OLDEST <= at <= now + LEEWAY:
        raise refusal("signing_time", **moments)
    if at < key.not_before - LEEWAY:
        raise refusal("key_not_yet_valid", kid=key.kid, not_before=_written(key.not_before), **moments)
    if at >= key.not_after or now >= key.not_after + IN_TRANSIT:
        raise refusal("key_expired", kid=key.kid, not_after=_written(key.not_after), **moments)


def refusal(code: str, **context: object) -> InvalidError:
    """Make the error that an agency is told; the code is one of REFUSALS."""
    return InvalidError(code, REFUSALS[code], detail=None, **context)


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
