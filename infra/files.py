"""The bucket of the files that come with cases: private, kept, and forgetful of what nobody names."""

from __future__ import annotations

from infra.names import Json, named
from infra.people import KEPT

WAITING = "waiting"  # folder of adapters/files.py
WAITS_DAYS = 1
_PRIVATE = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
_BROWSER_SENDS = ["content-type", "x-amz-checksum-sha256", "x-amz-meta-*"]


def files(stage: str) -> dict[str, Json]:
    """Make the bucket and its policy, by logical id. A name is the world's: account and region make it ours."""
    name = {"Fn::Sub": f"{named(stage, 'files')}-${{AWS::AccountId}}-${{AWS::Region}}"}
    encrypted = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    properties: Json = {
        "BucketName": name,
        "PublicAccessBlockConfiguration": dict.fromkeys(_PRIVATE, True),
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [encrypted]},
        "LifecycleConfiguration": {"Rules": [_forgotten()]},
        # Whoever has a pre-signed URL may use it: a page's origin proves nothing, and there are no cookies to misuse.
        "CorsConfiguration": {
            "CorsRules": [{"AllowedMethods": ["PUT"], "AllowedOrigins": ["*"], "AllowedHeaders": _BROWSER_SENDS}]
        },
    }
    return {
        "Files": {"Type": "AWS::S3::Bucket", **KEPT, "Properties": properties},
        "FilesPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            **KEPT,
            "Properties": {"Bucket": {"Ref": "Files"}, "PolicyDocument": _encrypted_ways_only()},
        },
    }


def _forgotten() -> Json:
    return {
        "Id": WAITING,
        "Status": "Enabled",
        "Prefix": f"{WAITING}/",
        "ExpirationInDays": WAITS_DAYS,
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }


def _encrypted_ways_only() -> Json:
    arn = {"Fn::GetAtt": ["Files", "Arn"]}
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, {"Fn::Join": ["", [arn, "/*"]]}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
