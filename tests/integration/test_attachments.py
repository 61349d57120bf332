"""Files that come with results and answers: from their sender's disk to the citizen's, and nobody else's."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from chalicelib.adapters.dynamo.tables import CaseItem
from tests import files
from tests.integration.signers import signed
from tests.integration.uploads import (
    UNIT,
    ask,
    ask_by_pin,
    ask_signed,
    declared,
    fetch_signed,
    fetched,
    kept,
    put,
    uploaded,
    uploaded_signed,
)
from tests.integration.world import AGENCY, ANSWER, OFFICER, OPERATOR, World

RESULT = {
    "result": "Đã kiểm tra, có biên bản kèm theo.",
    "responsible_officer": "Trần Văn Bình",
    "approving_leader": "Lê Thị Minh",
}
OTHER = "so_tai_nguyen_moi_truong"
STRANGER = "officer:so_y_te:mc02"


def say(world: World, code: str, *uploads: str, message_id: str = "r1", **more: Any) -> Any:
    """Send a result as the unit's software; returns what came back."""
    message = {"version": "1", "message_id": message_id, "unit": UNIT, "type": "result", "case": code, **RESULT}
    world.reply(message | {"attachments": list(uploads)} | more)
    assert world.work() == 0
    return [told for told in world.agency_inbox(UNIT) if told["type"] == "message_rejected"]


def attachments(world: World, code: str, kind: str = "ResultSubmitted") -> list[Any]:
    return [file for one in world.open(code)["timeline"] if one["type"] == kind for file in one["attachments"]]


def test_an_agencys_file_reaches_the_citizen_by_pin(world: World) -> None:
    """Given a signed upload, when the result names it and the officer sends it on, then the sender has it."""
    code = world.at_agency()
    pin = world.deps.keys.pin(code)
    upload = uploaded_signed(world, code)
    assert say(world, code, upload) == []
    assert attachments(world, code) == [
        {
            "id": upload,
            "name": "Biên bản.pdf",
            "media_type": "application/pdf",
            "size": len(files.PDF),
            "sha256": files.digest(files.PDF),
        }
    ]
    path = f"cases/{code}/attachments/{upload}"
    assert world.call("GET", f"/v1/{path}", X_Case_Pin=pin)[0] == 404  # the officer has not sent it on yet
    world.act(code, "answer", OFFICER, ANSWER | {"attachments": [upload]})
    status, link = world.call("GET", f"/v1/{path}", X_Case_Pin=pin)
    assert status == 200
    content, headers = fetched(link["url"])
    assert content == files.PDF
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n.pdf"
    _, shown = world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=pin)
    assert [file["name"] for said in shown["said"] for file in said["attachments"]] == ["Biên bản.pdf"]
    assert "file_names" not in str(shown)
    assert shown["progress"]["attachments"] == 1
    world.drain()
    mail = world.mails("hoa@example.com")[-1]
    assert "1 tệp gửi kèm" in mail["body"]
    assert (upload in mail["body"], "Biên bản" in mail["body"]) == (False, False)


def test_the_posts_file_goes_with_its_answer(world: World) -> None:
    """Điều 8.2.b: the Post's result is the answer itself."""
    post = "buu_dien_tinh"
    code = world.send(kind="service", field="buu_chinh")["code"]
    upload = uploaded_signed(world, code, unit=post)
    message = {"version": "1", "message_id": "p1", "unit": post, "type": "result", "case": code, **RESULT}
    world.reply(message | {"attachments": [upload]})
    assert world.work() == 0
    pin = world.deps.keys.pin(code)
    _, link = world.call("GET", f"/v1/cases/{code}/attachments/{upload}", X_Case_Pin=pin)
    assert fetched(link["url"])[0] == files.PDF


def test_the_officer_decides_what_goes_on_and_may_add(world: World) -> None:
    code = world.at_agency()
    inner = uploaded(world, code, name="nội bộ.pdf")
    outer = uploaded(world, code, name="gửi dân.pdf")
    world.act(code, "result", AGENCY, RESULT | {"attachments": [inner, outer]})
    own = uploaded(world, code, files.photo("PNG"), token=OFFICER, name="phiếu hẹn.png", media_type="image/png")
    world.act(code, "answer", OFFICER, ANSWER | {"attachments": [own, outer]})
    assert [file["name"] for file in attachments(world, code, "Answered")] == ["phiếu hẹn.png", "gửi dân.pdf"]
    pin = world.deps.keys.pin(code)
    asked = {one: world.call("GET", f"/v1/cases/{code}/attachments/{one}", X_Case_Pin=pin) for one in (inner, outer)}
    assert [status for status, _ in asked.values()] == [404, 200]
    assert kept(world) == {f"cases/{code}/{one}" for one in (inner, outer, own)}


