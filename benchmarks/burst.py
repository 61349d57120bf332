"""Two thousand replies at once: each has its one effect or is told back once, and nothing else happens."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from benchmarks.agencies import AT_ONCE, POST, RESULT, Exchange, eventually
from benchmarks.centre import CASE
from benchmarks.table import Line
from examples.client import Centre

CASES, COPIES = 1000, 100  # two replies a case, and some of them once more
PATIENCE = 600  # seconds
OVERTAKEN = "not_holder"  # `accepted`, heard after the result: told back, by docs/agency-exchange.md


@dataclass
class Outcome:
    """What became of the replies: events by case and kind, and what was told back."""

    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)  # by the reply's message_id and code

    def lost(self, cases: dict[str, str]) -> int:
        """Count the replies that had no effect and of which nothing was told."""
        answered = sum(not self.events[code, "Answered"] for code in cases)
        return answered + sum(
            not self.events[code, "AcceptedByAgency"] and not self.refused[f"accepted-{code}", OVERTAKEN]
            for code in cases
        )

    def twice(self) -> int:
        """Count what happened or was told once too often, or should not have been told."""
        wrong = sum(times for (_, code), times in self.refused.items() if code != OVERTAKEN)
        return wrong + sum(times - 1 for counted in (self.events, self.refused) for times in counted.values())


def lines(exchange: Exchange) -> list[Line]:
    """Let the Post have a thousand cases, then say of each at once that it has it and what came of it."""
    cases, began = _assigned(exchange), time.monotonic()
    _say(exchange, cases)
    said = time.monotonic() - began
    eventually(lambda: _idle(exchange), "replies", PATIENCE)
    heard = time.monotonic() - began
    eventually(lambda: _answers(exchange, cases).keys() == set(cases.values()), "answers", PATIENCE)
    mailed = time.monotonic() - began
    outcome = _outcome(exchange, cases)
    mails = sum(times - 1 for times in _answers(exchange, cases).values())
    lost, twice = outcome.lost(cases), outcome.twice() + mails
    what = f"{2 * CASES:,} replies and {COPIES} copies in {said:.0f} s"
    return [
        Line(f"a burst of {what}: until the last is heard", f"{heard:.0f} s", f"{2 * CASES / heard:.0f} a second"),
        Line(f"  … until the last of their {CASES:,} answers is mailed", f"{mailed:.0f} s"),
        Line("  … lost + twice: replies, answers' mails", f"{lost} + {twice}", "0", float(lost + twice), limit=0),
    ]


def _assigned(exchange: Exchange) -> dict[str, str]:
    """Send the cases, which reach the Post by themselves; gives each code's address once all were assigned."""
    citizen, sqs = Centre(exchange.stack["base_url"]), exchange.aws("sqs")

    def send(number: int) -> tuple[str, str]:
        mail = f"burst{number}@example.com"
        sender: dict[str, Any] = {**CASE["sender"], "email": mail}  # type: ignore[dict-item] # it is a dict
        return citizen.send(CASE | {"kind": "service", "sender": sender})["code"], mail

    with ThreadPoolExecutor(AT_ONCE) as pool:
        cases = dict(pool.map(send, range(CASES)))

    def all_there() -> bool:
        exchange.taken(sqs, POST)
        return exchange.assigned.keys() >= cases.keys()

    eventually(all_there, "assigned", PATIENCE)
    eventually(lambda: _idle(exchange), "receipts", PATIENCE)
    return cases


def _say(exchange: Exchange, cases: dict[str, str]) -> None:
    post = exchange.agency(POST)
    replies: list[tuple[str, str, dict[str, Any]]] = [("accepted", code, {}) for code in cases]
    replies += [("result", code, RESULT) for code in cases]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(
            lambda reply: post.reply(reply[0], reply[1], message_id=f"{reply[0]}-{reply[1]}", **reply[2]),
            replies + replies[CASES : CASES + COPIES],
        ):
            pass


def _idle(exchange: Exchange) -> bool:
    """Tell whether no queue of ours holds anything, seen or unseen."""
    sqs, counts = exchange.aws("sqs"), ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    for url in exchange.stack["queues"].values():
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(counts))["Attributes"]
        if any(int(found[name]) for name in counts):
            return False
    return True


def _answers(exchange: Exchange, cases: dict[str, str]) -> Counter[str]:
    known = set(cases.values())
    return Counter(to for to, _ in exchange.answers() if to in known)


def _outcome(exchange: Exchange, cases: dict[str, str]) -> Outcome:
    """Read every event of the cases, and everything that the Post was told back."""
    made, sqs = Outcome(), exchange.aws("sqs")
    pages = (
        exchange.aws("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=exchange.stack["tables"]["cases"],
            FilterExpression="#kind IN (:accepted, :answered)",
            ExpressionAttributeNames={"#kind": "kind"},
            ExpressionAttributeValues={":accepted": {"S": "AcceptedByAgency"}, ":answered": {"S": "Answered"}},
        )
    )
    for page in pages:
        made.events.update((i["pk"]["S"], i["kind"]["S"]) for i in page["Items"] if i["pk"]["S"] in cases)
    while told := exchange.taken(sqs, POST):
        rejected = (one for one in told if one["type"] == "message_rejected")
        made.refused.update((one["rejected_message_id"], one["code"]) for one in rejected)
    return made
