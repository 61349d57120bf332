"""Which rounds a period has: one pass through its events in order of time. Pure but for the histories it asks for.

In memory are the rounds of the period and its cases while they are open. A case that was there before the period is
folded from its own history when it is met first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from sys import intern
from typing import NamedTuple

from chalicelib.domain import events as ev
from chalicelib.domain.case import Case
from chalicelib.domain.counting import taken_by
from chalicelib.domain.evolve import evolve
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.reporting import telling
from chalicelib.domain.reporting.rounds import RECEIVED, REOPENED, Round, begun, open_at


class Logged(NamedTuple):
    """An event and the hash that chains it to those before it."""

    recorded: ev.Recorded
    chain: str


@dataclass(slots=True)
class _Track:
    """A case while it is open, and the round it is in: what comes after its end is told without it."""

    case: Case | None = None
    round: Round | None = None


class Fold:
    """Takes events with start <= at < end, then what came after; `rounds` is what they come to.

    `span` is the period's start and end, and the moment up to which what came after it counts; `history` returns all
    events of a case, in order.
    """

    def __init__(
        self, span: tuple[datetime, datetime, datetime], rules: Regulation, history: Callable[[str], Iterable[Logged]]
    ) -> None:
        self._start, self._end, self._as_of = span
        self._zone, self._history = rules.calendar.zone, history
        self._tracks: dict[str, _Track] = {}
        self._ended: dict[str, list[Round]] = {}  # rounds of the period whose case was opened again
        self._after: set[str] = set()  # cases received after the period
        self._whole: set[str] = set()  # cases taken from their own history to the end of the period

    def add(self, logged: Logged) -> None:
        """Take an event of the period."""
        recorded = logged.recorded
        if recorded.code in self._whole:
            return
        track = self._tracks.get(recorded.code)
        if track is None:
            track = self._tracks[recorded.code] = self._before(recorded)
        if recorded.seq != (track.round.seq if track.round else 0) + 1:
            self._take_whole(recorded.code)
        else:
            self._take_in(track, logged)

    def add_later(self, logged: Logged) -> None:
        """Take an event after the period: what corrects or judges something in it counts.

        One that is too late to count still names a case that may have been open.
        """
        recorded = logged.recorded
        if isinstance(recorded.event, ev.Received):
            self._after.add(recorded.code)
        self.add_silent(recorded.code)
        if recorded.at >= self._as_of:
            return
        rounds = list(self._of(recorded.code))
        everything = isinstance(recorded.event, telling.OF_ALL_ROUNDS)
        for one in self._correct(logged, rounds if everything else rounds[-1:]):
            one.later += ((recorded.seq, logged.chain),)

    def add_silent(self, code: str) -> None:
        """Take a case that may have been open all through the period without an event in it."""
        if code not in self._tracks and code not in self._after:
            self._tracks[code] = self._met(code, lambda one: one.recorded.at < self._end)

    def rounds(self) -> Iterator[Round]:
        """Yield the rounds, in order of their cases' codes; afterwards nothing more can be added."""
        for track in self._tracks.values():
            if track.round and track.case:
                track.round.timing = open_at(track.case, self._end)
                track.case = None
        for code in sorted(self._tracks):
            yield from (one for one in self._of(code) if one.told_of)

    def _correct(self, logged: Logged, rounds: Iterable[Round]) -> list[Round]:
        correct = telling.LATER.get(type(logged.recorded.event))
        return [one for one in rounds if correct and correct(one, logged.recorded, self._start, self._end)]

    def _of(self, code: str) -> Iterator[Round]:
        yield from self._ended.get(code, ())
        track = self._tracks.get(code)
        if track and track.round:
            yield track.round

    def _before(self, recorded: ev.Recorded) -> _Track:
        if isinstance(recorded.event, ev.Received):
            return _Track()
        return self._met(recorded.code, lambda one: one.recorded.seq < recorded.seq)

    def _met(self, code: str, known: Callable[[Logged], bool]) -> _Track:
        track = _Track()
        for logged in takewhile(known, self._history(code)):
            self._take(track, logged)
        if track.round:
            track.round.carried(still_open=track.case is not None)
        return track

    def _folded(self, recorded: ev.Recorded) -> Case | None:
        case: Case | None = None
        for logged in takewhile(lambda one: one.recorded.seq < recorded.seq, self._history(recorded.code)):
            case = evolve(case, logged.recorded)
        return case

    def _take_whole(self, code: str) -> None:
        """Take a case whose events are not in order of time, as clocks differ: in its history they are in order."""
        self._whole.add(code)
        self._ended.pop(code, None)
        history = list(self._history(code))
        began = next(place for place, one in enumerate(history) if one.recorded.at >= self._start)
        first = history[began].recorded
        track = self._tracks[code] = self._before(first)
        for logged in takewhile(lambda one: one.recorded.at < self._end, history[began:]):
            self._take_in(track, logged)

    def _take_in(self, track: _Track, logged: Logged) -> None:
        recorded = logged.recorded
        if isinstance(recorded.event, ev.Reopened) and track.round:
            self._ended.setdefault(recorded.code, []).append(track.round)
        self._take(track, logged)
        if isinstance(recorded.event, telling.OF_ALL_ROUNDS):
            self._correct(logged, self._ended.get(recorded.code, ()))

    def _take(self, track: _Track, logged: Logged) -> None:
        recorded, before = logged.recorded, track.case
        if before is None and track.round and taken_by(recorded):
            before = self._folded(recorded)
        if before or track.round is None:
            track.case = evolve(before, recorded)
            if isinstance(recorded.event, (ev.Received, ev.Reopened)):
                track.round = begun(track.case, REOPENED if before else RECEIVED)
            assert track.round is not None, "a case begins with Received"
            track.round.about = intern(track.case.about or "")
        self._note(track, before, logged)

    def _note(self, track: _Track, before: Case | None, logged: Logged) -> None:
        recorded, one = logged.recorded, track.round
        assert one is not None
        one.seq, one.chain = recorded.seq, logged.chain
        one.kind, one.field, one.unit = intern(recorded.kind), intern(recorded.field), intern(recorded.unit)
        if tell := telling.TELL.get(type(recorded.event)):
            tell(one, before, recorded, self._zone)
        if track.case and not track.case.open:
            track.case = None
