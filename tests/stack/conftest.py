"""The application deployed on a MiniStack of its own, IAM enforced: one for the whole session."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from infra.local_stack import LocalStack

Stack = dict[str, Any]
Client = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lives in this folder."""
    for item in items:
        if "tests/stack/" in item.path.as_posix():
            item.add_marker(pytest.mark.stack)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Give the description that `make run` writes to .local/stack.json."""
    with LocalStack(tmp_path_factory.mktemp("local")) as running:
        yield running.description


@pytest.fixture(scope="session")
def aws(stack: Stack) -> Client:
    """Give `aws(service)` as root, `aws(service, key, secret)` as somebody else."""

    def client(service: str, key: str = "test", secret: str = "test") -> Any:
        session = boto3.Session(key, secret, region_name=stack["region"])
        return session.client(service, endpoint_url=stack["endpoint_url"])

    return client
