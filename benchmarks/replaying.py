"""A replay: cases a second of one process, and memory at two sizes of export."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import SYSTEM, Actor, Sender
from chalicelib.domain.case import Case
from chalicelib.domain.decide import decide
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.events import Recorded
from chalicelib.domain.permissions import allowed
from chalicelib.views import export

SEED, LIVES = 1022, 400
SMALL, LARGE = 100_000, 1_000_000  # events
LEAST = 20_000  # cases a second
GROWTH = 1.1  # memory of ten times as many events
FIRST_WEEK = datetime(2021, 1, 4, tzinfo=UTC)
RULES = regulation("hoa_binh")
OTHER = "stages: {officer: {minutes: 240}, agency: {minutes: 960}}\n"
SENDER = Sender(name="A", phone="+84912345678", address="B")
MATTER = Matter("Khai sinh", "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con.", SENDER)
UNITS = [field.unit for field in RULES.fields.values() if field.unit]
ANSWER = {"responsible_officer": "A", "approving_leader": "B"}


def lines() -> list[Line]:
    """Write both exports, replay each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "other.yaml").write_text(OTHER, "utf-8")
        cases = {size: write(place / f"{size}.jsonl", size) for size in (SMALL, LARGE)}
        found = {size: replay(place / f"{size}.jsonl", place / "other.yaml") for size in (SMALL, LARGE)}
    cpu, wall, memory = found[LARGE]
    speed = cases[LARGE] / cpu
    what = (
        f"replay of {cases[LARGE]:,} cases of {LARGE / cases[LARGE]:.1f} events, a second of one core: limit / reached"
    )
    return [
        Line(what, f"{LEAST:,} cases", f"{speed:,.0f} cases", LEAST / speed, 1.0),
        Line("  … by the clock on the wall", f"{cases[LARGE] / wall:,.0f} cases/s"),
        compared(f"  … memory at {LARGE:,} events / at {SMALL:,}", memory, found[SMALL][2], "MB", limit=GROWTH),
    ]


def replay(events: Path, rules: Path) -> tuple[float, float, float]:
    """Return seconds of CPU and of the wall, and peak MB, of `make replay`."""
    program = [sys.executable, "-c", MEASURED, str(events), "--regulation", str(rules)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    cpu, wall, kilobytes = done.stderr.split()
    return float(cpu), float(wall), int(kilobytes) / 1024


MEASURED = """
import resource, sys, time
from replay.__main__ import main
began, started = time.process_time(), time.perf_counter()
main()
spent = time.process_time() - began, time.perf_counter() - started
print(*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def write(file: Path, events: int) -> int:
    """Write an export of at least so many events: lives of a week, week after week; returns the number of cases."""
    week = sorted(lives(), key=lambda life: (life[0].at, life[0].code))
    encode = msgspec.json.Encoder().encode
    written, cases = 0, 0
    with file.open("wb") as out:
        while written < events:
            number, place = divmod(cases, len(week))
            shift, code = timedelta(weeks=number), f"{cases:012d}"
            for line in week[place]:
                out.write(encode(shifted(line, shift, code)) + b"\n")
            written += len(week[place])
            cases += 1
    return cases


def shifted(line: export.Line, shift: timedelta, code: str) -> export.Line:
    """Return the same event of another case, weeks later."""
    stage = line.stage and msgspec.structs.replace(
        line.stage,
        started_at=line.stage.started_at + shift,
        due_at=line.stage.due_at + shift,
        first_due_at=line.stage.first_due_at + shift,
        pauses=[(start + shift, end and end + shift) for start, end in line.stage.pauses],
    )
    moved = {name: at + shift for name in ("at", "as_of", "since", "old_due", "new_due") if (at := getattr(line, name))}
    return msgspec.structs.replace(line, code=code, stage=stage, **moved)


def lives() -> Iterator[list[export.Line]]:
    """Live many lives by the real rules, in the proportions of an ordinary centre."""
    chance = random.Random(SEED)  # noqa: S311 no secret
    for number in range(LIVES):
        start = FIRST_WEEK + timedelta(minutes=number * 7 * 24 * 60 // LIVES, seconds=chance.randrange(60))
        history = life(chance, start)
        as_of = FIRST_WEEK + timedelta(days=40)
        yield [export.line(recorded, as_of) for recorded in history if recorded.at <= as_of]


def life(chance: random.Random, now: datetime) -> list[Recorded]:
    """Live one: a course of actions, hours between them, the sweep before each."""
    history: list[Recorded] = []
    case: Case | None = None
    for command in course(chance):
        if case is not None:
            now += timedelta(minutes=chance.choice((3, 20, 45, 240, 900, 1500, 3000)))
            case = act(case, cmd.Watch(), SYSTEM, now, history)
        actor = who(case, command)
        if case is None or command.action in allowed(case, actor, RULES):
            case = act(case, command, actor, now, history)
    return history


def act(case: Case | None, command: cmd.Command, actor: Actor, now: datetime, history: list[Recorded]) -> Case:
    made = decide(case, command, actor=actor, code="0", regulation=RULES, now=now)
    history += made.history
    return made.case


def who(case: Case | None, command: cmd.Command) -> Actor:
    if case is None or case.holder is None or command.action == "supply_details":
        return Actor("sender") if command.action != "watch" else SYSTEM
    return Actor(case.holder.role, case.holder.unit, "x")


def course(chance: random.Random) -> list[cmd.Command]:
    """Choose how far a case goes: answered at the desk, by an officer, by an agency; some asked back, some declined."""
    unit = chance.choice(UNITS)
    begun: list[cmd.Command] = [cmd.Receive(matter=MATTER, kind="question", about=None, channel="web", field="ho_tich")]
    asked = [cmd.RequestDetails(question="?"), cmd.SupplyDetails(content="!", matter=MATTER)]
    answer = [cmd.Answer(answer="Trả lời", **ANSWER), cmd.Watch(), cmd.Watch()]
    officer, agency = cmd.ForwardToOfficer(unit=unit), cmd.ForwardToAgency()
    result = [cmd.Accept(), cmd.SubmitResult(result="Xong", **ANSWER)]
    pick = chance.random()
    if pick < 0.35:
        return [*begun, *answer]
    if pick < 0.6:
        return [*begun, officer, *(asked if chance.random() < 0.3 else []), *answer]
    if pick < 0.9:
        return [*begun, officer, agency, *(asked if chance.random() < 0.3 else []), *result, *answer]
    if pick < 0.95:
        return [*begun, officer, agency, cmd.Decline(reason="Nhầm"), agency, *result, *answer]
    return [*begun, officer, agency]
