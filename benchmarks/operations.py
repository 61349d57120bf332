"""Calls and request units of every operation, by the deployed handlers on moto; and what a thousand cases cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import botocore.session
from moto import mock_aws

from benchmarks import centre
from benchmarks.centre import REGION, STAGE, answered, event, handled
from benchmarks.prices import PRICES
from benchmarks.units import Meter
from chalicelib.adapters import aws
from chalicelib.domain.effects import CONCERNS
from chalicelib.domain.units import Unit
from chalicelib.usecases.count_event import count_event
from chalicelib.usecases.relay_events import Happened, relay_events
from chalicelib.usecases.send_reminders import send_reminders
from chalicelib.usecases.sweep_due import sweep_due
from chalicelib.usecases.tell_people import tell_people
from infra import directory
from infra.tables import tables as table_resources

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CASES, PAGE, DUE, LISTED = 30, 25, 20, 10
OPERATOR, LEADER = "operator:tong_dai", "leadership:lanh_dao_trung_tam"
ANSWER = {"answer": "Ông/Bà nộp tờ khai tại bộ phận một cửa.", "responsible_officer": "A", "approving_leader": "B"}
UNITS = ("operation", "calls", "write units", "read units")
COSTS = ("what", "of 1,000 cases", "US dollars")
# What happens to the ordinary case: how often each operation, as named in the table of units.
COURSE = {
    "receive": 1,
    "forward": 1,
    "answer": 1,
    "progress": 4,
    "content": 1,
    f"worklist, page of {PAGE}": 2,
    "relay of one event": 3,
    "tally of a receipt": 1,
    "tally of a forwarding": 2,  # and of the answer, which changes one counter less
    "notice": 3,
}
REQUESTS = ("receive", "forward", "answer", "progress", "content", f"worklist, page of {PAGE}")
MESSAGES = 6  # a tally and a notice of each of three events
REQUEST_GB_SECONDS, WORKER_GB_SECONDS = 0.05 * 1.0, 0.1 * 0.5  # seconds by GB, assumed


class StandingClock:
    """Keeps the port Clock: stands where it is put."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


Operation = tuple[str, Callable[[], object]]
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def tables() -> list[Table]:
    """Do every operation once, warm; (title, header, rows) of units and of costs."""
    with cloud() as (deps, meter):
        measured = {}
        for name, operation in _operations(deps):
            meter.reset()
            operation()
            measured[name] = dict(meter.calls), meter.written, meter.read
    rows: list[tuple[str, ...]] = [
        (name, _said(calls), f"{written:g}", f"{read:g}") for name, (calls, written, read) in measured.items()
    ]
    course = {name: (measured[name][1] * often, measured[name][2] * often) for name, often in COURSE.items()}
    return [
        ("Calls and DynamoDB request units of one operation:", UNITS, rows),
        ("1,000 questions, each forwarded, answered and looked up:", COSTS, _bill(course)),
    ]


@contextmanager
def cloud() -> Iterator[tuple[Any, Meter]]:
    """Make the centre's resources on moto, and a session whose calls are counted."""
    with resources() as (plain, settings):
        meter = Meter(aws.session(), plain, STAGE)
        yield made(settings), meter


def made(settings: dict[str, str]) -> Any:
    """Make the dependencies of a centre that has its key and its calendar."""
    deps = centre.deps(**settings)
    deps.keys.__dict__["_key"] = b"k" * 64
    deps.calendar.__dict__["_read_at"] = float("inf")  # one read in half a minute belongs to no operation
    return deps


