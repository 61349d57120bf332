"""The templates as they are sent to CloudFormation, built once for all structural tests."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.package import Plan, templates

STAGE, REGULATION = "proof", "hoa_binh"


@dataclass(frozen=True)
class Built:
    """Both templates of one stage."""

    data: dict[str, Any]
    app: dict[str, Any]
    app_zip: Path

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        """Give the properties of every resource of a CloudFormation type, by logical id."""
        everything = self.data["Resources"] | self.app["Resources"]
        return {name: each["Properties"] for name, each in everything.items() if each["Type"] == kind}

    def sources(self, kind: str) -> dict[str, dict[str, Any]]:
        """Give the event source of `kind` of every function that has one, by the function's logical id."""
        return {
            name: event["Properties"]
            for name, function in self.functions.items()
            for event in function.get("Events", {}).values()
            if event["Type"] == kind
        }

    def alarmed(self, metric: str) -> set[str]:
        """Give the names whose `metric` some alarm watches."""
        return {
            alarm["Dimensions"][0]["Value"]
            for alarm in self.resources("AWS::CloudWatch::Alarm").values()
            if alarm["MetricName"] == metric and alarm["AlarmActions"]
        }

    @property
    def functions(self) -> dict[str, dict[str, Any]]:
        return self.resources("AWS::Serverless::Function")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    release = templates(Plan(STAGE, REGULATION, "arm64", tmp_path_factory.mktemp("build")))
    data, app = (json.loads(path.read_text(encoding="utf-8")) for path in (release.data_template, release.app_template))
    return Built(data, app, release.zip)
