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
    assert code in [case["code"] for case in operator.call("GET", "/v1/desk/phoning")["cases"]]
    operator.act(code, "phoned", reached=True, note="Đã báo lại nội dung")
    assert flags() == []
    assert code not in [case["code"] for case in operator.call("GET", "/v1/desk/phoning")["cases"]]


def test_documents_and_letters_are_shown(citizen: Any, staff: Any) -> None:
    """The index of what is to be followed up, and the letters, by the API's own role."""
    operator = staff("operator")
    code = citizen.send(CASE | {"kind": "report", "about": "conduct", "field": "cong_chuc"})["code"]
    operator.act(code, "forward", unit="so_y_te")
    documents = operator.call("GET", "/v1/desk/duties?unit=so_y_te")["duties"]
    assert [one["document"]["name"] for one in documents if one["code"] == code] == ["notice", "substitution"]
    assert "week" in [one["name"] for one in operator.call("GET", "/v1/desk/letters")["letters"]]
