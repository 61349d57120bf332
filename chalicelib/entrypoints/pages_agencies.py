"""The administrator's pages of the agencies: the directory, their signing keys (R73), what they sent in vain."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import forms, responses
from chalicelib.entrypoints.api_directory import UnitBody
from chalicelib.entrypoints.api_keys import Kid, PublicJwk, RevocationBody
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS

if TYPE_CHECKING:
    from chalicelib.domain.units import Unit

routes = Blueprint(__name__)
AGENCIES: Final = f"{ADMINISTRATION}/co-quan"
AGENCY: Final = f"/{AGENCIES}/{{unit}}"
ROWS: Final = 20
WORDS: Final = dict.fromkeys(("mail", "leader_mail"), "Địa chỉ thư điện tử chưa đúng, ví dụ: co-quan@example.com.") | {
    "unit": "Mã đơn vị gồm chữ thường không dấu, chữ số, gạch dưới; bắt đầu bằng chữ."
}


class AgenciesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Tìm đơn vị nào; trang nào của danh sách thông điệp không có hiệu lực."""

    tu: given.Cursor = ""
    words: Annotated[str, Meta(max_length=200)] = msgspec.field(default="", name="tim")
    kind: given.Slug | Literal[""] = msgspec.field(default="", name="loai")


ALL: Final = AgenciesQuery()


class AgencyQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "khoa", "thu-hoi", "sua", "them-don-vi"] = msgspec.field(default="", name="xong")


class UnitForm(UnitBody, frozen=True, kw_only=True):
    """Một đơn vị; mã các đơn vị nhập vào cách nhau bằng dấu cách."""

    formed_from: Annotated[str, Meta(max_length=2000, pattern=r"^[a-z0-9_ ]*$")] = ""  # type: ignore[assignment] # typed


class NewUnitForm(UnitForm, frozen=True, kw_only=True):
    """Một đơn vị mới, với mã không bao giờ đổi."""

    unit: given.Slug


class KeyForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Khóa công khai mới của phần mềm cơ quan, có giá trị từ đầu ngày này đến hết ngày kia."""

    signer: Annotated[str, Meta(min_length=1, max_length=200)]
    jwk: Annotated[str, Meta(max_length=2000)]
    since: date | None = None
    until: date


class RevokeForm(RevocationBody, frozen=True, kw_only=True):
    """Thu hồi khóa nào, vì sao."""

    kid: Kid


@page(routes, "GET", f"/{AGENCIES}", allow=ADMINISTRATORS, query=AgenciesQuery)
def show_agencies(visit: Visit) -> Sheet:
    """Show the directory, what agencies sent in vain, and the centre's own keys."""
    return _agencies(query=visit.query)


@page(routes, "POST", f"/{AGENCIES}/them-don-vi", allow=ADMINISTRATORS, form=NewUnitForm)
def add(visit: Visit) -> Sheet | Onward:
    """Add a unit to the directory; its id makes a second press harmless."""
    from chalicelib.usecases.keep_unit import add_unit

    form = visit.form
    assert form is not None
    if form.faults:
        return _agencies(forms.reworded(form, WORDS), status=422)
    try:
        made = add_unit(_unit(form.body.unit, form.body), bootstrap.deps())
    except DomainError as error:
        return _agencies(*forms.refused(form, error), status=responses.status_of(error))
    return Onward(f"{AGENCIES}/{made.id}?xong=them-don-vi")


@page(routes, "GET", AGENCY, allow=ADMINISTRATORS, query=AgencyQuery)
def show_agency(visit: Visit, unit: given.Slug) -> Sheet:
    """Show one."""
    return _agency(unit, done=visit.query.done)


