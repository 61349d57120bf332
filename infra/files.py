"""The bucket of the files that come with cases, and of the catalogue's books; it forgets what nobody names."""

from __future__ import annotations

from infra.buckets import bucket, over_tls_only
from infra.names import Json
from infra.people import KEPT

# Days; the folders where uploads wait (adapters/files.py), and imports to be accepted (adapters/catalogue_books.py).
FORGETS = {"waiting/": 1, "drafts/": 7}
_BROWSER_SENDS = ["content-type", "x-amz-checksum-sha256", "x-amz-meta-*"]


def files(stage: str) -> dict[str, Json]:
    """Make the bucket and its policy, by logical id."""
    # Whoever has a pre-signed URL may use it: a page's origin proves nothing, and there are no cookies to misuse.
    cors = {"AllowedMethods": ["PUT"], "AllowedOrigins": ["*"], "AllowedHeaders": _BROWSER_SENDS}
    document = {"Version": "2012-10-17", "Statement": [over_tls_only("Files")]}
    return {
        "Files": bucket(stage, "files", forgets=FORGETS, CorsConfiguration={"CorsRules": [cors]}),
        "FilesPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            **KEPT,
            "Properties": {"Bucket": {"Ref": "Files"}, "PolicyDocument": document},
        },
    }
