"""The staff's accounts: the register, and the log-ins that follow it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.accounts import Account


class Accounts(Protocol):
    """The register: what stands here is true, whatever the log-ins say. All raise UnavailableError."""

    def find(self, username: str) -> Account | None:
        """Return one."""

    def all(self, after: str = "") -> Iterable[Account]:
        """Those behind this name, in the order of their names; read as they are taken."""

    def add(self, account: Account) -> None:
        """Write a new one; raises ConflictError where the name is taken."""

    def save(self, account: Account) -> None:
        """Write what somebody decided; raises ConflictError where another version is kept."""

    def administrators(self) -> int:
        """Return the version of the guard of the last administrator, to be read before the others are counted."""

    def close(self, account: Account, guard: int | None) -> None:
        """Save a closed account and refuse its tokens; with a guard only if it still has that version."""

    def reopen(self, account: Account) -> None:
        """Save an account that is open again and refuse its tokens no longer."""

    def is_closed(self, username: str) -> bool:
        """Tell whether a token of this person must be refused; known everywhere within half a minute."""


class LogIns(Protocol):
    """The log-ins at the user pool. Every call may be repeated.

    All raise ConflictError, InvalidError, TooManyError or UnavailableError for what the pool refuses.
    """

    def groups(self, username: str) -> frozenset[str] | None:
        """Return the groups of a log-in; None where there is none."""

    def make(self, account: Account) -> None:
        """Make one in its groups; the person gets a mail with name and first password."""

    def close(self, username: str) -> None:
        """Let it in no more and end all its sessions; nothing where there is none."""

    def reopen(self, username: str) -> None:
        """Let it in again, with the password it had; nothing where there is none."""

    def reset(self, username: str) -> None:
        """End its sessions and mail it another first password."""
