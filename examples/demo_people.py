"""The staff of the demonstration and their log-ins."""

from __future__ import annotations

import threading
from typing import Any

from examples.client import Centre, Stack


class Staff:
    """The doors of the staff. A log-in that the stack does not have is made, as an administrator would."""

    def __init__(self, stack: Stack, cognito: Any) -> None:
        self._stack, self._cognito = stack, cognito
        self.citizen = Centre(stack["base_url"])
        self._doors: dict[tuple[str, str], Centre] = {}
        self._lock = threading.Lock()

    def door(self, role: str, unit: str) -> Centre:
        """Return the door of somebody in this role at this unit."""
        with self._lock:
            if (role, unit) not in self._doors:
                self._doors[role, unit] = self.citizen.log_in(*self._log_in(role, unit))
            return self._doors[role, unit]

    def _log_in(self, role: str, unit: str) -> tuple[str, str]:
        for user in self._stack["users"]:
            if (user["role"], user["unit"]) == (role, unit):
                return user["username"], user["password"]
        return self._new(role, unit, self._stack["users"][0]["password"])

    def _new(self, role: str, unit: str, password: str) -> tuple[str, str]:
        name = f"{role}.{unit}"
        who = {"UserPoolId": self._stack["user_pool_id"], "Username": name}
        try:
            self._cognito.admin_create_user(**who, MessageAction="SUPPRESS")
        except self._cognito.exceptions.UsernameExistsException:
            return name, password
        self._cognito.admin_set_user_password(**who, Password=password, Permanent=True)
        for group in (role, f"unit:{unit}"):
            self._cognito.admin_add_user_to_group(**who, GroupName=group)
        return name, password