def test_who_may_not_see_the_case_does_not_see_its_files(world: World) -> None:
    code = world.at_agency()
    upload = uploaded(world, code)
    world.act(code, "result", AGENCY, RESULT | {"attachments": [upload]})
    path = f"/v1/desk/cases/{code}/attachments/{upload}"
    seen = {token: world.call("GET", path, token=token)[0] for token in (AGENCY, OFFICER, OPERATOR, STRANGER)}
    assert seen == {AGENCY: 200, OFFICER: 200, OPERATOR: 200, STRANGER: 403}
    assert world.call("GET", f"/v1/desk/cases/{code}/attachments/{'0' * 32}", token=OFFICER)[0] == 404
    assert world.call("GET", f"/v1/cases/{code}/attachments/{upload}", X_Case_Pin="000000x")[0] == 401
    assert world.call("GET", f"/v1/cases/{code}/attachments/{upload}")[0] == 401


def test_a_photo_goes_on_without_its_place(world: World) -> None:
    code = world.at_agency()
    photo = files.photo()
    upload = uploaded(world, code, photo, name="hiện trường.jpg", media_type="image/jpeg")
    world.act(code, "result", AGENCY, RESULT | {"attachments": [upload]})
    _, link = world.call("GET", f"/v1/desk/cases/{code}/attachments/{upload}", token=OFFICER)
    content, _ = fetched(link["url"])
    assert files.PLACE.encode() in photo
    assert files.PLACE.encode() not in content
    [file] = attachments(world, code)
    assert (file["size"], file["sha256"]) == (len(content), files.digest(content))
    [event] = [one.event for one in world.deps.cases.dossier(code).history if hasattr(one.event, "result")]
    assert event.attachments[0].sent == files.digest(photo)


def test_a_result_heard_twice_and_a_copy_under_another_id(world: World) -> None:
    code = world.at_agency()
    upload = uploaded_signed(world, code)
    assert [say(world, code, upload), say(world, code, upload)] == [[], []]
    [again] = say(world, code, upload, message_id="r2")
    assert again["code"] == "not_holder"
    assert len(attachments(world, code)) == 1
    assert kept(world) == {f"cases/{code}/{upload}"}


def test_one_file_named_twice_comes_once(world: World) -> None:
    code = world.at_agency()
    upload = uploaded(world, code)
    world.act(code, "result", AGENCY, RESULT | {"attachments": [upload, upload]})
    assert len(attachments(world, code)) == 1


def test_a_crash_between_keeping_and_writing_down_comes_right(world: World, monkeypatch: Any) -> None:
    """Also where what waited is gone by then: the copy that was kept stands for it."""
    code = world.at_agency()
    upload = uploaded_signed(world, code)

    def crash(_: object) -> None:
        raise RuntimeError("the function ended here")

    with monkeypatch.context() as broken:
        broken.setattr(world.deps.cases, "commit", crash)
        world.reply(
            {"version": "1", "message_id": "r1", "unit": UNIT, "type": "result", "case": code, **RESULT}
            | {"attachments": [upload]}
        )
        assert world.work() == 1
    assert kept(world) == {f"cases/{code}/{upload}"}
    assert world.call("GET", f"/v1/desk/cases/{code}/attachments/{upload}", token=OFFICER)[0] == 404
    world.cloud("s3").delete_object(Bucket=world.deps.settings.files_bucket, Key=f"waiting/{upload}")
    assert world.work() == 0
    assert [file["id"] for file in attachments(world, code)] == [upload]


def test_a_race_lost_while_the_file_was_kept_is_run_again(world: World) -> None:
    code = world.at_agency()
    upload = uploaded_signed(world, code)
    world.meanwhile(lambda: world.act(code, "accept", AGENCY))
    assert say(world, code, upload) == []
    assert [file["id"] for file in attachments(world, code)] == [upload]


def asked_back(world: World, **changes: Any) -> str:
    code: str = world.send(**changes)["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Xin gửi ảnh chụp."})
    return code


