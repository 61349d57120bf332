"""Alarms: each tells the topic when it begins and when it ends. Missing data is no alarm unless it is said so."""

from __future__ import annotations

from dataclasses import dataclass

from infra.names import Json


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: CloudWatch namespace, metric, dimensions, statistic, seconds of a period."""

    namespace: str
    metric: str
    dimensions: dict[str, Json | str]
    statistic: str = "Maximum"
    period: int = 60


def alarm(says: str, measure: Measure, topic: Json, *, at_least: float, missing: str = "notBreaching") -> Json:
    """Raise when one period reaches `at_least`; `says` is the sentence the person on duty reads."""
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": says,
            "Namespace": measure.namespace,
            "MetricName": measure.metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in measure.dimensions.items()],
            "Statistic": measure.statistic,
            "Period": measure.period,
            "EvaluationPeriods": 1,
            "Threshold": at_least,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": missing,
            "AlarmActions": [topic],
            "OKActions": [topic],
        },
    }


def silence(says: str, measure: Measure, topic: Json) -> Json:
    """Raise when nothing at all happened in one period."""
    resource = alarm(says, measure, topic, at_least=1, missing="breaching")
    resource["Properties"]["ComparisonOperator"] = "LessThanThreshold"
    return resource
