"""Raw mails as clients, gateways and the ill-willed make them: the words come out, or it is said that they do not."""

from __future__ import annotations

import base64
import email.policy
import quopri
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.mail_parts import LONGEST, MOST_BOUNDARIES, parse
from chalicelib.domain.errors import InvalidError
from chalicelib.ports.mails import Mail

WORDS = "Tôi nộp hồ sơ ngày 10/11, đến nay chưa có kết quả."
HEAD = b"From: =?UTF-8?Q?B=C3=B9i_Th=E1=BB=8B_Hoa?= <hoa@example.com>\r\nTo: a@b.example\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"


def one(body: bytes, kind: bytes = PLAIN, more: bytes = b"") -> bytes:
    return HEAD + b"MIME-Version: 1.0\r\n" + kind + more + b"\r\n" + body


def many(*parts: bytes, kind: str = "mixed", boundary: str = "grenze") -> bytes:
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return one(body, f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode())


def part(content: str | bytes, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return f"Content-Type: {kind}\r\n{more}\r\n".encode() + raw


HTML = f"<html><head><style>p {{ color: red }}</style></head><body><p>{WORDS}</p></body></html>"
BASE64 = b"Content-Transfer-Encoding: base64\r\n"
CORPUS: dict[str, bytes] = {
    "plain": one(WORDS.encode()),
    "quoted-printable": one(
        quopri.encodestring(WORDS.encode()), more=b"Content-Transfer-Encoding: quoted-printable\r\n"
    ),
    "base64": one(base64.encodebytes(WORDS.encode()), more=BASE64),
    "base64 without its padding": one(base64.b64encode(f"{WORDS}  ".encode()).rstrip(b"="), more=BASE64),
    "windows-1258": one(
        "Tôi nộp hồ sơ ngày 10/11, đến nay chưa có kết quả.".translate(
            {ord("ộ"): "ô\u0323", ord("ồ"): "ô\u0300", ord("ế"): "ê\u0301", ord("ả"): "a\u0309", ord("ế"): "ê\u0301"}
        ).encode("windows-1258"),
        b"Content-Type: text/plain; charset=windows-1258\r\n",
    ),
    "called ascii, is UTF-8": one(WORDS.encode(), b"Content-Type: text/plain; charset=us-ascii\r\n"),
    "called by no name that exists": one(WORDS.encode(), b"Content-Type: text/plain; charset=x-viet-tcvn5712\r\n"),
    "UTF-16": one(base64.encodebytes(WORDS.encode("utf-16")), b"Content-Type: text/plain; charset=utf-16\r\n", BASE64),
    "no headers of MIME": HEAD + b"\r\n" + WORDS.encode(),
    "line feeds alone": one(WORDS.encode()).replace(b"\r\n", b"\n"),
    "a byte order mark": one(b"\xef\xbb\xbf" + WORDS.encode()),
    "alternative": many(part(WORDS), part(HTML, "text/html; charset=utf-8"), kind="alternative"),
    "alternative, plain is blank": many(part(" \r\n"), part(HTML, "text/html; charset=utf-8"), kind="alternative"),
    "HTML alone": one(HTML.encode(), b"Content-Type: text/html; charset=utf-8\r\n"),
    "Apple: text, picture, text": many(
        part(WORDS), part(b"\x89PNG", "image/png", 'Content-Disposition: inline; filename="a.png"\r\n'), part("")
    ),
    "nested": many(
        many(many(part(WORDS), part(HTML, "text/html"), kind="alternative", boundary="c"), kind="related", boundary="b")
    ),
    "signed": many(part(WORDS), part(b"0\x82", "application/pkcs7-signature; name=smime.p7s"), kind="signed"),
    "with winmail.dat": many(part(WORDS), part(b"\x78\x9f\x3e\x22", "application/ms-tnef; name=winmail.dat")),
    "with a mail in it": many(part(WORDS), part(one(b"Kh\xc3\xb4ng ph\xe1\xba\xa3i"), "message/rfc822")),
    "the last boundary is missing": many(part(WORDS)).removesuffix(b"--grenze--\r\n"),
    "a part of no type": many(b"\r\n" + WORDS.encode()),
    "headers folded and broken": HEAD
    + b"Subject: =?utf-8?b?VOG7lQ==?=\r\n =?x?y?z?=\r\nX:\r\n :\r\n\r\n"
    + WORDS.encode(),
}


@pytest.mark.parametrize("name", CORPUS)
def test_the_words_come_out(name: str) -> None:
    read = parse(CORPUS[name])
    assert (read.words, read.source) == (WORDS, "hoa@example.com")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("Apple: text, picture, text", [("a.png", "image/png", 4)]),
        ("with winmail.dat", [("winmail.dat", "application/ms-tnef", 4)]),
        ("with a mail in it", [("", "message/rfc822", 0)]),
        ("signed", []),
        ("alternative", []),
    ],
)
def test_what_is_a_file_and_what_is_not(name: str, files: list[tuple[str, str, int]]) -> None:
    found = parse(CORPUS[name]).attachments
    assert [(one.name, one.kind, one.size) for one in found] == files


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        one(b""),
        many(part(b"\x78\x9f", "application/ms-tnef; name=winmail.dat")),
        many(kind="mixed"),
        one(b"<p>&nbsp;</p>", b"Content-Type: text/html\r\n"),
        one(b"\x1b$B", b"Content-Type: text/plain; charset=iso-2022-jp\r\n")[:-3],
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nno boundary is named",
    ],
)
def test_where_there_are_no_words_there_are_none(raw: bytes) -> None:
    assert parse(raw).words == ""


