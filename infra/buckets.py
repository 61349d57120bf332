"""What every bucket of ours is: private, encrypted, owned by the account alone, and kept when its stack goes."""

from __future__ import annotations

from typing import Any

from infra.names import Json, named
from infra.people import KEPT

_PRIVATE = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")


def bucket(stage: str, name: str, *, forgets: dict[str, int], **more: Any) -> Json:
    """Make a bucket; `forgets` says after how many days what lies in a folder is gone, `more` is of this bucket only.

    A bucket's name is the whole world's: account and region make it ours.
    """
    encrypted = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    half_sent = {"Id": "half", "Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}
    rules = [
        {"Id": folder.rstrip("/"), "Status": "Enabled", "Prefix": folder, "ExpirationInDays": days}
        for folder, days in forgets.items()
    ]
    properties = {
        "BucketName": {"Fn::Sub": f"{named(stage, name)}-${{AWS::AccountId}}-${{AWS::Region}}"},
        "PublicAccessBlockConfiguration": dict.fromkeys(_PRIVATE, True),
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [encrypted]},
        "LifecycleConfiguration": {"Rules": [*rules, half_sent]},
    }
    return {"Type": "AWS::S3::Bucket", **KEPT, "Properties": properties | more}


def over_tls_only(bucket: str) -> Json:
    """Make the statement of a bucket's policy that lets nobody in without TLS; `bucket` is its logical id."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:*"],
        "Resource": [{"Fn::GetAtt": [bucket, "Arn"]}, {"Fn::Sub": f"${{{bucket}.Arn}}/*"}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
