"""How long what is kept is kept, for the templates: the centre's file of retention."""

from __future__ import annotations

from functools import cache

from chalicelib.adapters.regulation_files import retention


@cache
def days_kept(regulation: str) -> dict[str, int]:
    """Return the days by kind."""
    return {name: each.days for name, each in retention(regulation).lifetimes.items()}


def setting(regulation: str) -> str:
    """Return the setting LIFETIMES of the functions."""
    return ",".join(f"{name}={days}" for name, days in sorted(days_kept(regulation).items()))
