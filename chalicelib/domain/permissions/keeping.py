"""What can be done with a case as far as its keeping is concerned (R99, R100)."""

from __future__ import annotations

from typing import Final

from chalicelib.domain.actors import Role
from chalicelib.domain.case import DONE, PARTS, Case, State
from chalicelib.domain.errors import ConflictError

ANONYMISED: Final = "case_anonymised"  # code of the refusal
ROLE_ACTIONS: Final = {
    "hold_back": (DONE | {State.ANSWERED}, frozenset({Role.LEADERSHIP})),
    "lift_hold": (frozenset(State), frozenset({Role.LEADERSHIP})),
    "correct_sender": (frozenset(State), frozenset({Role.LEADERSHIP})),
    "restrict": (frozenset(State), frozenset({Role.LEADERSHIP})),
    "anonymise": (DONE, frozenset({Role.SYSTEM, Role.LEADERSHIP})),
}
AFTERWARDS: Final = frozenset(
    {"withdraw_publication", "anonymise", "watch"}
)  # all that can be done with what is anonymised


def gone(possible: tuple[str, ...]) -> ConflictError:
    """Return the refusal of whatever else is asked of an anonymised case."""
    title = "Dữ liệu cá nhân của hồ sơ này đã được ẩn danh, hồ sơ không xử lý tiếp được"
    return ConflictError(ANONYMISED, title, allowed=possible)


def makes_sense(name: str, case: Case) -> bool:
    """Tell whether something can be done with a case as far as its keeping is concerned."""
    if case.erased and name not in AFTERWARDS:
        return False
    return {
        "hold_back": not case.held,
        "lift_hold": case.held,
        "restrict": not case.restricted,
        "propose_publication": not case.restricted,
        "approve_publication": not case.restricted,
        "anonymise": not case.held and set(case.erased) != set(PARTS),
    }.get(name, True)
