"""Files on the deployed stack: signatures, checksums and grants hold, and a client on this machine gets through."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest

from examples.client import Agency, Centre, RefusedError
from infra.files import forgets
from tests import files
from tests.integration.uploads import declared, fetched, put

from .conftest import Client, Stack
from .test_main_job import CASE, PEOPLE, citizen, eventually, staff

__all__ = ["citizen", "staff"]  # fixtures
UNIT = "so_tu_phap"


@pytest.fixture(scope="module")
def agency(stack: Stack, aws: Client) -> Agency:
    return Agency(aws("sqs"), stack, UNIT)


@pytest.fixture
def case(citizen: Centre, staff: Any) -> dict[str, Any]:
    """A case with the agency."""
    made: dict[str, Any] = citizen.send(CASE)
    staff("operator").act(made["code"], "forward", unit=UNIT)
    staff("officer", UNIT).act(made["code"], "forward-to-agency")
    return made


def test_a_file_goes_from_the_agency_to_the_citizen(citizen: Centre, staff: Any, agency: Agency, case: Any) -> None:
    code, officer = case["code"], staff("officer", UNIT)
    photo = files.photo()
    upload = agency.upload(citizen, code, "Hiện trường.jpg", "image/jpeg", photo)
    for _ in range(2):
        agency.reply("result", code, message_id=f"f-{code}", result="Có ảnh.", attachments=[upload], **PEOPLE)
    eventually(lambda: officer.open(code)["case"]["has_result"])
    scan = _at_desk(officer, code, files.PDF)
    officer.act(code, "answer", answer="Xin xem ảnh.", attachments=[upload, scan], **PEOPLE)
    got = {}
    for one in (upload, scan):
        link = citizen.call("GET", f"/v1/cases/{code}/attachments/{one}", headers={"X-Case-Pin": case["pin"]})
        got[one], headers = fetched(link["url"])
        assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert got[scan] == files.PDF
    assert files.PLACE.encode() not in got[upload]
    assert got[upload][:3] == photo[:3]


def test_a_slip_is_good_for_its_file_only(staff: Any, case: Any) -> None:
    desk, code = staff("agency", UNIT), case["code"]
    slip = desk.call("POST", f"/v1/desk/cases/{code}/uploads", declared(files.PDF))
    same_length = files.PDF.replace(b"%%EOF", b"%%EOG")
    assert put(slip, same_length) == 400
    assert put(slip, files.PDF + b"\n") == 403
    for name, value in (("Content-Type", "text/html"), ("x-amz-meta-unit", "so_y_te"), ("x-amz-meta-name", "x")):
        assert put(slip | {"headers": slip["headers"] | {name: value}}, files.PDF) == 403, name
    assert put(slip | {"url": slip["url"].replace("/waiting/", "/cases/")}, files.PDF) == 403
    assert put(slip, files.PDF) == 200


def test_what_was_not_uploaded_is_told(staff: Any, case: Any) -> None:
    desk, code = staff("agency", UNIT), case["code"]
    slip = desk.call("POST", f"/v1/desk/cases/{code}/uploads", declared(files.PDF))
    with pytest.raises(RefusedError) as refused:
        desk.act(code, "result", result="…", attachments=[slip["id"]], **PEOPLE)
    assert refused.value.problem["code"] == "attachment_missing"


def test_nobody_reads_the_bucket_without_a_signature(stack: Stack, staff: Any, case: Any) -> None:
    desk, code = staff("agency", UNIT), case["code"]
    upload = _at_desk(desk, code, files.PDF)
    desk.act(code, "result", result="Xong.", attachments=[upload], **PEOPLE)
    for key in (f"cases/{code}/{upload}", f"waiting/{upload}"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{stack['endpoint_url']}/{stack['files']}/{key}")
        assert refused.value.code == 403
        refused.value.close()


def test_the_bucket_is_closed_and_forgets_what_waits(stack: Stack, aws: Client) -> None:
    s3, bucket = aws("s3"), stack["files"]
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert {rule["Filter"]["Prefix"]: rule["Expiration"]["Days"] for rule in rules} == forgets("hoa_binh")
    assert forgets("hoa_binh")["waiting/"] == 1
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)


def _at_desk(desk: Centre, code: str, content: bytes) -> str:
    slip = desk.call("POST", f"/v1/desk/cases/{code}/uploads", declared(content))
    assert put(slip, content) == 200
    return str(slip["id"])
