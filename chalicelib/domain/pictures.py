"""Photos without what a camera writes into them (place, time, device): only what a picture needs to be seen stays.

Lossless: the picture's own data are copied as they are. What is kept is listed, everything else goes, also what stands
behind the picture's end. The one thing kept of EXIF is which way up the picture is.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3
_UPRIGHT: Final = 1
_TURNED: Final = range(2, 9)


class PictureError(ValueError):
    """This is no whole picture of its type."""


def cleaned(media_type: str, content: bytes) -> bytes:
    """Return a file without what was written about it, what is no picture unchanged; raises PictureError."""
    clean = _CLEANERS.get(media_type)
    if clean is None:
        return content
    try:
        return clean(content)
    except (struct.error, IndexError) as error:
        raise PictureError("cut off") from error


# JPEG (ISO/IEC 10918-1): markers FF xx, most with a length; the data of a scan last until the next real marker.
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
_NEEDED: Final = frozenset({*range(0xC0, 0xD0), _SOS, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
_BEHIND_SCAN: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither a stuffed nor a fill byte, nor a restart
_JFIF: Final = struct.Struct(">5s2sBHHBB")  # version, density; the last two are the size of a thumbnail that follows


def _jpeg(content: bytes) -> bytes:
    if content[:2] != bytes((0xFF, _SOI)):
        raise PictureError("no JPEG")
    head, body, turned = [content[:2]], list[bytes](), _UPRIGHT
    for marker, segment, scan in _segments(content):
        if marker == _APP1 and segment.startswith(_EXIF):
            turned = _orientation(segment[len(_EXIF) :])
        elif kept := _kept(marker, segment):
            (head if marker == _APP0 else body).append(_segment(marker, kept) + scan)
    if turned in _TURNED:
        head.append(_segment(_APP1, _EXIF + _only(turned)))
    return b"".join((*head, *body, bytes((0xFF, _EOI))))


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, content and the data of the scan behind it, until the end of the picture."""
    at = 2
    while True:
        if content[at] != 0xFF:  # noqa: PLR2004 what every marker begins with
            raise PictureError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 a fill byte
            at += 1
            continue
        if marker == _EOI:
            return
        length = struct.unpack_from(">H", content, at + 2)[0]
        start, at = at + 4, at + 2 + length
        if length < 2 or at > len(content):  # noqa: PLR2004 the length counts itself
            raise PictureError("wrong length")
        end = _scan_end(content, at) if marker == _SOS else at
        yield marker, content[start:at], content[at:end]
        at = end


def _scan_end(content: bytes, at: int) -> int:
    found = _BEHIND_SCAN.search(content, at)
    if found is None:
        raise PictureError("no end")
    return found.start()


def _kept(marker: int, segment: bytes) -> bytes:
    if marker == _APP0 and segment.startswith(b"JFIF\0"):
        return _JFIF.pack(*_JFIF.unpack_from(segment)[:5], 0, 0)
    colours = (marker == _APP2 and segment.startswith(b"ICC_PROFILE\0")) or (
        marker == _APP14 and segment.startswith(b"Adobe")
    )
    return segment if colours or marker in _NEEDED else b""


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


# PNG (ISO/IEC 15948): chunks of length, type, content, CRC.
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNKS: Final = frozenset(
    {
        *("IHDR", "PLTE", "IDAT", "IEND", "acTL", "fcTL", "fdAT"),
        *("tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"),
    }
)


def _png(content: bytes) -> bytes:
    if not content.startswith(_PNG):
        raise PictureError("no PNG")
    made, at, name, turned = [_PNG], len(_PNG), "", _UPRIGHT
    while name != "IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise PictureError("wrong length")
        name = kind.decode("latin-1")
        if name == "eXIf":
            turned = _orientation(content[at + 8 : end - 4])
        elif name in _CHUNKS:
            made.append(content[at:end])
        at = end
    if turned in _TURNED:
        made.insert(2, _chunk(b"eXIf", _only(turned)))  # behind IHDR, before the data
    return b"".join(made)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# WebP (RFC 9649): RIFF chunks of type, length (little-endian), content, padded to an even length.
_FEATURES: Final = frozenset({"ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "VP8X"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _webp(content: bytes) -> bytes:
    riff, size, kind = struct.unpack_from("<4sI4s", content)
    if (riff, kind) != (b"RIFF", b"WEBP") or size + 8 > len(content):
        raise PictureError("no WebP")
    chunks, at, end, turned = list[bytes](), 12, size + 8, _UPRIGHT
    while at < end:
        name, length = struct.unpack_from("<4sI", content, at)
        following = at + 8 + length + length % 2
        if following > end:
            raise PictureError("wrong length")
        if name == b"EXIF":
            turned = _orientation(content[at + 8 : at + 8 + length].removeprefix(_EXIF))
        elif name.decode("latin-1") in _FEATURES:
            chunks.append(content[at:following])
        at = following
    return _riff(chunks, turned)


def _riff(chunks: list[bytes], turned: int) -> bytes:
    if not chunks:
        raise PictureError("empty")
    if chunks[0].startswith(b"VP8X"):  # only the extended form has flags and can have EXIF
        keeps = turned in _TURNED
        flags = chunks[0][8] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if keeps else 0)
        chunks[0] = chunks[0][:8] + bytes((flags,)) + chunks[0][9:]
        tiff = _only(turned)
        chunks += [b"EXIF" + struct.pack("<I", len(tiff)) + tiff] if keeps else []
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# EXIF is a TIFF file: byte order, then entries of tag, type, count, value.
def _orientation(tiff: bytes) -> int:
    """Read which way up a picture is, 1 to 8; upright where that cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    try:
        at = struct.unpack_from(f"{order}I", tiff, 4)[0] if order else 0
        for entry in range(struct.unpack_from(f"{order}H", tiff, at)[0] if order else 0):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * entry)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return int(value)
    except struct.error:
        pass
    return _UPRIGHT


def _only(turned: int) -> bytes:
    """Write a TIFF file that says which way up a picture is and nothing else."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)


_CLEANERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