def test_the_example_says_what_it_shall() -> None:
    read = parse((Path(__file__).parents[2] / "examples" / "answer.eml").read_bytes())
    assert read.words == "Tôi xin bổ sung: số giấy chứng sinh là 123/2026, cấp tại Trạm Y tế phường Phương Lâm."
    assert (read.source, read.automatic, read.attachments) == ("hoa@example.com", False, ())


def test_other_writings_survive() -> None:
    japanese = one("ホアビン省".encode("iso-2022-jp"), b"Content-Type: text/plain; charset=iso-2022-jp\r\n")
    assert parse(japanese).words == "ホアビン省"
    arabic = one("\u202eمرحبا\u202c Hòa Bình".encode())
    assert parse(arabic).words == "مرحبا Hòa Bình", "marks that turn the direction of what follows are taken out"
    assert parse(one("Hoà Bình".encode())).words == "Hoà Bình"


def test_bytes_that_are_no_letters_are_marked_not_dropped() -> None:
    assert parse(one(b"Ph\xfa Th\xf5 \x81")).words == "Phú Thơ \ufffd"


def test_a_header_cannot_be_slipped_in() -> None:
    raw = HEAD + b"Subject: =?utf-8?q?a=0D=0ABcc:_evil=40example.com?=\r\n\r\nx"
    read = parse(raw)
    assert read.subject == "a Bcc: evil@example.com"
    assert read.recipients == ("a@b.example",)


def test_recipients_are_told_from_every_header_that_names_them() -> None:
    raw = b"Delivered-To: one@x.example\r\nTo: two@x.example,\r\n three@x.example\r\nCc: Four <4@x.example>\r\n\r\nx"
    assert [address in str(parse(raw).recipients) for address in ("one@", "two@", "three@", "4@")] == [True] * 4


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-generated; owner-email=x", True),
        ("auto-submitted: NO", False),
        ("Precedence: Bulk", True),
        ("Precedence: first-class", False),
        ("X-Auto-Response-Suppress: DR, OOF", True),
        ("X-Autoreply: yes", True),
        ("List-Id: <a.b>", True),
        ("Return-Path: <>", True),
        ("Return-Path: <hoa@example.com>", False),
        ("X-Failed-Recipients: a@b", True),
        ("Content-Type: multipart/report; boundary=b", True),
        ("X-Mailer: iPhone Mail", False),
    ],
)
def test_machines_are_known_by_their_headers(headers: str, automatic: bool) -> None:
    assert parse(headers.encode() + b"\r\n" + HEAD + b"\r\nx").automatic is automatic


@pytest.mark.parametrize("source", ["MAILER-DAEMON@x.example", "postmaster@x.example"])
def test_machines_are_known_by_their_names(source: str) -> None:
    assert parse(f"From: Mail <{source}>\r\n\r\nx".encode()).automatic


LARGE = b"x" * 1_000_000
WEATHER = {
    "a million bytes in one line": one(LARGE),
    "lines of one letter": one(b"x\n" * 200_000),
    "five megabytes cut in the middle": many(
        part(WORDS), part(base64.encodebytes(LARGE), "image/png", BASE64.decode())
    )[: 2**20],
    "a header without end": HEAD + b"X: " + LARGE,
    "thousands of headers": HEAD + b"X: y\r\n" * 100_000 + b"\r\nx",
    "thousands of parts": many(*[part("x")] * 20_000),
    "an address of brackets": b"From: " + b"(<" * 300_000 + b"\r\n\r\nx",
    "an address of quotes": b"From: " + b'"' * 300_000 + b"\r\n\r\nx",
    "coded words": b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n\r\nx",
    "tags without end": one(b"<a b='" * 50_000, b"Content-Type: text/html\r\n"),
    "comments without end": one(b"<!--" * 100_000, b"Content-Type: text/html\r\n"),
    "quotes in quotes": one(b"<blockquote>" * 50_000 + b"x", b"Content-Type: text/html\r\n"),
    "attributions": one("Vào @ viết viết viết\n".encode() * 20_000),
}


@pytest.mark.parametrize("name", WEATHER)
def test_nothing_takes_long_or_much(name: str) -> None:
    """Lambda gives the worker a minute; nothing here may take a twentieth of it, on a machine that others use too."""
    began = time.process_time()
    read = read_or_none(WEATHER[name])
    assert time.process_time() - began < 3
    assert read is None or len(read.text) <= LONGEST + 10


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(MOST_BOUNDARIES + 1)
        ),
    ],
)
def test_what_is_nested_to_hurt_is_said_to_be_unreadable(raw: bytes) -> None:
    with pytest.raises(InvalidError, match="unreadable_mail"):
        parse(raw)


@given(st.binary(max_size=600))
def test_any_bytes_are_a_mail_or_said_to_be_none(raw: bytes) -> None:
    check(read_or_none(raw))


@given(st.data())
def test_a_mail_with_bytes_changed_is_still_read(data: Any) -> None:
    raw = bytearray(CORPUS[data.draw(st.sampled_from(sorted(CORPUS)))])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    check(read_or_none(bytes(raw)))


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.text(st.characters(codec="utf-8"), max_size=40))
def test_what_python_writes_is_read_again(words: str, subject: str) -> None:
    made = EmailMessage(policy=email.policy.SMTP)
    made["Subject"] = " ".join(subject.split())
    made["From"] = "hoa@example.com"
    made.set_content(words)
    read = parse(made.as_bytes())
    check(read)
    assert read.source == "hoa@example.com"


def read_or_none(raw: bytes) -> Mail | None:
    """Any other error is a bug: the mail would die of it."""
    with suppress(InvalidError):
        return parse(raw, cut=True)
    return None


def check(read: Mail | None) -> None:
    """What is stored and shown must be text that can be."""
    if read is None:
        return
    for text in (read.words, read.text, read.subject, read.source, *(one.name for one in read.attachments)):
        text.encode()
    assert "\n" not in read.subject
