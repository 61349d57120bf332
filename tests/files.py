"""Files to attach: documents, and photos with everything that a telephone writes into them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from functools import cache

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
PLACE = "DIA-DIEM-CUA-TOI"  # what must not be found in a picture afterwards
MAKE, ORIENTATION, GPS, GPS_AREA = 0x010F, 0x0112, 0x8825, 0x001C
SIZE = (24, 16)


def digest(content: bytes) -> str:
    """Return the SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def packed(members: Mapping[str, str]) -> bytes:
    """Return a zip archive; a member `mimetype` is not packed, as in OpenDocument."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)
    return whole.getvalue()


def photo(kind: str = "JPEG", *, turned: int = 6, mode: str = "RGB", colours: bool = True, **more: object) -> bytes:
    """Return a picture that tells where, when and by what it was taken, in every way its format knows."""
    made = io.BytesIO()
    picture = Image.linear_gradient("L").resize(SIZE).convert(mode)
    _marks(kind, picture, more)
    if colours and mode == "RGB":
        more["icc_profile"] = _colours()
    picture.save(made, kind, exif=_exif(turned), **more)
    return made.getvalue()


@cache
def _colours() -> bytes:  # it has the second in it at which it is made, and two photos must be alike
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _exif(turned: int) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = PLACE, turned
    exif.get_ifd(GPS)[GPS_AREA] = PLACE.encode()
    return exif


def _marks(kind: str, picture: Image.Image, more: dict[str, object]) -> None:
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", PLACE)  # type: ignore[attr-defined] # it is one
    else:
        more["xmp"] = f"<x:xmpmeta>{PLACE}</x:xmpmeta>".encode()
    if kind == "JPEG":
        more["comment"] = PLACE
