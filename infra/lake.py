"""The event log for questions that read years: a bucket of Parquet, a table over it, a workgroup to ask with.

The columns are the fields of LakeRow in chalicelib/ports/lake.py. Days are projected: no crawler,
no partition is ever added.
"""

from __future__ import annotations

from chalicelib.adapters.lake import EVENTS, TYPES, columns
from infra.buckets import bucket, over_tls_only
from infra.names import Json, named
from infra.people import KEPT

ANSWERS = "answers/"  # what Athena found; forgotten after a month
FORGETS = {ANSWERS: 30}  # days
MOST_READ = 10 * 10**9  # bytes a question may read: years of a centre, five US cents
FIRST_DAY = "2024-01-01"


def lake(stage: str) -> dict[str, Json]:
    """Make all of it, by logical id."""
    policy = {"Version": "2012-10-17", "Statement": [over_tls_only("Lake")]}
    return {
        "Lake": bucket(stage, "lake", forgets=FORGETS),
        "LakePolicy": {
            "Type": "AWS::S3::BucketPolicy",
            **KEPT,
            "Properties": {"Bucket": {"Ref": "Lake"}, "PolicyDocument": policy},
        },
        "LakeDatabase": {
            "Type": "AWS::Glue::Database",
            "Properties": {"CatalogId": {"Ref": "AWS::AccountId"}, "DatabaseInput": {"Name": _database(stage)}},
        },
        "LakeEvents": {
            "Type": "AWS::Glue::Table",
            "Properties": {
                "CatalogId": {"Ref": "AWS::AccountId"},
                "DatabaseName": {"Ref": "LakeDatabase"},
                "TableInput": _table(),
            },
        },
        "LakeQuestions": {"Type": "AWS::Athena::WorkGroup", "Properties": _workgroup(stage)},
    }


def _database(stage: str) -> str:
    return named(stage, "lake").replace("-", "_")


def _table() -> Json:
    location = {"Fn::Sub": f"s3://${{Lake}}/{EVENTS}"}
    serde = "org.apache.hadoop.hive.ql.io.parquet"
    return {
        "Name": "events",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": "day", "Type": "date"}],
        "Parameters": {
            "EXTERNAL": "TRUE",
            "classification": "parquet",
            "projection.enabled": "true",
            "projection.day.type": "date",
            "projection.day.format": "yyyy-MM-dd",
            "projection.day.range": f"{FIRST_DAY},NOW",
            "storage.location.template": {"Fn::Sub": f"s3://${{Lake}}/{EVENTS}day=${{!day}}/"},
        },
        "StorageDescriptor": {
            "Columns": [{"Name": name, "Type": TYPES[plain][1]} for name, plain in columns().items()],
            "Location": location,
            "InputFormat": f"{serde}.MapredParquetInputFormat",
            "OutputFormat": f"{serde}.MapredParquetOutputFormat",
            "SerdeInfo": {"SerializationLibrary": f"{serde}.serde.ParquetHiveSerDe"},
        },
    }


def _workgroup(stage: str) -> Json:
    results = {
        "OutputLocation": {"Fn::Sub": f"s3://${{Lake}}/{ANSWERS}"},
        "EncryptionConfiguration": {"EncryptionOption": "SSE_S3"},
    }
    return {
        "Name": named(stage, "questions"),
        "WorkGroupConfiguration": {
            "EnforceWorkGroupConfiguration": True,
            "BytesScannedCutoffPerQuery": MOST_READ,
            "ResultConfiguration": results,
        },
    }
