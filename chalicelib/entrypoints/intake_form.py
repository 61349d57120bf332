"""The form of intake by phone: what it holds, what is wrong with it at which field, what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Sender
from chalicelib.domain.case import NORMAL
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.forms import EMPTY, Form, Nonce
from chalicelib.entrypoints.wording import telephone
from chalicelib.ports import Deps

if TYPE_CHECKING:
    from chalicelib.domain.commands import Command, Receive
    from chalicelib.views.routing import RoutingView
    from chalicelib.views.suggestions import Suggestions

PLACES: Final = {"phone_or_email": "phone"}  # what may be missing → the field that asks for it
SENDER: Final = ("name", "address", "email")
WORDS: Final = {
    "phone": "Số điện thoại chưa đúng, ví dụ: 0912 345 678.",
    "email": "Địa chỉ thư điện tử chưa đúng, ví dụ: ten@example.com.",
    "kind": "Xin chọn một loại nội dung trong danh sách.",
    "field": "Xin chọn một lĩnh vực trong danh sách.",
    "priority": "Xin chọn một mức độ trong danh sách.",
    "channel": "Xin chọn một kênh tiếp nhận trong danh sách.",
    "unit": "Chưa có cơ quan gợi ý cho nội dung này. Xin chọn cơ quan nhận hồ sơ.",
}
CONFIRM: Final = "Vừa được điền theo hồ sơ gần nhất. Xin hỏi lại người gửi rồi bấm lưu lần nữa."
DEFAULTS: Final = {"field": "khac", "priority": NORMAL, "channel": "phone"}
LOOKING: Final = ("find", "suggest")  # steps that save nothing
ANSWERING: Final = ("answer", "responsible_officer", "approving_leader")


class IntakeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nội dung, người gửi, và bước tiếp theo; `kind` là loại, kèm đối tượng phản ánh nếu có (report.conduct).

    `seen`: mã các hồ sơ gần giống mà trang đã nêu.
    """

    nonce: Nonce
    step: Literal["find", "suggest", "save", "answer", "forward"]
    phone: Annotated[str, Meta(max_length=30)] = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^\s*({given.MAIL})?\s*{given.END}")] = ""
    sender_kind: Literal["individual", "organisation"] = "individual"
    channel: given.Slug = "phone"
    kind: Annotated[str, Meta(max_length=100)] = ""
    field: Annotated[str, Meta(max_length=100)] = "khac"
    priority: Annotated[str, Meta(max_length=100)] = NORMAL
    title: given.ShortText = ""
    content: given.LongText = ""
    seen: Annotated[str, Meta(max_length=500)] = ""
    unit: Annotated[str, Meta(max_length=100)] = ""
    note: given.LongText = ""
    answer: given.LongText = ""
    responsible_officer: Annotated[str, Meta(max_length=200)] = ""
    approving_leader: Annotated[str, Meta(max_length=200)] = ""


MATTER: Final = tuple(
    name for name in IntakeForm.__struct_fields__ if name not in ("nonce", "step", "seen", "unit", "note", *ANSWERING)
)


def kinds(deps: Deps) -> dict[str, tuple[str, str, str | None]]:
    """Return what can be chosen: value → words, kind, what a report is about."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for name, kind in deps.regulation.kinds.items():
        found |= {} if kind.about else {name: (kind.label, name, None)}
        found |= {
            f"{name}.{about}": (f"{kind.label}: {deps.regulation.about[about]}", name, about) for about in kind.about
        }
    return found


def choices(deps: Deps) -> dict[str, Any]:
    """Return what the form offers; a field's words name the unit that the regulation gives it to (Điều 7.3)."""
    from chalicelib.domain.text import fold
    from chalicelib.entrypoints.unit_choices import agencies
    from chalicelib.ports import unit_name

    rules = deps.regulation
    competent = {name: unit_name(one.unit, deps) if one.unit else "" for name, one in rules.fields.items()}
    fields = [(name, " – ".join(filter(None, (one.label, competent[name])))) for name, one in rules.fields.items()]
    return {
        "kinds": [(value, words) for value, (words, _, _) in kinds(deps).items()],
        "fields": sorted(fields, key=lambda one: (one[0] == "khac", fold(one[1]))),
        "priorities": [(name, one.label) for name, one in rules.priorities.items()],
        "channels": list(rules.channels.items()),
        "units": agencies(),
    }


def faults(form: Form) -> dict[str, str]:
    """Say at each field what is wrong with it for the step asked for; to look a sender up takes a number only."""
    step, typed = form.typed.get("step", ""), form.typed
    found = {name: WORDS.get(name, words) for name, words in form.faults.items()}
    if typed.get("phone", "").strip() and not contact_of(form):
        found["phone"] = WORDS["phone"]
    if step in LOOKING:
        return {name: words for name, words in found.items() if name in ("nonce", "phone", "email")}
    found = _unknown(typed) | _lacking(typed, step) | found
    return {name: found[name] for name in IntakeForm.__struct_fields__ if name in found}


def contact_of(form: Form) -> str:
    """Return the number, else the mail address, as cases know it; empty where none was typed that can be one."""
    phone = form.typed.get("phone", "").strip()
    if not phone:
        return "" if "email" in form.faults else form.typed.get("email", "").strip()
    try:
        return telephone(phone, "/phone")
    except InvalidError:
        return ""


def confirmed(form: Form, known: Sender | None) -> Form:
    """Return the form as it is shown again; what earlier cases filled in is not called missing, but to be confirmed."""
    typed = _completed(form.typed, known)
    filled = {name for name in SENDER if typed.get(name) and not form.typed.get(name, "").strip()}
    return Form(typed, {name: CONFIRM if name in filled else words for name, words in form.faults.items()})


