"""The pages that letters lead to, by their paths; tests/structural/test_routes.py holds that each is there."""

from __future__ import annotations

from typing import Final

from chalicelib.ports import Deps

FOLLOW: Final = "theo-doi"  # of the sender, by code
MY_CASES: Final = "ho-so-cua-toi"  # of a sender, by one-time code
RATING: Final = "danh-gia"  # of an answer, by token
REPLY: Final = "tra-loi"  # of a unit without software, by token
SURVEY: Final = "khao-sat"  # of somebody who is asked, by survey and mark
WORKLIST: Final = "ban-lam-viec/ho-so"  # of the staff; below it, by code, the case
LEADERSHIP: Final = "ban-lam-viec/lanh-dao"


def address(deps: Deps, *path: str) -> str:
    """Return a page's whole address."""
    return "/".join((deps.public_url.rstrip("/"), *path))
