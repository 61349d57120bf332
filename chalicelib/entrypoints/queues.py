"""Queue workers. Each takes one message at a time and reports the ones that failed, so that only these come back.

Every function imports every handler: what only one of them needs is imported when that one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import bootstrap, observability
from chalicelib.domain.errors import DomainError

workers = Blueprint(__name__)
Failures = dict[str, list[dict[str, str]]]


class Typed(msgspec.Struct):
    """A message of our own."""

    type: str


class Happened(Typed):
    """A relayed event: where to find it."""

    code: str
    seq: int


class ReportWanted(Typed):
    """Somebody asked for a report, or gave it other words."""

    name: str


class CodeWanted(Typed):
    """A sender, by keyed hash, asked for a one-time code; what it is made of."""

    sender: str
    nonce: str


def each(event: SQSEvent, worker: str, handle: Callable[[str], object]) -> Failures:
    """Handle every message; one that fails comes back after its visibility timeout and ends in the dead letters.

    Nothing is raised: an exception would bring the whole batch back.
    """
    records: list[Mapping[str, Any]] = event.to_dict()["Records"]
    failed = [record["messageId"] for record in records if not _handled(record, worker, handle)]
    observability.log("batch", worker=worker, count=len(records), status=len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


def _handled(record: Mapping[str, Any], worker: str, handle: Callable[[str], object]) -> bool:
    try:
        handle(record["body"])
    except Exception as error:  # noqa: BLE001 the rim: any failure means "not handled"
        observability.log_failure(error, worker=worker)
        _note(record["messageId"], error)
        return False
    return True


def _note(message: str, error: Exception) -> None:
    """Let `collect` say why, should the message die of it; a note that cannot be written loses only this."""
    try:
        from chalicelib.domain.dead_letters import FAILED

        deps = bootstrap.deps()
        code = error.code if isinstance(error, DomainError) else type(error).__name__
        deps.inbox.note_failure(f"{FAILED}{message}", code, deps.clock.now())
    except Exception as trouble:  # noqa: BLE001 same: the other messages of the batch must not suffer
        observability.log_failure(trouble, worker="note")


def _on_event(act: Callable[[str, int], object]) -> Callable[[str], object]:
    def handle(body: str) -> object:
        happened = msgspec.json.decode(body, type=Happened)
        return act(happened.code, happened.seq)

    return handle


@workers.on_sqs_message(queue_arn="Notices", name="notices")
def notices(event: SQSEvent) -> Failures:
    """Tell people what happened, or a sender the one-time code that was asked for."""
    return each(event, "notices", tell)


def tell(body: str) -> None:
    """Take in what somebody is to be told of."""
    from chalicelib.usecases.ask_for_code import CODE_WANTED
    from chalicelib.usecases.send_code import send_code
    from chalicelib.usecases.tell_people import tell_people

    if msgspec.json.decode(body, type=Typed).type != CODE_WANTED:
        _on_event(lambda code, seq: tell_people(code, seq, bootstrap.deps()))(body)
        return
    wanted = msgspec.json.decode(body, type=CodeWanted)
    outcome = send_code(wanted.sender, wanted.nonce, bootstrap.deps())
    observability.log("code", worker="notices", state=outcome)


@workers.on_sqs_message(queue_arn="Outgoing", name="outgoing")
def outgoing(event: SQSEvent) -> Failures:
    """Tell agencies."""
    from chalicelib.usecases.tell_agency import tell_agency

    return each(event, "outgoing", _on_event(lambda code, seq: tell_agency(code, seq, bootstrap.deps())))


@workers.on_sqs_message(queue_arn="Tallies", name="tallies")
def tallies(event: SQSEvent) -> Failures:
    """Count."""
    from chalicelib.usecases.count_event import count_event

    return each(event, "tallies", _on_event(lambda code, seq: count_event(code, seq, bootstrap.deps())))


@workers.on_sqs_message(queue_arn="Board", name="board")
def board(event: SQSEvent) -> Failures:
    """Publish."""
    from chalicelib.usecases.post_to_board import post_to_board

    return each(event, "board", _on_event(lambda code, _: post_to_board(code, bootstrap.deps())))


@workers.on_sqs_message(queue_arn="Replies", name="replies")
def replies(event: SQSEvent) -> Failures:
    """Hear agencies."""
    return each(event, "replies", hear)


@workers.on_sqs_message(queue_arn="Bounces", name="bounces")
def bounces(event: SQSEvent) -> Failures:
    """Hear of mails that were not delivered."""
    return each(event, "bounces", returned)


@workers.on_sqs_message(queue_arn="Reports", name="reports")
def reports(event: SQSEvent) -> Failures:
    """Make reports."""
    return each(event, "reports", report)


def report(body: str) -> None:
    """Make the report that a message names."""
    from chalicelib.usecases.make_report import make_report

    made = make_report(msgspec.json.decode(body, type=ReportWanted).name, bootstrap.deps())
    observability.log("report", worker="reports", state=made.state, count=made.rounds)


@workers.on_sqs_message(queue_arn="Mails", name="mails")
def mails(event: SQSEvent) -> Failures:
    """Hear what people answer by mail."""
    return each(event, "mails", written)


def written(body: str) -> None:
    """Take in a mail that SES has received."""
    from chalicelib.domain.unassigned_mail import WORTH_A_LOOK
    from chalicelib.entrypoints import incoming
    from chalicelib.usecases.hear_mail import hear_mail

    deps, arrived = bootstrap.deps(), incoming.read(body)
    outcomes = hear_mail(arrived, deps) if arrived else ("ignored",)
    for outcome in outcomes:
        observability.log("mail", worker="mails", state=outcome)
    waiting = sum(outcome in WORTH_A_LOOK for outcome in outcomes)
    if waiting:
        observability.metric("MailsUnassigned", waiting, stage=deps.settings.stage)


def returned(body: str) -> None:
    """Take in a report of SES."""
    from chalicelib.entrypoints import undelivered
    from chalicelib.usecases.hear_bounce import hear_bounce

    bounce = undelivered.read(body)
    outcome = hear_bounce(bounce, bootstrap.deps()) if bounce else "ignored"
    observability.log("returned", worker="bounces", case=bounce.code if bounce else "", state=outcome)


def hear(body: str) -> None:
    """Carry out a reply, if it is signed. What had no effect is told back; with no agency to tell, it fails."""
    from chalicelib.entrypoints import hearing

    outcome = hearing.hear(body, bootstrap.deps())
    observability.log("reply", worker="replies", code=outcome)
