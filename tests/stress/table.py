"""The harness' table: what failed where, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.functions import FUNCTIONS
from tests.stress.sabotage import Call
from tests.stress.trial import Verdict

FILE = Path(__file__).parents[2] / ".build" / "weather.md"
HEADS = (
    "function",
    "places",
    "failures",
    "of them tried",
    "losses",
    "duplicates",
    "otherwise not as before",
    "mails and SMS told twice in the window",
    "messages delivered to agencies twice in the window",
    "their second effects",
)


@dataclass(slots=True)
class Table:
    """Collects verdicts; a line for each function and one for all."""

    calls: list[Call] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, calls: Sequence[Call], verdicts: Sequence[Verdict]) -> None:
        """Take in a story: the places it comes to first, and what was tried there."""
        self.calls += calls
        self.verdicts += verdicts
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text("\n".join(self.lines()) + "\n", "utf-8")

    def lines(self) -> Iterator[str]:
        """Write it in Markdown."""
        yield f"| {' | '.join(HEADS)} |"
        yield f"|---{'|---:' * (len(HEADS) - 1)}|"
        for function in FUNCTIONS:
            yield self._line(f"`{function.name}`", {function.name})
        yield self._line("all", {function.name for function in FUNCTIONS})

    def _line(self, head: str, functions: set[str]) -> str:
        calls = [call for call in self.calls if call.handler in functions]
        verdicts = [one for one in self.verdicts if one.call.handler in functions]
        counts = (
            len(calls),
            sum(len(call.ways) for call in calls),
            len(verdicts),
            sum(one.lost.total() for one in verdicts),
            sum(one.too_often for one in verdicts),
            sum(bool(one.otherwise or one.broken) for one in verdicts),
            sum(one.twice.total() for one in verdicts if one.in_the_window),
            sum(one.delivered_twice.total() for one in verdicts if one.in_the_window),
            sum("heard" in difference for one in verdicts for difference in one.otherwise),
        )
        return f"| {head} | {' | '.join(f'{count:,}' for count in counts)} |"
