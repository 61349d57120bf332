"""A QR code as the path of a picture that a template draws: nothing of it is markup of ours or anybody's."""

from __future__ import annotations

from typing import NamedTuple


class Drawn(NamedTuple):
    """The side of the square in modules, its quiet zone included, and the dark ones as the path of an SVG."""

    side: int
    path: str


def quick_response(text: str) -> Drawn:
    """Draw a text."""
    import segno  # noqa: PLC0415 cold start

    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return Drawn(len(rows), "".join(dark))