def supply(world: World, code: str, *uploads: str, **more: Any) -> tuple[int, Any]:
    """Add details by PIN, with files."""
    pin = world.deps.keys.pin(code)
    body = {"attachments": list(uploads), **more}
    return world.call("POST", f"/v1/cases/{code}/details", body, X_Case_Pin=pin)  # type: ignore[no-any-return]


def test_a_citizens_photo_comes_with_the_details_and_tells_nothing_of_its_place(world: World) -> None:
    code, photo = asked_back(world), files.photo()
    status, slip = ask_by_pin(world, code, **declared(photo, "IMG_2041.jpg", "image/jpeg"))
    assert (status, put(slip, photo)) == (201, 200)
    assert supply(world, code, slip["id"])[0] == 200
    [shown] = attachments(world, code, "DetailsSupplied")
    assert (shown["id"], shown["name"]) == (slip["id"], "IMG_2041.jpg")
    _, link = world.call("GET", f"/v1/desk/cases/{code}/attachments/{slip['id']}", token=OPERATOR)
    assert files.PLACE.encode() not in fetched(link["url"])[0]
    pin = world.deps.keys.pin(code)
    assert world.call("GET", f"/v1/cases/{code}/attachments/{slip['id']}", X_Case_Pin=pin)[0] == 200


def supplied(world: World, **changes: Any) -> tuple[str, str]:
    """A case with the agency whose sender has sent a photo; returns its code and the photo's id."""
    code = world.at_agency(**changes)
    world.act(code, "request-details", AGENCY, {"question": "Xin gửi ảnh chụp."})
    photo = files.photo()
    _, slip = ask_by_pin(world, code, **declared(photo, "ảnh.jpg", "image/jpeg"))
    put(slip, photo)
    assert supply(world, code, slip["id"])[0] == 200
    world.drain()
    return code, str(slip["id"])


def test_an_agencys_software_is_told_of_the_senders_files_and_fetches_them(world: World) -> None:
    code, photo = supplied(world)
    assigned, added = world.agency_inbox(UNIT)
    assert "attachments" not in assigned
    [told] = added["attachments"]
    assert (told["id"], told["name"]) == (photo, "ảnh.jpg")
    status, link = fetch_signed(world, code, photo)
    assert (status, files.digest(fetched(link["url"])[0])) == (200, told["sha256"])
    assert fetch_signed(world, code, "0" * 32)[1]["code"] == "attachment_not_found"
    assert fetch_signed(world, code, photo, unit=OTHER)[1]["code"] == "not_your_case"
    request = {"version": "1", "unit": UNIT, "case": code, "attachment": photo}
    as_upload = signed(request, UNIT, world.deps.clock.now(), typ="tongdai-upload")
    assert world.call("POST", "/v1/exchange/downloads", {"signed": as_upload})[1]["code"] == "bad_header"


def test_in_a_report_about_an_official_the_senders_files_are_not_told(world: World) -> None:
    """A photo and its name can say who sent it as well as a name does."""
    code, photo = supplied(world, kind="report", about="conduct")
    told = world.agency_inbox(UNIT)
    assert "details_added" in {one["type"] for one in told}
    assert [one for one in told if "attachments" in one] == []
    assert fetch_signed(world, code, photo)[1]["code"] == "attachment_not_found"
    for token, listed, status in ((AGENCY, 0, 404), (OFFICER, 0, 404), (OPERATOR, 1, 200)):
        files_told = [one["attachments"] for one in world.open(code, token)["timeline"]]
        assert sum(map(len, files_told)) == listed
        assert world.call("GET", f"/v1/desk/cases/{code}/attachments/{photo}", token=token)[0] == status


def test_a_sender_uploads_only_when_asked_and_only_with_the_pin(world: World) -> None:
    waiting, other = asked_back(world), world.at_officer()
    assert ask_by_pin(world, waiting, "000000x")[1]["code"] == "wrong_pin"
    assert ask_by_pin(world, other)[1]["code"] == "wrong_state"
    assert ask(world, waiting, OPERATOR)[0] == 201  # who writes it down for a sender who brings a paper


def test_a_sender_cannot_have_what_is_not_for_senders(world: World) -> None:
    """Not even by naming it among the own files."""
    code = world.at_agency()
    inner = uploaded(world, code, name="nội bộ.pdf")
    world.act(code, "result", AGENCY, RESULT | {"attachments": [inner]})
    world.act(code, "request-details", OFFICER, {"question": "Số nhà?"})
    status, problem = supply(world, code, inner, content="Số nhà 12.")
    assert (status, problem["code"]) == (422, "attachment_missing")


