"""Files with cases: leave to upload one, and where to fetch one. The files themselves never pass through here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor, Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import PUBLIC, STAFF, Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.exchange.fields import FileId, FileName, FileSize, MediaType, Sha256
from chalicelib.views import files
from chalicelib.views.case_file import FOR_SENDER

if TYPE_CHECKING:
    from chalicelib.exchange.files import Asked, Upload

A = TypeVar("A", bound="Asked")
routes = Blueprint(__name__)


class UploadBody(given.Body, frozen=True, kw_only=True):
    """Một tệp sắp được tải lên hồ sơ; tên được làm sạch, ảnh được xóa vị trí và thông tin máy chụp."""

    name: FileName
    media_type: MediaType
    size: FileSize
    sha256: Sha256


class SignedBody(given.Body, frozen=True):
    """Yêu cầu đã ký số của phần mềm cơ quan: JWS dạng compact."""

    signed: Annotated[str, Meta(min_length=1, max_length=20000, examples=["eyJhbGciOiJFUzI1NiJ9.eyJ2ZXIifQ.c2ln"])]


@endpoint(
    routes,
    "POST",
    "/v1/exchange/uploads",
    allow=PUBLIC,
    body=SignedBody,
    returns={201: files.SlipView},
    summary="Phần mềm cơ quan xin tải một tệp lên hồ sơ, bằng yêu cầu đã ký số",
    tags=("exchange",),
    refuses=(403, 404, 409),
)
def ask_as_agency(request: Request) -> files.SlipView:
    """Give an agency's software leave to upload; who it is, its signature says (docs/agency-exchange.md)."""
    from chalicelib.domain.signing import UPLOAD
    from chalicelib.exchange.files import Upload

    actor, asked, code = _signed(request.body.signed, UPLOAD, Upload)
    return _slip(code, asked, actor)


@endpoint(
    routes,
    "POST",
    "/v1/exchange/downloads",
    allow=PUBLIC,
    body=SignedBody,
    returns={200: files.LinkView},
    summary="Phần mềm cơ quan xin tải về một tệp của hồ sơ, bằng yêu cầu đã ký số",
    tags=("exchange",),
    refuses=(403, 404),
)
def fetch_as_agency(request: Request) -> files.LinkView:
    """Tell an agency's software where a file can be fetched that it was told of."""
    from chalicelib.domain.signing import DOWNLOAD
    from chalicelib.exchange.files import Download

    actor, asked, code = _signed(request.body.signed, DOWNLOAD, Download)
    return link_for(actor, code, asked.attachment)


@endpoint(
    routes,
    "POST",
    "/v1/desk/cases/{code}/uploads",
    allow={Role.OPERATOR, Role.OFFICER, Role.AGENCY},
    body=UploadBody,
    returns={201: files.SlipView},
    summary="Xin tải một tệp lên hồ sơ, để gửi kèm kết quả hoặc câu trả lời",
    tags=("desk",),
    refuses=(409,),
)
def ask_at_desk(request: Request, code: given.Code) -> files.SlipView:
    """Give whoever has the case leave to upload."""
    return _slip(canonical(code), request.body, request.caller)


@endpoint(
    routes,
    "POST",
    "/v1/cases/{code}/uploads",
    allow=PUBLIC,
    pin="required",
    body=UploadBody,
    returns={201: files.SlipView},
    summary="Xin tải một tệp (ảnh, giấy tờ) lên hồ sơ đang chờ bổ sung, bằng mã PIN",
    tags=("cases",),
    refuses=(401, 409, 429),
)
def ask_as_sender(request: Request, code: given.Code) -> files.SlipView:
    """Give the sender who was asked for details leave to upload."""
    from chalicelib.usecases.open_content import check_pin

    number = canonical(code)
    check_pin(number, request.pin or "", bootstrap.deps())
    return _slip(number, request.body, request.caller)


@endpoint(
    routes,
    "GET",
    "/v1/desk/cases/{code}/attachments/{file}",
    allow=STAFF,
    returns={200: files.LinkView},
    summary="Nơi tải về một tệp của hồ sơ",
    tags=("desk",),
)
def fetch_at_desk(request: Request, code: given.Code, file: FileId) -> files.LinkView:
    """Tell where a file of a case can be fetched."""
    return link_for(request.caller, canonical(code), file)


@endpoint(
    routes,
    "GET",
    "/v1/cases/{code}/attachments/{file}",
    allow=PUBLIC,
    pin="required",
    returns={200: files.LinkView},
    summary="Nơi tải về một tệp của câu trả lời hoặc do chính người gửi gửi lên, bằng mã PIN",
    tags=("cases",),
    refuses=(401, 429),
)
def fetch_as_sender(request: Request, code: given.Code, file: FileId) -> files.LinkView:
    """Tell the sender where a file can be fetched: of the answer, or of the own ones."""
    from chalicelib.usecases.open_content import check_pin

    deps, number = bootstrap.deps(), canonical(code)
    check_pin(number, request.pin or "", deps)
    history = deps.cases.dossier(number).history
    return files.link(number, file, (one for one in history if type(one.event).__name__ in FOR_SENDER), deps)


def _signed(message: str, purpose: str, kind: type[A]) -> tuple[Actor, A, str]:
    """Return who asks, what, and of which case, as the signature proves it."""
    from chalicelib.domain.exchange import SOFTWARE
    from chalicelib.domain.signing import refusal
    from chalicelib.entrypoints.exchange import read_asked
    from chalicelib.usecases.verify_message import verify_message

    proof = verify_message(message, bootstrap.deps(), purpose)
    if proof.refusal is not None:
        raise proof.refusal
    asked, code = read_asked(proof.text, kind)
    if asked.unit != proof.unit:
        raise refusal("wrong_unit", pointer="/unit")
    return Actor(Role.AGENCY, proof.unit, SOFTWARE, proof.signature), asked, code


def link_for(actor: Actor, code: str, file: str) -> files.LinkView:
    """Show where a member of the staff can fetch a file of a case."""
    from chalicelib.domain.access import FILE
    from chalicelib.usecases.open_case import open_case

    deps = bootstrap.deps()
    dossier = open_case(code, actor=actor, deps=deps, door="file", parts=(FILE,))
    return files.link(code, file, files.with_files(dossier, actor), deps)


def _slip(code: str, asked: UploadBody | Upload, actor: Actor) -> files.SlipView:
    from chalicelib.ports import Declared
    from chalicelib.usecases.open_upload import open_upload

    declared = Declared(
        unit=actor.side,
        code=code,
        name=asked.name,
        media_type=asked.media_type,
        size=asked.size,
        sha256=asked.sha256,
    )
    return files.slip(open_upload(declared, actor=actor, deps=bootstrap.deps()))
