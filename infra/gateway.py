"""The HTTP front: limits, access log, and the gateway's own answers in the shape of ours."""

from __future__ import annotations

import json

from infra.alarms import Measure, alarm
from infra.keeping import days_kept
from infra.names import Json, named

ACCESS_FIELDS = {  # neither path parameters nor query strings: they hold case codes and PINs
    "request": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "ms": "$context.responseLatency",
    "bytes": "$context.responseLength",
}
HEADERS = {
    "Content-Type": "application/problem+json",
    "Content-Language": "vi",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox",  # values stand in single quotes, so 'none' cannot be said
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


ANSWERS: dict[str, tuple[int | None, str, str]] = {  # gateway's type: status (None: its own), code, title
    "MISSING_AUTHENTICATION_TOKEN": (
        404,
        "not_found",
        "Không tìm thấy trang",
    ),  # what the gateway calls an unknown route
    "RESOURCE_NOT_FOUND": (404, "not_found", "Không tìm thấy trang"),
    "REQUEST_TOO_LARGE": (413, "too_large", "Nội dung gửi lên quá lớn"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "unsupported_media_type", "Kiểu nội dung không được hỗ trợ"),
    "THROTTLED": (429, "too_many_requests", "Hệ thống đang nhận nhiều yêu cầu, xin vui lòng thử lại sau ít phút"),
    "INTEGRATION_TIMEOUT": (504, "timeout", "Hệ thống trả lời chậm, xin vui lòng thử lại sau ít phút"),
    "DEFAULT_4XX": (None, "bad_request", "Yêu cầu không hợp lệ"),
    "DEFAULT_5XX": (None, "unavailable", "Hệ thống đang gián đoạn, xin vui lòng thử lại sau ít phút"),
}


def _answer(status: int | None, code: str, title: str) -> Json:
    """Make one gateway response: problem+json (RFC 9457) with the security headers."""
    problem = {"type": "about:blank", "title": title, "code": code} | ({"status": status} if status else {})
    made: Json = {
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in HEADERS.items()},
        "responseTemplates": {"application/json": json.dumps(problem, ensure_ascii=False)},
    }
    return made | ({"statusCode": str(status)} if status else {})


def responses() -> dict[str, Json]:
    """Give the gateway's own answers, by its types."""
    return {name: _answer(*answer) for name, answer in ANSWERS.items()}


def api(stage: str) -> Json:
    """Add to Chalice's API what it cannot say."""
    everything = {"HttpMethod": "*", "ResourcePath": "/*"}
    return {
        "Properties": {
            "Name": named(stage, "api"),
            "DefinitionBody": {"x-amazon-apigateway-gateway-responses": responses()},
            "AccessLogSetting": {
                "DestinationArn": {"Fn::GetAtt": ["ApiAccessLog", "Arn"]},
                "Format": json.dumps(ACCESS_FIELDS),
            },
            "MethodSettings": [
                everything
                | {
                    "ThrottlingRateLimit": {"Ref": "RateLimit"},
                    "ThrottlingBurstLimit": {"Ref": "BurstLimit"},
                    "MetricsEnabled": True,
                }
            ],
        }
    }


def api_log(stage: str, regulation: str) -> Json:
    """Keep the access log."""
    name, days = f"/aws/apigateway/{named(stage, 'api')}", days_kept(regulation)["logs"]
    properties = {"LogGroupName": name, "RetentionInDays": days}
    return {"Type": "AWS::Logs::LogGroup", "Properties": properties}


def api_alarm(stage: str, topic: Json) -> Json:
    """Alarm on the first 5XX answer of a minute."""
    measure = Measure("AWS/ApiGateway", "5XXError", {"ApiName": named(stage, "api"), "Stage": "api"}, statistic="Sum")
    return alarm("The API answered 5XX in the last minute.", measure, topic, at_least=1)
