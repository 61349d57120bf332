"""A report from being asked for to being signed off; from then on nothing of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError, ForbiddenError, InvalidError
from chalicelib.domain.reporting.period import LONGEST, Period
from chalicelib.domain.reporting.rules import ReportRules

REPORT, EVALUATION = "report", "evaluation"
ROUNDS, FIGURES, WORKBOOK, DOCUMENT, SIGNED = "rounds", "figures", "workbook", "document", "signed"
OPEN_CSV, OPEN_JSONL = "open-csv", "open-jsonl"  # what anybody may have of it, once it is signed off


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person adds: number of the document, remarks, proposals, who signs it."""

    number: str = ""
    remarks: str = ""
    proposals: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who froze a report and when, and until when nobody can change or remove it."""

    by: str
    unit: str
    at: datetime
    until: datetime
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`name` is unique and stands in addresses. What happened up to `as_of` is known to it.

    `files` is file → SHA-256 (hex); `written` is the number of the words that workbook and document were made with,
    `worded` that of the words now. `replaces` is the report that this one corrects.
    """

    name: str
    kind: str
    period: Period
    as_of: datetime
    asked_by: str
    version: int = 1
    replaces: str = ""
    words: Words = field(default_factory=Words)
    worded: int = 1
    written: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
    rounds: int = 0
    progress: str = ""  # the last day that was read
    signed: SignOff | None = None

    @property
    def made(self) -> bool:
        """True once its files are there, with the words as they are now."""
        return self.written == self.worded

    @property
    def state(self) -> str:
        """Name its state: asked, made, signed."""
        return "signed" if self.signed else "made" if self.made else "asked"


def asked(name: str, kind: str, period: Period, actor: Actor, now: datetime, replaces: str = "") -> Report:
    """Return a report that is asked for; raises InvalidError for a period that is none, too long or to come."""
    days = (period.last - period.first).days + 1
    if not 0 < days <= LONGEST or kind not in (REPORT, EVALUATION):
        title = "Kỳ báo cáo không hợp lệ: ngày đầu không được sau ngày cuối, dài nhất một năm"
        raise InvalidError("period_invalid", title, longest_days=LONGEST)
    return Report(name=name, kind=kind, period=period, as_of=now, asked_by=actor.name, replaces=replaces)


def reworded(report: Report, words: Words) -> Report:
    """Return the report with other words; what was written with the old ones is to be written anew."""
    require_open(report)
    return report if words == report.words else replace(report, words=words, worded=report.worded + 1)


def signed_off(report: Report, actor: Actor, rules: ReportRules, now: datetime) -> Report:
    """Return the report as it is frozen; raises ForbiddenError or ConflictError."""
    require_open(report)
    if actor.role not in rules.sign_off:
        raise ForbiddenError("not_your_role", "Vai trò của anh/chị không được ký duyệt báo cáo")
    if not report.made:
        raise ConflictError("report_not_made", "Báo cáo đang được lập, xin chờ ít phút rồi ký", state=report.state)
    kept = rules.kept
    sign = SignOff(by=actor.name, unit=actor.unit, at=now, until=kept.until(now), mode=kept.mode)
    return replace(report, signed=sign)


def with_signed_copy(report: Report, sha256: str) -> Report:
    """Return a report with the PDF that was signed outside (R73); there is one, and only of what is frozen."""
    if report.signed is None:
        raise ConflictError("report_not_signed", "Xin ký duyệt báo cáo trước khi đính kèm bản đã ký số")
    if report.files.get(SIGNED, sha256) != sha256:
        raise ConflictError("signed_copy_there", "Báo cáo đã có bản ký số; bản này không thay được")
    return replace(report, files={**report.files, SIGNED: sha256})


def require_open(report: Report) -> None:
    """Refuse any change of what is signed off."""
    if report.signed:
        title = "Báo cáo đã ký duyệt nên không sửa được; xin lập báo cáo mới thay thế"
        raise ConflictError("report_signed", title, report=report.name)
