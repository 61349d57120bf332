"""What only this centre can compute: PINs, keyed hashes. One secret, read once per process."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from functools import cached_property

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.case_code import NUMBERS, from_number
from chalicelib.domain.errors import UnavailableError

PIN_DIGITS = 6
CODE_BYTES, MAC_BYTES = 5, 10  # twelve digits fit into 40 bits; 80 are not guessed by mail
# A link's token: format, case code, event number, MAC; 24 bytes are 32 characters of base64url and no bit to spare.
LINK_FORMAT, SEQ_BYTES, LINK_MAC_BYTES = b"\x01", 3, 15


class SecretKeys:
    """Keeps the port Keys. The secret is JSON with a `key`; each use has its own key derived from it."""

    def __init__(self, secret_id: str) -> None:
        self._secret_id = secret_id

    @classmethod
    def of(cls, key: str) -> SecretKeys:
        """Return the keys that come of a key at hand."""
        made = cls("")
        made.__dict__["_key"] = key.encode()
        return made

    @cached_property
    def _key(self) -> bytes:
        try:
            secret = client("secretsmanager").get_secret_value(SecretId=self._secret_id)
        except (ClientError, BotoCoreError) as error:
            raise UnavailableError("keys_unavailable", "Hệ thống đang bận, vui lòng thử lại", retry_after=2) from error
        key: str = json.loads(secret["SecretString"])["key"]
        return key.encode()

    def pin(self, code: str) -> str:
        """Return the six digits that open a case's content."""
        return self._digits("pin", code)

    def case_pass(self, code: str, until: int) -> str:
        """Return the time and a MAC of it with the case's code."""
        return f"{until}.{self._mac('case pass', f'{code} {until}').hex()}"

    def sender_pass(self, sender: str, until: int) -> str:
        """Return the time and a MAC of it with the sender's keyed hash."""
        return f"{until}.{self._mac('sender pass', f'{sender} {until}').hex()}"

    def one_time_code(self, sender: str, nonce: str) -> str:
        """Return the six digits that are good once."""
        return self._digits("one-time code", f"{sender} {nonce}")

    def caller(self, source_ip: str) -> str:
        """Return a keyed hash of where somebody asks from."""
        return self._mac("caller", source_ip).hex()[:32]

    def sender(self, contact: str) -> str:
        """Return a keyed hash of a phone number or mail address."""
        return self._mac("sender", contact.strip().casefold()).hex()[:32]

    def public_name(self, code: str) -> str:
        """Return the name a case's answer is published under."""
        return self._mac("board", code).hex()[:12]

    def mail_token(self, code: str) -> str:
        """Return what a mail address bears of a case: lower-case base32 that only this centre makes or reads (ADR 11).

        The MAC of the code is also what the code is covered with: one case has one token, which shows nothing of it.
        """
        mac = self._mac("mail", code)[:MAC_BYTES]
        covered = _xor(int(code).to_bytes(CODE_BYTES, "big"), self._mac("mail-cover", mac.hex()))
        return base64.b32encode(covered + mac).decode().lower()

    def code_of_mail_token(self, token: str) -> str | None:
        """Return the case that a token was made for; None for any other text."""
        try:
            raw = base64.b32decode(token.upper().encode("ascii"))
        except (binascii.Error, UnicodeEncodeError):
            return None
        covered, mac = raw[:CODE_BYTES], raw[CODE_BYTES:]
        code = f"{int.from_bytes(_xor(covered, self._mac('mail-cover', mac.hex())), 'big'):012d}"
        return code if hmac.compare_digest(self._mac("mail", code)[:MAC_BYTES], mac) else None

    def link(self, use: str, code: str, seq: int) -> str:
        """Return the token of a link."""
        named = LINK_FORMAT + int(code).to_bytes(CODE_BYTES, "big") + seq.to_bytes(SEQ_BYTES, "big")
        return base64.urlsafe_b64encode(named + self._mac(f"{use} link", named.hex())[:LINK_MAC_BYTES]).decode()

    def opened_link(self, use: str, token: str) -> tuple[str, int] | None:
        """Return what a token names if it is, to the last character, the one that is made of that for this use."""
        try:
            raw = base64.urlsafe_b64decode(token)[len(LINK_FORMAT) :]
        except ValueError:
            return None
        code = f"{int.from_bytes(raw[:CODE_BYTES], 'big'):012d}"
        seq = int.from_bytes(raw[CODE_BYTES : CODE_BYTES + SEQ_BYTES], "big")
        return (code, seq) if hmac.compare_digest(self.link(use, code, seq).encode(), token.encode()) else None

    def survey_mark(self, survey: str, contact: str) -> str:
        """Return 20 characters that stand in a URL."""
        mac = self._mac("survey", f"{survey} {contact.strip().casefold()}")
        return base64.urlsafe_b64encode(mac[:LINK_MAC_BYTES]).decode()

    def petition_code(self, key: str, attempt: int) -> str:
        """Return the code of a petition handed in under this key."""
        mac = self._mac("petition code", f"{key} {attempt}")
        return from_number(int.from_bytes(mac[:8], "big") % NUMBERS)

    def petition_pin(self, code: str) -> str:
        """Return the six digits with which its sender sees how it stands."""
        return self._digits("petition pin", code)

    def petition_mark(self, text: str) -> str:
        """Return a keyed hash of what was wished: it tells two wishes apart and shows neither."""
        return self._mac("petition mark", text).hex()

    def form_seal(self, session: str) -> str:
        """Return what the forms of a session bear."""
        return self._mac("form", session).hex()[:32]

    def _digits(self, use: str, value: str) -> str:
        return f"{int.from_bytes(self._mac(use, value)[:8], 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}d}"

    def _mac(self, use: str, value: str) -> bytes:
        return hmac.new(self._key, f"{use}\n{value}".encode(), hashlib.sha256).digest()


def _xor(text: bytes, key: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, key, strict=False))
