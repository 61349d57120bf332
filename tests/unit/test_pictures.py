"""Photos lose what a camera writes into them and nothing else; Pillow, which does not ship, is the judge."""

import contextlib
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chalicelib.domain.pictures import PictureError, cleaned
from tests import files

KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def pixels(content: bytes) -> list[bytes]:
    """Every frame, as it is seen."""
    picture = opened(content)
    frames = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        frames.append(picture.convert("RGBA").tobytes())
    return frames


@EVERY_KIND
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_shows_the_same_the_right_way_up_and_tells_nothing(kind: str, turned: int) -> None:
    sent = files.photo(kind, turned=turned)
    assert sent.count(files.PLACE.encode()) >= 2
    kept = cleaned(KINDS[kind], sent)
    assert files.PLACE.encode() not in kept
    assert pixels(kept) == pixels(sent)
    exif = opened(kept).getexif()
    assert exif.get(files.ORIENTATION, 1) == turned
    assert set(exif) <= {files.ORIENTATION}
    assert opened(kept).info["icc_profile"] == opened(sent).info["icc_profile"]
    assert not {"xmp", "comment", "Comment"} & set(opened(kept).info)


@EVERY_KIND
def test_what_is_clean_is_not_touched_again(kind: str) -> None:
    kept = cleaned(KINDS[kind], files.photo(kind))
    assert cleaned(KINDS[kind], kept) == kept


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("JPEG", {"progressive": True}),
        ("JPEG", {"mode": "CMYK"}),
        ("JPEG", {"mode": "L"}),
        ("JPEG", {"restart_marker_blocks": 1}),
        ("PNG", {"mode": "P"}),
        ("PNG", {"mode": "RGBA"}),
        ("WEBP", {"lossless": True, "mode": "RGBA"}),
        ("WEBP", {"colours": False, "turned": 1}),
    ],
)
def test_other_ways_of_writing_a_picture(kind: str, more: dict[str, Any]) -> None:
    sent = files.photo(kind, **more)
    kept = cleaned(KINDS[kind], sent)
    assert files.PLACE.encode() not in kept
    assert pixels(kept) == pixels(sent)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_goes_on_moving(kind: str) -> None:
    following = [Image.new("RGB", files.SIZE, colour) for colour in ("red", "green")]
    sent = files.photo(kind, save_all=True, append_images=following)
    kept = cleaned(KINDS[kind], sent)
    assert files.PLACE.encode() not in kept
    assert len(pixels(kept)) == 3
    assert pixels(kept) == pixels(sent)


@EVERY_KIND
def test_what_stands_behind_the_end_goes(kind: str) -> None:
    """Telephones put films and second pictures there, with marks of their own."""
    sent = files.photo(kind)
    kept = cleaned(KINDS[kind], sent + files.PLACE.encode() + files.photo("JPEG"))
    assert kept == cleaned(KINDS[kind], sent)


@EVERY_KIND
def test_a_picture_that_is_cut_off_is_none(kind: str) -> None:
    sent = files.photo(kind)
    for length in range(len(cleaned(KINDS[kind], sent)) - 1):
        with pytest.raises(PictureError):
            cleaned(KINDS[kind], sent[:length])


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_comes_is_cleaned_or_refused(kind: str, data: st.DataObject) -> None:
    sent = bytearray(files.photo(kind))
    for place in data.draw(st.lists(st.integers(0, len(sent) - 1), max_size=8)):
        sent[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PictureError):
        cleaned(KINDS[kind], bytes(sent))


@given(st.sampled_from(sorted(KINDS.values())), st.binary())
def test_no_bytes_are_an_error_of_another_kind(media_type: str, content: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP"):
        with contextlib.suppress(PictureError):
            cleaned(media_type, start + content)


def test_what_is_no_picture_stays_as_it_is() -> None:
    assert cleaned("application/pdf", files.PDF) == files.PDF
