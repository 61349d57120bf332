"""Each working morning: what is new, due today, late, waiting; to operators, officers, agencies. None on days off.

Operators are reminded of the senders to telephone, focal officers of their unit's documents without an answer (R75).

The leadership also hears what will be late at the present pace of those who have it (R111).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case, Duty, Holder
from chalicelib.domain.case_code import display
from chalicelib.domain.pace import Expected
from chalicelib.domain.reception import answer_until
from chalicelib.domain.units import Unit
from chalicelib.ports import Deps, PermanentDeliveryError, local_day, unit_name
from chalicelib.usecases.addresses import WORKLIST, address
from chalicelib.usecases.foresee_late import foresee_late, holders_of
from chalicelib.usecases.once import once

WATERMARK = "digest"
PAGE = 100
ROWS = 20  # a mail names this many of each kind and counts the rest
RISKS = 5  # the leadership's mail names this many of what will be late
LONGEST_BREAK = timedelta(days=31)  # Tết is nine days
SECTIONS = ("new", "due_today", "late", "waiting")


def send_digest(deps: Deps) -> int:
    """Send each holder its digest of today, once, and return how many were sent now."""
    now = deps.clock.now()
    today = local_day(now, deps.regulation)
    opening = next(deps.regulation.calendar.open_intervals(now))[0]
    if local_day(opening, deps.regulation) != today or done_today(WATERMARK, deps):
        return 0
    beside = [case for _, case in deps.lists.to_follow_up()]
    sent = sum(_send(holder, unit, beside, now, deps) for holder, unit in holders(deps))
    mark_done(WATERMARK, deps)
    return sent


def done_today(what: str, deps: Deps) -> bool:
    """Tell whether it is too early in the day for a morning's mails, or all of today's went out."""
    now, rules = deps.clock.now(), deps.regulation
    if now.astimezone(rules.calendar.zone).time() < rules.digests.at:
        return True
    last = deps.watermarks.get(what)
    return last is not None and local_day(last, rules) == local_day(now, rules)


def mark_done(what: str, deps: Deps) -> None:
    """Note that a morning's mails went out; what failed is tried again by the next run, and nobody is told twice."""
    deps.watermarks.advance(what, deps.clock.now())


def holders(deps: Deps) -> Iterator[tuple[Holder, Unit]]:
    """Return everybody who may hold cases, with the unit; one that is no more may still have some."""
    for unit in deps.directory.units():
        for holder in holders_of(unit.id, deps):
            yield holder, unit


def _send(holder: Holder, unit: Unit, beside: list[Case], now: datetime, deps: Deps) -> bool:
    cases = list(open_cases(holder, deps))
    coming = _coming(deps) if holder.role == Role.LEADERSHIP and unit.mail else []
    more = _beside(holder, beside, deps) | _received(holder, deps)
    if not (cases or coming or any(more.values())) or not unit.mail:
        return False
    day = local_day(now, deps.regulation)
    with once(f"digest#{day}#{holder.role}#{holder.unit}", deps) as mine:
        if mine:
            context = _context(cases, holder, now, deps) | _risks(coming, deps) | more | {"unit_name": unit.name}
            letter = deps.letters.render("digest", context)
            try:
                deps.mailer.mail(unit.mail, letter.subject, letter.text, letter.html)
            except PermanentDeliveryError:
                return False
    return mine


def _beside(holder: Holder, cases: list[Case], deps: Deps) -> dict[str, object]:
    """Return what is reminded of every morning until it is done: operators telephone, focal officers see to duties."""
    phoning = [case for case in cases if case.phone_since] if holder.role == Role.OPERATOR else []
    own = holder.role == Role.AGENCY
    duties = [action for case in cases for action in case.open_actions if own and action.unit == holder.unit]
    return {
        "phoning": [
            {"code": case.code, "since": case.phone_since, "tries": case.phone_tries} for case in phoning[:ROWS]
        ],
        "phoning_count": len(phoning),
        "duties": [_document(action, deps) for action in duties[:ROWS]],
        "duty_count": len(duties),
        "duties_overdue": sum(action.overdue for action in duties),
    }


