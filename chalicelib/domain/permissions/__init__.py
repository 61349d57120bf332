"""Who may do what, where. The one table behind every refusal and every list of next actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.authority import keeps_from
from chalicelib.domain.case import ENDED, INPUT, PHONE_THE_SENDER, Case, Holder, Publication, State
from chalicelib.domain.errors import ConflictError, ForbiddenError
from chalicelib.domain.permissions import keeping, merits

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation

RECEIVED, AWAITING = State.RECEIVED, State.AWAITING_DETAILS
OFFICER, AGENCY, POST, LEADERS = State.WITH_OFFICER, State.WITH_AGENCY, State.WITH_POST, State.WITH_LEADERSHIP

# Actions of the one who holds the case, and the states they are possible in.
HOLDER_ACTIONS: Mapping[str, frozenset[State]] = {
    "answer": frozenset({RECEIVED, OFFICER}),
    "request_details": frozenset({RECEIVED, OFFICER, AGENCY, POST}),
    "refuse": frozenset({RECEIVED, AWAITING}),
    "classify": frozenset({RECEIVED}),
    "forward_to_officer": frozenset({RECEIVED}),
    "send_to_post": frozenset({RECEIVED}),
    "forward_to_agency": frozenset({OFFICER}),
    "return_to_operator": frozenset({OFFICER}),
    "appoint": frozenset({OFFICER}),
    "refer": frozenset({RECEIVED, OFFICER}),
    "accept": frozenset({AGENCY, POST}),
    "reappoint": frozenset({AGENCY}),
    "submit_result": frozenset({AGENCY, POST}),
    "decline": frozenset({AGENCY, POST}),
    "give_opinion": frozenset({LEADERS}),
    "ask_input": frozenset({RECEIVED, AWAITING, OFFICER, AGENCY, POST, LEADERS}),
    "withdraw_input": frozenset({RECEIVED, AWAITING, OFFICER, AGENCY, POST, LEADERS}),
}
ASKED = frozenset({Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP})  # whoever is of a unit may be asked
# Actions that a role may take though it does not hold the case.
ROLE_ACTIONS: Mapping[str, tuple[frozenset[State], frozenset[str]]] = {
    "supply_details": (frozenset({AWAITING}), frozenset({Role.SENDER, Role.OPERATOR})),
    # By mail; the operator's is one without address.
    "write": (frozenset(State), frozenset({Role.SENDER, Role.OPERATOR})),
    "take_back": (frozenset({OFFICER, AGENCY, POST}), frozenset({Role.OPERATOR, Role.OFFICER})),
    "urge": (frozenset(State), frozenset({Role.OFFICER, Role.AGENCY})),
    "rate": (ENDED, frozenset({Role.SENDER})),
    "reopen": (ENDED, frozenset({Role.SENDER})),
    "propose_publication": (ENDED, frozenset({Role.OPERATOR, Role.OFFICER})),
    "approve_publication": (ENDED, frozenset({Role.LEADERSHIP})),
    "withdraw_publication": (frozenset(State), frozenset({Role.LEADERSHIP})),  # also of a case that was opened again
    "correct_late": (frozenset(State), frozenset({Role.LEADERSHIP})),
    "close_action": (frozenset(State), frozenset({Role.OPERATOR, Role.OFFICER, Role.AGENCY})),
    "give_input": (frozenset(State), ASKED),
    "decline_input": (frozenset(State), ASKED),
    "note_phoned": (frozenset(State), frozenset({Role.OPERATOR, Role.OFFICER})),
    "note_undelivered": (frozenset(State), frozenset({Role.SYSTEM})),
    "watch": (frozenset(State), frozenset({Role.SYSTEM})),
    **keeping.ROLE_ACTIONS,
    **merits.ROLE_ACTIONS,
}


def holds(case: Case, actor: Actor) -> bool:
    """True for the staff of the unit and role that own the case now."""
    return case.holder is not None and (case.holder.role, case.holder.unit) == (actor.role, actor.unit)


def allowed(case: Case, actor: Actor, rules: Regulation) -> tuple[str, ...]:
    """Name every action that is open to this person on this case, now."""
    own = [name for name, states in HOLDER_ACTIONS.items() if holds(case, actor) and case.state in states]
    shared = [name for name, (states, roles) in ROLE_ACTIONS.items() if case.state in states and actor.role in roles]
    return tuple(
        name
        for name in own + shared
        if _makes_sense(name, case, actor, rules) and not keeps_from(case, actor, name, rules.authority)
    )


def require(case: Case, actor: Actor, action: str, rules: Regulation) -> None:
    """Raise the refusal that fits: not yours (403), or not now (409); both say what is allowed."""
    possible = allowed(case, actor, rules)
    if action in possible:
        return
    if case.erased and action not in keeping.AFTERWARDS:
        raise keeping.gone(possible)
    if action in HOLDER_ACTIONS and case.open and not holds(case, actor):
        raise _held_by_others(case, possible)
    its_turn = holds(case, actor) and case.state in HOLDER_ACTIONS.get(action, ())
    if its_turn and (rule := keeps_from(case, actor, action, rules.authority)):
        raise ForbiddenError(
            "agency_decides",
            "Việc này do cơ quan có thẩm quyền quyết định; Trung tâm chỉ trả lời khi cơ quan đã có kết quả",
            article=rule.article,
            allowed=possible,
        )
    if action in ROLE_ACTIONS and actor.role not in ROLE_ACTIONS[action][1]:
        raise ForbiddenError("not_your_role", "Vai trò của bạn không được thực hiện thao tác này", allowed=possible)
    raise ConflictError(
        "wrong_state",
        "Thao tác này không thực hiện được ở trạng thái hiện tại của hồ sơ",
        state=case.state,
        version=case.version,
        allowed=possible,
    )


def _held_by_others(case: Case, possible: tuple[str, ...]) -> ForbiddenError:
    return ForbiddenError(
        "not_holder",
        "Hồ sơ đang do đơn vị khác xử lý",
        holder_role=case.holder.role if case.holder else None,
        holder_unit=case.holder.unit if case.holder else None,
        allowed=possible,
    )


def may_read(case: Case, actor: Actor) -> bool:
    """Operators and leadership see every case; officers and agencies those their unit has, has had or supervises."""
    if actor.role in (Role.OPERATOR, Role.LEADERSHIP, Role.ADMINISTRATOR):
        return True
    return actor.unit in case.units or supervises(case, actor)


def supervises(case: Case, actor: Actor) -> bool:
    """True for the staff of the unit that follows the case (R54); it never decides for who has it."""
    return bool(case.supervisor) and actor.unit == case.supervisor


def may_know_sender(case: Case, actor: Actor) -> bool:
    """Everybody who may read a case but, of a report on an official, his own house (Điều 8.1)."""
    return not case.protects_sender or actor.role not in (Role.OFFICER, Role.AGENCY)


def _makes_sense(action: str, case: Case, actor: Actor, rules: Regulation) -> bool:
    published, concerned = case.publication, _its_concern({case.agency, case.office}, actor)
    asked = {one.unit for one in case.open_actions if one.name == INPUT}
    if not keeping.makes_sense(action, case) or not merits.makes_sense(action, case, actor):
        return False
    return {
        "close_action": any(one.name != INPUT and _its_concern({one.unit}, actor) for one in case.open_actions),
        "note_phoned": PHONE_THE_SENDER in case.flags and concerned,
        "take_back": case.handed_over is not None
        and case.handed_over.holder == Holder(actor.role, actor.unit)
        and case.stage is not None
        and case.stage.late_since is None,
        "urge": supervises(case, actor) and case.holder is not None and case.holder.unit != actor.unit,
        "correct_late": bool(case.late_marks),
        "refuse": actor.role == Role.OPERATOR,  # Điều 7.2: nobody else, though an office may hold a case that waits
        "propose_publication": published is not Publication.PUBLISHED and concerned,
        "approve_publication": published is Publication.PROPOSED,
        "withdraw_publication": published in (Publication.PROPOSED, Publication.PUBLISHED),
        "send_to_post": case.kind == "service",
        "ask_input": rules.inputs is not None,
        "withdraw_input": bool(asked),
        "give_input": actor.unit in asked,
        "decline_input": actor.unit in asked,
    }.get(action, True)


def _its_concern(units: set[str | None], actor: Actor) -> bool:
    return actor.role == Role.OPERATOR or actor.unit in units
