"""The bucket of reports: what is signed off lies under an object lock; drafts are forgotten."""

from __future__ import annotations

from infra.buckets import bucket, over_tls_only
from infra.names import Json
from infra.people import KEPT

DRAFTS_DAYS = 400  # a year's evaluation can be compared with the one before; what is signed off is kept by its lock
FORGETS = {"drafts/": DRAFTS_DAYS}


def reports(stage: str) -> dict[str, Json]:
    """Make the bucket and its policy, by logical id. A lock asks for versions, and can only be had from the start."""
    document = {"Version": "2012-10-17", "Statement": [over_tls_only("ReportsBucket")]}
    replaced = {"NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
    versions = {"Id": "versions", "Status": "Enabled", "Prefix": "drafts/", **replaced}
    made = bucket(
        stage,
        "reports",
        forgets=FORGETS,
        VersioningConfiguration={"Status": "Enabled"},
        ObjectLockEnabled=True,
    )
    made["Properties"]["LifecycleConfiguration"]["Rules"].append(versions)
    return {
        "ReportsBucket": made,
        "ReportsBucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            **KEPT,
            "Properties": {"Bucket": {"Ref": "ReportsBucket"}, "PolicyDocument": document},
        },
    }
