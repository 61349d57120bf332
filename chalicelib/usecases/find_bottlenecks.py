"""Look for bottlenecks once a day, in the cases of the week past and the eight before (R112). docs/signals.md."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from chalicelib.domain.bottlenecks import PAST, WEEK, WORDS, Bottleneck, Spoken, bottlenecks
from chalicelib.domain.heard import syllables, ways
from chalicelib.domain.past import Past
from chalicelib.domain.signals import Findings, Found
from chalicelib.ports import Deps, local_day
from chalicelib.ports.learned import Facts
from chalicelib.usecases.read_past import Each, read_past

MOST = 20_000  # cases
WRITTEN = 3  # senders who wrote words the same way; else they are shown as they are counted, without marks


def find_bottlenecks(deps: Deps, *, each: Each = map) -> int:
    """Publish the day's findings, once; return the number of their version, 0 where they are there."""
    now, zone = deps.clock.now(), deps.regulation.calendar.zone
    today = local_day(now, deps.regulation)
    newest = deps.learned.findings.newest(now)
    if newest and newest.content.today >= today:
        return 0
    start = datetime.combine(today - timedelta(days=WEEK + PAST), time(), zone)
    past = {one.code: one for one in read_past(start, deps, most=MOST, each=each)}
    cases = [_spoken(one, one.at.astimezone(zone)) for one in past.values()]
    found = tuple(Found(one, _written(one, past)) for one in bottlenecks(cases, today))
    week = sum(today - timedelta(days=WEEK) <= case.day < today for case in cases)
    after = newest.number if newest else 0
    return deps.learned.findings.publish(Findings(today, week, found), Facts(len(past)), now, after=after)


def _spoken(past: Past, local: datetime) -> Spoken:
    return Spoken(
        code=past.code,
        day=local.date(),
        sender=past.sender,
        said=syllables(past.words),
        kind=past.kind,
        field=past.field,
        unit=past.answered_by or past.unit,
    )


def _written(one: Bottleneck, past: dict[str, Past]) -> str:
    """Say words as most senders wrote them with their marks."""
    name, words = one.subject
    if name != WORDS:
        return ""
    said = {(past[code].sender, way) for code in one.codes for way in ways(past[code].words, words.split())}
    often = Counter(way for _, way in said if not way.isascii())
    way, count = max(often.items(), key=lambda found: (found[1], found[0]), default=("", 0))
    return way if count >= WRITTEN else words