def with_hints(form: Form) -> tuple[Form, Suggestions]:
    """Return what is suggested for the words so far, and the form with it; a field or unit that was chosen stays.

    A kind is always chosen, the first one by nobody: it says nothing.
    """
    from chalicelib.views.suggestions import for_words

    typed = form.typed
    field = typed.get("field", "").replace(DEFAULTS["field"], "")
    hints = for_words(f"{typed.get('title', '')}\n{typed.get('content', '')}", field, bootstrap.deps())
    found = {
        name: hint.value
        for name, hint, chosen in (
            ("kind", hints.kind, ""),
            ("field", hints.field, field),
            ("unit", hints.holder, typed.get("unit")),
        )
        if hint and not chosen
    }
    return replace(form, typed={**typed, **found}), hints


def matter_of(body: IntakeForm) -> Receive:
    """Return what the case is made of."""
    from chalicelib.domain.commands import Receive
    from chalicelib.domain.eligibility import Matter

    _, kind, about = kinds(bootstrap.deps())[body.kind]
    sender = Sender(body.sender_kind, body.name, body.phone, body.email, body.address)
    matter = Matter(body.title, body.content, sender)
    return Receive(
        matter=matter, kind=kind, about=about, channel=body.channel, field=body.field, priority=body.priority
    )


def next_step(body: IntakeForm) -> Command | None:
    """Return what is to be done with the saved case at once."""
    from chalicelib.domain.commands import Answer, ForwardToOfficer

    match body.step:
        case "answer":
            return Answer(**{name: getattr(body, name) for name in ANSWERING})
        case "forward":
            typed = {name: getattr(body, name) for name in MATTER}
            return ForwardToOfficer(unit=body.unit or _forwarded_to(typed), note=body.note)
    return None


def _completed(typed: Mapping[str, str], known: Sender | None) -> dict[str, str]:
    """What is known of the sender stands where nothing was typed."""
    found = {name: getattr(known, name) for name in SENDER} | {"sender_kind": known.kind} if known else {}
    return found | {name: value for name, value in typed.items() if value.strip() or name not in found}


def _unknown(typed: Mapping[str, str]) -> dict[str, str]:
    """What is in no list of the regulation's."""
    deps = bootstrap.deps()
    rules = deps.regulation
    lists = {"kind": kinds(deps), "field": rules.fields, "priority": rules.priorities, "channel": rules.channels}
    given = {name: typed.get(name) or DEFAULTS.get(name, "") for name in lists}
    return {name: WORDS[name] for name, value in given.items() if value not in lists[name]}


def _lacking(typed: Mapping[str, str], step: str) -> dict[str, str]:
    """What the step needs. What Điều 6 misses does not keep a case from being saved: its sender may have rung off."""
    found = {} if typed.get("content", "").strip() else {"content": EMPTY}
    if step == "save":
        return found
    found |= _missing(typed) | _sent_at_once(typed)
    if step == "answer":
        found |= _decided_elsewhere(typed)
        return found | {name: EMPTY for name in ANSWERING if not typed.get(name, "").strip()}
    return found | ({} if typed.get("unit") or _forwarded_to(typed) else {"unit": WORDS["unit"]})


def suggestion(typed: Mapping[str, str]) -> RoutingView | None:
    """Return what routing makes of the form so far; nothing before a kind is chosen."""
    from chalicelib.entrypoints.suggested import suggested

    _, kind, about = kinds(bootstrap.deps()).get(typed.get("kind", ""), ("", "", None))
    return suggested(DEFAULTS | {name: value for name, value in typed.items() if value}, kind, about) if kind else None


def _forwarded_to(typed: Mapping[str, str]) -> str:
    found = suggestion(typed)
    return found.owner if found and found.way == "forward" else ""


def _missing(typed: Mapping[str, str]) -> dict[str, str]:
    from chalicelib.domain.eligibility import Matter, assess

    rules = bootstrap.deps().regulation
    sender = Sender(**{name: typed.get(name, "").strip() for name in ("phone", *SENDER)})
    judged = assess(Matter(typed.get("title", ""), typed.get("content", ""), sender), rules)
    if judged.rule and judged.outcome == "refuse":
        why = f"{judged.rule.reason} ({judged.rule.article})"
        return {"content": f"{why}. Xin chỉ bấm Lưu: hồ sơ được ghi nhận kèm hướng dẫn."}
    return {PLACES.get(item, item): f"Còn thiếu: {rules.details[item]} ." for item in judged.missing}


def _decided_elsewhere(typed: Mapping[str, str]) -> dict[str, str]:
    """What an agency decides is not answered while the sender is on the telephone (R56)."""
    deps = bootstrap.deps()
    _, kind, about = kinds(deps).get(typed.get("kind", ""), ("", "", None))
    rule = deps.regulation.authority.reserves(kind, about, typed.get("field") or DEFAULTS["field"])
    words = (
        f"Việc này do cơ quan có thẩm quyền quyết định ({rule.article}). Xin bấm Lưu hoặc chuyển xử lý." if rule else ""
    )
    return {"kind": words} if words else {}


def _sent_at_once(typed: Mapping[str, str]) -> dict[str, str]:
    from chalicelib.ports import unit_name

    deps = bootstrap.deps()
    _, kind, about = kinds(deps).get(typed.get("kind", ""), ("", "", None))
    unit = deps.regulation.kinds[kind].at_once(about) if kind else None
    return {"kind": f"Loại này được chuyển ngay đến {unit_name(unit, deps)} khi lưu. Xin chỉ bấm Lưu."} if unit else {}
