"""The stack that is kept: tables, queues, people, keys. A release never replaces anything in it."""

from __future__ import annotations

from infra import directory, incoming_mail, signing, track
from infra.files import files
from infra.functions import BY_QUEUE
from infra.lake import lake
from infra.names import QUEUES, Json, logical, named
from infra.people import KEPT, people
from infra.queues import dead_letters, policy, policy_of_topic, queue
from infra.reports import reports
from infra.tables import tables

TOPIC: Json = {"Ref": "Alarms"}
MINUTE = 60
MAIL_SENDER = "The bare address that SES has verified, itself or by its domain"
MAIL_IDENTITY = "ARN of the SES identity that invitations are sent with; empty: Cognito's own sender, 50 mails a day"
AGENCY_ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]


def _own_queues(stage: str) -> dict[str, Json]:
    made: dict[str, Json] = dead_letters(stage, "relay", TOPIC)
    for name in QUEUES:
        made |= queue(stage, name, TOPIC, visibility=BY_QUEUE[name].visibility, oldest=15 * MINUTE)
    return made


def _agency_queues(stage: str, agencies: tuple[directory.Unit, ...]) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for unit in agencies:
        name = f"agency-{unit.id}"
        made |= queue(stage, name, TOPIC, visibility=5 * MINUTE, oldest=24 * 60 * MINUTE)
        if unit.account:
            made[logical(name, "policy")] = policy(name, [unit.account], AGENCY_ACTIONS)
    accounts = sorted({unit.account for unit in agencies if unit.account})
    if accounts:
        made["RepliesPolicy"] = policy("replies", accounts, ["sqs:SendMessage"])
    return made


def _keys(stage: str) -> Json:
    # Never edit GenerateSecretString: CloudFormation would make another key, and every PIN and lookup would be lost.
    return {
        "Type": "AWS::SecretsManager::Secret",
        **KEPT,
        "Properties": {
            "Name": named(stage, "keys"),
            "Description": "The random key from which the PIN key and the lookup key are derived",
            "GenerateSecretString": {
                "SecretStringTemplate": "{}",
                "GenerateStringKey": "key",
                "PasswordLength": 64,
                "ExcludePunctuation": True,
            },
        },
    }


def _mail(stage: str) -> Json:
    return {
        "Type": "AWS::SES::ConfigurationSet",
        "Properties": {
            "Name": named(stage, "mail"),
            "ReputationOptions": {"ReputationMetricsEnabled": True},
            "SuppressionOptions": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
        },
    }


def _mail_reports(stage: str) -> dict[str, Json]:
    """What SES reports of mails that did not arrive: its topic, which it alone may use, into the queue `bounces`."""
    from_ses = {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": ["sns:Publish"],
        "Resource": {"Ref": "MailReports"},
        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
    }
    destination = {
        "Name": "reports",
        "Enabled": True,
        "MatchingEventTypes": ["bounce", "complaint"],
        "SnsDestination": {"TopicARN": {"Ref": "MailReports"}},
    }
    to_queue = {"Protocol": "sqs", "TopicArn": {"Ref": "MailReports"}, "RawMessageDelivery": True}
    return {
        "MailReports": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": named(stage, "mail-reports")}},
        "MailReportsPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Properties": {
                "Topics": [{"Ref": "MailReports"}],
                "PolicyDocument": {"Version": "2012-10-17", "Statement": [from_ses]},
            },
        },
        "MailReportsSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": to_queue | {"Endpoint": {"Fn::GetAtt": ["BouncesQueue", "Arn"]}},
        },
        "BouncesPolicy": policy_of_topic("bounces", "MailReports"),
        "MailReportsDestination": {
            "Type": "AWS::SES::ConfigurationSetEventDestination",
            "DependsOn": "MailReportsPolicy",
            "Properties": {"ConfigurationSetName": {"Ref": "MailSet"}, "EventDestination": destination},
        },
    }


def _exports(stage: str, keys: tuple[directory.SigningKey, ...]) -> dict[str, Json]:
    values: dict[str, Json] = {
        "CasesStreamArn": {"Fn::GetAtt": ["CasesTable", "StreamArn"]},
        "RelayDlqArn": {"Fn::GetAtt": ["RelayDlq", "Arn"]},
        "RelayDlqUrl": {"Ref": "RelayDlq"},
        "AlarmsArn": TOPIC,
        "FilesBucket": {"Ref": "Files"},
        "FilesArn": {"Fn::GetAtt": ["Files", "Arn"]},
        "LakeBucket": {"Ref": "Lake"},
        "LakeArn": {"Fn::GetAtt": ["Lake", "Arn"]},
        "KeysArn": {"Fn::GetAtt": ["Keys", "Id"]},
        "UserPoolId": {"Ref": "UserPool"},
        "ClientId": {"Ref": "UserPoolClient"},
        "MailSender": {"Ref": "MailSender"},
        **signing.arns(keys),
        "PetitionKeyArn": {"Fn::GetAtt": ["PetitionKey", "Arn"]},
        "MailsBucket": {"Ref": "MailsBucket"},
        "MailsArn": {"Fn::GetAtt": ["MailsBucket", "Arn"]},
        "ReportsBucket": {"Ref": "ReportsBucket"},
        "ReportsArn": {"Fn::GetAtt": ["ReportsBucket", "Arn"]},
    }
    for name in QUEUES:
        values[logical(name, "QueueArn")] = {"Fn::GetAtt": [logical(name, "queue"), "Arn"]}
        values[logical(name, "QueueUrl")] = {"Ref": logical(name, "queue")}
    return {key: {"Value": value, "Export": {"Name": named(stage, key)}} for key, value in values.items()}


def template(stage: str, regulation: str) -> Json:
    """Make the data template of a stage for the centre of one regulation."""
    agencies, keys = directory.agencies(regulation), directory.signing_keys(regulation)
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"Tong Dai {stage}: what is kept",
        "Parameters": {
            "MailSender": {"Type": "String", "AllowedPattern": "[^@<> ]+@[^@<> ]+", "Description": MAIL_SENDER},
            "MailIdentity": {"Type": "String", "Default": "", "Description": MAIL_IDENTITY},
            "MailInboundDomain": incoming_mail.DOMAIN,
        },
        "Conditions": {
            "OwnInvitations": {"Fn::Not": [{"Fn::Equals": [{"Ref": "MailIdentity"}, ""]}]},
            **incoming_mail.CONDITIONS,
        },
        "Resources": {
            "Alarms": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": named(stage, "alarms")}},
            **tables(stage),
            **files(stage, regulation),
            **lake(stage),
            **_own_queues(stage),
            **_agency_queues(stage, agencies),
            **people(stage, [unit.id for unit in directory.units(regulation) if unit.works]),
            "Keys": _keys(stage),
            **signing.resources(stage, keys),
            **track.keys(stage),
            "MailSet": _mail(stage),
            **_mail_reports(stage),
            **incoming_mail.resources(stage, regulation),
            **reports(stage),
        },
        "Outputs": _exports(stage, keys),
    }
