"""The open data of a report (dữ liệu mở): its rounds without anything that leads to a person or a case.

No code, no official, no rating: who handled a matter would know its sender in the line. Times are days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.reporting.layout import SAID
from chalicelib.domain.reporting.report import REPORT, Report
from chalicelib.domain.reporting.rounds import Round
from chalicelib.domain.reporting.tables import Words

COLUMNS = {
    "tu_ngay": "Ngày tiếp nhận, hoặc ngày mở lại theo đề nghị của người gửi (giờ Việt Nam)",
    "nguon": "Tiếp nhận trong kỳ, xem xét lại trong kỳ, hay kỳ trước chuyển qua",
    "kenh": "Kênh tiếp nhận",
    "loai": "Loại nội dung",
    "linh_vuc": "Lĩnh vực",
    "don_vi": "Đơn vị đã trả lời, hoặc đang giữ hồ sơ lúc hết kỳ",
    "ket_qua": "Đã trả lời, không tiếp nhận, hay đang giải quyết lúc hết kỳ",
    "thoi_han": "Trước hạn, đúng hạn, quá hạn, trong hạn",
    "den_ngay": "Ngày trả lời hoặc báo không tiếp nhận; trống khi đang giải quyết",
    "hen_lai": "1 nếu cơ quan đã hẹn lại",
}


def records(rounds: Iterable[Round], said: Words, zone: ZoneInfo) -> Iterator[dict[str, str]]:
    """Yield the lines of the rounds that a report counts, by COLUMNS."""
    label = said.rows
    for one in rounds:
        if not one.flows:
            continue
        yield {
            "tu_ngay": _day(one.began_at, zone),
            "nguon": SAID[one.origin],
            "kenh": label.get(f"channel:{one.channel}", one.channel),
            "loai": label.get(f"kind:{one.kind}", one.kind),
            "linh_vuc": label.get(f"field:{one.field}", one.field),
            "don_vi": label.get(f"unit:{one.unit}", one.unit),
            "ket_qua": SAID[one.outcome],
            "thoi_han": SAID.get(one.timing, "") if one.outcome != "refused" else "",
            "den_ngay": _day(one.ended_at, zone) if one.ended_at else "",
            "hen_lai": "1" if one.prolonged else "0",
        }


def opened(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the reports whose data are open: signed off, and not replaced by another that is."""
    signed = [report for report in reports if report.signed and report.kind == REPORT]
    replaced = {report.replaces for report in signed}
    kept = [report for report in signed if report.name not in replaced]
    return tuple(sorted(kept, key=lambda report: (report.period.last, report.period.first), reverse=True))


def _day(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}"
