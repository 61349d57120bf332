"""The policies that are made of what each function may do (grants.py): exact ARNs, and the log of its own."""

from __future__ import annotations

from infra import directory, signing
from infra.functions import FUNCTIONS, Function
from infra.grants import GRANTS
from infra.names import Json, arn, imported, named

SERVICES = {
    "table": "dynamodb",
    "index": "dynamodb",
    "stream": "dynamodb",
    "streams": "dynamodb",
    "queue": "sqs",
    "agencies": "sqs",
    "agencies-dlq": "sqs",
    "bucket": "s3",
    "secret": "secretsmanager",
    "people": "cognito-idp",
    "signing-key": "kms",
    "signing-keys": "kms",
    "petition-key": "kms",
    "mail": "ses",
    "sms": "sns",
    "model": "bedrock",
}
ANYWHERE = {
    "streams": "dynamodb:ListStreams has no resource type (Service Authorization Reference, DynamoDB)",
    "sms": "a telephone number has no ARN; the second statement takes every topic away again",
}


def _mail_identities(stage: str) -> list[Json]:
    """SES checks the identity it used, the address or its domain, and the configuration set."""
    sender = imported(stage, "MailSender")
    identity = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${Sender}"
    domain = {"Fn::Select": [1, {"Fn::Split": ["@", sender]}]}
    return [
        {"Fn::Sub": [identity, {"Sender": sender}]},
        {"Fn::Sub": [identity, {"Sender": domain}]},
        arn("ses", f"configuration-set/{named(stage, 'mail')}"),
    ]


def _pool(stage: str) -> Json:
    pool = "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${Pool}"
    return {"Fn::Sub": [pool, {"Pool": imported(stage, "UserPoolId")}]}


def _model() -> Json:
    """The one model that the release names; with none this is nothing."""
    return {"Fn::Sub": "arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/${AnswerModel}"}


def _indexes(stage: str, table: str, indexes: str) -> list[Json]:
    return [arn("dynamodb", f"table/{named(stage, table)}/index/{index}") for index in indexes.split()]


def _objects(stage: str, bucket: str, prefix: str) -> Json:
    return {"Fn::Sub": [f"arn:${{AWS::Partition}}:s3:::${{Bucket}}/{prefix}*", {"Bucket": imported(stage, bucket)}]}


def _resources(key: str, stage: str, regulation: str) -> list[Json]:
    agencies = [named(stage, "agency", unit.id) for unit in directory.agencies(regulation)]
    signing_keys = [imported(stage, export) for export in signing.arns(directory.signing_keys(regulation))]
    match key.split("/"):
        case ["table", name]:
            return [arn("dynamodb", f"table/{named(stage, name)}")]
        case ["index", table, names]:
            return _indexes(stage, table, names)
        case ["queue", names]:
            return [arn("sqs", named(stage, queue)) for queue in names.split()]
        case ["bucket", name, folder]:
            return [_objects(stage, f"{name.capitalize()}Bucket", f"{folder}/")]
    return {
        "stream/cases": [imported(stage, "CasesStreamArn")],
        "agencies": [arn("sqs", name) for name in agencies],
        "agencies-dlq": [arn("sqs", f"{name}-dlq") for name in agencies],
        "bucket/mails": [imported(stage, "MailsArn")],
        "bucket/files": [imported(stage, "FilesArn")],
        "bucket/lake": [imported(stage, "LakeArn")],
        "bucket/reports": [imported(stage, "ReportsArn")],
        "secret": [imported(stage, "KeysArn")],
        "people": [_pool(stage)],
        "signing-key": signing_keys[:1],
        "signing-keys": signing_keys,
        "petition-key": [imported(stage, "PetitionKeyArn")],
        "mail": _mail_identities(stage),
        "model": [_model()],
    }[key]


def _allow(key: str, actions: str, stage: str, regulation: str) -> Json:
    service = SERVICES[key.partition("/")[0]]
    resources = ["*"] if key in ANYWHERE else _resources(key, stage, regulation)
    return {
        "Effect": "Allow",
        "Action": [f"{service}:{action}" for action in actions.split()],
        "Resource": resources,
    }


def _logs(function: Function, stage: str) -> Json:
    """Streams have random names: the one wildcard below a group of the function's own."""
    group = f"log-group:/aws/lambda/{named(stage, function.short_name)}:*"
    return {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": [arn("logs", group)],
    }


def policy(function: Function, stage: str, regulation: str) -> Json:
    """Make the policy document of one function; intrinsics inside are resolved by CloudFormation."""
    grants = GRANTS[function.name]
    statements = [_allow(key, actions, stage, regulation) for key, actions in grants.items()]
    if "sms" in grants:
        no_topic = {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}
        statements.append({"Effect": "Deny", "Action": ["sns:Publish"], "Resource": [no_topic]})
    return {"Version": "2012-10-17", "Statement": [_logs(function, stage), *statements]}


def policies(stage: str, regulation: str) -> dict[str, Json]:
    """Make all policy documents, by function name."""
    return {function.name: policy(function, stage, regulation) for function in FUNCTIONS}
