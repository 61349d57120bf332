"""What a sender asks of the data that is held about them: a copy, a correction, erasure, restriction (R99).

Each request is decided by a person, within the hours that the file of retention gives it; the clock is the wall's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.retention import Hours

Kind = Literal["copy", "correction", "erasure", "restriction"]
PORTAL, COUNTER = "portal", "counter"
OPEN, GRANTED, REFUSED = "open", "granted", "refused"
WORDED: Final = frozenset({"correction"})  # of no use without words


@dataclass(frozen=True, slots=True)
class RightRequest:
    """A request about one case. `words` are the sender's own; they go from here when it is decided.

    `identity` says how staff made sure at the counter who asks; `parts` what was erased.
    """

    id: str
    kind: str
    code: str
    asked_at: datetime
    due_at: datetime
    door: str
    by: str = ""  # log-in of whoever wrote it down at the counter
    identity: str = ""
    words: str = ""
    state: str = OPEN
    decided_at: datetime | None = None
    decided_by: str = ""
    article: str = ""
    reason: str = ""
    parts: tuple[str, ...] = ()
    granting: bool = False  # what was asked is being done: nobody may refuse it any more
    version: int = 1

    @property
    def open(self) -> bool:
        """True until somebody has decided."""
        return self.state == OPEN

    def decided(
        self, *, granted: bool, article: str, reason: str, by: str, at: datetime, parts: tuple[str, ...] = ()
    ) -> RightRequest:
        """Decide it, once; raises ConflictError, and InvalidError for a refusal that rests on nothing."""
        if not self.open:
            raise ConflictError("right_decided", "Yêu cầu này đã được quyết định", state=self.state)
        if self.granting and not granted:
            raise ConflictError("right_being_granted", "Yêu cầu này đã được đồng ý và đang được thực hiện")
        if not granted and not (article and reason):
            raise InvalidError("refusal_unfounded", "Từ chối phải nêu điều luật và lý do", pointer="/reason")
        return replace(
            self,
            state=GRANTED if granted else REFUSED,
            article=article,
            reason=reason,
            decided_by=by,
            decided_at=at,
            parts=parts,
            words="",
            granting=False,
            version=self.version + 1,
        )

    def claimed(self) -> RightRequest:
        """Return it as it stands while what it asks is being done."""
        return replace(self, granting=True, version=self.version + 1)

    def released(self) -> RightRequest:
        """Return it as it stands once the law was found to keep the data still."""
        return replace(self, granting=False, version=self.version + 1)


def ask(request: RightRequest) -> RightRequest:
    """Return it; raises InvalidError where it does not say what is wanted."""
    if request.kind in WORDED and not request.words:
        raise InvalidError("words_missing", "Xin nêu thông tin nào chưa đúng và thông tin đúng", pointer="/words")
    if request.door == COUNTER and not request.identity:
        raise InvalidError("identity_missing", "Xin ghi đã kiểm tra giấy tờ nào của người yêu cầu", pointer="/identity")
    return request


def reminder(request: RightRequest, before: tuple[int, ...], now: datetime) -> int | None:
    """Return the last of the hours before its end that has come, 0 at the end; None while none has, or once decided."""
    left = [hours for hours in (*before, 0) if now >= request.due_at - timedelta(hours=hours)]
    return left[-1] if left and request.open else None


def end(asked_at: datetime, rule: Hours) -> datetime:
    """Return when it must be decided."""
    return asked_at + timedelta(hours=rule.hours)
