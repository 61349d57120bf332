"""Why a message of an agency had no effect: every code there is, with its English reason.

The Vietnamese reason is the refusal's own title. `tests/unit/exchange` holds that no code is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.domain.errors import DomainError
from chalicelib.exchange.heard import reply_types
from chalicelib.exchange.told import Grounds

# Nobody knows for sure who speaks: docs/agency-keys.md.
UNPROVEN: Final[Mapping[str, str]] = {
    "unsigned": "The body is not a JWS in compact form.",
    "unknown_key": "The key named by `kid` is not registered.",
    "bad_header": "`parameter` of the protected header is missing or wrong; it must be as `expected`.",
    "bad_signature": "The signature does not fit the key and the payload.",
    "key_revoked": "The key has been revoked: nothing it signed has an effect any more.",
    "key_expired": "The key was past its end when it signed, or ended more than a day ago.",
    "key_not_yet_valid": "The key was not valid yet when it signed.",
    "signing_time": "`iat` is ahead of the centre's clock or more than 14 days ago: set the clock, sign again.",
    "wrong_unit": "The message names another unit than the key's.",
}
# What the agency wrote cannot be read.
UNREADABLE: Final[Mapping[str, str]] = {
    "not_json": "The body is not JSON in UTF-8, or is nested too deep.",
    "too_large": "The body has more bytes than `limit_bytes`.",
    "unknown_version": 'This version of the contract is not known here: write "1".',
    "unknown_type": "There is no message of this type.",
    "unknown_field": "The message has a field that its type does not have.",
    "invalid_message": "A field is missing or its value is not as the schema says.",
    "invalid_code": "The case code is mistyped: its last digit does not fit the others.",
}
# It can be read, but the case does not take it.
REFUSED: Final[Mapping[str, str]] = {
    "case_not_found": "There is no such case.",
    "not_holder": "Another unit has the case (`holder_unit`): it went on, or was never yours.",
    "agency_decides": "The Centre's own units do not decide such a matter (`article`): decline it.",
    "wrong_state": "Not possible in the case's present state (`state`).",
    "old_assignment": "The message answers an assignment that is over; `assigned_at` is the present one.",
    "message_id_reused": "This message_id was used for another content: take a new one.",
    "reappointed_already": "A case may be re-appointed once only.",
    "reappointed_too_late": "The due time has passed; a case that is late cannot be re-appointed.",
    "outside_office_hours": "Re-appointing is possible in office hours only; `next_open` is the next.",
    "appointment_not_later": "The new appointment must be later than the present due time.",
    "appointment_in_past": "The new appointment must be in the future.",
    "appointment_outside_hours": "The new appointment must be in office hours; `next_open` is the next.",
    "no_such_action": "The case has no such open duty of yours (`open_actions`).",
    "empty_text": "A text is empty once blanks are taken away.",
    "reason_missing": "A reason is needed.",
    "attachments_too_many": "One message may carry `limit` files.",
    "attachment_missing": "`attachment` was not uploaded, waited too long, or belongs to another case or unit.",
    "attachment_not_as_declared": "`attachment` is broken, or is not of the SHA-256 and type that were declared.",
}
CODES: Final[Mapping[str, str]] = {**UNPROVEN, **UNREADABLE, **REFUSED}
# Errors that are worded for HTTP, as agencies are told of them.
_OTHERWISE: Final[Mapping[str, tuple[str, str]]] = {
    "idempotency_key_reused": ("message_id_reused", "Mã thông điệp này đã được dùng cho một nội dung khác"),
}
_SAID_APART: Final = frozenset({"pointer", "allowed"})


def code_of(error: DomainError) -> str:
    """Return the code an agency is told."""
    return _OTHERWISE.get(error.code, (error.code, ""))[0]


def explained(error: DomainError) -> dict[str, Any]:
    """Return code, reason, pointer, allowed and context of a rejection."""
    code, title = _OTHERWISE.get(error.code, (error.code, error.title))
    vietnamese = f"{title}. {error.detail}" if error.detail else title
    return {
        "code": code,
        "reason": Grounds(vi=vietnamese, en=CODES.get(code, "The message had no effect.")),
        "pointer": str(error.context.get("pointer", "")),
        "allowed": reply_types(error.context.get("allowed", ())),
        "context": {name: value for name, value in error.context.items() if name not in _SAID_APART},
    }
