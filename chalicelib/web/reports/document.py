"""A report as a document (PDF, A4): the layout of a state report, heads of tables repeated on each page.

Margins, sizes of letters, the lines under heads and the number of the page above its text, from the second on, are
those of Nghị định 30/2020/NĐ-CP, Phụ lục I (from memory: it is not among the sources); pages lie as tables are wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from chalicelib.domain.reporting.grids import Grid, number
from chalicelib.domain.reporting.paper import MOTTO, PROPOSALS, REMARKS, STATE, Paper
from chalicelib.domain.reporting.tables import Table

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FONTS = Path(__file__).parent.parent / "fonts"
FACES = {"Serif": "Regular", "Serif-Bold": "Bold", "Serif-Italic": "Italic", "Serif-BoldItalic": "BoldItalic"}
TOP, LEFT, RIGHT = 57, 85, 43  # margins in points: 2, 3 and 1.5 cm; the bottom is as the top
PADDING = 6  # of reportlab's frame
BODY = 13  # letters of what is said
WIDE = 8  # columns of numbers from which a table's letters are smaller
GREY = "#EDEDED"
HEAD = [  # of the two columns of the head: close rows, lines in the middle
    *((side, (0, 0), (-1, -1), 0) for side in ("TOPPADDING", "BOTTOMPADDING")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    ("BOTTOMPADDING", (0, 2), (-1, 2), 6),
]


def write_document(paper: Paper, to: Path) -> None:
    """Write the file; the same again makes the same bytes."""
    from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415 a worker's only
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415 same

    _fonts()
    wide, high = landscape(A4)
    document = SimpleDocTemplate(
        str(to),
        pagesize=(wide, high),
        title=f"{paper.title} – {paper.period}",
        author=paper.agency[1],
        lang="vi",
        invariant=1,
        leftMargin=LEFT,
        rightMargin=RIGHT,
        topMargin=TOP,
        bottomMargin=TOP,
    )

    def mark(canvas: Any, page: Any) -> None:
        canvas.setFont("Serif", BODY)
        canvas.drawCentredString(wide / 2, high - TOP + BODY, f"{page.page}")

    document.build(list(_parts(paper, wide - LEFT - RIGHT - 2 * PADDING)), onLaterPages=mark)


def _fonts() -> None:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 same
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 same

    if "Serif" in pdfmetrics.getRegisteredFontNames():
        return
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / f"Tinos-{face}.ttf"))
    pdfmetrics.registerFontFamily("Serif", *FACES)


def _parts(paper: Paper, width: float) -> list[Flowable]:
    from reportlab.platypus import Spacer  # noqa: PLC0415 same

    parts = [_head(paper, width), Spacer(0, 14), _said("BÁO CÁO", bold=True, size=14, align=1)]
    parts += [_said(paper.title, bold=True, size=14, align=1), _said(paper.period, bold=True, size=14, align=1)]
    parts += [_line(width / 6), Spacer(0, 10)]
    parts += [_said(text, size=BODY, indent=28) for text in paper.basis]
    sections = [*((table.title, _table(table, width)) for table in paper.tables)]
    sections += [(grid.title, _grid(grid, width)) for grid in paper.grids]
    for place, (title, drawn) in enumerate(sections, 1):
        parts += [_said(f"{place}. {title}", bold=True, size=BODY, before=12, keep=True), drawn]
    for place, (title, text) in enumerate(((REMARKS, paper.remarks), (PROPOSALS, paper.proposals)), len(sections) + 1):
        parts += [_said(f"{place}. {title}", bold=True, size=BODY, before=12, keep=True)]
        parts += [_said(line, size=BODY, indent=28) for line in text.splitlines() or ["…"]]
    parts += [Spacer(0, 16), _foot(paper, width)]
    return [*parts, *_meanings(paper)]


def _head(paper: Paper, width: float) -> Flowable:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 same

    upper, own = paper.agency
    rows = [
        [_said(upper, align=1), _said(STATE, bold=True, align=1)],
        [_said(own, bold=True, size=BODY, align=1), _said(MOTTO, bold=True, size=BODY, align=1)],
        [_line(stringWidth(own, "Serif-Bold", BODY) / 2), _line(stringWidth(MOTTO, "Serif-Bold", BODY))],
        [_said(f"Số: {paper.number}", size=BODY, align=1), _said(paper.dated, italic=True, size=BODY, align=1)],
    ]
    return _grid_of(rows, [width * 0.42, width * 0.58], HEAD)


def _line(width: float) -> Flowable:
    """Draw the line that stands, centred, under a head."""
    from reportlab.platypus import HRFlowable  # noqa: PLC0415 same

    return HRFlowable(width=width, thickness=0.6, color="black", hAlign="CENTER", spaceBefore=2, spaceAfter=0)


def _foot(paper: Paper, width: float) -> Flowable:
    from reportlab.platypus import KeepTogether  # noqa: PLC0415 same

    to = "".join(f"<br/>- {escape(one)};" for one in paper.recipients).rstrip(";") + "."
    signed = f"<b>{escape(paper.signer)}</b><br/><br/><br/><br/><b>{escape(paper.signed_by)}</b>"
    told = f'<font size="12"><b><i>Nơi nhận:</i></b></font>{to}'
    rows = [[_marked(told, size=11), _marked(signed, size=BODY, align=1)]]
    return KeepTogether(_grid_of(rows, [width * 0.55, width * 0.45], [("VALIGN", (0, 0), (-1, -1), "TOP")]))


def _table(table: Table, width: float) -> Flowable:
    size = 9 if len(table.columns) > WIDE else 11
    grouped = any(said for said, _ in table.groups)
    spans: list[Any] = [("BACKGROUND", (0, 0), (-1, grouped), GREY)]
    rows: list[list[Any]] = []
    if grouped:
        spans += [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1))]
        top, at = [*_heads(["STT", table.of], size)], 2
        for said, span in table.groups:
            top += [*_heads([said], size), *[""] * (span - 1)]
            spans.append(("SPAN", (at, 0), (at + span - 1, 0)))
            at += span
        rows.append(top)
    rows.append(_heads(["STT", table.of, *(said for _, said in table.columns)], size))
    for place, row in enumerate(table.rows, 1):
        rows.append([str(place), _said(row.label, size=size), *map(number, row.numbers)])
    if table.total:
        rows.append(["", _said(table.total.label, bold=True, size=size), *map(number, table.total.numbers)])
        spans.append(("FONTNAME", (0, -1), (-1, -1), "Serif-Bold"))
    if not table.rows:
        rows.append(["", _said("Không có trong kỳ", size=size), *[""] * len(table.columns)])
    return _ruled(rows, _widths(width, len(table.columns)), size, 1 + grouped, spans)


def _grid(grid: Grid, width: float) -> Flowable:
    rows = [_heads(["STT", *grid.heads], 11)]
    rows += [
        [str(place), _said(str(cells[0]), size=11), *map(str, cells[1:])] for place, cells in enumerate(grid.rows, 1)
    ]
    spans = [("BACKGROUND", (0, 0), (-1, 0), GREY)]
    return _ruled(rows, _widths(width, len(grid.heads) - 1), 11, 1, spans)


def _widths(width: float, numbers: int) -> list[float]:
    ordinal, each = 28, min(90, (width - 28 - 150) / numbers)
    return [ordinal, width - ordinal - numbers * each, *[each] * numbers]


def _ruled(rows: list[list[Any]], widths: Sequence[float], size: int, heads: int, more: Sequence[Any]) -> Flowable:
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, "black"),
        ("FONT", (0, 0), (-1, -1), "Serif", size),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (2, heads), (-1, -1), "RIGHT"),
        ("ALIGN", (0, 0), (0, -1), "CENTER"),
        *((side, (0, 0), (-1, -1), 3) for side in ("LEFTPADDING", "RIGHTPADDING")),
        *more,
    ]
    return _grid_of(rows, widths, style, heads)


def _grid_of(rows: list[list[Any]], widths: Sequence[float], style: Sequence[Any], heads: int = 0) -> Flowable:
    from reportlab.platypus import LongTable, TableStyle  # noqa: PLC0415 same

    return LongTable(rows, colWidths=list(widths), repeatRows=heads, style=TableStyle(list(style)))


def _meanings(paper: Paper) -> list[Flowable]:
    from reportlab.platypus import PageBreak  # noqa: PLC0415 same

    said = [_marked(f"<b>{escape(term)}</b>: {escape(text)}", size=10) for term, text in paper.definitions]
    made = [_said(note, italic=True, size=10) for note in paper.notes]  # after the signature they would lie alone
    return [PageBreak(), _said("Phụ lục: cách tính các số liệu", bold=True, size=12, keep=True), *said, *made]


def _heads(texts: Sequence[str], size: int) -> list[Any]:
    return [_said(text, bold=True, size=size, align=1) for text in texts]


def _said(text: str, *, bold: bool = False, italic: bool = False, **how: Any) -> Flowable:
    """Set a text as it is: whatever it holds is no markup."""
    marked = escape(text)
    marked = f"<b>{marked}</b>" if bold else marked
    return _marked(f"<i>{marked}</i>" if italic else marked, **how)


def _marked(
    text: str, *, size: int = 12, align: int = 0, indent: int = 0, before: int = 0, keep: bool = False
) -> Flowable:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 same
    from reportlab.platypus import Paragraph  # noqa: PLC0415 same

    style = ParagraphStyle(
        "said",
        fontName="Serif",
        fontSize=size,
        leading=size * 1.25,
        alignment=align,
        firstLineIndent=indent,
        spaceBefore=before,
        spaceAfter=3,
        keepWithNext=keep,
    )
    return Paragraph(text, style)
