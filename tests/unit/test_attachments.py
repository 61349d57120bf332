"""Which files may come, under what name, and whether they are what they say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.attachments import (
    DOCX,
    EXTENSIONS,
    LONGEST_NAME,
    ODS,
    ODT,
    XLSX,
    accepted,
    check_declared,
    check_number,
    clean_name,
    media_type_of,
    named,
)
from chalicelib.domain.case import Attachment
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.regulation import FileLimits
from tests import files

LIMITS = FileLimits(most=2, largest_mb=1)
PDF = "application/pdf"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        ("báo cáo.tháng.pdf", "báo cáo.tháng.pdf"),
        (unicodedata.normalize("NFD", "Biên bản kiểm tra.PDF"), "Biên bản kiểm tra.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\an\Tờ trình.pdf", "Tờ trình.pdf"),
        ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe.pdf"),
        ("a\r\nContent-Type: text-html.pdf", "a Content-Type_ text-html.pdf"),
        ("...", "tep-dinh-kem.pdf"),
        (".pdf", "tep-dinh-kem.pdf"),
        ("", "tep-dinh-kem.pdf"),
        ("nửa\ud83d", "tep-dinh-kem.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_clean(sent: str, kept: str) -> None:
    assert clean_name(sent, PDF) == kept


@given(st.text(), st.sampled_from(sorted(EXTENSIONS)))
def test_a_kept_name_is_one_that_any_disk_takes_and_is_kept_as_it_is(name: str, media_type: str) -> None:
    kept = clean_name(name, media_type)
    assert clean_name(kept, media_type) == kept
    assert 0 < len(kept) <= LONGEST_NAME
    assert kept.lower().endswith(EXTENSIONS[media_type])
    assert not set(kept) & set('/\\<>:"|?*\n\r\0')
    assert not [char for char in kept if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.PDF, PDF),
        (files.photo("JPEG"), "image/jpeg"),
        (files.photo("PNG"), "image/png"),
        (files.photo("WEBP"), "image/webp"),
        (files.packed({"[Content_Types].xml": "", "word/document.xml": ""}), DOCX),
        (files.packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), XLSX),
        (files.packed({"mimetype": ODT, "content.xml": ""}), ODT),
        (files.packed({"mimetype": ODS, "content.xml": ""}), ODS),
        (files.packed({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}), None),
        (files.packed({"mimetype": ODT, "Basic/Standard/script.xml": ""}), None),
        (files.packed({"mimetype": ODT + " " * 200}), None),
        (files.packed({"mimetype": "application/epub+zip"}), None),
        (files.packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), None),
        (files.packed({"virus.exe": "MZ"}), None),
        (b"PK\x03\x04 cut off", None),
        (b"MZ\x90\0", None),
        (b"<html><script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_file_tells_its_type_itself(content: bytes, media_type: str | None) -> None:
    assert media_type_of(content) == media_type


@given(st.binary())
def test_whatever_comes_is_told_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"RIFF\0\0\0\0WEBP"):
        assert media_type_of(start + content) in {*EXTENSIONS, None}


@given(st.data())
def test_a_broken_archive_is_refused_and_no_error(data: st.DataObject) -> None:
    whole = bytearray(files.packed({"mimetype": ODT, "content.xml": "x" * 50}))
    for place in data.draw(st.lists(st.integers(4, len(whole) - 1), max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    assert media_type_of(bytes(whole)) in {ODT, ODS, DOCX, XLSX, None}


@pytest.mark.parametrize(
    ("media_type", "size", "code"),
    [
        (PDF, 1_000_000, ""),
        (PDF, 1_000_001, "attachment_too_large"),
        ("text/html", 10, "attachment_type_refused"),
        ("image/svg+xml", 10, "attachment_type_refused"),
        ("application/PDF", 10, "attachment_type_refused"),
    ],
)
def test_what_is_declared_is_judged_before_anything_is_sent(media_type: str, size: int, code: str) -> None:
    if not code:
        check_declared(media_type, size, LIMITS)
        return
    with pytest.raises(InvalidError) as refused:
        check_declared(media_type, size, LIMITS)
    assert refused.value.code == code


def test_only_so_many_files_may_come_at_once() -> None:
    check_number(2, LIMITS)
    with pytest.raises(InvalidError) as refused:
        check_number(3, LIMITS)
    assert (refused.value.code, refused.value.context["limit"]) == ("attachments_too_many", 2)


@pytest.mark.parametrize(
    ("media_type", "sha256", "content"),
    [
        ("image/png", files.digest(files.PDF), files.PDF),
        (PDF, "0" * 64, files.PDF),
        ("image/jpeg", files.digest(files.photo()[:200]), files.photo()[:200]),
    ],
)
def test_what_came_must_be_whole_and_what_was_declared(media_type: str, sha256: str, content: bytes) -> None:
    with pytest.raises(InvalidError) as refused:
        accepted("a1", media_type, sha256, content)
    assert (refused.value.code, refused.value.context["attachment"]) == ("attachment_not_as_declared", "a1")


def test_a_document_is_kept_as_it_came() -> None:
    sent = files.digest(files.PDF)
    assert accepted("a1", PDF, sent, files.PDF) == (Attachment("a1", PDF, len(files.PDF), sent), files.PDF)


def test_a_photo_is_kept_without_its_marks_and_both_digests_are_known() -> None:
    sent = files.photo()
    attachment, kept = accepted("a1", "image/jpeg", files.digest(sent), sent)
    assert files.PLACE.encode() not in kept
    assert attachment == Attachment("a1", "image/jpeg", len(kept), files.digest(kept), sent=files.digest(sent))


def test_files_have_their_names_until_these_are_gone() -> None:
    two = (Attachment("a1", PDF, 1, "x"), Attachment("b2", "image/png", 1, "y"))
    assert named(two, "báo cáo.pdf\nảnh.png") == ((two[0], "báo cáo.pdf"), (two[1], "ảnh.png"))
    assert [name for _, name in named(two, "")] == ["a1.pdf", "b2.png"]
    assert named((), "") == ()
