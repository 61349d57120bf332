"""The access keys of the pages, by page: templates take letter and words from here, and so does the keyboard map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """A letter, pressed with the browser's own keys, and what it does: the words on the button."""

    letter: str
    does: str


KEYS: Final[Mapping[str, Mapping[str, Key]]] = {
    "intake": {
        "find": Key("T", "Tìm người gửi"),
        "suggest": Key("G", "Gợi ý phân loại"),
        "forward": Key("C", "Lưu và chuyển"),
        "answer": Key("R", "Lưu và trả lời"),
        "save": Key("L", "Lưu"),
    },
    "desk_case_hints": {
        "classify": Key("G", "Phân loại theo gợi ý"),
        "forward": Key("C", "Chuyển theo gợi ý"),
    },
    "intake_saved": {
        "next": Key("M", "Cuộc gọi mới"),
        "open": Key("H", "Mở hồ sơ"),
    },
}
HELD: Final = (  # what is held down with a letter
    ("Chrome, Edge, Cốc Cốc trên Windows hoặc Linux", "Alt"),
    ("Firefox trên Windows hoặc Linux", "Alt và Shift"),
    ("Máy Mac", "Control và Option"),
)
EVERYWHERE: Final = (
    (
        "Tab, Shift và Tab",
        "Đến ô, nút hoặc đường dẫn tiếp theo, cái trước; lần đầu là “Chuyển đến nội dung chính”",
    ),
    ("Enter", "Mở đường dẫn, bấm nút; trong một ô của biểu mẫu: gửi bằng nút đầu tiên"),
    ("Phím cách", "Bấm nút, đánh dấu ô chọn, mở hoặc gập một mục có dấu ▸"),
    ("Mũi tên lên, xuống", "Chọn trong danh sách, hoặc cuộn trang"),
    ("Ctrl và P", "In trang; phần đang gập được in đầy đủ"),
)
