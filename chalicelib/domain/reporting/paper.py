"""A report as it is laid out: the parts of a state report, in order; workbook, document and page are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.reporting.grids import Grid
from chalicelib.domain.reporting.tables import Table

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
REMARKS, PROPOSALS = "Nhận xét, đánh giá", "Đề xuất, kiến nghị"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is written: `agency` the upper and own agency, `dated` place and date, `notes` how it was made.

    `remarks` and `proposals` are a person's words; `definitions` pairs of term and meaning.
    """

    agency: tuple[str, str]
    number: str
    dated: str
    title: str
    period: str
    basis: tuple[str, ...]
    tables: tuple[Table, ...]
    grids: tuple[Grid, ...]
    remarks: str
    proposals: str
    recipients: tuple[str, ...]
    signer: str
    signed_by: str
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
