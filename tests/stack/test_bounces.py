"""A bounce on the running stack: topic, queue, worker and its role. MiniStack's SES reports nothing: we do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infra.names import named

from .conftest import Client, Stack
from .test_main_job import CASE, SENDER, citizen, eventually, staff

__all__ = ["citizen", "staff"]
RECORDED = Path(__file__).parents[1] / "events" / "ses_bounce.json"
ADDRESS = "khong.con.nua@example.com"


def test_a_mail_that_comes_back_is_shown_in_its_case(stack: Stack, aws: Client, citizen: Any, staff: Any) -> None:
    body = CASE | {"sender": SENDER | {"email": ADDRESS}}
    code = citizen.send(body)["code"]
    operator = staff("operator")

    def flags() -> Any:
        return operator.open(code)["case"]["flags"]

    report = json.loads(RECORDED.read_text("utf-8"))
    report["mail"]["tags"]["case"] = [code]
    report["bounce"]["bouncedRecipients"][0]["emailAddress"] = ADDRESS
    [topic] = [t["TopicArn"] for t in aws("sns").list_topics()["Topics"] if t["TopicArn"].endswith("mail-reports")]
    assert topic.endswith(named(stack["stage"], "mail-reports"))
    aws("sns").publish(TopicArn=topic, Message=json.dumps(report))
    eventually(lambda: flags() == ["phone_the_sender"])
    failed = [event["facts"] for event in operator.open(code)["timeline"] if event["type"] == "DeliveryFailed"]
    assert failed == [{"channel": "email", "reason": "bounce", "letter": "acknowledged"}]
