"""`make deploy`: build for AWS and deploy into the account of the ambient credentials. Settings by environment:

STAGE, REGION, MAIL_SENDER (a verified SES sender), MAIL_IDENTITY (its ARN, for invitations); when a custom domain
serves the pages, PUBLIC_URL; when citizens may answer letters by mail, MAIL_INBOUND_DOMAIN (docs/operations.md).
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra import load_directory
from infra.cloudformation import Cloud, DeployError, outputs, parameters
from infra.incoming_mail import rule_set
from infra.names import app_stack, data_stack, named
from infra.package import Plan, Release, build
from infra.release import put_app, put_data
from infra.wheels import ROOT, PackageError

STAGE_NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")
LOOK_SECONDS = 5
NOT_YET = "https://not-yet-deployed.invalid"


def _wanted(name: str, example: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise DeployError(f"{name} is not set: make deploy STAGE=dev REGION=ap-southeast-1 MAIL_SENDER={example}")
    return value


def _account(session: Any) -> str:
    try:
        account: str = session.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise DeployError(f"no usable AWS credentials ({error}): sign in, or set AWS_PROFILE") from error
    return account


def _check_access_log_role(session: Any) -> None:
    """An account's API Gateway writes access logs only with a role that is set once per account and region."""
    if not session.client("apigateway").get_account().get("cloudwatchRoleArn"):
        raise DeployError("API Gateway has no CloudWatch role in this region: docs/deploy.md, 'Once per account'")


def _check_receipt_rules(ses: Any, stage: str) -> None:
    """An account and region has one active set of receipt rules: where it is another's, none of it is touched."""
    if (active := _active(ses)) not in ("", rule_set(stage)):
        raise DeployError(f"the receipt rule set {active} is active: docs/operations.md, 'Answers by mail'")


def _receive_no_mail(ses: Any, stage: str) -> None:
    """Let our receipt rules rest before they go: those that are active cannot be deleted."""
    if _active(ses) == rule_set(stage):
        ses.set_active_receipt_rule_set()


def _active(ses: Any) -> str:
    name: str = ses.describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
    return name


def _put_data(cloud: Cloud, release: Release, stage: str, mail: dict[str, str]) -> dict[str, str]:
    """Deploy what is kept, protect it, and receive mail if there is a domain for it; gives the stack's outputs."""
    if not mail["MailInboundDomain"] and parameters(cloud, data_stack(stage)).get("MailInboundDomain"):
        _receive_no_mail(cloud.client("ses"), stage)
    data = put_data(cloud, release, stage, {"MailIdentity": os.environ.get("MAIL_IDENTITY", ""), **mail})
    cloud.client("cloudformation").update_termination_protection(
        StackName=data_stack(stage), EnableTerminationProtection=True
    )
    if mail["MailInboundDomain"]:
        cloud.client("ses").set_active_receipt_rule_set(RuleSetName=rule_set(stage))
    return data


def _put_app(cloud: Cloud, release: Release, stage: str, data: dict[str, str], mail: dict[str, str]) -> str:
    """Deploy the application; without PUBLIC_URL twice the first time, for its address is known only afterwards."""
    region = cloud.session.region_name
    jwks = f"https://cognito-idp.{region}.amazonaws.com/{data['UserPoolId']}/.well-known/jwks.json"
    there = outputs(cloud, app_stack(stage)).get("EndpointURL", NOT_YET).rstrip("/")
    url = os.environ.get("PUBLIC_URL", "").rstrip("/") or there
    made = put_app(cloud, release, stage, {"PublicUrl": url, "JwksUrl": jwks, **mail})
    if url != NOT_YET:
        return url
    url = made["EndpointURL"].rstrip("/")
    put_app(cloud, release, stage, {"PublicUrl": url, "JwksUrl": jwks, **mail})
    return url


def deploy() -> None:
    """Check, build, deploy, load the directory."""
    sender = _wanted("MAIL_SENDER", "tong-dai@tinh.gov.vn")
    stage, region = os.environ.get("STAGE") or "dev", _wanted("REGION", sender)
    regulation = os.environ.get("REGULATION") or "hoa_binh"
    if not STAGE_NAME.fullmatch(stage):
        raise DeployError(f"STAGE={stage}: two to twenty of a-z, 0-9 and -, a letter first")
    session = boto3.Session(region_name=region)
    account = _account(session)
    _check_access_log_role(session)
    mail = {"MailInboundDomain": os.environ.get("MAIL_INBOUND_DOMAIN", "")}
    if mail["MailInboundDomain"]:
        _check_receipt_rules(session.client("ses"), stage)
    release = build(Plan(stage, regulation, "arm64", ROOT / ".build" / stage))
    cloud = Cloud(session, bucket=named(stage, "artefacts", account, region), pause=LOOK_SECONDS)
    print(f"Deploying {stage} to account {account}, {region} ...", flush=True)
    data = _put_data(cloud, release, stage, {"MailSender": sender, **mail})
    url = _put_app(cloud, release, stage, data, mail | {"AnswerModel": os.environ.get("ANSWER_MODEL", "")})
    new = load_directory.load(cloud.client("dynamodb"), stage, regulation)
    print(f"{url}/  user pool {data['UserPoolId']}  client {data['ClientId']}  {new} new units")


def main() -> None:
    """Deploy; what went wrong is one line."""
    try:
        deploy()
    except (DeployError, PackageError, BotoCoreError, ClientError) as error:
        sys.exit(f"make deploy: {error}")


if __name__ == "__main__":
    main()
