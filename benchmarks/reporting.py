"""A month's report: seconds and memory of its worker, from the store's bytes to workbook and document, on one core.

The store is a recording of what DynamoDB would answer, so that all is measured but the network and S3.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.session
from botocore.parsers import create_parser

from benchmarks.replaying import FIRST_WEEK, LIVES, RULES, SEED, life
from benchmarks.table import Line
from chalicelib.adapters.dynamo import codec, shards
from chalicelib.adapters.dynamo.event_log import DynamoEventLog
from chalicelib.adapters.regulation_files import report_rules
from chalicelib.adapters.report_files import S3ReportFiles
from chalicelib.adapters.report_papers import WrittenPapers
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.events import Recorded
from chalicelib.domain.reporting.period import Period
from chalicelib.domain.reporting.report import Report
from chalicelib.usecases.make_report import make_report

CASES = int(os.environ.get("BENCH_REPORT_CASES") or 100_000)  # received in the month
MONTH = Period(date(2021, 3, 1), date(2021, 3, 31))
WEEKS = range(6, 13)  # after that of the lives: two before the month, and the month
A_WEEK = round(CASES / 31 * 7)
MOST_SECONDS, MOST_MEGABYTES = 60, 512
PAGE = 1400  # items of an answer: DynamoDB reads a megabyte, and sends what is asked for of it
DAY = re.compile(r"2021-\d\d-\d\d")
START, END = MONTH.bounds(RULES.calendar.zone)
Item = dict[str, dict[str, str]]


def lines() -> list[Line]:
    """Record a store, and make its report in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder) / "answers.db")
        program = [sys.executable, "-m", "benchmarks.reporting", folder]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    what = f"report of a month of {found['received']:,} cases, {found['events']:,} events, one core: reached / limit"
    seconds, megabytes = found["cpu"], found["mb"]
    return [
        Line(what, f"{seconds:.1f} s", f"{MOST_SECONDS} s", seconds / MOST_SECONDS, 1.0),
        Line("  … peak memory", f"{megabytes:.0f} MB", f"{MOST_MEGABYTES} MB", megabytes / MOST_MEGABYTES, 1.0),
        Line("  … of it reading and counting", f"{found['counting']:.1f} s"),
        Line("  … of it workbook and document", f"{found['writing']:.1f} s"),
    ]


def record(file: Path) -> None:
    """Write the answers: the month's days, what came after, the histories of cases that were there before."""
    answers: dict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE answers (key TEXT PRIMARY KEY, body TEXT)")
        for code, history in cases():
            items = [item(recorded, code, shift) for recorded, shift in history]
            for one in items:
                at = datetime.fromisoformat(one["day_sort"]["S"].partition("#")[0])
                if at >= START:
                    span = "in" if at < END else "after"
                    answers[f"{span}#{at:%Y-%m-%d}#{shards.of(code, shards.DAY)}"].append(json.dumps(one))
            if items[0]["day_sort"]["S"] < codec.instant(START):
                _write(db, code, [json.dumps({name: one[name] for name in one if name != "day_sort"}) for one in items])
        for key, found in answers.items():
            found.sort(key=lambda one: json.loads(one)["day_sort"]["S"])
            for number, place in enumerate(range(0, len(found), PAGE)):
                _write(db, f"{key}#{number}", found[place : place + PAGE], more=place + PAGE < len(found))


