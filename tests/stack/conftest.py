"""What tests on the deployed application call their fixtures `stack` and `aws`, which stand in tests/conftest.py."""

from collections.abc import Callable
from typing import Any

Stack = dict[str, Any]
Client = Callable[..., Any]
