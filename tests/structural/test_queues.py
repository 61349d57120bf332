"""What must hold of every queue, whoever adds the next."""

import json

import pytest

from chalicelib.exchange import fields
from chalicelib.usecases import collect_dead_letters
from infra import data_stack, directory, policies
from infra.functions import FUNCTIONS
from infra.names import named

from .conftest import REGULATION, STAGE, Built

SQS = "AWS::SQS::Queue"


def is_dead_letters(name: str) -> bool:
    return name.endswith("Dlq")


def test_every_queue_has_dead_letters_that_outlive_it(built: Built) -> None:
    queues = built.resources(SQS)
    for name, queue in queues.items():
        if is_dead_letters(name):
            continue
        redrive = queue["RedrivePolicy"]
        dead = queues[redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]]
        assert redrive["maxReceiveCount"] >= 5, name
        assert dead["MessageRetentionPeriod"] == 14 * 86_400 > queue["MessageRetentionPeriod"], name


def test_a_message_as_large_as_the_contract_allows_fits_every_queue(built: Built) -> None:
    """docs/agency-exchange.md: also once it is signed, which writes it in base64; AWS and the local cloud agree."""
    assert {queue["MaximumMessageSize"] for queue in built.resources(SQS).values()} == {256 * 1024}
    assert fields.LARGEST * 4 / 3 + 8 * 1024 <= 256 * 1024


def test_every_dead_letter_queue_has_an_alarm_where_nobody_empties_it(built: Built) -> None:
    dead = {each["QueueName"] for name, each in built.resources(SQS).items() if is_dead_letters(name)}
    assert dead == built.alarmed("ApproximateNumberOfMessagesVisible")


def test_every_dead_letter_queue_is_emptied_by_collect_and_by_nobody_else(built: Built) -> None:
    """What it may receive is what it asks: the queues of its use case, the relay's, and every agency's."""
    dead = {each["QueueName"] for name, each in built.resources(SQS).items() if is_dead_letters(name)}
    receives = {
        function.name: {
            str(resource["Fn::Sub"]).rpartition(":")[2]
            for statement in policies.policy(function, STAGE, REGULATION)["Statement"]
            if "sqs:ReceiveMessage" in statement["Action"]
            for resource in statement["Resource"]
        }
        for function in FUNCTIONS
    }
    assert receives.pop("collect") == dead
    assert not dead & set().union(*receives.values())
    asked = {*collect_dead_letters.WORKERS, "relay", *(f"agency-{unit.id}" for unit in directory.agencies(REGULATION))}
    assert {named(STAGE, name, "dlq") for name in asked} == dead


def test_every_queue_has_an_alarm_on_its_oldest_message(built: Built) -> None:
    live = {each["QueueName"] for name, each in built.resources(SQS).items() if not is_dead_letters(name)}
    assert live == built.alarmed("ApproximateAgeOfOldestMessage")


def test_every_queue_has_a_reader(built: Built) -> None:
    """An agency reads its own queue; every other one has a function."""
    read = {source["Queue"]["Fn::ImportValue"] for source in built.sources("SQS").values()}
    for name, queue in built.resources(SQS).items():
        if not is_dead_letters(name) and f"{STAGE}-agency-" not in queue["QueueName"]:
            assert named(STAGE, f"{name}Arn") in read, f"nobody reads {name}"


def test_every_queue_worker_reports_single_failures_and_is_bounded(built: Built) -> None:
    assert built.sources("SQS")
    for name, source in built.sources("SQS").items():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert source["ScalingConfig"]["MaximumConcurrency"] >= 2, name
        assert 1 <= source["BatchSize"] <= 10, name


def test_a_message_stays_hidden_for_six_timeouts_of_its_worker(built: Built) -> None:
    for name in built.sources("SQS"):
        queue = built.resources(SQS)[f"{name}Queue"]
        assert queue["VisibilityTimeout"] >= 6 * built.functions[name]["Timeout"], name


def test_an_agency_in_another_account_reaches_its_own_queue_and_replies_only(built: Built) -> None:
    foreign = [unit for unit in directory.agencies(REGULATION) if unit.account]
    assert foreign
    found = built.resources("AWS::SQS::QueuePolicy")
    assert found.pop("BouncesPolicy")  # SNS, below
    assert found.pop("MailsPolicy")
    assert len(found) == len(foreign) + 1
    for policy in found.values():
        (statement,) = policy["PolicyDocument"]["Statement"]
        (queue,) = policy["Queues"]
        assert statement["Resource"] == {"Fn::GetAtt": [queue["Ref"], "Arn"]}
        replies = queue["Ref"] == "RepliesQueue"
        assert statement["Action"] == (["sqs:SendMessage"] if replies else data_stack.AGENCY_ACTIONS)
        assert "*" not in json.dumps(statement)


@pytest.mark.parametrize(("queue", "topic"), [("Bounces", "MailReports"), ("Mails", "MailArrivals")])
def test_only_one_topic_writes_to_a_queue_of_mails_and_only_ses_to_the_topic(
    built: Built, queue: str, topic: str
) -> None:
    (statement,) = built.resources("AWS::SQS::QueuePolicy")[f"{queue}Policy"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": topic}}}
    (statement,) = built.resources("AWS::SNS::TopicPolicy")[f"{topic}Policy"]["PolicyDocument"]["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "ses.amazonaws.com"}, ["sns:Publish"])
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    subscription = built.resources("AWS::SNS::Subscription")[f"{topic}Subscription"]
    assert (subscription["TopicArn"], subscription["Protocol"]) == ({"Ref": topic}, "sqs")
    assert subscription["Endpoint"] == {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}
    assert subscription["RawMessageDelivery"] is True, "the worker reads what SES wrote, not an envelope"


def test_ses_reports_bounces_and_complaints(built: Built) -> None:
    (destination,) = built.resources("AWS::SES::ConfigurationSetEventDestination").values()
    assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint"]