def cases() -> Iterator[tuple[str, list[tuple[Recorded, timedelta]]]]:
    """Live a few hundred lives again and again, week after week."""
    chance = random.Random(SEED)  # noqa: S311 no secret
    minutes = 7 * 24 * 60 / LIVES
    lives = [life(chance, FIRST_WEEK + timedelta(minutes=number * minutes)) for number in range(LIVES)]
    for week in WEEKS:
        for number in range(A_WEEK):
            code = f"{chance.randrange(10**6):06d}{week:02d}{number:05d}"
            yield code, [(recorded, timedelta(weeks=week)) for recorded in lives[number * LIVES // A_WEEK]]


def item(recorded: Recorded, code: str, shift: timedelta) -> Item:
    """Return an event as the index holds it, weeks later."""
    body, _ = codec.event_to_body(recorded, "00")
    moved = DAY.sub(lambda found: f"{date.fromisoformat(found[0]) + shift}", body)
    place = f"EVENT#{recorded.seq:05d}"
    values = {
        "pk": code,
        "sk": place,
        "kind": type(recorded.event).__name__,
        "body": moved,
        "chain": "0123456789abcdef" * 4,
        "day_sort": f"{codec.instant(recorded.at + shift)}#{code}#{recorded.seq:05d}",
    }
    return {name: {"S": value} for name, value in values.items()}


def _write(db: sqlite3.Connection, key: str, items: list[str], *, more: bool = False) -> None:
    last = ', "LastEvaluatedKey": {"pk": {"S": "more"}}' if more else ""
    db.execute("INSERT INTO answers VALUES (?, ?)", (key, f'{{"Items": [{", ".join(items)}]{last}}}'))


class Recording:
    """A client that answers with what was recorded, read as botocore reads what comes from the network."""

    def __init__(self, file: Path) -> None:
        client = botocore.session.get_session().create_client("dynamodb", region_name="ap-southeast-1")
        self._shape = client.meta.service_model.operation_model("Query").output_shape
        self._parser, self._db = create_parser("json"), sqlite3.connect(file)
        self.events = 0

    def query(self, **asked: Any) -> Any:
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        if "IndexName" not in asked:
            return self._answer(values[":pk"])
        number = asked.get("ExclusiveStartKey", 0)
        span = "in" if values[":start"] < codec.instant(END) else "after"
        found = self._answer(f"{span}#{values[':key']}#{number}")
        self.events += len(found["Items"])
        return found | ({"LastEvaluatedKey": number + 1} if "LastEvaluatedKey" in found else {})

    def scan(self, **_: Any) -> Any:
        return {"Items": []}  # whoever is silent through the month was read as a case of before already

    def _answer(self, key: str) -> Any:
        row = self._db.execute("SELECT body FROM answers WHERE key = ?", (key,)).fetchone()
        body = row[0].encode() if row else b'{"Items": []}'
        return self._parser.parse({"body": body, "headers": {}, "status_code": 200}, self._shape)


def measured(folder: Path) -> None:
    """Make the report as the worker does, its files in a folder; print what it took."""
    asked = Report(name="2021-03-31-bench", kind="report", period=MONTH, as_of=END, asked_by="x")
    store, register = Recording(folder / "answers.db"), Register(asked)
    deps: Any = SimpleNamespace(
        regulation=RULES,
        report_rules=report_rules("hoa_binh", RULES),
        event_log=DynamoEventLog(store),
        reports=register,
        report_files=kept_in(folder),
        papers=WrittenPapers(),
        tallies=SimpleNamespace(between=lambda *_: {}),
        clock=SimpleNamespace(now=lambda: END + timedelta(days=1)),
        directory=SimpleNamespace(unit=_nobody),
    )
    began = time.process_time()
    made = make_report(asked.name, deps)
    figures = deps.report_files.figures(made)
    counting, written = (at - began for at in register.times)
    told = {"cpu": written, "counting": counting, "writing": written - counting, "mb": peak()}
    print(json.dumps(told | {"events": store.events, "received": figures.of("total", "received")}))


def peak() -> float:
    """Return the most MB this program held; getrusage would tell those of whoever started it, too."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status)[0]) / 1024


class Register:
    """The register of one report; notes when it was replaced."""

    def __init__(self, report: Any) -> None:
        self.report = report
        self.times: list[float] = []

    def get(self, _: str) -> Any:
        return self.report

    def tell(self, *_: object) -> None:
        """Nobody waits."""

    def replace(self, report: Any, _: int) -> None:
        self.report = report
        self.times.append(time.process_time())


def kept_in(folder: Path) -> Any:
    """Return the files' adapter with a folder for its bucket."""

    class Kept(S3ReportFiles):
        def _ask(self, operation: str, **arguments: Any) -> Any:
            place = folder / arguments["Key"].replace("/", "-")
            if operation == "put_object":
                place.write_bytes(arguments["Body"])
                return {}
            return {"Body": place.open("rb")}

    return Kept("bucket")


def _nobody(unit: str) -> Any:
    raise NotFoundError("unit_not_found", unit)


if __name__ == "__main__":
    measured(Path(sys.argv[1]))
