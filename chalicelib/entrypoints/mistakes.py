"""msgspec's English complaints become a JSON Pointer and a courteous Vietnamese sentence."""

from __future__ import annotations

import re
from typing import Final

_COMPLAINT: Final = re.compile(r"(?P<what>.*?)(?: - at (?:`key` in )?`(?P<path>\$[^`]*)`)?", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
_FIELD: Final = re.compile(r"Object (?P<which>missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL)
_FIELD_SENTENCES: Final = {"missing required": "Thiếu trường này.", "contains unknown": "Không có trường này."}
_KINDS: Final = {
    "str": "chuỗi ký tự",
    "int": "số nguyên",
    "float": "số",
    "bool": "true hoặc false",
    "array": "danh sách",
    "object": "đối tượng",
    "null": "null",
    "date": "ngày",
    "datetime": "thời điểm",
}
_UNITS: Final = {"str": "ký tự", "bytes": "byte"}
_BOUNDS: Final = {
    ">=": "Giá trị nhỏ nhất được nhận là {}.",
    "<=": "Giá trị lớn nhất được nhận là {}.",
    ">": "Giá trị cần lớn hơn {}.",
    "<": "Giá trị cần nhỏ hơn {}.",
}
_LENGTHS: Final = {">=": "Cần ít nhất {} {}.", "<=": "Chỉ nhận nhiều nhất {} {}."}
_FIXED: Final = (
    ("matching regex", "Không đúng định dạng quy định."),
    ("Invalid enum value", "Giá trị không nằm trong danh sách được nhận."),
    ("Invalid value", "Giá trị không nằm trong danh sách được nhận."),
    ("RFC3339 encoded date", "Không đúng dạng ngày hoặc thời điểm, ví dụ 2026-05-04 hoặc 2026-05-04T08:30:00Z."),
    ("timezone component", "Thời điểm cần có múi giờ, ví dụ 2026-05-04T08:30:00+07:00."),
    ("out of range", "Số vượt quá phạm vi được nhận."),
    ("multiple of", "Số không phải là bội số cần thiết."),
)
_WRONG_KIND: Final = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<given>[^`]+)`")
_LENGTH: Final = re.compile(r"Expected `(?P<kind>\w+)` of length (?P<sign>>=|<=) (?P<bound>\d+)")
_BOUND: Final = re.compile(r"Expected `\w+` (?P<sign>>=|<=|>|<) (?P<bound>\S+)")


def describe(complaint: str) -> tuple[str, str]:
    """Return (JSON Pointer, sentence) for the text of a msgspec.ValidationError; never its English or a pattern."""
    match = _COMPLAINT.fullmatch(complaint)
    assert match is not None
    steps = _steps(match["path"] or "$")
    field = _FIELD.fullmatch(match["what"])
    if field:
        return _pointer([*steps, field["name"]]), _FIELD_SENTENCES[field["which"]]
    return _pointer(steps), _sentence(match["what"])


def _steps(path: str) -> list[str]:
    """`$.a.b[0]` → a, b, 0; msgspec hides the keys of dictionaries (`[...]`), there the pointer ends."""
    steps = []
    for step in _STEP.finditer(path):
        if step[0] == "[...]":
            break
        steps.append(step[1] or step[2])
    return steps


def _pointer(steps: list[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _sentence(what: str) -> str:
    if match := _WRONG_KIND.fullmatch(what):
        wanted = " hoặc ".join(_KINDS.get(kind, kind) for kind in match["wanted"].split(" | "))
        return f"Cần {wanted}, nhưng nhận được {_KINDS.get(match['given'], match['given'])}."
    if match := _LENGTH.fullmatch(what):
        return _LENGTHS[match["sign"]].format(match["bound"], _UNITS.get(match["kind"], "phần tử"))
    if match := _BOUND.fullmatch(what):
        return _BOUNDS[match["sign"]].format(match["bound"])
    return next((sentence for sign, sentence in _FIXED if sign in what), "Giá trị không hợp lệ.")
