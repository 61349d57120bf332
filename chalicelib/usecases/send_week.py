"""On the week's first working day: the week past in numbers, to the Centre's leadership and the Office (Điều 12.1, 15).

All of it comes from the counters, but the oldest open case and what is to be followed up, which are read from lists.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

from chalicelib.domain.case import Case, Holder
from chalicelib.domain.counting import MOVED
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.weekly import Days, Flow, days_to_report, flows
from chalicelib.ports import Deps, PermanentDeliveryError, local_day, unit_name
from chalicelib.usecases.addresses import LEADERSHIP, address
from chalicelib.usecases.foresee_late import queues
from chalicelib.usecases.once import once
from chalicelib.usecases.send_digest import done_today, mark_done, open_cases, row

WATERMARK = "week"
NOTHING = Flow(0, 0, 0)


def send_week(deps: Deps) -> int:
    """Send the report, where one is due today and there is something to report; return how many mails went out now."""
    rules, today = deps.regulation, local_day(deps.clock.now(), deps.regulation)
    days = days_to_report(today, rules.digests.week_begins, lambda day: _works(day, deps))
    if days is None or done_today(WATERMARK, deps):
        return 0
    context = week_context(days, deps)
    readers = dict.fromkeys((rules.leadership, rules.supervisor)) if context["units"] else ()
    sent = sum(_send(unit, days, context, deps) for unit in readers)
    mark_done(WATERMARK, deps)
    return sent


def week_context(days: Days, deps: Deps) -> dict[str, object]:
    """Return what the letter says; sums over `units` are the `totals`."""
    by_unit = _counts(days, deps)
    moved = deps.tallies.between(MOVED, f"{days.first}#", f"{local_day(deps.clock.now(), deps.regulation)}#~")
    open_now = queues(deps)
    stock = flows(_by_unit(open_now), moved, days)
    units = [_unit(unit, stock.get(unit, NOTHING), by_unit.get(unit, Counter()), deps) for unit in {*stock, *by_unit}]
    totals: Counter[str] = Counter()
    for one in by_unit.values():
        totals.update(one)
    price = deps.regulation.sms_price
    return {
        "first": days.first,
        "last": days.last,
        "totals": _totals(totals, stock),
        "units": sorted(units, key=lambda one: (-one["late"], -one["open"], one["holder"])),  # type: ignore[operator] # counts
        "sms": {name: totals[name] for name in ("sms", "sms_parts")},
        "sms_cost": price.of(totals["sms_parts"]) if price else "",
        "oldest": _oldest(+open_now, deps),
        **_beside(deps),
        "bottlenecks": _bottlenecks(days, deps),
        "link": address(deps, LEADERSHIP),
    }


def _totals(counted: Counter[str], stock: dict[str, Flow]) -> dict[str, int]:
    answered, late = counted["answered"], counted["answered_late"]
    return {
        "opening": sum(flow.opening for flow in stock.values()),
        "received": counted["received"],
        "reopened": counted["reopened"],
        "answered": answered,
        "refused": counted["refused"],
        "finished": answered + counted["refused"],
        "on_time": answered - late,
        "answered_late": late,
        "late": counted["late"],
        "open": sum(flow.open for flow in stock.values()),
    }


def _unit(unit: str, flow: Flow, counted: Counter[str], deps: Deps) -> dict[str, object]:
    return {
        "holder": unit_name(unit, deps),
        "opening": flow.opening,
        "came": flow.came,
        "went": flow.went,
        "open": flow.open,
        "answered": counted["answered"],
        "late": counted["late"],
    }


def _counts(days: Days, deps: Deps) -> dict[str, Counter[str]]:
    """Add up the rows "<day>#<unit>#<kind>" of the days by unit; the days may lie in two months."""
    found: dict[str, Counter[str]] = {}
    for month in dict.fromkeys(f"{day:%Y-%m}" for day in (days.first, days.last)):
        for key, counts in deps.tallies.between(month, f"{days.first}#", f"{days.last}#~").items():
            found.setdefault(key.split("#")[1], Counter()).update(counts)
    return found


def _by_unit(open_now: Counter[Holder]) -> Counter[str]:
    found: Counter[str] = Counter()
    for holder, count in open_now.items():
        found[holder.unit] += count
    return found


def _oldest(have: Counter[Holder], deps: Deps) -> list[dict[str, object]]:
    cases = (case for holder in have for case in open_cases(holder, deps))
    oldest: Case | None = min(cases, key=lambda case: case.received_at, default=None)
    return [row(oldest, deps) | {"received_at": oldest.received_at}] if oldest else []


def _beside(deps: Deps) -> dict[str, object]:
    cases = [case for _, case in deps.lists.to_follow_up()]
    duties = [action for case in cases for action in case.open_actions]
    return {
        "phoning_count": sum(case.phone_since is not None for case in cases),
        "duty_count": len(duties),
        "duties_overdue": sum(action.overdue for action in duties),
    }


def _bottlenecks(days: Days, deps: Deps) -> list[str]:
    """Say the newest bottlenecks in a few words; none where they are old or cannot be read: the letter goes without."""
    try:
        release = deps.learned.findings.newest(deps.clock.now())
    except UnavailableError:
        return []
    if release is None or release.content.today <= days.last:
        return []
    fields = {name: field.label for name, field in deps.regulation.fields.items()}
    return [
        f"{found.named(fields, lambda unit: unit_name(unit, deps))}: {found.bottleneck.senders} người gửi, "
        f"thường lệ {found.bottleneck.usual:.1f}".replace(".", ",")
        for found in release.content.found
    ]


def _works(day: date, deps: Deps) -> bool:
    calendar = deps.regulation.calendar
    opening = next(calendar.open_intervals(datetime.combine(day, time(), calendar.zone)))[0]
    return local_day(opening, deps.regulation) == day


def _send(unit: str, days: Days, context: dict[str, object], deps: Deps) -> bool:
    reader = deps.directory.unit(unit)
    if not reader.mail:
        return False
    with once(f"week#{days.last}#{unit}", deps) as mine:
        if mine:
            letter = deps.letters.render("week", context | {"unit_name": reader.name})
            try:
                deps.mailer.mail(reader.mail, letter.subject, letter.text, letter.html)
            except PermanentDeliveryError:
                return False
    return mine
