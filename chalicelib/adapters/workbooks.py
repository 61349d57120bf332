"""Spreadsheets (XLSX), read by calamine; loaded when somebody sends one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from chalicelib.domain.errors import InvalidError

LARGEST: Final = 200_000_000  # bytes unpacked: what is packed tighter than that is no list of procedures


class CalamineWorkbooks:
    """Keeps the port Workbooks."""

    def rows(self, content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the rows of the first sheet; its first row that is not empty has the headings."""
        headings: list[str] = []
        for line, cells in enumerate(_first_sheet(content), 1):
            if not any(cell not in (None, "") for cell in cells):
                continue
            if headings:
                pairs = zip(headings, cells, strict=False)
                yield line, {name: value for name, value in pairs if name and value not in (None, "")}
            else:
                headings = [str(cell).strip() for cell in cells]


def _first_sheet(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise InvalidError("workbook_too_large", "Bảng tính quá lớn", pointer="/upload")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, ValueError, OSError) as error:
        raise InvalidError("workbook_broken", "Không đọc được bảng tính (XLSX) này", pointer="/upload") from error
