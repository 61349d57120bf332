"""Tables for a spreadsheet, as CSV (RFC 4180): words stay words, whatever they begin with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
_BOM: Final = "\ufeff"  # by which Excel knows UTF-8
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")  # with these a spreadsheet reckons, or runs, what follows


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a cell that would be taken for a formula begins with an apostrophe (CWE-1236)."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([plain(cell) for cell in row] for row in (heads, *rows))
    return _BOM + out.getvalue()


def plain(cell: str) -> str:
    """Return a cell's words so that they stay words."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULAS) else cell
