"""`make demo`: a busy morning of the desk on a running stack, and at the end what was done beside what was counted.

docs/demo.md says what is played, and what is made to look like yesterday and how.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examples import demo_cases, demo_history, demo_ledger, demo_scripts
from examples.demo_agencies import Exchange, agencies
from examples.demo_cases import Case, DemoError
from examples.demo_desk import LiveDesk
from examples.demo_effects import Effects, wait_for
from examples.demo_morning import aside_in, heard_twice, play, refuses_stale
from examples.demo_progress import ProgressBar
from examples.demo_stack import Scene, find
from examples.script_matter import OPERATOR, Matter
from infra.run import DEFAULT, folder_of

THREADS = 6
SHUFFLE = 1022  # always the same order
SWEEP_SECONDS = 75  # the sweep runs every minute


def say(line: str = "") -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


def played(scene: Scene, cases: Sequence[Case]) -> tuple[list[Matter], list[str], Counter[str]]:
    """Play the morning; return the matters, what went wrong, and how often each thing was done."""
    arrived = {case.id: receipt for case, receipt in demo_history.write(cases, scene.settings, scene.began)}
    say(f"  {len(arrived)} of them came in before: last night, last weekend, or longer ago than they may take.")
    with ThreadPoolExecutor(THREADS) as pool, agencies(scene.stack) as software:
        aside = aside_in(pool)
        exchange = Exchange(software, aside)
        desk = LiveDesk(scene.staff, exchange, scene.rules, arrived, aside)
        matters = [Matter(desk, case, number) for number, case in enumerate(cases)]
        random.Random(SHUFFLE).shuffle(matters)  # noqa: S311 - an order, not a secret
        bar = ProgressBar(len(matters), "cases", sys.stdout)
        failures = asyncio.run(play(matters, exchange, bar.step))
    failures += [f"an agency was told no: {rejected}" for rejected in exchange.rejected]
    return matters, failures, desk.seen + exchange.seen


def looked_over(scene: Scene, matters: Sequence[Matter]) -> list[str]:
    """Return what the centre should not have let happen, or should have done by itself."""
    door = scene.staff.door(*OPERATOR)
    wrong = [f"{code}: a repeated reply had an effect twice" for code in heard_twice(matters, door)]
    if not refuses_stale(matters, door):
        wrong.append("an action on a stale version was not refused")
    due = {matter.code for matter in matters if matter.done["late"]}
    if not wait_for(lambda: all(scene.staff.citizen.progress(code)["late"] for code in due), SWEEP_SECONDS):
        wrong.append("the sweep did not flag every late case within a minute")
    return wrong


def demonstrate(scene: Scene, cases: Sequence[Case]) -> list[str]:
    """Play and compare; return what went wrong."""
    say(f"  {len(cases)} cases at {scene.stack['base_url']}; counting what is there already ...")
    effects = Effects(scene.stack, scene.staff.door(*OPERATOR), scene.months(cases))
    effects.sweep()
    before, letters, dead = effects.settled(), effects.letters(), effects.dead()
    matters, failures, seen = played(scene, cases)
    say("  Waiting for the sweep of the minute, letters, tallies and the board ...")
    failures += looked_over(scene, matters)
    after = effects.settled()
    lines = demo_ledger.compare(demo_ledger.tally(matters), before, after, scene.rules.states)
    say(f"\n{demo_ledger.table(lines)}\n")
    inside = scene.in_office_hours(cases)
    seen |= Counter({"arrived in office hours": inside, "arrived outside office hours": len(cases) - inside})
    summary(seen + effects.letters() - letters)
    if effects.dead() > dead:
        failures.append(f"{effects.dead() - dead} messages ended in the dead letters")
    return failures + [f"{line.name}: done {line.done}, tallies {line.counted}" for line in lines if not line.equal]


def summary(seen: Mapping[str, int]) -> None:
    """Print how often each thing happened."""
    for name, count in seen.items():
        say(f"  {count:>6}  {name}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    whose = os.environ.get("REGULATION") or DEFAULT
    parser.add_argument(
        "--stack", type=Path, default=folder_of(whose) / "stack.json", help="what make run wrote (.local/stack.json)"
    )
    parser.add_argument("--cases", type=Path, default=demo_cases.folder(whose), help="folder of cases*.jsonl")
    given, began = parser.parse_args(), time.monotonic()
    try:
        cases = demo_cases.read(given.cases)
        demo_scripts.check(cases)
        failures = demonstrate(find(given.stack), cases)
    except DemoError as error:
        sys.exit(f"make demo: {error}")
    except KeyboardInterrupt:
        sys.exit("\nmake demo: stopped; the cases played so far stay where they are")
    say(f"\n  {time.monotonic() - began:.0f} s\n")
    if failures:
        sys.exit("\n".join(["make demo: not as it should be", *(f"  - {failure}" for failure in failures)]))


if __name__ == "__main__":
    main()
