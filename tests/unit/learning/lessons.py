"""Lessons for a model: people who ask about licences and land, each in words of their own."""

from __future__ import annotations

import random

from chalicelib.domain.heard import heard
from chalicelib.domain.triage import FIELD, HOLDER, KIND
from chalicelib.domain.triage_training import Lesson

ABOUT = {
    ("giao_thong", "cong_an_tinh"): ("đổi giấy phép lái xe", "cấp lại bằng lái", "thi sát hạch lái xe"),
    ("dat_dai", "so_tai_nguyen_moi_truong"): ("sang tên sổ đỏ", "tách thửa đất", "cấp giấy chứng nhận đất"),
    ("dien", "dien_luc"): ("mất điện cả xóm", "tiền điện tăng cao", "lắp công tơ điện"),
}
FRAMES = {
    "question": ("Cho hỏi {} cần giấy tờ gì", "Xin hướng dẫn {} ở đâu", "Lệ phí {} bao nhiêu"),
    "report.conduct": ("Hồ sơ {} quá hẹn đã lâu", "Cán bộ gây phiền hà khi {}", "Phản ánh việc {} bị chậm trễ"),
}


def lessons(number: int, seed: int = 1) -> list[Lesson]:
    """Make lessons; every one has its own sender, and a word that nobody else says."""
    chance = random.Random(seed)
    made = []
    for place in range(number):
        (field, unit), ways = chance.choice(list(ABOUT.items()))
        kind = chance.choice(list(FRAMES))
        text = f"{chance.choice(FRAMES[kind]).format(chance.choice(ways))} {_own(place)}"
        truth = {KIND: kind, FIELD: field, HOLDER: unit}
        made.append(Lesson(heard(text, kind=kind, field=chance.choice(["khac", field])), f"s{place}", truth))
    return made


def _own(place: int) -> str:
    return "qx" + "".join(chr(97 + int(digit)) for digit in str(place))
