"""The AsyncAPI 3.0 document of the exchange with agencies, made of the messages' own types and samples.

python -m chalicelib.entrypoints.asyncapi --check docs/asyncapi.json   (or --write)
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

import chalicelib
from chalicelib.domain.signing import CENTRE_TYPE
from chalicelib.exchange.fields import LARGEST, VERSION, Message
from chalicelib.exchange.heard import HEARD
from chalicelib.exchange.samples import SAMPLES, type_of
from chalicelib.exchange.told import TOLD, Told

DESCRIPTION: Final = (
    "Trao đổi hồ sơ giữa tổng đài 1022 và phần mềm của cơ quan qua Amazon SQS. / "
    "How an agency's own software exchanges cases with the hotline over Amazon SQS. "
    "At least once, in no order, at most one effect a message_id. The words are in docs/agency-exchange.md."
)
# Who may speak and how it is proved.
SECURITY_SCHEMES: Final[dict[str, Any]] = {
    "awsAccount": {
        "type": "userPassword",
        "description": "AWS Signature Version 4 of the agency's own account; the queue policies let exactly it in.",
    },
    "signature": {
        "type": "asymmetricEncryption",
        "description": "The SQS body is a JWS in compact form (RFC 7515), ES256 or EdDSA, by a key of the agency's "
        "that is registered; its payload is the message. docs/agency-keys.md says how.",
    },
}
_ATTRIBUTES: Final[dict[str, Any]] = {
    "type": {"type": "string", "description": "The body's `type`"},
    "message_id": {"type": "string", "description": "The body's `message_id`"},
}
_SIGNATURE: Final[dict[str, Any]] = {
    "type": "string",
    "pattern": r"^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]{86}$",
    "description": "Detached JWS (RFC 7515, Appendix F) of the centre's over the bytes of the body: ES256, typ "
    f"{CENTRE_TYPE}, kid one of GET /v1/exchange/keys. docs/agency-exchange.md says how it is verified.",
}
HEADERS: Final[dict[str, Any]] = {
    "type": "object",
    "description": "SQS message attributes, all of type String",
    "properties": _ATTRIBUTES,
}
SIGNED_HEADERS: Final[dict[str, Any]] = HEADERS | {
    "properties": _ATTRIBUTES | {"signature": _SIGNATURE},
    "required": [*_ATTRIBUTES, "signature"],
}
PARAMETERS: Final[dict[str, Any]] = {
    "stage": {"description": "Deployment of the centre", "default": "prod", "examples": ["dev", "prod"]},
    "unit": {"description": "Id of the agency in the directory", "examples": ["so_tu_phap"]},
}
DAYS = 24 * 3600


def build() -> dict[str, Any]:
    """Return the document."""
    to_agency, to_centre = list(TOLD.__args__), list(HEARD.__args__)
    _, schemas = msgspec.json.schema_components([*to_agency, *to_centre], ref_template="#/components/schemas/{name}")
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Tổng Đài 1022: agencies", "version": chalicelib.__version__, "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {"aws": _server()},
        "channels": {
            "toAgency": _channel("tongdai-{stage}-agency-{unit}", ("stage", "unit"), to_agency),
            "toCentre": _channel("tongdai-{stage}-replies", ("stage",), to_centre),
        },
        "operations": _operations(to_agency, to_centre),
        "components": {
            "messages": {type_of(kind): _message(kind) for kind in [*to_agency, *to_centre]},
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _server() -> dict[str, Any]:
    return {
        "host": "sqs.{region}.amazonaws.com",
        "protocol": "sqs",
        "variables": {"region": {"default": "ap-southeast-1", "description": "AWS region of the centre"}},
        "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in ("awsAccount",)],
    }


def _channel(address: str, parameters: Sequence[str], kinds: Sequence[type[Message]]) -> dict[str, Any]:
    queue = {
        "name": address,
        "fifoQueue": False,
        "messageRetentionPeriod": 4 * DAYS,
    }
    return {
        "address": address,
        "description": f"Standard queue: at least once, unordered. A message has at most {LARGEST} bytes of UTF-8.",
        "parameters": {name: PARAMETERS[name] for name in parameters},
        "messages": {type_of(kind): {"$ref": f"#/components/messages/{type_of(kind)}"} for kind in kinds},
        "bindings": {"sqs": {"queue": queue, "bindingVersion": "0.2.0"}},
    }


def _operations(to_agency: Sequence[type[Message]], to_centre: Sequence[type[Message]]) -> dict[str, Any]:
    def on(channel: str, kinds: Sequence[type[Message]]) -> dict[str, Any]:
        refs = [{"$ref": f"#/channels/{channel}/messages/{type_of(kind)}"} for kind in kinds]
        return {"channel": {"$ref": f"#/channels/{channel}"}, "messages": refs}

    rejected = [kind for kind in to_agency if type_of(kind) == "message_rejected"]
    told = [kind for kind in to_agency if kind not in rejected]
    return {
        "tellAgency": {"action": "send", "summary": "The centre tells an agency", **on("toAgency", told)},
        "hearAgency": {
            "action": "receive",
            "summary": "The centre hears an agency; what has no effect is told back in the agency's own queue",
            "security": [{"$ref": "#/components/securitySchemes/signature"}],
            **on("toCentre", to_centre),
            "reply": on("toAgency", rejected),
        },
    }


def _message(kind: type[Message]) -> dict[str, Any]:
    name = type_of(kind)
    vietnamese, _, english = (kind.__doc__ or "").partition(" / ")
    return {
        "name": name,
        "title": vietnamese,
        "summary": english,
        "contentType": "application/json",
        "headers": SIGNED_HEADERS if issubclass(kind, Told) else HEADERS,
        "payload": {"$ref": f"#/components/schemas/{kind.__name__}"},
        "examples": [
            {"name": name, "payload": msgspec.to_builtins(sample, builtin_types=())}
            for sample in SAMPLES
            if type(sample) is kind
        ],
        "tags": [{"name": f"version-{VERSION}"}],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the document to a file, or check that the file holds it."""
    parser = argparse.ArgumentParser(description="The AsyncAPI document as a file")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", type=Path, metavar="FILE")
    choice.add_argument("--check", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    text = json.dumps(build(), ensure_ascii=False, indent=2) + "\n"
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    elif not options.check.exists() or options.check.read_text(encoding="utf-8") != text:
        sys.exit(f"{options.check} is not what the messages' types say: run with --write {options.check}")


if __name__ == "__main__":
    main()
