"""A raw mail becomes a Mail: whatever clients, gateways and the ill-willed send, with the standard library alone.

The old policy of `email` is the one that splits headers without interpreting them: the new one raises on some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from itertools import islice

from chalicelib.adapters.mail_html import text_of_html
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.mail_words import said
from chalicelib.domain.text import normalise
from chalicelib.ports.mails import Attachment, Mail

MOST_BOUNDARIES = 20  # of multiparts: honest mails have three or four, and each makes every line dearer
MOST_PARTS = 200
LONGEST = 200_000  # characters of text or HTML that are looked at
LONGEST_HEADER = 2_000
NOT_FILES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
OF_MACHINES = {"bulk", "junk", "list", "auto_reply"}
MARKS_OF_MACHINES = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "List-Id", "X-Failed-Recipients")
RECIPIENTS = ("Delivered-To", "X-Original-To", "To", "Cc")
_ROBOT = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(raw: bytes, *, cut: bool = False) -> Mail:
    """Read a mail, or as much of its head as there is (`cut`); raises InvalidError for what nobody can read."""
    if raw.lower().count(b"boundary=") > MOST_BOUNDARIES:
        raise _unreadable()
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        return _mail(message, cut=cut)
    except (RecursionError, MessageError, ValueError, LookupError) as error:
        raise _unreadable() from error


def _mail(message: Message, *, cut: bool) -> Mail:
    leaves = list(islice(_leaves(message), MOST_PARTS))
    text = _text(leaves)
    return Mail(
        message_id=_header(message, "Message-ID"),
        source=_address(message, "From"),
        subject=normalise(_header(message, "Subject"), multiline=False)[:300],
        recipients=tuple(value for name in RECIPIENTS for value in _headers(message, name)),
        words=said(text),
        text=text,
        attachments=tuple(_attachment(leaf) for leaf in leaves if _is_file(leaf)),
        automatic=_automatic(message),
        cut=cut,
    )


def _leaves(message: Message) -> Iterator[Message]:
    """Every part that holds something; a mail that is attached is one file, its own parts are not ours."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            assert isinstance(part, Message)
            yield from _leaves(part)
    else:
        yield message


def _text(leaves: list[Message]) -> str:
    """Join the plain texts; where they are blank, those of the HTML parts."""
    for kind, read in (("text/plain", str), ("text/html", text_of_html)):
        found = [leaf for leaf in leaves if leaf.get_content_type() == kind and not _is_file(leaf)]
        texts = [normalise(read(_decoded(leaf)[:LONGEST])) for leaf in found]
        if any(texts):
            return "\n\n".join(filter(None, texts))
    return ""


def _is_file(leaf: Message) -> bool:
    if leaf.get_content_type() in NOT_FILES:
        return False
    kind = leaf.get_content_type()
    named = leaf.get_content_disposition() == "attachment" or bool(leaf.get_filename())
    return named or kind not in {"text/plain", "text/html"}


def _attachment(leaf: Message) -> Attachment:
    name = normalise(_clean(leaf.get_filename() or ""), multiline=False)
    return Attachment(name[:200], leaf.get_content_type()[:100], len(_payload(leaf)))


def _payload(leaf: Message) -> bytes:
    found = None if leaf.is_multipart() else leaf.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _decoded(leaf: Message) -> str:
    """Decode by the charset named, by UTF-8, by the Windows one of Vietnam; the last always gives something."""
    payload = _payload(leaf)
    for charset in (leaf.get_content_charset("utf-8"), "utf-8"):
        try:
            return _clean(payload.decode(charset))
        except (LookupError, UnicodeError, ValueError):
            continue
    return payload.decode("windows-1258", "replace")


def _automatic(message: Message) -> bool:
    """Tell whether a machine wrote it (RFC 3834, and what machines say that do not keep it)."""
    submitted = _header(message, "Auto-Submitted").casefold()
    return (
        bool(submitted and not submitted.startswith("no"))
        or _header(message, "Precedence").casefold() in OF_MACHINES
        or any(name in message for name in MARKS_OF_MACHINES)
        or message.get_content_type() == "multipart/report"
        or _header(message, "Return-Path").strip() == "<>"
        or bool(_ROBOT.match(_address(message, "From")))
    )


def _address(message: Message, name: str) -> str:
    found = getaddresses([_header(message, name)])
    return found[0][1] if found else ""


def _header(message: Message, name: str) -> str:
    return next(iter(_headers(message, name)), "")


def _headers(message: Message, name: str) -> list[str]:
    return [_readable(str(value)[:LONGEST_HEADER]).strip() for value in islice(message.get_all(name, []), MOST_PARTS)]


def _readable(value: str) -> str:
    try:
        return _clean(str(make_header(decode_header(value))))
    except (MessageError, LookupError, UnicodeError, ValueError):
        return _clean(value)


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _unreadable() -> InvalidError:
    return InvalidError("unreadable_mail", "Không đọc được thư này")
