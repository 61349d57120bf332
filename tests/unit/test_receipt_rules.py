"""An account and region has one active set of receipt rules: another's is never taken away."""

from __future__ import annotations

from typing import Any

import pytest

from infra import deploy
from infra.cloudformation import DeployError
from infra.incoming_mail import rule_set

OURS = rule_set("dev")


class Rules:
    """As much of SES as knows which rule set is active."""

    def __init__(self, active: str) -> None:
        self.active = active

    def describe_active_receipt_rule_set(self) -> dict[str, Any]:
        return {"Metadata": {"Name": self.active}} if self.active else {}

    def set_active_receipt_rule_set(self, RuleSetName: str = "") -> None:  # noqa: N803 - as AWS spells it
        self.active = RuleSetName


@pytest.mark.parametrize("active", ["", OURS])
def test_ours_may_become_the_active_one(active: str) -> None:
    deploy._check_receipt_rules(Rules(active), "dev")


def test_another_is_left_alone_and_it_is_said() -> None:
    with pytest.raises(DeployError, match="of-the-post-office is active"):
        deploy._check_receipt_rules(Rules("of-the-post-office"), "dev")


@pytest.mark.parametrize(("active", "then"), [(OURS, ""), ("of-the-post-office", "of-the-post-office"), ("", "")])
def test_only_ours_rests(active: str, then: str) -> None:
    rules = Rules(active)
    deploy._receive_no_mail(rules, "dev")
    assert rules.active == then