def test_a_secret_of_the_state_is_kept_in_no_file_either(world: World) -> None:
    code = asked_back(world)
    _, slip = ask_by_pin(world, code)
    put(slip, files.PDF)
    assert supply(world, code, slip["id"], content="TUYỆT MẬT\nSố 12 ngày 3 tháng 4")[0] == 200
    assert world.case(code).state == "refused"
    assert (attachments(world, code, "DetailsSupplied"), kept(world)) == ([], set())


def never_sent(world: World, code: str) -> str:
    return str(ask_signed(world, code)[1]["id"])


def of_another_case(world: World, code: str) -> str:
    return uploaded_signed(world, world.at_agency())


def of_another_unit(world: World, code: str) -> str:
    return uploaded_signed(world, world.at_agency(OTHER), unit=OTHER)


def with_another_content(world: World, code: str) -> str:
    upload = uploaded_signed(world, code)
    _overwrite(world, upload, files.PDF + b"%")
    return upload


def not_what_it_says(world: World, code: str) -> str:
    return uploaded_signed(world, code, b"<html><script>alert(1)</script>")


def a_broken_photo(world: World, code: str) -> str:
    return uploaded_signed(world, code, files.photo()[:300], media_type="image/jpeg")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (never_sent, "attachment_missing"),
        (of_another_case, "attachment_missing"),
        (of_another_unit, "attachment_missing"),
        (with_another_content, "attachment_not_as_declared"),
        (not_what_it_says, "attachment_not_as_declared"),
        (a_broken_photo, "attachment_not_as_declared"),
    ],
)
def test_a_wrong_file_is_told_back_and_changes_nothing(world: World, wrong: Any, told: str) -> None:
    code = world.at_agency()
    good, bad = uploaded_signed(world, code), wrong(world, code)
    [rejected] = say(world, code, good, bad)
    assert (rejected["code"], rejected["pointer"]) == (told, "/attachments")
    assert rejected["context"] == {"attachment": bad}
    assert world.case(code).state == "with_agency"
    assert f"cases/{code}/{bad}" not in kept(world)
    status, problem = world.call(
        "POST",
        f"/v1/desk/cases/{code}/result",
        RESULT | {"version": world.case(code).version, "attachments": [bad]},
        token=AGENCY,
    )
    assert (status, problem["code"]) == (422, told)


def test_more_files_than_one_message_may_carry(world: World) -> None:
    code = world.at_agency()
    [rejected] = say(world, code, *(f"{number:032x}" for number in range(6)))
    assert (rejected["code"], rejected["context"]) == ("attachments_too_many", {"limit": 5})


def test_who_may_not_speak_has_no_file_kept(world: World) -> None:
    code = world.at_agency()
    upload = uploaded_signed(world, code)
    world.act(code, "result", AGENCY, RESULT)
    [rejected] = say(world, code, upload)
    assert rejected["code"] == "not_holder"
    assert kept(world) == set()


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"media_type": "text/html"}, 422, "attachment_type_refused"),
        ({"size": 10_000_001}, 422, "attachment_too_large"),
        ({"size": 0}, 422, "invalid_message"),
        ({"sha256": "ABC"}, 422, "invalid_message"),
        ({"name": ""}, 422, "invalid_message"),
        ({"version": "2"}, 422, "unknown_version"),
        ({"url": "https://example.com"}, 422, "unknown_field"),
        ({"case": "482109375515"}, 422, "invalid_code"),
        ({"unit": "so_y_te"}, 422, "wrong_unit"),
        ({"header": {"typ": "tongdai-reply"}}, 422, "bad_header"),
        ({"header": {"kid": "x" * 43}}, 422, "unknown_key"),
        ({"header": {"iat": 1}}, 422, "signing_time"),
    ],
)
def test_a_request_to_upload_that_is_refused(world: World, said: Any, status: int, code: str) -> None:
    case = world.at_agency()
    message = {"version": "1", "unit": UNIT, "case": case, **declared(files.PDF), **said}
    header = {"typ": "tongdai-upload", **message.pop("header", {})}
    sent = signed(message, UNIT, world.deps.clock.now(), **header)
    got, problem = world.call("POST", "/v1/exchange/uploads", {"signed": sent})
    assert (got, problem["code"]) == (status, code), problem