@page(routes, "POST", f"{AGENCY}/khoa", allow=ADMINISTRATORS, form=KeyForm)
def register(visit: Visit, unit: given.Slug) -> Sheet | Onward:
    """Register a key; the key itself makes a second press harmless."""
    from chalicelib.usecases.register_key import Registration, register_key

    form = visit.form
    assert form is not None
    if form.faults:
        return _agency(unit, form, sent="khoa", status=422)
    body, zone = form.body, bootstrap.deps().regulation.calendar.zone
    try:
        wanted = Registration(
            unit=unit,
            signer=body.signer,
            jwk=_jwk(body.jwk),
            not_before=body.since and datetime.combine(body.since, time(), zone),
            not_after=datetime.combine(body.until + timedelta(days=1), time(), zone),
        )
        register_key(wanted, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _refused(unit, form, error, "khoa")
    return Onward(f"{AGENCIES}/{unit}?xong=khoa")


@page(routes, "POST", f"{AGENCY}/thu-hoi", allow=ADMINISTRATORS, form=RevokeForm)
def revoke(visit: Visit, unit: given.Slug) -> Sheet | Onward:
    """Revoke a key at once and for good."""
    from chalicelib.usecases.revoke_key import revoke_key

    form = visit.form
    assert form is not None
    if form.faults:
        return _agency(unit, form, sent="thu-hoi", status=422)
    try:
        revoke_key(form.body.kid, form.body.reason, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _refused(unit, form, error, "thu-hoi")
    return Onward(f"{AGENCIES}/{unit}?xong=thu-hoi")


@page(routes, "POST", f"{AGENCY}/sua", allow=ADMINISTRATORS, form=UnitForm)
def change(visit: Visit, unit: given.Slug) -> Sheet | Onward:
    """Change what the directory says of a unit that is in it."""
    from chalicelib.usecases.keep_unit import keep_unit

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    deps.directory.unit(unit)
    if form.faults:
        return _agency(unit, forms.reworded(form, WORDS), sent="sua", status=422)
    try:
        keep_unit(_unit(unit, form.body), deps, form.body.renamed_on)
    except DomainError as error:
        return _refused(unit, form, error, "sua")
    return Onward(f"{AGENCIES}/{unit}?xong=sua")


def _unit(unit: str, body: UnitForm) -> Unit:
    from chalicelib.domain.units import Unit

    told = msgspec.structs.asdict(body)
    kept = {name: told[name] for name in told if name not in ("unit", "renamed_on", "formed_from")}
    return Unit(unit, formed_from=tuple(body.formed_from.split()), **kept)


def _agencies(form: Form = UNTYPED, error: str = "", *, query: AgenciesQuery = ALL, status: int = 200) -> Sheet:
    from chalicelib.views import agencies, rejections

    deps = bootstrap.deps()
    about = {
        "shelves": agencies.agencies(deps, query.words.strip(), query.kind),
        "query": query,
        "vain": rejections.rejections(deps, limit=ROWS, cursor=query.tu),
        "older": bool(query.tu),
        "centre_keys": agencies.centre_keys(deps),
        "form": form,
        "error": error,
    }
    return Sheet("agencies", about, status)


def _jwk(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=PublicJwk)
    except (msgspec.DecodeError, RecursionError) as error:
        title = "Đây chưa phải là khóa dạng JWK: một đoạn JSON bắt đầu bằng { và kết thúc bằng }."
        raise InvalidError("invalid_request", title, pointer="/jwk") from error


def _refused(unit: str, form: Form, error: DomainError, sent: str) -> Sheet:
    told, words = forms.refused(form, error, {"not_after": "until"})
    if error.code == "private_key_sent":  # what must be nobody's but its owner's is not shown either
        told = Form({**told.typed, "jwk": ""}, told.faults)
    return _agency(unit, told, words, sent=sent, status=responses.status_of(error))


def _agency(
    unit: str, form: Form = UNTYPED, error: str = "", *, sent: str = "", done: str = "", status: int = 200
) -> Sheet:
    from chalicelib.views import agencies

    deps = bootstrap.deps()
    about = {
        "shown": agencies.agency(unit, deps),
        "vain": agencies.told_back(unit, deps, limit=ROWS),
        "form": form,
        "error": error,
        "sent": sent,
        "done": done,
    }
    return Sheet("agency", about, status)
