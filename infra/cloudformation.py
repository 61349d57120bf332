"""Create or update one stack and wait for it; the same on AWS and on MiniStack."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


class DeployError(Exception):
    """Says in one line why the stack is not as wanted."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where to deploy: a boto3 session, the bucket of artefacts, seconds between looks, the endpoint (None: AWS)."""

    session: Any
    bucket: str
    pause: float
    endpoint: str | None = None

    def client(self, service: str) -> Any:
        """Give a client of one service."""
        return self.session.client(service, endpoint_url=self.endpoint)

    def upload(self, path: Path, key: str) -> None:
        """Put a file into the bucket of artefacts."""
        self.client("s3").upload_file(str(path), self.bucket, key)

    def url(self, key: str) -> str:
        """Give the address by which CloudFormation finds an artefact."""
        host = self.endpoint or f"https://s3.{self.session.region_name}.amazonaws.com"
        return f"{host}/{self.bucket}/{key}"


def make_bucket(cloud: Cloud) -> None:
    """Make the private bucket of artefacts unless it is there."""
    s3 = cloud.client("s3")
    region = cloud.session.region_name
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        s3.create_bucket(Bucket=cloud.bucket, **where)
    except (s3.exceptions.BucketAlreadyOwnedByYou, s3.exceptions.BucketAlreadyExists):
        return
    private = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    s3.put_public_access_block(Bucket=cloud.bucket, PublicAccessBlockConfiguration=dict.fromkeys(private, True))


def describe(cloud: Cloud, stack: str) -> dict[str, Any] | None:
    """Give the stack as CloudFormation describes it; None if there is none."""
    try:
        found: dict[str, Any] = cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return None if found["StackStatus"] == "DELETE_COMPLETE" else found


def outputs(cloud: Cloud, stack: str) -> dict[str, str]:
    """Give the outputs of a stack."""
    found = describe(cloud, stack) or {}
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def parameters(cloud: Cloud, stack: str) -> dict[str, str]:
    """Give the parameters that a stack was last brought to; none where there is no stack."""
    found = describe(cloud, stack) or {}
    return {given["ParameterKey"]: given["ParameterValue"] for given in found.get("Parameters", [])}


def _why(cloud: Cloud, stack: str) -> str:
    events = cloud.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    reasons = [
        f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason")
    ]
    return "; ".join(reasons[-3:]) or "no reason given"


def _wait(cloud: Cloud, stack: str) -> str:
    while True:
        found = describe(cloud, stack)
        status: str = found["StackStatus"] if found else "DELETE_COMPLETE"
        if not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(cloud.pause)


def _send(cloud: Cloud, stack: str, arguments: dict[str, Any]) -> None:
    cloudformation = cloud.client("cloudformation")
    found = describe(cloud, stack)
    if found and found["StackStatus"] in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"}:
        raise DeployError(
            f"stack {stack} is {found['StackStatus']}: {_why(cloud, stack)}. Delete it, then deploy again"
        )
    if not found:
        cloudformation.create_stack(**arguments)
        return
    try:
        cloudformation.update_stack(**arguments)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise


def deploy(cloud: Cloud, stack: str, template: Path, parameters: dict[str, str]) -> dict[str, str]:
    """Bring a stack to a template; gives its outputs. Nothing to change is success."""
    key = f"{stack}/{template.name}"
    cloud.upload(template, key)
    given = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
    arguments = {"StackName": stack, "TemplateURL": cloud.url(key), "Parameters": given, "Capabilities": CAPABILITIES}
    try:
        _send(cloud, stack, arguments)
    except ClientError as error:
        raise DeployError(f"stack {stack}: {error}") from error
    status = _wait(cloud, stack)
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise DeployError(f"stack {stack} ended {status}: {_why(cloud, stack)}")
    return outputs(cloud, stack)


def with_code(template: Path, bucket: str, key: str) -> Path:
    """Point the functions of a packaged template at the zip in the bucket."""
    content = json.loads(template.read_text(encoding="utf-8"))
    for resource in content["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": key}
    template.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return template
