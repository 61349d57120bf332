"""What the sender says of an answer, and asking once for another one (R72, R93); `satisfaction` in the file.

A case that is opened again goes to the operators, not to whoever answered: one contact point (Điều 2.1) reads why and
decides anew who is competent (Điều 7.3), with clocks that begin anew; what was late before stays on the record.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case, Holder
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.regulation import Regulation


def window_ends(case: Case, regulation: Regulation) -> datetime:
    """Return until when the last answer may be rated, and another one asked for; the end itself is in time."""
    assert case.ended_at is not None
    return stages.due_after(case.ended_at, regulation.satisfaction.window, regulation)


def rate(case: Case, command: cmd.Rate, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record what the sender says of the last answer; a later word takes the place of an earlier one."""
    _require_known(command, regulation)
    _require_in_time(case, regulation, now)
    if (command.rating, command.criteria) == (case.rating, case.rated_criteria) and not command.comment:
        return []
    rated = ev.Rated(
        unit=_answered_by(case, regulation),
        rating=command.rating,
        previous=case.rating,
        first_at=case.rated_at,
        comment=command.comment,
        criteria=command.criteria,
        previous_criteria=case.rated_criteria,
    )
    return [rated]


def reopen(case: Case, command: cmd.Reopen, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Let whoever is not satisfied ask for another answer; so often as the regulation file says."""
    rules = regulation.satisfaction
    if case.reopened >= rules.reopenings:
        raise ConflictError("reopened_already", "Hồ sơ đã được xem xét lại", limit=rules.reopenings)
    if case.rating != rules.reopens:
        title = f"Chỉ đề nghị xem xét lại được sau khi đánh giá “{rules.scale[rules.reopens]}”"
        raise ConflictError("rating_wanted", title, rating=rules.reopens)
    _require_in_time(case, regulation, now)
    reopened = ev.Reopened(
        unit=_answered_by(case, regulation),
        holder=Holder(Role.OPERATOR, regulation.operators),
        stage=stages.begin("operator", regulation, now, case.priority),
        reason=command.reason,
    )
    return [reopened]


def _require_known(command: cmd.Rate, regulation: Regulation) -> None:
    rules = regulation.satisfaction
    if not {command.rating, *command.criteria.values()} <= rules.scale.keys():
        raise InvalidError("unknown_rating", "Mức đánh giá không hợp lệ", allowed=list(rules.scale))
    if not command.criteria.keys() <= rules.criteria.keys():
        raise InvalidError("unknown_criterion", "Tiêu chí đánh giá không hợp lệ", allowed=list(rules.criteria))


def _require_in_time(case: Case, regulation: Regulation, now: datetime) -> None:
    until = window_ends(case, regulation)
    if now > until:
        title = "Đã hết thời hạn đánh giá câu trả lời này; nếu còn vướng mắc, xin gửi một nội dung mới"
        raise ConflictError("rating_over", title, until=until.isoformat())


def _answered_by(case: Case, regulation: Regulation) -> str:
    return case.agency or regulation.operators