@contextmanager
def resources() -> Iterator[tuple[Any, dict[str, str]]]:
    """Make the centre's resources on moto; give a client of the tables that is not counted, and the settings."""
    with mock_aws():
        plain = {name: botocore.session.Session().create_client(name, REGION) for name in ("dynamodb", "sqs", "sesv2")}
        for table in table_resources(STAGE).values():
            wanted = table["Properties"]
            names = ("TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
            plain["dynamodb"].create_table(**{name: wanted[name] for name in names if name in wanted})
        queues = {f"{name}_queue_url": plain["sqs"].create_queue(QueueName=name)["QueueUrl"] for name in CONCERNS}
        plain["sesv2"].create_email_identity(EmailIdentity="tongdai@tongdai.example")
        aws.session().set_config_variable("region", REGION)
        yield plain["dynamodb"], queues | {"mail_sender": "tongdai@tongdai.example", "files_bucket": "bench-files"}


def _operations(deps: Any) -> Iterator[Operation]:
    deps.__dict__["clock"] = clock = StandingClock()
    for unit in directory.units("hoa_binh"):
        kept = {name: unit.attributes.get(name, "") for name in ("name", "kind", "mail", "leader_mail")}
        deps.directory.put(Unit(unit.id, **kept))
    codes = [handled(event("POST", "/v1/cases", centre.CASE))["code"] for _ in range(CASES)]
    _spread(deps)
    deps.directory.units()
    sweep_due(deps, limit=500)
    case, pin = codes[0], deps.keys.pin(codes[0])

    def later() -> None:
        clock.at += timedelta(days=14)
        sweep_due(deps, limit=DUE)

    def act(action: str, **body: Any) -> Callable[[], object]:
        return lambda: handled(event("POST", _desk(action), body, token=OPERATOR, code=case))

    def overview() -> None:
        answered(event("GET", "/ban-lam-viec/lanh-dao", cookie=f"__Host-access={LEADER}; __Host-refresh=bench"))

    yield from [
        ("receive", lambda: handled(event("POST", "/v1/cases", centre.CASE))),
        (
            "forward",
            lambda: handled(
                event("POST", _desk("forward"), {"version": 1, "unit": "so_tu_phap"}, token=OPERATOR, code=codes[1])
            ),
        ),
        ("answer", act("answer", version=1, **ANSWER)),
        ("progress", lambda: handled(event("GET", "/v1/cases/{code}", code=case))),
        ("content", lambda: handled(event("GET", "/v1/cases/{code}/content", pin=pin, code=case))),
        (f"worklist, page of {PAGE}", lambda: handled(event("GET", f"/v1/desk/cases?limit={PAGE}", token=OPERATOR))),
        ("risk, one holder", lambda: handled(event("GET", "/v1/desk/risk?unit=tong_dai", token=OPERATOR))),
        ("risk, whole centre", lambda: handled(event("GET", "/v1/desk/risk", token=OPERATOR))),
        ("leadership's page, first", overview),
        ("leadership's page, within ten minutes", overview),
        ("statistics page, first", lambda: answered(event("GET", "/thong-ke"))),
        ("statistics page, within a minute", lambda: answered(event("GET", "/thong-ke"))),
        ("relay of one event", lambda: relay_events([Happened(case, 1, "Received")], deps.outgoing)),
        ("tally of a receipt", lambda: count_event(case, 1, deps)),
        ("tally of a forwarding", lambda: count_event(codes[1], 2, deps)),
        ("notice", lambda: tell_people(case, 1, deps)),
        ("sweep, nothing due", lambda: sweep_due(deps, limit=500)),
        (f"sweep, {DUE} due", later),
    ]
    yield from _reminders(codes, clock, deps)


def _reminders(codes: list[str], clock: StandingClock, deps: Any) -> Iterator[Operation]:
    """The night's reminders: what is done between two operations belongs to none."""
    remind = partial(send_reminders, deps)
    clock.at -= timedelta(hours=9)
    yield "remind, closed", remind
    clock.at += timedelta(hours=11)
    yield "remind, nothing waits", remind
    late = [case for case in (deps.cases.load(code).case for code in codes) if case.stage and case.stage.step][:LISTED]
    yield "reminders of one event", partial(tell_people, late[0].code, late[0].version, deps)
    for case in late[1:]:
        tell_people(case.code, case.version, deps)
    mails = len(deps.reminders.pending())
    clock.at += timedelta(minutes=3)
    yield f"remind, {mails} mails of {len(late)} cases", remind


def _spread(deps: Any) -> None:
    """Give every unit two cases, counted, so that there is somebody to look into for what will be late."""
    for unit in [unit.id for unit in deps.directory.units() if unit.kind == "department"]:
        for code in [handled(event("POST", "/v1/cases", centre.CASE))["code"] for _ in range(2)]:
            handled(event("POST", _desk("forward"), {"version": 1, "unit": unit}, token=OPERATOR, code=code))
            for seq in (1, 2):
                count_event(code, seq, deps)


def _desk(action: str) -> str:
    return f"/v1/desk/cases/{{code}}/{action}"


def _said(calls: dict[str, int]) -> str:
    return ", ".join(f"{count} {service}" for service, count in sorted(calls.items()))


def _bill(course: dict[str, tuple[float, float]]) -> list[tuple[str, ...]]:
    requests = sum(COURSE[name] for name in REQUESTS)
    invocations = requests + MESSAGES + COURSE["relay of one event"]
    counts = {
        "DynamoDB write units": sum(written for written, _ in course.values()),
        "DynamoDB read units": sum(read for _, read in course.values()),
        "API Gateway requests (REST)": requests,
        "Lambda invocations": invocations,
        "Lambda GB-seconds (arm64)": requests * REQUEST_GB_SECONDS + (invocations - requests) * WORKER_GB_SECONDS,
        "SQS requests": MESSAGES * 3,  # sent, received, deleted
        "SES mails": COURSE["notice"],
        "log KB": invocations,
    }
    costs = {name: PRICES[name].of(count * 1000) for name, count in counts.items()}
    rows = [(name, f"{count * 1000:,.0f}", f"{costs[name]:.4f}") for name, count in counts.items()]
    return [*rows, ("together", "", f"{sum(costs.values()):.4f}")]
