"""The bucket of the files that come with cases, and of the catalogue's books; it forgets what nobody names."""

from __future__ import annotations

from infra.buckets import bucket, over_tls_only
from infra.keeping import days_kept
from infra.names import Json
from infra.people import KEPT

WAITING = "waiting/"  # the folder of adapters/files.py where uploads wait
DRAFTS = "drafts/"  # that of adapters/catalogue_books.py, where imports are to be accepted
LEARNED = "learned/"  # that of adapters/learned.py
_BROWSER_SENDS = ["content-type", "x-amz-checksum-sha256", "x-amz-meta-*"]


def forgets(regulation: str) -> dict[str, int]:
    """Say after how many days what lies in a folder is gone."""
    days = days_kept(regulation)
    return {WAITING: days["waiting_uploads"], DRAFTS: days["import_drafts"], LEARNED: days["learned"]}


def files(stage: str, regulation: str) -> dict[str, Json]:
    """Make the bucket and its policy, by logical id."""
    # Whoever has a pre-signed URL may use it: a page's origin proves nothing, and there are no cookies to misuse.
    cors = {"AllowedMethods": ["PUT"], "AllowedOrigins": ["*"], "AllowedHeaders": _BROWSER_SENDS}
    document = {"Version": "2012-10-17", "Statement": [over_tls_only("Files")]}
    return {
        "Files": bucket(stage, "files", forgets=forgets(regulation), CorsConfiguration={"CorsRules": [cors]}),
        "FilesPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            **KEPT,
            "Properties": {"Bucket": {"Ref": "Files"}, "PolicyDocument": document},
        },
    }
