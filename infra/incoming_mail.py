"""What people answer by mail: SES puts it into a bucket of its own and says so by a topic into the queue `mails`.

Bucket, topic and queue are always there; SES receives for a domain only where one is given (MailInboundDomain).
"""

from __future__ import annotations

from infra.buckets import bucket, over_tls_only
from infra.keeping import days_kept
from infra.names import Json, named
from infra.queues import policy_of_topic

PREFIX = "mail/"
RECEIVES = "ReceivesMail"
DOMAIN: Json = {
    "Type": "String",
    "Default": "",
    "AllowedPattern": r"([a-z0-9-]+(\.[a-z0-9-]+)+)?",
    "Description": "The domain, verified in SES, whose MX record leads here; empty: no mail is received",
}
CONDITIONS: Json = {RECEIVES: {"Fn::Not": [{"Fn::Equals": [{"Ref": "MailInboundDomain"}, ""]}]}}


def rule_set(stage: str) -> str:
    """Name the rule set; an account and region has one that is active, which no template can say."""
    return named(stage, "mail")


def forgets(regulation: str) -> dict[str, int]:
    """Say after how many days what lies in a folder is gone."""
    return {PREFIX: days_kept(regulation)["raw_mails"]}


def resources(stage: str, regulation: str) -> dict[str, Json]:
    """Make all of it, by logical id."""
    return {
        "MailsBucket": bucket(stage, "mails", forgets=forgets(regulation)),
        "MailsBucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "MailsBucket"}, "PolicyDocument": _of_bucket(stage)},
        },
        "MailArrivals": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": named(stage, "mail-arrivals")}},
        "MailArrivalsPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Properties": {
                "Topics": [{"Ref": "MailArrivals"}],
                "PolicyDocument": _document(_from_ses(stage, "sns:Publish", {"Ref": "MailArrivals"})),
            },
        },
        "MailArrivalsSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {
                "Protocol": "sqs",
                "TopicArn": {"Ref": "MailArrivals"},
                "RawMessageDelivery": True,
                "Endpoint": {"Fn::GetAtt": ["MailsQueue", "Arn"]},
            },
        },
        "MailsPolicy": policy_of_topic("mails", "MailArrivals"),
        "MailRules": {
            "Type": "AWS::SES::ReceiptRuleSet",
            "Condition": RECEIVES,
            "Properties": {"RuleSetName": rule_set(stage)},
        },
        "MailRule": _rule(),
    }


def _of_bucket(stage: str) -> Json:
    writes = _from_ses(stage, "s3:PutObject", {"Fn::Sub": f"${{MailsBucket.Arn}}/{PREFIX}*"})
    return _document(writes, over_tls_only("MailsBucket"))


def _from_ses(stage: str, action: str, resource: Json) -> Json:
    """Let SES do one thing for our rules alone; they need not exist for that."""
    rules = f"arn:${{AWS::Partition}}:ses:${{AWS::Region}}:${{AWS::AccountId}}:receipt-rule-set/{rule_set(stage)}:*"
    return {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": [action],
        "Resource": resource,
        "Condition": {
            "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
            "ArnLike": {"aws:SourceArn": {"Fn::Sub": rules}},
        },
    }


def _document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _rule() -> Json:
    to_bucket = {
        "BucketName": {"Ref": "MailsBucket"},
        "ObjectKeyPrefix": PREFIX,
        "TopicArn": {"Ref": "MailArrivals"},
    }
    return {
        "Type": "AWS::SES::ReceiptRule",
        "Condition": RECEIVES,
        "DependsOn": ["MailsBucketPolicy", "MailArrivalsPolicy"],
        "Properties": {
            "RuleSetName": {"Ref": "MailRules"},
            "Rule": {
                "Name": "all",
                "Enabled": True,
                "ScanEnabled": True,
                "TlsPolicy": "Optional",
                "Recipients": [{"Ref": "MailInboundDomain"}],
                "Actions": [{"S3Action": to_bucket}],
            },
        },
    }
