"""What AWS asks in us-east-1 on demand, without free allowances; as of November 2026. The one place for prices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for so many units, and where that is published."""

    dollars: float
    units: float
    source: str

    def of(self, count: float) -> float:
        """Return US dollars for a number of units."""
        return self.dollars * count / self.units


LISTS = "aws.amazon.com/{}/pricing"
PRICES = {
    "DynamoDB write units": Price(0.625, 1e6, LISTS.format("dynamodb")),
    "DynamoDB read units": Price(0.125, 1e6, LISTS.format("dynamodb")),
    "API Gateway requests (REST)": Price(3.50, 1e6, LISTS.format("api-gateway")),
    "Lambda invocations": Price(0.20, 1e6, LISTS.format("lambda")),
    "Lambda GB-seconds (arm64)": Price(0.0000133334, 1, LISTS.format("lambda")),
    "SQS requests": Price(0.40, 1e6, LISTS.format("sqs")),
    "SES mails": Price(0.10, 1e3, LISTS.format("ses")),
    "log KB": Price(0.50, 1e6, LISTS.format("cloudwatch")),
}