def _received(holder: Holder, deps: Deps) -> dict[str, object]:
    """Return what is owed to who came to a session of citizen reception (Luật Tiếp công dân, Điều 28)."""
    rules, now = deps.reception_rules, deps.clock.now()
    if holder.unit not in rules.units or holder.role == Role.AGENCY:
        return {"receptions": [], "reception_count": 0}
    found = [
        {"number": f"{display(session.code)}, nội dung {one.number}", "due_at": due, "standing": _standing(due, now)}
        for session in deps.receptions.waiting()
        for one in session.matters
        if one.owed and (due := answer_until(one.raised_on, rules, deps.regulation))
    ]
    return {"receptions": sorted(found, key=lambda one: str(one["due_at"]))[:ROWS], "reception_count": len(found)}


def _standing(due: datetime, now: datetime) -> str:
    return "quá hạn" if now > due else "chờ trả lời"


def _document(action: Duty, deps: Deps) -> dict[str, object]:
    label = deps.regulation.duty_label(action.name)
    return {"number": action.number, "label": label, "due_at": action.due_at, "tries": action.reminders}


def _coming(deps: Deps) -> list[Expected]:
    """Return what will be trễ hạn at the present pace, worst first (R111); a target is never that (ADR 6)."""
    return [one for one in foresee_late(deps).coming if one.case.stage and one.case.stage.binding]


def _risks(coming: list[Expected], deps: Deps) -> dict[str, object]:
    now, calendar = deps.clock.now(), deps.regulation.calendar
    rows = [row(one.case, deps) | {"expected_at": calendar.due(now, one.work)} for one in coming[:RISKS]]
    return {"risks": rows, "risk_count": len(coming)}


def open_cases(holder: Holder, deps: Deps) -> Iterator[Case]:
    """Return all that a holder has, page by page."""
    cursor = ""
    while True:
        page = deps.lists.of_holder(holder.role, holder.unit, limit=PAGE, cursor=cursor)
        yield from page.cases
        if not page.cursor:
            return
        cursor = page.cursor


def _context(cases: list[Case], holder: Holder, now: datetime, deps: Deps) -> dict[str, object]:
    sorted_out: dict[str, list[Case]] = {name: [] for name in SECTIONS}
    before = working_day_before(now, deps)
    for case in cases:
        for section in sections(case, before, now, deps):
            sorted_out[section].append(case)
    counts = {name: len(found) for name, found in sorted_out.items()}
    return {
        "day": local_day(now, deps.regulation),
        "counts": counts,
        "lists": {name: [row(case, deps) for case in found[:ROWS]] for name, found in sorted_out.items()},
        "holders": [
            {
                "holder": unit_name(holder.unit, deps),
                "open": len(cases),
                "due_today": counts["due_today"],
                "late": counts["late"],
            }
        ],
        "link": address(deps, WORKLIST),
    }


def sections(case: Case, before: datetime, now: datetime, deps: Deps) -> tuple[str, ...]:
    """Name the parts of the digest a case belongs to: it may be both new (since `before`) and due today.

    A target of the centre that has passed is for today; only limits of the regulation make a case late.
    """
    stage = case.stage
    assert stage is not None, "only open cases have a holder"
    if stage.paused:
        return ("waiting",)
    found = ("new",) if stage.started_at >= before else ()
    if stage.binding and stage.due_at < now:
        return (*found, "late")
    today = local_day(now, deps.regulation)
    return (*found, "due_today") if local_day(stage.due_at, deps.regulation) <= today else found


def working_day_before(now: datetime, deps: Deps) -> datetime:
    """Return the same time of the working day before today, when the last digest went out: Friday on a Monday."""
    calendar, today = deps.regulation.calendar, local_day(now, deps.regulation)
    openings = takewhile(lambda opening: opening < now, (o for o, _ in calendar.open_intervals(now - LONGEST_BREAK)))
    days = {local_day(opening, deps.regulation) for opening in openings} - {today}
    return now - (today - max(days, default=today - timedelta(days=1)))


def row(case: Case, deps: Deps) -> dict[str, object]:
    """Return what a list says of an open case."""
    assert case.stage is not None
    return {
        "code": display(case.code),
        "kind_label": deps.regulation.kinds[case.kind].label,
        "holder": unit_name(case.holder.unit, deps) if case.holder else "",
        "stage_label": deps.regulation.stages[case.stage.name].label,
        "due_at": case.stage.due_at,
    }
