"""Somebody asks for the one-time code that opens all cases of a telephone number or mail address (R68).

Known or not makes no difference here, neither in the answer nor in the work: the notices worker looks for cases and
finds the address in them (`send_code`). The message that wakes it names nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from chalicelib.ports import Deps, Message
from chalicelib.usecases.bound import bound

CODE_WANTED: Final = "CodeWanted"  # type of the message
GOOD_FOR: Final = timedelta(minutes=10)
WINDOW_SECONDS: Final = 3600
TOO_MANY: Final = ("codes_too_many", "Mã đã được yêu cầu nhiều lần, vui lòng thử lại sau một giờ hoặc gọi tổng đài")
OF_A_SENDER, OF_A_CALLER = 5, 30  # askings in a window; behind one address of a mobile network stand many telephones


def ask_for_code(contact: str, *, form: str, source_ip: str, deps: Deps) -> None:
    """Let a code be sent to a canonical number or address; one form sent twice asks once.

    Raises TooManyError and UnavailableError.
    """
    now, sender = deps.clock.now(), deps.keys.sender(contact)
    for key, most in ((f"from#{deps.keys.caller(source_ip)}", OF_A_CALLER), (f"for#{sender}", OF_A_SENDER)):
        bound(f"code-asked-{key}", most, TOO_MANY, deps, window_seconds=WINDOW_SECONDS)
    nonce = deps.codes.ask(sender, form, deps.ids.nonce(), now, now + GOOD_FOR)
    deps.outgoing.relay("notices", [Message({"type": CODE_WANTED, "sender": sender, "nonce": nonce})])
