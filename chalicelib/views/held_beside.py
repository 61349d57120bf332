"""What is held about a sender beside the cases, and what no copy shows, told with the reason (R99)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from chalicelib.domain.actors import Sender
from chalicelib.ports import Deps, Dossier, unit_name


class CopiedMatter(Struct, frozen=True):
    """Một nội dung đã nêu khi tiếp công dân: trong biên bản nào, ai nêu, đã nêu gì, được trả lời gì."""

    record: str
    number: int
    day: date
    kind_label: str
    person: Sender | None
    said: tuple[str, ...]
    told: tuple[str, ...]


class SurveyAsked(Struct, frozen=True):
    """Một khảo sát đã hỏi người gửi; ý kiến, nếu có, không gắn với ai."""

    title: str
    asked_at: datetime
    answered: bool


def matters(dossiers: Iterable[Dossier], deps: Deps) -> tuple[CopiedMatter, ...]:
    """Copy the matters of citizen reception that these cases were made of."""
    from chalicelib.domain.events import Received

    sources = [
        past.event.source for dossier in dossiers for past in dossier.history if isinstance(past.event, Received)
    ]
    return tuple(_matter(source, deps) for source in dict.fromkeys(sources) if "-" in source)


def surveys(dossiers: Iterable[Dossier], deps: Deps) -> tuple[SurveyAsked, ...]:
    """Tell in which surveys the contacts of these cases were asked: their keyed marks are all that is kept of it."""
    contacts = {way for one in dossiers for way in (one.sender.email, one.sender.phone) if way}
    kept = [survey for survey in deps.surveys.all() if contacts and not survey.forgotten_at]
    found = (
        (survey, deps.surveys.asked_by(survey.id, deps.keys.survey_mark(survey.id, contact)))
        for survey in kept
        for contact in sorted(contacts)
    )
    return tuple(SurveyAsked(survey.title, survey.at, asked.answered) for survey, asked in found if asked)


def not_shown(deps: Deps) -> Iterator[str]:
    """Tell what stands in no copy, why, how long it is kept and where to turn."""
    rules = deps.retention
    yield (
        f"Biên bản tiếp công dân được lưu {rules.receptions.years} năm tính từ hết năm trả lời xong; lời đã ghi không "
        "sửa, xóa trước hạn nhưng được đính chính bằng lời ghi thêm. Nội dung chưa lập thành hồ sơ không hiện ở đây: "
        "xin nêu mã biên bản tại nơi tiếp công dân để nhận bản trích phần của Ông/Bà."
    )
    yield (
        "Ý kiến khảo sát không gắn với người trả lời nên không thể tìm lại để cấp bản sao, sửa hoặc xóa riêng. Dấu mã "
        f"hóa cho biết ai đã được hỏi được xóa sau {rules.surveys.years} năm tính từ hết năm khảo sát kết thúc."
    )
    yield (
        "Ý kiến các cơ quan trao đổi với nhau để giải quyết hồ sơ là tài liệu nội bộ, không cấp bản sao; lời trong đó "
        "được xóa cùng hồ sơ."
    )
    yield (
        f"Nhật ký cán bộ nào đã xem dữ liệu được giữ {rules.lifetimes['access_log'].days} ngày để kiểm tra việc bảo vệ "
        "chính Ông/Bà, không xóa theo yêu cầu."
    )
    if deps.takes_petitions:
        yield (
            "Đơn khiếu nại, tố cáo (nếu có) được giữ bí mật theo luật nên không hiện ở đây và không sửa, xóa trước hạn "
            f"lưu {rules.petitions.years} năm. Ông/Bà xem tình trạng bằng mã đơn và PIN; muốn nhận bản sao hoặc bổ "
            f"sung, xin mang giấy tờ đến {unit_name(deps.petition_unit, deps)}."
        )


def _matter(source: str, deps: Deps) -> CopiedMatter:
    from chalicelib.domain.reception import RAISED, TOLD

    record, _, place = source.rpartition("-")
    number = int(place)
    kept = deps.receptions.load(record)
    of_it = [entry for entry in kept.entries if entry.matter == number]
    raised = next(entry for entry in of_it if entry.kind == RAISED)
    return CopiedMatter(
        record=record,
        number=number,
        day=kept.session.day,
        kind_label=deps.reception_rules.kinds[kept.session.kind],
        person=raised.person,
        said=tuple(raised.texts[name] for name in ("title", "content") if name in raised.texts),
        told=tuple(entry.texts["words"] for entry in of_it if entry.kind == TOLD and "words" in entry.texts),
    )