def test_leave_to_upload_is_for_who_has_the_case(world: World) -> None:
    officers, agencys = world.at_officer(), world.at_agency()
    assert [ask_signed(world, code)[0] for code in (officers, agencys)] == [403, 201]
    assert [ask(world, code, AGENCY)[0] for code in (officers, agencys)] == [403, 201]
    assert [ask(world, code, OFFICER)[0] for code in (officers, agencys)] == [201, 403]
    assert ask(world, officers, STRANGER)[0] == 403
    assert ask(world, officers, "leadership:lanh_dao_trung_tam:ld01")[0] == 403
    assert ask_signed(world, "123456789019")[1]["code"] in ("case_not_found", "invalid_code")
    unsigned, problem = world.call("POST", "/v1/exchange/uploads", {"signed": '{"version":"1"}'})
    assert (unsigned, problem["code"]) == (422, "unsigned")


def test_what_is_signed_as_a_reply_is_no_request_and_no_request_is_a_reply(world: World) -> None:
    code = world.at_agency()
    request = {"version": "1", "unit": UNIT, "case": code, **declared(files.PDF)}
    world.reply(signed(request | {"message_id": "u1"}, UNIT, world.deps.clock.now(), typ="tongdai-upload"))
    assert world.work() == 0
    [rejected] = [one for one in world.agency_inbox(UNIT) if one["type"] == "message_rejected"]
    assert (rejected["code"], rejected["context"]["parameter"]) == ("bad_header", "typ")


def test_the_slip_signs_all_that_was_declared_and_tells_nothing_of_it(world: World) -> None:
    code = world.at_agency()
    _, slip = ask(world, code, name="Nguyễn Văn An - đơn.pdf")
    said = parse_qs(urlsplit(slip["url"]).query)
    by_s3 = {"content-length", "host"}  # no client needs to be told these
    assert {*said["X-Amz-SignedHeaders"][0].split(";")} == {name.lower() for name in slip["headers"]} | by_s3
    assert said["X-Amz-Expires"] == ["900"]
    assert "An" not in unquote(slip["url"])
    assert code not in slip["url"]


def test_names_of_files_stand_with_the_texts_and_go_with_them(world: World) -> None:
    code = world.at_agency()
    upload = uploaded(world, code, name="Nguyễn Văn An.pdf")
    world.act(code, "result", AGENCY, RESULT | {"attachments": [upload]})
    items = {item.sk: str(item.serialize()) for item in CaseItem.query(code)}
    assert [sk for sk, item in items.items() if "Nguyễn Văn An" in item] == [f"TEXT#{world.case(code).version:05d}"]
    assert world.deps.cases.faults(code) == ()
    for item in CaseItem.query(code):
        if item.sk.startswith("TEXT#"):
            item.delete()
    assert attachments(world, code) == []  # texts and files are taken away together


def test_a_store_of_files_that_is_away_is_a_503_and_the_queue_waits(world: World, monkeypatch: Any) -> None:
    code = world.at_agency()
    upload = uploaded_signed(world, code)
    with monkeypatch.context() as away:
        away.setattr(world.deps.files, "_bucket", "not-there")
        version = world.case(code).version
        body = RESULT | {"version": version, "attachments": [upload]}
        status, problem = world.call("POST", f"/v1/desk/cases/{code}/result", body, token=AGENCY)
        world.reply(
            {"version": "1", "message_id": "r1", "unit": UNIT, "type": "result", "case": code, **RESULT}
            | {"attachments": [upload]}
        )
        assert (status, problem["code"], world.work()) == (503, "files_unavailable", 1)
    assert world.work() == 0
    assert len(attachments(world, code)) == 1


def _overwrite(world: World, upload: str, content: bytes) -> None:
    """Put another content under an upload, as S3 never would."""
    s3, place = world.cloud("s3"), {"Bucket": world.deps.settings.files_bucket, "Key": f"waiting/{upload}"}
    there = s3.head_object(**place)
    s3.put_object(**place, Body=content, ContentType=there["ContentType"], Metadata=there["Metadata"])


def test_the_centre_says_which_files_it_takes(world: World) -> None:
    _, centre = world.call("GET", "/v1/centre")
    taken = centre["attachments"]
    assert (taken["most"], taken["largest_bytes"], len(taken["media_types"])) == (5, 10_000_000, 8)
