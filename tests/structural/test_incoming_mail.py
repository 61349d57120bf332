"""Mail comes in by SES alone, into a private bucket that forgets, and only where a domain is given."""

from typing import Any

from infra.grants import GRANTS
from infra.incoming_mail import PREFIX, RECEIVES

from .conftest import Built


def conditional(built: Built) -> set[str]:
    return {kind["Type"] for kind in built.data["Resources"].values() if kind.get("Condition") == RECEIVES}


def test_without_a_domain_nothing_is_received_and_all_else_stands(built: Built) -> None:
    assert conditional(built) == {"AWS::SES::ReceiptRuleSet", "AWS::SES::ReceiptRule"}
    assert built.data["Parameters"]["MailInboundDomain"]["Default"] == ""
    equal = {"Fn::Equals": [{"Ref": "MailInboundDomain"}, ""]}
    assert built.data["Conditions"][RECEIVES] == {"Fn::Not": [equal]}
    assert built.app["Parameters"]["MailInboundDomain"]["Default"] == ""


def test_every_mail_to_the_domain_is_scanned_and_put_where_the_worker_reads(built: Built) -> None:
    (rule,) = (each["Rule"] for each in built.resources("AWS::SES::ReceiptRule").values())
    assert (rule["Recipients"], rule["ScanEnabled"], rule["Enabled"]) == ([{"Ref": "MailInboundDomain"}], True, True)
    (action,) = rule["Actions"]
    assert action == {
        "S3Action": {
            "BucketName": {"Ref": "MailsBucket"},
            "ObjectKeyPrefix": PREFIX,
            "TopicArn": {"Ref": "MailArrivals"},
        }
    }


def test_the_bucket_is_private_encrypted_and_forgets_after_30_days(built: Built) -> None:
    bucket = built.resources("AWS::S3::Bucket")["MailsBucket"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    expiry = [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in rule]
    assert [(rule["Prefix"], rule["ExpirationInDays"], rule["Status"]) for rule in expiry] == [(PREFIX, 30, "Enabled")]


def test_only_our_rules_write_to_the_bucket_and_nobody_in_clear(built: Built) -> None:
    document: dict[str, Any] = built.resources("AWS::S3::BucketPolicy")["MailsBucketPolicy"]["PolicyDocument"]
    writes, in_clear = document["Statement"]
    assert (writes["Principal"], writes["Action"]) == ({"Service": "ses.amazonaws.com"}, ["s3:PutObject"])
    assert writes["Resource"] == {"Fn::Sub": "${MailsBucket.Arn}/mail/*"}
    assert writes["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert (in_clear["Effect"], in_clear["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_only_the_worker_and_the_desk_read_mails_and_nobody_of_ours_writes_or_deletes_them() -> None:
    for name, grants in GRANTS.items():
        granted = {key: actions for key, actions in grants.items() if key.startswith("bucket/mails")}
        reads = {"bucket/mails/mail": "GetObject", "bucket/mails": "ListBucket"}
        assert granted == (reads if name in {"api_handler", "mails"} else {})
