"""Of every test: nothing depends on how fast the machine is today; one deployed application for all who need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from infra.local_stack import LocalStack

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

DEPLOYED = ("stack", "browser")  # folders whose tests need the deployed application; their names are markers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the deployed application, and let it come last: nothing else runs beside it.

    The stack's own tests go before the browser's, which leave hundreds of log streams and many cases behind.
    """
    for item in items:
        if (folder := _folder(item)) in DEPLOYED:
            item.add_marker(folder)
    items.sort(key=lambda item: DEPLOYED.index(folder) if (folder := _folder(item)) in DEPLOYED else -1)


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Deploy on a MiniStack of its own, IAM enforced."""
    from infra.local_stack import LocalStack

    with LocalStack(tmp_path_factory.mktemp("local"), kept=False) as running:
        yield running


@pytest.fixture(scope="session")
def stack(centre: LocalStack) -> dict[str, Any]:
    """Give the description that `make run` writes to stack.json."""
    return centre.description


@pytest.fixture(scope="session")
def aws(stack: dict[str, Any]) -> Callable[..., Any]:
    """Give `aws(service)` as root, `aws(service, key, secret)` as somebody else."""
    import boto3

    def client(service: str, key: str = "test", secret: str = "test") -> Any:
        session = boto3.Session(key, secret, region_name=stack["region"])
        return session.client(service, endpoint_url=stack["endpoint_url"])

    return client


@pytest.fixture(scope="session")
def neighbour(
    centre: LocalStack, aws: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Deploy another centre beside the first, on the same server; its clock starts nothing: the machine is busy."""
    from infra.local_stack import LocalStack
    from infra.names import prefix

    folder = tmp_path_factory.mktemp("neighbour")
    with LocalStack(folder, regulation="ha_noi", stage="neighbour", beside=centre) as running:
        rules = aws("events").list_rules(NamePrefix=prefix(running.stage))["Rules"]
        assert rules
        for rule in rules:
            aws("events").disable_rule(Name=rule["Name"])
        yield running.description
