"""A copy of all that is held about a sender, for the sender: cases, words, who looked, what was asked and decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.domain.case_code import display
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.case_file import Content, content
from chalicelib.views.held_beside import CopiedMatter, SurveyAsked, matters, not_shown, surveys

if TYPE_CHECKING:
    from chalicelib.domain.rights import RightRequest


class Look(Struct, frozen=True):
    """Một lần dữ liệu được mở cho cán bộ: lúc nào, vai trò, đơn vị, phần nào."""

    at: datetime
    role: str
    unit_name: str
    parts: list[str]


class RightView(Struct, frozen=True):
    """Một yêu cầu về dữ liệu cá nhân, hạn trả lời và quyết định; `where_to_complain` nếu bị từ chối."""

    id: str
    kind: str
    code: str
    display_code: str
    asked_at: datetime
    due_at: datetime
    state: str
    decided_at: datetime | None
    article: str
    reason: str
    overdue: bool
    where_to_complain: str = ""
    words: str = ""
    door: str = ""
    identity: str = ""


class CopiedCase(Struct, frozen=True):
    """Một hồ sơ với mọi điều được lưu về người gửi."""

    content: Content
    looks: list[Look]


class PersonalCopy(Struct, frozen=True):
    """Bản sao dữ liệu cá nhân đang được lưu; `controller` là cơ quan lưu giữ."""

    made_at: datetime
    controller: str
    kept_until: Annotated[str, Meta(description="Lưu đến khi nào")]
    cases: tuple[CopiedCase, ...]
    requests: tuple[RightView, ...]
    matters: Annotated[tuple[CopiedMatter, ...], Meta(description="Từ biên bản tiếp công dân")] = ()
    surveys: tuple[SurveyAsked, ...] = ()
    not_shown: Annotated[tuple[str, ...], Meta(description="Điều không có trong bản sao này, vì sao")] = ()


def personal_copy(codes: Iterable[str], deps: Deps) -> PersonalCopy:
    """Copy all that is held of these cases of one sender."""
    wanted = list(codes)
    years = deps.retention.cases.years
    dossiers = [deps.cases.dossier(code) for code in wanted]
    return PersonalCopy(
        made_at=deps.clock.now(),
        controller=deps.regulation.centre["name"],
        kept_until=f"{years} năm, tính từ hết năm hồ sơ kết thúc",
        cases=tuple(_case(dossier, deps) for dossier in dossiers),
        requests=requests_about(wanted, deps),
        matters=matters(dossiers, deps),
        surveys=surveys(dossiers, deps),
        not_shown=tuple(not_shown(deps)),
    )


def requests_about(codes: Iterable[str], deps: Deps) -> tuple[RightView, ...]:
    """Show what was asked about these cases."""
    wanted = set(codes)
    return tuple(shown(one, deps) for one in deps.rights.all() if one.code in wanted)


def shown(one: RightRequest, deps: Deps) -> RightView:
    """Show a request."""
    refused = one.state == "refused"
    return RightView(
        id=one.id,
        kind=one.kind,
        code=one.code,
        display_code=display(one.code),
        asked_at=one.asked_at,
        due_at=one.due_at,
        state=one.state,
        decided_at=one.decided_at,
        article=one.article,
        reason=one.reason,
        overdue=(one.decided_at or deps.clock.now()) > one.due_at,
        where_to_complain=_complaint(deps) if refused else "",
        words=one.words,
        door=one.door,
        identity=one.identity,
    )


def _complaint(deps: Deps) -> str:
    supervisor = unit_name(deps.regulation.supervisor, deps)
    return f"Ông/Bà có thể khiếu nại đến {supervisor} hoặc {deps.retention.breach.authority}."


def _case(dossier: Dossier, deps: Deps) -> CopiedCase:
    looks = [
        Look(one.at, one.role, unit_name(one.unit, deps) if one.unit else "", [*one.parts])
        for one in deps.access.of_case(dossier.case.code)
    ]
    return CopiedCase(content(dossier, deps), looks)
